import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { FeedClient } from '../../src/feed/client.ts';
import { answerCodec, reportCodec, type Sparse } from '../../src/feed/messages.ts';
import { type Answer, PageOutcome, type Report } from '../../src/feed/messages.generated.ts';
import { FeedServer, type FeedServerOptions, UnknownTaskError } from '../../src/feed/server.ts';

const TOKEN = 'secret-of-this-run';
const signal = AbortSignal.timeout(20_000);

async function feed(answer: (report: Report) => Promise<Sparse<Answer>>, over: Partial<FeedServerOptions> = {}) {
  const server = await FeedServer.listen({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    exchange: async (report) => answerCodec.encode(await answer(report)),
    artifacts: new Map(),
    ...over,
  });
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server.close() };
}

const client = (url: string, token = TOKEN, giveUpAfterMs = 300) =>
  new FeedClient({ url: `${url}/feed`, token, now: Date.now, random: () => 0.5, giveUpAfterMs });

describe('feed', () => {
  test('a report arrives as it was sent, and its answer comes back', async () => {
    const got: Report[] = [];
    await using server = await feed(async (report) => {
      got.push(report);
      return { seq: report.seq, requests: [{ id: 7, url: 'http://h/ü', depth: 1 }], done: true };
    });
    const c = client(server.url);
    const pages = [
      {
        id: 3,
        outcome: PageOutcome.FETCHED,
        records: [{ extractor: 0, json: Buffer.from('{"a":1}'), filled: Buffer.from([1]) }],
      },
    ];
    const answer = await c.exchange({ task_id: 't', seq: 1, pages, want: 5 }, signal);
    expect(answer).toMatchObject({ seq: 1, done: true, requests: [{ id: 7, url: 'http://h/ü', depth: 1 }] });
    expect(got[0]).toMatchObject({ task_id: 't', want: 5 });
    expect(Buffer.from(got[0]?.pages[0]?.records[0]?.json ?? []).toString()).toBe('{"a":1}');
    await c.close();
  });

  test.each([
    ['no token', {}, 401],
    ['a wrong token', { authorization: 'Bearer secret-of-that-run' }, 401],
    ['bytes that are no report', { authorization: `Bearer ${TOKEN}` }, 400],
  ])('%s is refused', async (_, headers, status) => {
    await using server = await feed(async () => ({}));
    const response = await fetch(`${server.url}/feed`, { method: 'POST', headers, body: Buffer.from([255, 255, 1]) });
    expect(response.status).toBe(status);
  });

  test('a refused token fails at once and says so', async () => {
    await using server = await feed(async () => ({}));
    const c = client(server.url, 'other', 60_000);
    await expect(c.exchange({ task_id: 't', seq: 1 }, signal)).rejects.toMatchObject({ code: 'FEED_UNREACHABLE' });
    await c.close();
  });

  test('a task that the scheduler gave up is gone, which is no error', async () => {
    await using server = await feed(async () => {
      throw new UnknownTaskError('task t is over');
    });
    const c = client(server.url);
    expect(await c.exchange({ task_id: 't', seq: 1 }, signal)).toBe('gone');
    await c.close();
  });

  test('a failing scheduler is asked again until it answers', async () => {
    let calls = 0;
    await using server = await feed(async () => {
      if (++calls < 3) throw new Error('disk is slow today');
      return { seq: 1 };
    });
    const c = client(server.url, TOKEN, 60_000);
    expect(await c.exchange({ task_id: 't', seq: 1 }, signal)).toMatchObject({ seq: 1 });
    expect(calls).toBe(3);
    await c.close();
  });

  test('a connection that is cut in the answer is tried again with the same report', async () => {
    const bodies: string[] = [];
    const answer = Buffer.from([8, 1]); // Answer { seq: 1 }
    const server = createServer((socket) => {
      socket.once('data', (chunk) => {
        bodies.push(chunk.subarray(chunk.indexOf('\r\n\r\n') + 4).toString('latin1'));
        if (bodies.length === 1) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf');
        else
          socket.end(
            `HTTP/1.1 200 OK\r\ncontent-length: ${answer.length}\r\n\r\n${answer.toString('latin1')}`,
            'latin1',
          );
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const c = client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, TOKEN, 60_000);
    expect(await c.exchange({ task_id: 't', seq: 1 }, signal)).toMatchObject({ seq: 1 });
    expect(bodies[0]).toBe(bodies[1]);
    expect(bodies[0]).toBe(Buffer.from(reportCodec.encode({ task_id: 't', seq: 1 })).toString('latin1'));
    await c.close();
    server.close();
  });

  test('an unreachable feed fails the task with the address and the setting to mend', async () => {
    const c = client('http://127.0.0.1:1');
    await expect(c.exchange({ task_id: 't', seq: 1 }, signal)).rejects.toThrow(/127\.0\.0\.1:1\/feed.*advertise/);
    await c.close();
  });

  test('a feed that was reached once is waited for longer, a refused token included', async () => {
    const first = await feed(async () => ({ seq: 1 }));
    const c = new FeedClient({
      ...{ url: `${first.url}/feed`, token: TOKEN, now: Date.now, random: () => 0 },
      giveUpAfterMs: 1,
      patienceMs: () => 60_000,
    });
    await c.exchange({ task_id: 't', seq: 1 }, signal);
    await first[Symbol.asyncDispose]();
    const port = Number(new URL(first.url).port);
    const exchange = c.exchange({ task_id: 't', seq: 2 }, signal);
    const other = await feed(async () => ({}), { port, token: 'that of a scheduler that has not read its state yet' });
    await sleep(300);
    await other[Symbol.asyncDispose]();
    await using second = await feed(async (report) => ({ seq: report.seq }), { port });
    expect(await exchange).toMatchObject({ seq: 2 });
    expect(second.url).toBe(first.url);
    await c.close();
  });

  test('a feed that moved gets the report that is under way, at once', async () => {
    await using silent = await feed(() => new Promise(() => undefined));
    await using next = await feed(async (report) => ({ seq: report.seq }), { token: 'new' });
    const c = client(silent.url);
    const exchange = c.exchange({ task_id: 't', seq: 7 }, signal);
    await sleep(50);
    c.moveTo(`${next.url}/feed`, 'new');
    expect(await exchange).toMatchObject({ seq: 7 });
    await c.close();
  });

  test('a port that is taken is left for another where any will do', async () => {
    await using first = await feed(async () => ({}));
    const port = Number(new URL(first.url).port);
    await using second = await feed(async () => ({}), { port, orAnyPort: true });
    expect(second.url).not.toBe(first.url);
  });

  test('the executor program is served under its path, to GET and HEAD, without token', async () => {
    const artifacts = new Map([['/artifacts/executor-1.mjs', Buffer.from('program')]]);
    await using server = await feed(async () => ({}), { artifacts });
    const head = await fetch(`${server.url}/artifacts/executor-1.mjs`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('7');
    expect(await (await fetch(`${server.url}/artifacts/executor-1.mjs`)).text()).toBe('program');
    expect((await fetch(`${server.url}/artifacts/executor-2.mjs`)).status).toBe(404);
  });

  test('a taken port is one clear error', async () => {
    await using server = await feed(async () => ({}));
    const port = Number(new URL(server.url).port);
    await expect(feed(async () => ({}), { port })).rejects.toMatchObject({
      code: 'CLUSTER_ADDRESS_IN_USE',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });
});
