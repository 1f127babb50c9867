import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphSite extends AsyncDisposable {
  readonly url: string;
  /** Requests by path, robots.txt included. */
  readonly hits: ReadonlyMap<string, number>;
  /** Arrival times of requests in ms, in order. */
  readonly times: readonly number[];
  /** Most requests that were under way at once. */
  readonly peak: () => number;
}

export interface GraphOptions {
  /** Pages /0 to /pages-1. Page n links to 3n+1, 3n+2, 3n+3 and back to 0. */
  readonly pages: number;
  /** How long each page takes, ms. */
  readonly slowMs?: number;
  readonly robots?: string;
  /** Treats a request before the pages do; true = answered. `nth` counts from 1 for each path. */
  readonly intercept?: (path: string, nth: number, response: ServerResponse) => boolean;
}

/** A site that is a tree of pages, counts what it is asked, and closes with the test. */
export async function graphSite({ pages, slowMs = 0, robots, intercept }: GraphOptions): Promise<GraphSite> {
  const hits = new Map<string, number>();
  const times: number[] = [];
  let underWay = 0;
  let peak = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/';
    const nth = (hits.get(path) ?? 0) + 1;
    hits.set(path, nth);
    times.push(performance.now());
    peak = Math.max(peak, ++underWay);
    response.once('close', () => underWay--);
    if (intercept?.(path, nth, response)) return;
    const n = Number(/^\/(\d+)$/.exec(path)?.[1] ?? NaN);
    if (path === '/robots.txt' && robots !== undefined)
      return void response.setHeader('content-type', 'text/plain').end(robots);
    if (!(n < pages)) return void response.writeHead(404).end('no such page');
    const html = page(n, pages);
    setTimeout(() => response.setHeader('content-type', 'text/html; charset=utf-8').end(html), slowMs);
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits,
    times,
    peak: () => peak,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function page(n: number, pages: number): string {
  const links = [3 * n + 1, 3 * n + 2, 3 * n + 3].filter((to) => to < pages);
  const items = [0, ...links].map((to) => `<li><a href="/${to}">page ${to}</a></li>`).join('');
  return `<!doctype html><title>Page ${n}</title><h1>${n}</h1><ul>${items}</ul><p>${'words '.repeat(100)}</p>`;
}
