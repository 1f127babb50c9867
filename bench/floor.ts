/**
 * The least that the bench's job can cost in Node: requests by undici's dispatch, pages read by the scan, one process. No robots.txt, no
 * delays, no retries, no frontier but a set, nothing committed. What pinspider does beside this is what it costs.
 *
 *   npx tsx bench/floor.ts SITE [--connections 32] [--out FILE]
 *
 * Prints one line of JSON: pages, seconds from the first request to the last row, pages a second, and CPU seconds of the whole process. Rows go to FILE as the other crawlers write them.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Pool, type Dispatcher } from 'undici';
import { normalizeExtractors, normalizeFollow } from '../src/extract/normalize.ts';
import { compilePlan } from '../src/extract/plan.ts';
import type { TellFault } from '../src/extract/types.ts';
import { canonicalUrl, originOf } from '../src/lib/url.ts';
import { servedSite } from './site-list.ts';

/** As `jobs/bench.yaml` has them. */
const FIELDS = { url: { from: 'url' }, title: 'title', h1: 'h1', p: 'p', links: 'a[href]::count' };
const ALLOWED = /^[^?]*\/([^/?.]*|[^/?]*\.html?)$/;
const WRITE_AT = 64 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { connections: { type: 'string', default: '32' }, out: { type: 'string', default: '/dev/null' } },
});
const { start } = await servedSite(positionals[0] ?? 'postgresql');
const connections = Number(values.connections);

const tell: TellFault = ({ what }) => {
  throw new Error(what);
};
const plan = await compilePlan({
  extractors: normalizeExtractors({ page: { fields: FIELDS } }, tell),
  follow: normalizeFollow(true, ['follow'], tell),
  parser: 'fast',
});

const origin = originOf(start);
const pool = new Pool(origin, { connections, pipelining: 1 });
const out = openSync(values.out, 'w');
const seen = new Set([start]);
const queue = [start];
let next = 0;
let busy = 0;
let pages = 0;
let rows = '';

const from = performance.now();
await new Promise<void>((resolve) => {
  more(resolve);
});
flush();
const cpu = process.cpuUsage();
const seconds = (performance.now() - from) / 1000;
closeSync(out);
await pool.close();
console.log(
  JSON.stringify({
    peer: 'floor',
    site: start,
    connections,
    pages,
    seconds: Number(seconds.toFixed(3)),
    pagesPerSecond: Math.round(pages / seconds),
    cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(3)),
  }),
);

function more(finish: () => void): void {
  while (busy < connections && next < queue.length) {
    const url = queue[next++] ?? '';
    busy++;
    pool.dispatch({ origin, path: url.slice(origin.length), method: 'GET' }, handler(url, finish));
  }
  if (busy === 0) finish();
}

function handler(url: string, finish: () => void): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 0;
  let isHtml = false;
  let location = '';
  return {
    onRequestStart() {
      // nothing to stop
    },
    onResponseStart(_, statusCode, headers) {
      status = statusCode;
      isHtml = String(headers['content-type']).startsWith('text/html');
      location = String(headers['location'] ?? '');
    },
    onResponseData(_, chunk) {
      chunks.push(chunk);
    },
    onResponseEnd() {
      busy--;
      if (status === 200 && isHtml) read(url, Buffer.concat(chunks).toString());
      else if (location !== '') found(canonicalUrl(location, url));
      more(finish);
    },
    onResponseError(_, error) {
      throw error;
    },
  };
}

function read(url: string, html: string): void {
  const page = {
    url,
    seed: start,
    depth: 0,
    status: 200,
    headers: {},
    html,
    fetchedAt: 0,
    job: 'floor',
    task: 'floor',
  };
  const { records, links } = plan.extract(page);
  pages++;
  for (const { value } of records) rows += `${JSON.stringify(value)}\n`;
  if (rows.length > WRITE_AT) flush();
  for (const link of links) found(link.url);
}

function found(url: string | undefined): void {
  if (url === undefined || seen.has(url)) return;
  seen.add(url);
  if (originOf(url) === origin && ALLOWED.test(url)) queue.push(url);
}

function flush(): void {
  writeSync(out, rows);
  rows = '';
}
