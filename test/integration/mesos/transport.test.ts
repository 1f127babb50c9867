import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Transport } from '../../../src/mesos/transport.ts';

/** Posts to a server that answers when `answer` is called, and has seen what the transport does then with its connection. */
async function exchange(): Promise<{
  transport: Transport;
  answered: Promise<number>;
  answer: () => void;
  socket: Socket;
}> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = new Transport(new URL(`http://127.0.0.1:${port}/api/v1`), { connectTimeoutMs: 1000 });
  const answered = transport.post(new Uint8Array(1), {}, 5000).then(async ({ statusCode, body }) => {
    await body.dump();
    return statusCode;
  });
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  server.close();
  return { transport, answered, answer: () => void response.writeHead(202).end(), socket: request.socket };
}

test('a connection that nobody waits for is cut when it is closed, and nobody reads a stack for that', async () => {
  const { transport, answered, answer, socket } = await exchange();
  answer();
  expect(await answered).toBe(202);
  const { stackTraceLimit } = Error;
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const frames: number[] = [];
  Error.prepareStackTrace = (error: Error, trace) => {
    if (error.message === 'The client is destroyed') frames.push(trace.length);
    return '';
  };
  const gone = once(socket, 'close');
  await transport.close();
  if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
  else Reflect.deleteProperty(Error, 'prepareStackTrace');
  await gone;
  expect(frames).toEqual([0]);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

test('a call in flight is answered before its connection closes', async () => {
  const { transport, answered, answer, socket } = await exchange();
  const gone = once(socket, 'close');
  const closed = transport.close();
  answer();
  expect(await answered).toBe(202);
  await Promise.all([closed, gone]);
});
