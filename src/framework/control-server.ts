import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../lib/errors.ts';
import type { StateView, UrlFilter } from './state-view.ts';
import { isSettledState, isUrlState } from './url-states.ts';

/** Where a run says how to reach it. */
export interface ControlAddress {
  readonly port: number;
  readonly token: string;
}

export function controlPath(stateDir: string): string {
  return join(stateDir, 'control.json');
}

/**
 * Lets other processes of this user look into a running crawl, whose store no one else can open. HTTP on loopback, with a token that
 * only readers of the state directory know: `GET /report`, `/hosts`, `/urls`, `/find` and `POST /requeue`; lists are JSON lines.
 */
export async function serveControl(stateDir: string, view: StateView): Promise<AsyncDisposable> {
  const token = randomBytes(24).toString('base64url');
  const expected = Buffer.from(`Bearer ${token}`);
  const server = createServer((request, response) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    answer(view, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(messageOf(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: ControlAddress = { port: (server.address() as AddressInfo).port, token };
  const file = controlPath(stateDir);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(address), { mode: 0o600 });
  return {
    async [Symbol.asyncDispose]() {
      await rm(file, { force: true });
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(view: StateView, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://control');
  const state = url.searchParams.get('state');
  const filter: UrlFilter = {
    ...(isUrlState(state) && { state }),
    host: url.searchParams.get('host') ?? undefined,
  };
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'GET /report':
      response.end(JSON.stringify(await view.report()));
      return;
    case 'GET /find':
      response.end(JSON.stringify(await view.find(url.searchParams.get('url') ?? '')));
      return;
    case 'GET /hosts':
      return pipeline(lines(view.hosts()), response);
    case 'GET /urls':
      return pipeline(lines(view.urls(filter)), response);
    case 'POST /requeue':
      response.end(
        JSON.stringify(await view.requeue({ host: filter.host, state: isSettledState(state) ? state : 'failed' })),
      );
      return;
    default:
      response.writeHead(404).end();
  }
}

async function* lines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let text = '';
  for await (const value of values) {
    text += `${JSON.stringify(value)}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
