import { PassThrough, Writable } from 'node:stream';
import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { openSink } from '../../../src/sinks/open.ts';
import { CONTEXT, record, sinkContract } from '../../support/sink-contract.ts';

sinkContract('stdout', async () => {
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  const sink = await openSink({ type: 'stdout' }, { ...CONTEXT, stdout });
  return {
    sink,
    [Symbol.asyncDispose]: () => sink.close(),
    stored: async () =>
      [
        ...Buffer.concat(chunks)
          .toString()
          .matchAll(/"n":(\d+)\}\n/g),
      ].map(([, n]) => Number(n)),
  };
});

test('the stream stays open: it is not the sink’s', async () => {
  const stdout = new PassThrough();
  const sink = await openSink({ type: 'stdout' }, { ...CONTEXT, stdout });
  await sink.close();
  expect([stdout.writableEnded, stdout.listenerCount('error')]).toEqual([false, 0]);
  expect([sink.name, sink.files()]).toEqual(['stdout', []]);
});

test('a slow reader sets the pace of flushes, and what comes meanwhile goes out as one', async () => {
  const chunks: string[] = [];
  let read = (): void => undefined;
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk.toString());
      read = done;
    },
  });
  const sink = await openSink({ type: 'stdout' }, { ...CONTEXT, stdout });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let flushed = 0;
  const write = (n: number): Promise<number> => {
    sink.write(record('page', { n }));
    return sink.flush().then(() => flushed++);
  };
  const first = write(1);
  await turn();
  const others = [write(2), write(3)];
  await turn();
  expect([flushed, chunks]).toEqual([0, ['{"n":1}\n']]);
  read();
  await first;
  await turn();
  expect([flushed, chunks]).toEqual([1, ['{"n":1}\n', '{"n":2}\n{"n":3}\n']]);
  read();
  await Promise.all(others);
  await sink.close();
});

test('a reader that has gone away is an error of the sink, not the end of the process', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const stdout: Socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
  const sink = await openSink({ type: 'stdout' }, { ...CONTEXT, stdout });
  await once(stdout, 'close');
  sink.write(record('page', { n: 1 }));
  await expect(sink.flush()).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    message: expect.stringContaining('stdout: '),
  });
  await expect(sink.close()).rejects.toMatchObject({ code: 'SINK_UNWRITABLE' });
  server.close();
});
