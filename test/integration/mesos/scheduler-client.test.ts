import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { schedulerCall, schedulerEvent } from '../../../src/mesos/codec.ts';
import type { SchedulerCall, SchedulerEvent } from '../../../src/mesos/messages.generated.ts';
import { frame } from '../../../src/mesos/recordio.ts';
import {
  SchedulerClient,
  type SchedulerClientOptions,
  type SchedulerSignal,
} from '../../../src/mesos/scheduler-client.ts';
import { cut, endpoint, type Endpoint, type Exchange, open, push, refuse } from './endpoint.ts';

const INFO = { user: 'nobody', name: 'test' };
const ID = { value: 'F-0000' };
const SUBSCRIBED: SchedulerEvent = {
  type: 'SUBSCRIBED',
  subscribed: { framework_id: ID, heartbeat_interval_seconds: 15 },
};

function client(masters: readonly string[], options: Partial<SchedulerClientOptions> = {}): SchedulerClient {
  // no jitter: the shortest wait there is
  return new SchedulerClient({ masters, subscription: () => ({ frameworkInfo: INFO }), random: () => 0, ...options });
}

const master = (answer: (exchange: Exchange<SchedulerCall>, nth: number) => void): Promise<Endpoint<SchedulerCall>> =>
  endpoint(schedulerCall, answer);

function event(response: ServerResponse, one: SchedulerEvent): void {
  push(response, schedulerEvent, one);
}

/** Reads signals until `enough` of them, then stops the client. */
async function read(
  of: SchedulerClient,
  enough: (signals: readonly SchedulerSignal[]) => boolean,
  onSignal: (signal: SchedulerSignal) => void | Promise<void> = () => undefined,
): Promise<SchedulerSignal[]> {
  const stop = new AbortController();
  const seen: SchedulerSignal[] = [];
  for await (const signal of of.signals(stop.signal)) {
    seen.push(signal);
    await onSignal(signal);
    if (enough(seen)) stop.abort();
  }
  await of.close();
  return seen;
}

const events = (signals: readonly SchedulerSignal[]): (string | undefined)[] =>
  signals.map((s) => (s.type === 'event' ? s.event.type : s.type));
const until =
  (...wanted: readonly string[]) =>
  (signals: readonly SchedulerSignal[]): boolean =>
    events(signals).length >= wanted.length && wanted.every((w) => events(signals).includes(w));

describe('subscribing', () => {
  test('sends a bare SUBSCRIBE and yields the events of the stream', async () => {
    await using server = await master(({ response }) => {
      open(response, 's1');
      event(response, SUBSCRIBED);
      event(response, { type: 'HEARTBEAT' });
    });
    const seen = await read(client([server.url]), until('HEARTBEAT'));
    expect(seen).toEqual([
      { type: 'subscribed', master: server.url },
      { type: 'event', event: SUBSCRIBED },
      { type: 'event', event: { type: 'HEARTBEAT' } },
    ]);
    const { call, request } = server.exchanges[0] ?? expect.fail();
    expect(call).toEqual({ type: 'SUBSCRIBE', subscribe: { framework_info: INFO } });
    expect(request.url).toBe('/api/v1/scheduler');
    expect(request.headers).toMatchObject({
      'content-type': 'application/x-protobuf',
      accept: 'application/x-protobuf',
    });
    expect(request.headers).not.toHaveProperty('accept-encoding');
    expect(request.headers).not.toHaveProperty('mesos-stream-id');
    expect(request.headers).not.toHaveProperty('authorization');
  });

  test.each([
    {
      name: 'scheme-relative',
      location: (host: string) => `//${host}/master/api/v1/scheduler`,
      path: '/master/api/v1/scheduler',
    },
    { name: 'absolute', location: (host: string) => `http://${host}/api/v1/scheduler`, path: '/api/v1/scheduler' },
    { name: 'host and port alone', location: (host: string) => host, path: '/api/v1/scheduler' },
  ])('a redirect to the leader is followed: $name', async ({ location, path }) => {
    await using leader = await master(({ call, response }) => {
      if (call.type !== 'SUBSCRIBE') response.writeHead(202).end();
      else {
        open(response, 's1');
        event(response, SUBSCRIBED);
      }
    });
    await using other = await master(({ response }) => {
      refuse(response, 307, '', { location: location(new URL(leader.url).host) });
    });
    const credential = { principal: 'fw', secret: 'pass' };
    const it = client([other.url], { credential });
    const seen = await read(it, until('SUBSCRIBED'), async (s) => {
      if (s.type === 'event') await it.send({ type: 'REVIVE' });
    });
    expect(seen[0]).toEqual({ type: 'subscribed', master: leader.url });
    expect(leader.exchanges.map(({ call, request }) => [call.type, request.url])).toEqual([
      ['SUBSCRIBE', path],
      ['REVIVE', path],
    ]);
    const sent = [...other.exchanges, ...leader.exchanges];
    expect(sent.map(({ request }) => request.headers.authorization)).toEqual(Array(3).fill('Basic Znc6cGFzcw=='));
    expect(leader.exchanges[0]?.call).toEqual(other.exchanges[0]?.call);
  });

  test('masters that redirect to each other are left after a few hops', async () => {
    await using server: Endpoint<SchedulerCall> = await master(({ response }) => {
      refuse(response, 307, '', { location: `//${new URL(server.url).host}/api/v1/scheduler` });
    });
    const seen = await read(client([server.url]), until('disconnected'));
    expect(seen).toEqual([
      { type: 'disconnected', reason: expect.stringMatching(/more than 5 redirects/), retryInMs: 250 },
    ]);
    expect(server.exchanges).toHaveLength(6);
  });

  test('503 is waited out, longer each time, and the next master is tried', async () => {
    await using unready = await master(({ response }) => refuse(response, 503, 'No leader elected'));
    await using ready = await master(({ response }, nth) => {
      if (nth === 1) {
        refuse(response, 404, '404 Not Found.');
        return;
      }
      open(response, 's1');
      event(response, SUBSCRIBED);
    });
    const seen = await read(client([unready.url, ready.url]), until('SUBSCRIBED'));
    expect(seen).toMatchObject([
      { type: 'disconnected', reason: expect.stringContaining('HTTP 503: No leader elected'), retryInMs: 250 },
      { type: 'disconnected', reason: expect.stringContaining('HTTP 404'), retryInMs: 500 },
      { type: 'disconnected', reason: expect.stringContaining('HTTP 503'), retryInMs: 1000 },
      { type: 'subscribed', master: ready.url },
      { type: 'event' },
    ]);
  });

  test.each([
    { name: 'missing credentials', status: 401, text: '401 Unauthorized.', message: /HTTP 401.*check the principal/ },
    {
      name: 'a principal that differs',
      status: 400,
      text: 'Authenticated principal differs',
      message: /principal differs/,
    },
    { name: 'a wrong media type', status: 415, text: 'Expecting', message: /HTTP 415/ },
  ])('$name: refused for good', async ({ status, text, message }) => {
    await using server = await master(({ response }) => refuse(response, status, text));
    await expect(read(client([server.url]), () => false)).rejects.toMatchObject({
      code: 'MESOS_CALL_REFUSED',
      message: expect.stringMatching(message),
    });
    expect(server.exchanges).toHaveLength(1);
  });

  test('a server that speaks no TLS where https is asked for: refused for good', async () => {
    await using server = await master(({ response }) => refuse(response, 503, ''));
    const it = client([server.url.replace('http:', 'https:')]);
    await expect(read(it, () => false)).rejects.toMatchObject({ code: 'MESOS_UNREACHABLE' });
  });

  test('patience ends, and the error tells what was tried and why it failed', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const it = client([`http://127.0.0.1:${port}`], { giveUpAfterMs: 400 });
    await expect(read(it, () => false)).rejects.toMatchObject({
      code: 'MESOS_UNREACHABLE',
      message: `http://127.0.0.1:${port}: no subscription for 0.4 s (127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}); is the address right, and is a master up?`,
    });
  });

  test('patience ends at a server that accepts and says nothing', async () => {
    await using server = await master(() => undefined);
    await expect(read(client([server.url], { giveUpAfterMs: 200 }), () => false)).rejects.toMatchObject({
      code: 'MESOS_UNREACHABLE',
    });
  });

  test('something that is no master is left alone', async () => {
    await using server = await master(({ response }, nth) => {
      if (nth === 1) response.end('<html>hello</html>');
      else {
        open(response, 's');
        response.write('<html>hello</html>');
      }
    });
    const seen = await read(client([server.url]), (all) => all.filter((s) => s.type === 'disconnected').length === 2);
    expect(seen).toMatchObject([
      { reason: expect.stringContaining('without Mesos-Stream-Id') },
      { type: 'subscribed' },
      { reason: expect.stringContaining('is not a decimal number') },
    ]);
  });

  test('a secret that a master could not split is refused at once', () => {
    const credential = { principal: 'fw', secret: 'a:b' };
    expect(() => client(['http://127.0.0.1:1'], { credential })).toThrow(/cannot contain ":"/);
  });
});

describe('coming back', () => {
  test('a stream that is cut inside a record, with the framework id that is known by then', async () => {
    await using server = await master(({ response }, nth) => {
      open(response, `s${nth}`);
      event(response, SUBSCRIBED);
      if (nth > 1) return;
      response.write('100\nhalf a rec');
      setTimeout(() => cut(response), 50);
    });
    let id: typeof ID | undefined;
    const it = client([server.url], { subscription: () => ({ frameworkInfo: { ...INFO, ...(id && { id }) } }) });
    const seen = await read(
      it,
      (all) => events(all).filter((e) => e === 'SUBSCRIBED').length === 2,
      (s) => {
        if (s.type === 'event') id = s.event.subscribed?.framework_id;
      },
    );
    expect(events(seen)).toEqual(['subscribed', 'SUBSCRIBED', 'disconnected', 'subscribed', 'SUBSCRIBED']);
    expect(server.exchanges.map(({ call }) => [call.framework_id, call.subscribe?.framework_info.id])).toEqual([
      [undefined, undefined],
      [ID, ID],
    ]);
  });

  test('a stream that ends well inside a record', async () => {
    await using server = await master(({ response }) => {
      open(response, 's');
      event(response, SUBSCRIBED);
      response.end('100\nhalf a rec');
    });
    const seen = await read(client([server.url]), until('disconnected'));
    expect(seen.at(-1)).toMatchObject({ reason: expect.stringContaining("ended after 10 of a record's 100 bytes") });
  });

  test('a master that misses five heartbeats', async () => {
    await using server = await master(({ response }, nth) => {
      open(response, `s${nth}`);
      event(response, { type: 'SUBSCRIBED', subscribed: { framework_id: ID, heartbeat_interval_seconds: 0.2 } });
      if (nth === 1) return; // silent from now on
      const beat = setInterval(() => event(response, { type: 'HEARTBEAT' }), 100);
      response.on('close', () => clearInterval(beat));
    });
    const beats = (all: readonly SchedulerSignal[]): number => events(all).filter((e) => e === 'HEARTBEAT').length;
    const seen = await read(client([server.url]), (all) => beats(all) === 12); // 1.2 s: past the limit of 1 s
    expect(events(seen).filter((e) => e !== 'HEARTBEAT')).toEqual([
      ...['subscribed', 'SUBSCRIBED', 'disconnected'],
      ...['subscribed', 'SUBSCRIBED'],
    ]);
    expect(seen[2]).toMatchObject({ reason: expect.stringContaining('nothing was heard for 1 s') });
  });

  test('a dead id: the error is told, and the next SUBSCRIBE says what the caller says then', async () => {
    await using server = await master(({ call, response }) => {
      open(response, 's');
      if (!call.framework_id) event(response, SUBSCRIBED);
      else response.end(frame(schedulerEvent.encode(removed)));
    });
    const removed: SchedulerEvent = { type: 'ERROR', error: { message: 'Framework has been removed' } };
    let id: typeof ID | undefined = ID;
    const it = client([server.url], { subscription: () => ({ frameworkInfo: { ...INFO, ...(id && { id }) } }) });
    const seen = await read(it, until('SUBSCRIBED'), (s) => {
      if (s.type === 'event' && s.event.type === 'ERROR') id = undefined;
    });
    expect(seen).toMatchObject([
      { type: 'subscribed' },
      { event: removed },
      { type: 'disconnected', reason: expect.stringContaining('Framework has been removed') },
      { type: 'subscribed' },
      { event: SUBSCRIBED },
    ]);
  });

  test('a framework that was taken over does not take itself back', async () => {
    await using server = await master(({ response }) => {
      open(response, 's');
      event(response, SUBSCRIBED);
      event(response, { type: 'ERROR', error: { message: 'Framework failed over' } });
    });
    const seen = await read(client([server.url]), () => false);
    expect(events(seen)).toEqual(['subscribed', 'SUBSCRIBED', 'ERROR']);
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('events', () => {
  test('what is unknown, or cannot be read, is noted and skipped', async () => {
    const notes: string[] = [];
    await using server = await master(({ response }) => {
      open(response, 's');
      event(response, SUBSCRIBED);
      response.write(Buffer.from([...Buffer.from('2\n'), 8, 99])); // type = 99
      response.write('0\n');
      response.write('3\nxyz');
      event(response, { type: 'HEARTBEAT' });
    });
    const seen = await read(client([server.url], { note: (what) => notes.push(what) }), until('HEARTBEAT'));
    expect(events(seen)).toEqual(['subscribed', 'SUBSCRIBED', 'HEARTBEAT']);
    expect(notes).toHaveLength(3);
  });

  test('a reader that takes its time misses nothing', async () => {
    const count = 200;
    await using server = await master(({ response }) => {
      open(response, 's');
      event(response, SUBSCRIBED);
      for (let i = 0; i < count; i++) event(response, { type: 'RESCIND', rescind: { offer_id: { value: String(i) } } });
    });
    const seen = await read(
      client([server.url]),
      (all) => events(all).filter((e) => e === 'RESCIND').length === count,
      () => sleep(1),
    );
    expect(
      seen.flatMap((s) => (s.type === 'event' && s.event.rescind ? [s.event.rescind.offer_id.value] : [])),
    ).toEqual(Array.from({ length: count }, (_, i) => String(i)));
  });
});

describe('calls', () => {
  test('go out one at a time, in order, on one connection, with framework and stream id', async () => {
    let inFlight = 0;
    let most = 0;
    await using server = await master(({ call, response }) => {
      if (call.type === 'SUBSCRIBE') {
        open(response, 'stream-7');
        event(response, SUBSCRIBED);
        return;
      }
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        inFlight--;
        response.writeHead(202).end();
      }, 5);
    });
    const it = client([server.url]);
    const ids = Array.from({ length: 20 }, (_, i) => ({ value: String(i) }));
    await read(it, until('SUBSCRIBED'), async (s) => {
      if (s.type !== 'event') return;
      await Promise.all(ids.map((id) => it.send({ type: 'DECLINE', decline: { offer_ids: [id] } })));
    });
    const declines = server.exchanges.slice(1);
    expect(most).toBe(1);
    expect(declines.map(({ call }) => call)).toEqual(
      ids.map((id) => ({ type: 'DECLINE', framework_id: ID, decline: { offer_ids: [id] } })),
    );
    expect(new Set(declines.map(({ request }) => request.headers['mesos-stream-id']))).toEqual(new Set(['stream-7']));
    expect(new Set(declines.map(({ connection }) => connection)).size).toBe(1);
    expect(declines[0]?.connection).not.toBe(server.exchanges[0]?.connection);
  });

  test.each([
    { status: 400, text: "The stream ID 'x' included in this request didn't match the stream ID currently associated" },
    { status: 400, text: 'Framework cannot be found' },
    { status: 403, text: 'Framework is not subscribed' },
    { status: 503, text: 'Master has not finished recovery' },
  ])('$status $text: the subscription is dropped, and a new one made', async ({ status, text }) => {
    await using server = await master(({ call, response }, nth) => {
      if (call.type !== 'SUBSCRIBE') {
        refuse(response, status, text);
        return;
      }
      open(response, `s${nth}`);
      event(response, SUBSCRIBED);
    });
    const it = client([server.url]);
    const failures: unknown[] = [];
    const seen = await read(
      it,
      (all) => events(all).filter((e) => e === 'SUBSCRIBED').length === 2,
      async (s) => {
        if (s.type !== 'event' || failures.length > 0) return;
        const sent = [it.send({ type: 'REVIVE' }), it.send({ type: 'SUPPRESS' })];
        for (const one of await Promise.allSettled(sent)) failures.push(one.status === 'rejected' && one.reason);
      },
    );
    expect(failures).toMatchObject(Array(2).fill({ code: 'MESOS_SUBSCRIPTION_ENDED' }));
    expect(events(seen)).toEqual(['subscribed', 'SUBSCRIBED', 'disconnected', 'subscribed', 'SUBSCRIBED']);
    expect(seen[2]).toMatchObject({ reason: expect.stringContaining(text) });
    // the second call belonged to the dead stream: it is not sent on the new one
    expect(server.exchanges.map(({ call }) => call.type)).toEqual(['SUBSCRIBE', 'REVIVE', 'SUBSCRIBE']);
  });

  test('a connection that breaks under a call: the call is not repeated', async () => {
    await using server = await master(({ call, response }) => {
      if (call.type !== 'SUBSCRIBE') {
        cut(response);
        return;
      }
      open(response, 's');
      event(response, SUBSCRIBED);
    });
    const it = client([server.url]);
    let failure: unknown;
    await read(it, until('disconnected'), async (s) => {
      if (s.type === 'event') failure = await it.send({ type: 'REVIVE' }).catch((e: unknown) => e);
    });
    expect(failure).toMatchObject({ code: 'MESOS_SUBSCRIPTION_ENDED' });
    expect(server.exchanges.filter(({ call }) => call.type === 'REVIVE')).toHaveLength(1);
  });

  test('a call at fault is refused with the reason of the master, and the subscription goes on', async () => {
    await using server = await master(({ call, response }, nth) => {
      if (call.type === 'SUBSCRIBE') {
        open(response, 's');
        event(response, SUBSCRIBED);
        return;
      }
      if (nth === 2) {
        refuse(response, 400, "Failed to validate scheduler::Call: Expecting 'type' to be present");
        return;
      }
      response.writeHead(202).end();
    });
    const it = client([server.url]);
    const outcomes: unknown[] = [];
    const seen = await read(it, until('SUBSCRIBED'), async (s) => {
      if (s.type !== 'event') return;
      outcomes.push(await it.send({ type: 'REVIVE' }).catch((e: unknown) => e));
      outcomes.push(await it.send({ type: 'REVIVE' }).catch((e: unknown) => e));
    });
    expect(outcomes).toMatchObject([
      { code: 'MESOS_CALL_REFUSED', message: expect.stringContaining("Expecting 'type' to be present") },
      undefined,
    ]);
    expect(events(seen)).toEqual(['subscribed', 'SUBSCRIBED']);
  });

  test('the answer to a TEARDOWN may come after the end of the stream', async () => {
    let stream: ServerResponse | undefined;
    await using server = await master(({ call, response }) => {
      if (call.type === 'SUBSCRIBE') {
        stream = response;
        open(response, 's');
        event(response, SUBSCRIBED);
        return;
      }
      stream?.end();
      setTimeout(() => response.writeHead(202).end(), 100);
    });
    const it = client([server.url]);
    let torn = false;
    let teardown: Promise<void> | undefined;
    await read(it, until('disconnected'), async (s) => {
      if (s.type === 'event') teardown = it.send({ type: 'TEARDOWN' }).then(() => void (torn = true));
      if (s.type === 'disconnected') await teardown;
    });
    expect(torn).toBe(true);
  });

  test('without a subscription nothing is sent', async () => {
    await expect(client(['http://127.0.0.1:1']).send({ type: 'REVIVE' })).rejects.toMatchObject({
      code: 'MESOS_SUBSCRIPTION_ENDED',
    });
  });
});

test('close ends the signals and the connections', async () => {
  await using server = await master(({ response }) => {
    open(response, 's');
    event(response, SUBSCRIBED);
  });
  const it = client([server.url]);
  const seen: SchedulerSignal[] = [];
  for await (const signal of it.signals(new AbortController().signal)) {
    seen.push(signal);
    if (signal.type === 'event') setTimeout(() => void it.close(), 20);
  }
  expect(events(seen)).toEqual(['subscribed', 'SUBSCRIBED']);
  const { response } = server.exchanges[0] ?? expect.fail();
  if (!response.closed) await once(response, 'close');
});
