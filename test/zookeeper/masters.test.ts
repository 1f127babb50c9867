import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACL, Id, Permission } from 'node-zookeeper-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schedulerCall, schedulerEvent } from '../../src/mesos/codec.ts';
import type { SchedulerCall } from '../../src/mesos/messages.generated.ts';
import { SchedulerClient, type SchedulerSignal } from '../../src/mesos/scheduler-client.ts';
import { type ZooKeeperAddress, ZooKeeperMasters } from '../../src/mesos/zookeeper-masters.ts';
import { cut, endpoint, type Endpoint, open, push } from '../integration/mesos/endpoint.ts';
import { session, wayTo, type ZooKeeper, zooKeeper } from './zookeeper.ts';

let zk: ZooKeeper;
beforeAll(async () => {
  zk = await zooKeeper();
});
afterAll(async () => {
  await zk[Symbol.asyncDispose]();
});

/** A master that takes every framework, and goes on talking until it is cut off. */
async function master(): Promise<Endpoint<SchedulerCall> & { readonly streams: ServerResponse[] }> {
  const streams: ServerResponse[] = [];
  const made = await endpoint(schedulerCall, ({ response }) => {
    streams.push(response);
    open(response, 's1');
    push(response, schedulerEvent, {
      type: 'SUBSCRIBED',
      subscribed: { framework_id: { value: 'F' }, heartbeat_interval_seconds: 15 },
    });
  });
  return { ...made, streams };
}

const address = (path: string, more: Partial<ZooKeeperAddress> = {}): ZooKeeperAddress => ({
  servers: [zk.server],
  path,
  ...more,
});

/** Reads signals, and tells at which masters it was subscribed, and why it was not. */
class Reader implements AsyncDisposable {
  readonly masters: string[] = [];
  readonly reasons: string[] = [];
  readonly #client: SchedulerClient;
  readonly #ended: Promise<void>;

  constructor(masters: ZooKeeperAddress) {
    this.#client = new SchedulerClient({
      masters,
      subscription: () => ({ frameworkInfo: { user: 'nobody', name: 'test' } }),
      random: () => 0,
    });
    this.#ended = this.#read();
  }

  async #read(): Promise<void> {
    for await (const signal of this.#client.signals(new AbortController().signal)) this.#take(signal);
  }

  #take(signal: SchedulerSignal): void {
    if (signal.type === 'subscribed') this.masters.push(signal.master);
    else if (signal.type === 'disconnected') this.reasons.push(signal.reason);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
    await this.#ended;
  }
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(10);
};

test('the master with the lowest number leads, whatever else lies beside it and whichever server answers', async () => {
  await using first = await master();
  await using second = await master();
  await using masters = await session(zk.server);
  await masters.write('/lowest/log_replicas', '');
  await masters.write('/lowest/info_0000000000', 'MasterInfo of a master before 1.0');
  await masters.elect('/lowest', first.url);
  await masters.elect('/lowest', second.url);
  await using reader = new Reader(address('/lowest', { servers: ['127.0.0.1:1', zk.server] }));
  await until(() => reader.masters.length > 0);
  expect(reader.masters).toEqual([first.url]);
  expect(second.exchanges).toHaveLength(0);
});

test('another leader is followed at once, though the old one goes on talking', async () => {
  await using first = await master();
  await using second = await master();
  await using masters = await session(zk.server);
  const elected = await masters.elect('/change', first.url);
  await masters.elect('/change', second.url);
  await using reader = new Reader(address('/change'));
  await until(() => reader.masters.length === 1);
  await masters.remove(elected);
  await until(() => reader.masters.length === 2);
  expect(reader.masters).toEqual([first.url, second.url]);
  expect(reader.reasons.at(-1)).toContain('ZooKeeper names another leader');
  expect(second.exchanges[0]?.call.framework_id).toBeUndefined(); // the test's subscription() tells none
});

test('a session that dies with its master is a change of leader too', async () => {
  await using first = await master();
  await using second = await master();
  const dying = await session(zk.server);
  await dying.elect('/session', first.url);
  await using masters = await session(zk.server);
  await masters.elect('/session', second.url);
  await using reader = new Reader(address('/session'));
  await until(() => reader.masters.length === 1);
  await dying[Symbol.asyncDispose]();
  await until(() => reader.masters.length === 2);
  expect(reader.masters).toEqual([first.url, second.url]);
});

test('a path where nothing is yet is waited for, and the reason says so', async () => {
  await using leader = await master();
  await using reader = new Reader(address('/not/yet'));
  await until(() => reader.reasons.some((reason) => reason.includes('there is no znode /not/yet')));
  expect(reader.reasons.at(-1)).toContain(`zk://${zk.server}/not/yet`);
  await using masters = await session(zk.server);
  await masters.elect('/not/yet', leader.url);
  await until(() => reader.masters.length === 1);
});

test('a leader that is not read for want of rights says so; user and password open it', async () => {
  await using leader = await master();
  const user = 'crawler:pass:word';
  const digest = `crawler:${createHash('sha1').update(user).digest('base64')}`;
  await using masters = await session(zk.server, user);
  await masters.write('/closed', '', [new ACL(Permission.ALL, new Id('digest', digest))]);
  await masters.elect('/closed', leader.url);
  await using outside = new Reader(address('/closed'));
  await until(() => outside.reasons.some((reason) => reason.includes('not allowed')));
  await using inside = new Reader(address('/closed', { credential: { user: 'crawler', password: 'pass:word' } }));
  await until(() => inside.masters.length === 1);
  expect(outside.masters).toEqual([]);
});

test('a server that falls silent is left for a new session, which sees what changed meanwhile', async () => {
  await using way = await wayTo(zk.server);
  await using masters = await session(zk.server);
  const elected = await masters.elect('/silent', 'http://127.0.0.1:5051');
  const told: string[] = [];
  const source = new ZooKeeperMasters({
    address: address('/silent', { servers: [way.server] }),
    scheme: 'https',
    changed: () => told.push(JSON.stringify(source.current())),
    lookEveryMs: 200,
  });
  await until(() => told.length === 1);
  way.fallSilent();
  await masters.remove(elected);
  await masters.elect('/silent', 'http://127.0.0.1:5052');
  await until(() => told.length === 2);
  source.close();
  expect(told[1]).toContain('https://127.0.0.1:5052/api/v1/scheduler');
});

test('ZooKeeper may go away: the subscription stays, and its master is found again without it', async () => {
  await using leader = await master();
  const masters = await session(zk.server);
  await masters.elect('/away', leader.url);
  await using reader = new Reader(address('/away'));
  await until(() => reader.masters.length === 1);
  await masters[Symbol.asyncDispose]();
  await zk.stop();
  const [stream] = leader.streams;
  if (stream) cut(stream);
  await until(() => reader.masters.length === 2);
  expect(reader.masters).toEqual([leader.url, leader.url]);
  await zk.start();
});

test('a ZooKeeper that lost everything: a new session, and the leader that writes itself down then', async () => {
  await using first = await master();
  await using second = await master();
  const masters = await session(zk.server);
  await masters.elect('/lost', first.url);
  await using reader = new Reader(address('/lost'));
  await until(() => reader.masters.length === 1);
  await masters[Symbol.asyncDispose]();
  await zk.forget();
  await using after = await session(zk.server);
  await after.elect('/lost', second.url);
  await until(() => reader.masters.length === 2);
  expect(reader.masters).toEqual([first.url, second.url]);
});
