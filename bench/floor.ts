/**
 * The least that a job of the bench can cost in Node: requests by undici's dispatch, pages read by the plan that our executors compile, one
 * process. No robots.txt, no delays, no retries, no frontier but a set, nothing committed. What pinspider does beside this is what it costs.
 *
 *   node floor.mjs PLAN.json START ROWS.jsonl            # built and called by run.ts
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Pool, type Dispatcher } from 'undici';
import { compilePlan, type PlanOptions } from '../src/extract/plan.ts';
import { PageText } from '../src/lib/page-text.ts';
import { canonicalUrl, originOf } from '../src/lib/url.ts';

/** As `jobs/_common.yaml` has them. */
const CONNECTIONS = 32;
const ALLOWED = /^[^?]*\/([^/?.]*|[^/?]*\.html?)$/;
const WRITE_AT = 8 * 1024;

const [planFile = '', start = '', rowsFile = ''] = process.argv.slice(2);
const plan = await compilePlan(JSON.parse(readFileSync(planFile, 'utf8')) as PlanOptions);
const origin = originOf(start);
const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
const out = openSync(rowsFile, 'w');
const seen = new Set([start]);
const queue = [start];
let next = 0;
let busy = 0;
let rows = '';

await new Promise<void>((resolve) => {
  more(resolve);
});
flush();
closeSync(out);
await pool.close();

function more(finish: () => void): void {
  while (busy < CONNECTIONS && next < queue.length) {
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
      if (status === 200 && isHtml) read(url, PageText.ofUtf8(Buffer.concat(chunks)));
      else if (location !== '') found(canonicalUrl(location, url));
      more(finish);
    },
    onResponseError(_, error) {
      throw error;
    },
  };
}

function read(url: string, html: PageText): void {
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
