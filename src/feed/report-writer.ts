import { WireWriter } from '../lib/protobuf/wire-writer.ts';
import { writeFacts, writeRobots } from './facts.ts';
import type { HostNews, Link, Page, Report, Row } from './messages.generated.ts';
import type { Sparse } from './messages.ts';

/** Reports to bytes, the same as by the table of `feed.proto`. */
export function createReportWriter(): (report: Sparse<Report>) => Uint8Array {
  const to = new WireWriter();
  return (report) => {
    to.text(1, report.task_id);
    to.uint(2, report.seq);
    for (const page of report.pages ?? []) writePage(to, page);
    for (const news of report.hosts ?? []) writeNews(to, news);
    to.uint(5, report.want);
    return to.take();
  };
}

function writePage(to: WireWriter, page: Sparse<Page>): void {
  const start = to.begin(3);
  to.uint(1, page.id);
  to.uint(2, page.outcome);
  to.text(3, page.reason);
  to.double(4, page.retry_at);
  to.uint(5, page.status);
  to.uint(6, page.bytes);
  to.uint(7, page.elapsed_ms);
  for (const row of page.records ?? []) writeRow(to, row);
  for (const link of page.links ?? []) writeLink(to, link);
  for (const { extractor, errors = [] } of page.invalid ?? []) {
    const inner = to.begin(10);
    to.uint(1, extractor);
    for (const error of errors) to.element(2, error);
    to.end(inner);
  }
  to.uints(11, page.skipped);
  for (const { url, reason } of page.excluded ?? []) {
    const inner = to.begin(12);
    to.text(1, url);
    to.text(2, reason);
    to.end(inner);
  }
  if (page.facts !== undefined) {
    const inner = to.begin(13);
    writeFacts(to, page.facts);
    to.end(inner);
  }
  to.end(start);
}

function writeRow(to: WireWriter, row: Sparse<Row>): void {
  const start = to.begin(8);
  to.uint(1, row.extractor);
  to.bytes(2, row.json);
  to.words(3, row.key);
  to.bytes(4, row.filled);
  to.words(5, row.content);
  to.end(start);
}

function writeLink(to: WireWriter, link: Sparse<Link>): void {
  const start = to.begin(9);
  to.text(1, link.url);
  to.uint(2, link.lane);
  to.uint(3, link.depth);
  to.sint(4, link.priority);
  to.text(5, link.to);
  to.uint(6, link.redirects);
  to.text(7, link.seed);
  to.text(8, link.parked);
  to.fixed(9, link.high);
  to.fixed(10, link.low);
  to.end(start);
}

function writeNews(to: WireWriter, news: Sparse<HostNews>): void {
  const start = to.begin(4);
  to.text(1, news.host);
  to.double(2, news.not_before);
  to.uint(3, news.delay_ms);
  if (news.robots !== undefined) {
    const inner = to.begin(4);
    writeRobots(to, news.robots);
    to.end(inner);
  }
  to.uint(5, news.has_delay);
  to.end(start);
}
