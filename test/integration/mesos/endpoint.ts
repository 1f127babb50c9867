import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Codec } from '../../../src/mesos/codec.ts';
import { frame } from '../../../src/mesos/recordio.ts';

/** One call that arrived, to be answered by the test. */
export interface Exchange<Call> {
  readonly call: Call;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Which TCP connection it came on, counted from 1. */
  readonly connection: number;
}

export interface Endpoint<Call> extends AsyncDisposable {
  readonly url: string;
  readonly exchanges: readonly Exchange<Call>[];
  /** Resolves once `wanted` is satisfied by the exchanges so far. */
  until(wanted: (exchanges: readonly Exchange<Call>[]) => boolean): Promise<void>;
}

/** A master or agent of which a test writes every answer: a real server on a free loopback port. */
export async function endpoint<Call>(
  codec: Codec<Call>,
  answer: (exchange: Exchange<Call>, nth: number) => void,
  port = 0,
  tls?: ServerOptions,
): Promise<Endpoint<Call>> {
  const exchanges: Exchange<Call>[] = [];
  const sockets = new Map<object, number>();
  const waits = new Set<() => void>();
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void buffer(request).then((body) => {
      const connection = sockets.get(request.socket) ?? 0;
      const exchange = { call: codec.decode(body), request, response, connection };
      exchanges.push(exchange);
      for (const check of waits) check();
      answer(exchange, exchanges.length);
    });
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on(tls ? 'secureConnection' : 'connection', (socket: object) => sockets.set(socket, sockets.size + 1));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    until: (wanted) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!wanted(exchanges)) return;
          waits.delete(check);
          resolve();
        };
        waits.add(check);
        check();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Opens an event stream as a master does. */
export function open(response: ServerResponse, streamId?: string): void {
  response.writeHead(200, {
    'content-type': 'application/x-protobuf',
    ...(streamId !== undefined && { 'mesos-stream-id': streamId }),
  });
  response.flushHeaders();
}

/** Writes one event of a stream; records are framed here. */
export function push<Event>(response: ServerResponse, codec: Codec<Event>, event: Event): void {
  response.write(frame(codec.encode(event)));
}

/** Ends the stream as a process that dies does: without the final chunk. */
export function cut(response: ServerResponse): void {
  response.socket?.destroy();
}

export function refuse(response: ServerResponse, status: number, text: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text);
}
