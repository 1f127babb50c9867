import { WireReader } from '../lib/protobuf/wire-reader.ts';
import { readFacts, readRobots } from './facts.ts';
import type { Exclusion, HostNews, Invalid, Link, Page, Report, Row } from './messages.generated.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Most pages lack most of what a page can bring. */
const NONE: readonly never[] = [];
const NOTHING = new Uint8Array(0);

/** A report out of its bytes, the same as by the table of `feed.proto`. @throws {Error} when they are none */
export function readReport(bytes: Uint8Array): Report {
  const from = new WireReader(bytes);
  const pages: Page[] = [];
  const hosts: HostNews[] = [];
  const report: Mutable<Report> = { task_id: '', seq: 0, pages, hosts, want: 0 };
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 26) pages.push(readPage(from));
    else if (tag === 34) hosts.push(readNews(from));
    else if (tag === 10) report.task_id = from.text();
    else if (tag === 16) report.seq = from.uint();
    else if (tag === 40) report.want = from.uint();
    else from.skip(tag, 5);
  }
  return report;
}

function readPage(from: WireReader): Page {
  const page = newPage();
  let records: Row[] | undefined;
  let links: Link[] | undefined;
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 8) page.id = from.uint();
    else if (tag === 16) page.outcome = from.int() as Page['outcome'];
    else if (tag === 40) page.status = from.uint();
    else if (tag === 48) page.bytes = from.uint();
    else if (tag === 56) page.elapsed_ms = from.uint();
    else if (tag === 66) page.records = push((records ??= []), readRow(from));
    else if (tag === 74) page.links = push((links ??= []), readLink(from));
    else readRest(from, tag, page);
  }
  from.end(outer);
  return page;
}

/** What few pages have. */
function readRest(from: WireReader, tag: number, page: Mutable<Page>): void {
  if (tag === 26) page.reason = from.text();
  else if (tag === 33) page.retry_at = from.double();
  else if (tag === 82) page.invalid = [...page.invalid, readInvalid(from)];
  else if (tag === 88) page.skipped = [...page.skipped, from.uint()];
  else if (tag === 90) from.uints((page.skipped = [...page.skipped]));
  else if (tag === 98)
    page.excluded = push(page.excluded === NONE ? [] : (page.excluded as Exclusion[]), readExclusion(from));
  else if (tag === 106) page.facts = readFacts(from, page.facts);
  else from.skip(tag, 13);
}

function newPage(): Mutable<Page> {
  return {
    id: 0,
    outcome: 0,
    reason: '',
    retry_at: 0,
    status: 0,
    bytes: 0,
    elapsed_ms: 0,
    records: NONE,
    links: NONE,
    invalid: NONE,
    skipped: NONE,
    excluded: NONE,
  };
}

function push<T>(list: T[], one: T): T[] {
  list.push(one);
  return list;
}

function readRow(from: WireReader): Row {
  const row: Mutable<Row> = { extractor: 0, json: NOTHING, key: NONE, filled: NOTHING, content: NONE };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 18) row.json = from.bytes();
    else if (tag === 34) row.filled = from.bytes();
    else if (tag === 8) row.extractor = from.uint();
    else if (tag === 26) from.words((row.key = [...row.key]));
    else if (tag === 29) row.key = [...row.key, from.fixed()];
    else if (tag === 42) from.words((row.content = [...row.content]));
    else if (tag === 45) row.content = [...row.content, from.fixed()];
    else from.skip(tag, 5);
  }
  from.end(outer);
  return row;
}

function readLink(from: WireReader): Link {
  const link: Mutable<Link> = {
    url: '',
    lane: 0,
    depth: 0,
    priority: 0,
    to: '',
    redirects: 0,
    seed: '',
    parked: '',
    high: 0,
    low: 0,
  };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 10) link.url = from.text();
    else if (tag === 24) link.depth = from.uint();
    else if (tag === 77) link.high = from.fixed();
    else if (tag === 85) link.low = from.fixed();
    else if (tag === 16) link.lane = from.uint();
    else if (tag === 32) link.priority = from.sint();
    else if (tag === 42) link.to = from.text();
    else if (tag === 48) link.redirects = from.uint();
    else if (tag === 58) link.seed = from.text();
    else if (tag === 66) link.parked = from.text();
    else from.skip(tag, 10);
  }
  from.end(outer);
  return link;
}

function readInvalid(from: WireReader): Invalid {
  const errors: string[] = [];
  const invalid: Mutable<Invalid> = { extractor: 0, errors };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 8) invalid.extractor = from.uint();
    else if (tag === 18) errors.push(from.text());
    else from.skip(tag, 2);
  }
  from.end(outer);
  return invalid;
}

function readExclusion(from: WireReader): Exclusion {
  const exclusion: Mutable<Exclusion> = { url: '', reason: '' };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 10) exclusion.url = from.text();
    else if (tag === 18) exclusion.reason = from.text();
    else from.skip(tag, 2);
  }
  from.end(outer);
  return exclusion;
}

function readNews(from: WireReader): HostNews {
  const news: Mutable<HostNews> = { host: '', not_before: 0, delay_ms: 0, has_delay: false };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 10) news.host = from.text();
    else if (tag === 17) news.not_before = from.double();
    else if (tag === 24) news.delay_ms = from.uint();
    else if (tag === 34) news.robots = readRobots(from, news.robots);
    else if (tag === 40) news.has_delay = from.bool();
    else from.skip(tag, 5);
  }
  from.end(outer);
  return news;
}
