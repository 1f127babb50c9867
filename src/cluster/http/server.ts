import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { messageOf, PinspiderError } from '../../lib/errors.ts';
import { bare, pathOf, write } from './plain.ts';

const UNREADABLE_MS = 60_000;

export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A listening server and its port. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/**
 * Serves exact paths on a loopback address.
 *
 * @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the port is taken
 */
export async function listen(
  host: string,
  port: number,
  routes: Readonly<Record<string, Route>>,
  log: (line: string) => void,
): Promise<Listening> {
  // Event streams last for days, and a keep-alive connection may idle between calls: no time limits.
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const route = routes[pathOf(request)];
    if (!route) {
      write(response, bare(404));
      return;
    }
    Promise.resolve(route(request, response)).catch((error: unknown) => {
      log(`a request failed: ${messageOf(error)}`);
      if (response.headersSent || request.destroyed) response.destroy();
      else write(response, bare(500));
    });
  };
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, answer);
  server.on('checkContinue', answer); // Mesos says no "100 Continue"; who waits for one waits long
  server.on('clientError', dropUnreadable);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new PinspiderError({
      code: 'CLUSTER_ADDRESS_IN_USE',
      where: `${host}:${port}`,
      what: `the cluster cannot listen there (${messageOf(error)})`,
      mend: 'end the program that uses the port, or choose another one; port 0 takes any that is free',
      cause: error,
    });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('bug: a TCP server has an address');
  return { server, port: address.port };
}

/**
 * What cannot be read is not answered, as in Mesos; a request before it on the same connection still is, which is why the
 * socket is left open for a while.
 */
function dropUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'HPE_HEADER_OVERFLOW' || !socket.writable) socket.destroy();
  else setTimeout(() => socket.destroy(), UNREADABLE_MS).unref();
}

/** Drops every connection and stops listening. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
