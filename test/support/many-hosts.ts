import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Some thousand pages on several hosts of the loopback network, that link to each other. */
export interface ManyHosts extends AsyncDisposable {
  /** `http://127.0.0.N:port` */
  readonly hosts: readonly string[];
  /** Where a crawl begins that reaches every page. */
  readonly seed: string;
  /** Requests so far, in order; robots.txt left out. */
  readonly requests: readonly string[];
}

export interface ManyHostsOptions {
  readonly hosts: number;
  readonly pages: number;
  /** Longest time that a page takes, ms; pages take from 0 to that. */
  readonly slowMs: number;
}

/**
 * Page n lies on host n mod hosts, redirects when n mod 23 is 5, is missing when n mod 29 is 7, fails once when n mod 31 is 11; else it
 * has two records and links to 3n+1, 3n+2 and 3n+3, and to two pages that others link to as well.
 */
export async function manyHosts({ hosts, pages, slowMs }: ManyHostsOptions): Promise<ManyHosts> {
  const requests: string[] = [];
  const failedOnce = new Set<number>();
  const origins: string[] = [];
  const urlOf = (n: number): string => `${origins[n % hosts] ?? ''}/p/${n}`;
  const servers: Server[] = [];
  for (let host = 0; host < hosts; host++) {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (path === '/robots.txt') return void response.writeHead(404).end();
      requests.push((origins[host] ?? '') + path);
      const n = Number(/^\/p\/(\d+)$/.exec(path)?.[1] ?? NaN);
      const target = Number(/^\/moved\/(\d+)$/.exec(path)?.[1] ?? NaN);
      const answer = (): void => {
        if (target < pages) return void response.setHeader('content-type', 'text/html').end(page(target, pages, urlOf));
        if (!(n < pages) || n % 29 === 7) return void response.writeHead(404).end();
        if (n % 23 === 5) return void response.writeHead(302, { location: `/moved/${n}` }).end();
        if (n % 31 === 11 && !failedOnce.has(n)) {
          failedOnce.add(n);
          return void response.writeHead(503).end();
        }
        response.setHeader('content-type', 'text/html').end(page(n, pages, urlOf));
      };
      if (slowMs === 0) answer();
      else setTimeout(answer, (n * 7919) % (slowMs + 1));
    }).listen(0, `127.0.0.${host + 1}`);
    await once(server, 'listening');
    servers.push(server);
    origins.push(`http://127.0.0.${host + 1}:${(server.address() as AddressInfo).port}`);
  }
  return {
    hosts: origins,
    seed: urlOf(0),
    requests,
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }
    },
  };
}

function page(n: number, pages: number, urlOf: (n: number) => string): string {
  const to = [3 * n + 1, 3 * n + 2, 3 * n + 3, (n * 31) % pages, (n * 17 + 5) % pages];
  const links = to.filter((m) => m < pages).map((m) => `<a href="${urlOf(m)}">${m}</a>`);
  const items = [0, 1].map((i) => `<li class="item"><b>item ${n}.${i}</b><i>${(n * 13 + i) % 1000}</i></li>`);
  return `<!doctype html><title>Page ${n}</title><h1>${n}</h1><ul>${items.join('')}</ul>${links.join(' ')}`;
}
