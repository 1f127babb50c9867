import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider } from '../support/command.ts';
import { workspace } from '../support/workspace.ts';

/** A shop of four pages whose prices change between visits. Page 1 is made anew each time; 2 knows ETags, 3 dates; 4 goes away. */
async function shop() {
  const visit = { n: 1 };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/robots.txt') return void response.writeHead(404).end();
    const { 'if-none-match': etag, 'if-modified-since': since } = request.headers;
    asked.push(`${visit.n} ${path}${etag === undefined ? '' : ` ${etag}`}${since === undefined ? '' : ' since'}`);
    response.setHeader('content-type', 'text/html');
    const item = (sku: string, price: number): string => `<div class=p><b>${sku}</b><i>${price}</i></div>`;
    const links = [1, 2, 3, 4].map((n) => `<a href="/${n}">${n}</a>`).join('');
    if (path === '/') return void response.end(`<title>shop</title>${links}`);
    if (path === '/1') return void response.end(item('one', 10 * visit.n) + item('always', 1));
    if (path === '/2') {
      response.setHeader('etag', '"v1"');
      if (etag === '"v1"') response.writeHead(304).end();
      else response.end(item('two', 20));
      return;
    }
    if (path === '/3') {
      response.setHeader('last-modified', 'Sun, 22 Nov 2026 10:00:00 GMT');
      if (since !== undefined && visit.n === 2) response.writeHead(304).end();
      else response.end(item('three', 30));
      return;
    }
    if (visit.n === 1) response.end(item('four', 40));
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visit,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const job = (url: string, frontier: string): string => `
name: shop
master: local[1]
seeds: ${url}/
follow: true
politeness: { delay: 0, auto_throttle: false }
fetch: { retries: 0 }
frontier: ${frontier}
extractors:
  product:
    each: .p
    key: sku
    change: true
    fields: { sku: { css: b, required: true }, price: i | number }
output: out/{extractor}.jsonl
`;

describe('a crawl that is run again', { timeout: 60_000 }, () => {
  test('with recrawl asks conditionally, and writes only what is new, changed or gone', async () => {
    await using site = await shop();
    await using space = await workspace(job(site.url, '{ recrawl: { every: 0s } }'));
    const run = async () => {
      const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      const records = (await space.records('out/product.jsonl')).map(({ sku, price, _change }) =>
        [_change, sku, price]
          .filter((value) => value !== undefined)
          .map(String)
          .join(' '),
      );
      return { records: records.sort(), summary: JSON.parse(stdout) as Summary, stderr };
    };
    expect((await run()).records).toEqual(['new always 1', 'new four 40', 'new one 10', 'new three 30', 'new two 20']);
    site.visit.n = 2;
    const second = await run();
    expect(second.stderr).toContain('visiting 5 of 5 known URLs again');
    expect(second.records).toEqual(['changed one 20', 'gone four']);
    expect(second.summary.urls).toMatchObject({ fetched: 1, not_modified: 3, failed: 1, queued: 0 });
    expect(second.summary).toMatchObject({ unchanged: { product: 1 }, gone: { product: 1 }, records: { product: 1 } });
    expect(site.asked.filter((line) => line.startsWith('2 ')).sort()).toEqual([
      '2 /',
      '2 /1',
      '2 /2 "v1"',
      '2 /3 since',
      '2 /4',
    ]);
  });

  test('before pages are due fetches nothing', async () => {
    await using site = await shop();
    await using space = await workspace(job(site.url, '{ recrawl: { every: 24h } }'));
    for (const visit of [1, 2]) {
      site.visit.n = visit;
      expect(await pinspider(['run', space.job, '--quiet'], space.directory)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(site.asked.filter((line) => line.startsWith('2 '))).toEqual([]);
  });

  test('without recrawl fetches all anew, and compares nevertheless', async () => {
    await using site = await shop();
    await using space = await workspace(job(site.url, '{}'));
    for (const visit of [1, 2]) {
      site.visit.n = visit;
      expect(await pinspider(['run', space.job, '--quiet'], space.directory)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(site.asked.filter((line) => line.startsWith('2 '))).toHaveLength(5);
    const changes = (await space.records('out/product.jsonl')).map(
      ({ sku, _change }) => `${String(_change)} ${String(sku)}`,
    );
    expect(changes.sort()).toEqual(['changed one', 'gone four']);
  });
});
