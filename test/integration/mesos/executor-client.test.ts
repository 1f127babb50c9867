import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { executorCall, executorEvent } from '../../../src/mesos/codec.ts';
import { ExecutorClient } from '../../../src/mesos/executor-client.ts';
import { readExecutorEnvironment } from '../../../src/mesos/executor-environment.ts';
import type { ExecutorCall, ExecutorEvent, TaskState, TaskStatus } from '../../../src/mesos/messages.generated.ts';
import { cut, endpoint, type Endpoint, type Exchange, open, push, refuse } from './endpoint.ts';

const NOW = 1_800_000_000_500;

function client(url: string, env: Readonly<Record<string, string>> = {}, notes: string[] = []): ExecutorClient {
  return new ExecutorClient({
    environment: readExecutorEnvironment({
      MESOS_FRAMEWORK_ID: 'F',
      MESOS_EXECUTOR_ID: 'e1',
      MESOS_SLAVE_ID: 'S',
      MESOS_AGENT_ENDPOINT: new URL(url).host,
      MESOS_SANDBOX: '/sandbox',
      MESOS_CHECKPOINT: '1',
      ...env,
    }),
    random: () => 0.1,
    now: () => NOW,
    uuid: () => Buffer.from(randomUUID().replaceAll('-', ''), 'hex'),
    note: (what) => notes.push(what),
  });
}

const agent = (
  answer: (exchange: Exchange<ExecutorCall>, nth: number) => void,
  port?: number,
): Promise<Endpoint<ExecutorCall>> => endpoint(executorCall, answer, port);

function event(response: ServerResponse, one: ExecutorEvent): void {
  push(response, executorEvent, one);
}

function subscribed(response: ServerResponse): void {
  open(response);
  event(response, {
    type: 'SUBSCRIBED',
    subscribed: {
      executor_info: { executor_id: { value: 'e1' } },
      framework_info: { user: 'u', name: 'n' },
      agent_info: { hostname: 'localhost' },
    },
  });
}

function launch(response: ServerResponse, id: string): void {
  const task = { name: id, task_id: { value: id }, agent_id: { value: 'S' }, data: Buffer.from(`work of ${id}`) };
  event(response, { type: 'LAUNCH', launch: { task } });
}

function acknowledge(response: ServerResponse | undefined, status: TaskStatus | undefined): void {
  if (!response || !status?.uuid) throw new Error('nothing to acknowledge');
  event(response, { type: 'ACKNOWLEDGED', acknowledged: { task_id: status.task_id, uuid: status.uuid } });
}

const status = (id: string, state: TaskState): { task_id: { value: string }; state: TaskState } => ({
  task_id: { value: id },
  state,
});
const told = ({ task_id, state }: TaskStatus): string => `${task_id.value} ${state}`;
const updates = (of: readonly Exchange<ExecutorCall>[]): string[] =>
  of.flatMap(({ call }) => (call.update ? [told(call.update.status)] : []));

/** Reads to the end, calling `onEvent` for each. */
async function read(
  of: ExecutorClient,
  onEvent: (event: ExecutorEvent) => void | Promise<void>,
): Promise<(string | undefined)[]> {
  const seen: (string | undefined)[] = [];
  for await (const one of of.events(new AbortController().signal)) {
    seen.push(one.type);
    await onEvent(one);
  }
  return seen;
}

test('subscribes, runs a task, and leaves when the agent says so', async () => {
  let stream: ServerResponse | undefined;
  await using server = await agent(({ call, response }) => {
    if (call.type === 'SUBSCRIBE') {
      stream = response;
      subscribed(response);
      launch(response, 't1');
      return;
    }
    response.writeHead(202).end();
    if (call.update) acknowledge(stream, call.update.status);
    if (call.update?.status.state === 'TASK_FINISHED' && stream) event(stream, { type: 'SHUTDOWN' });
  });
  const it = client(server.url, { MESOS_EXECUTOR_AUTHENTICATION_TOKEN: 'jwt' });
  const seen = await read(it, async (one) => {
    if (one.launch) {
      await it.update({ ...status('t1', 'TASK_RUNNING'), data: Buffer.from('d'), healthy: true });
      await it.message(Buffer.from('half way'));
      await it.update({ ...status('t1', 'TASK_FINISHED'), message: 'done' });
    }
    if (one.type === 'SHUTDOWN') {
      expect(await it.drained(5000)).toBe(true);
      await it.close();
    }
  });
  expect(seen.filter((type) => type !== 'ACKNOWLEDGED')).toEqual(['SUBSCRIBED', 'LAUNCH', 'SHUTDOWN']);
  const ids = { executor_id: { value: 'e1' }, framework_id: { value: 'F' } };
  const made = { source: 'SOURCE_EXECUTOR', executor_id: { value: 'e1' }, timestamp: NOW / 1000 };
  const running = {
    ...status('t1', 'TASK_RUNNING'),
    ...made,
    uuid: expect.anything(),
    data: Buffer.from('d'),
    healthy: true,
  };
  const finished = { ...status('t1', 'TASK_FINISHED'), ...made, uuid: expect.anything(), message: 'done' };
  expect(server.exchanges.map(({ call }) => call)).toEqual([
    { ...ids, type: 'SUBSCRIBE', subscribe: {} },
    { ...ids, type: 'UPDATE', update: { status: running } },
    { ...ids, type: 'MESSAGE', message: { data: Buffer.from('half way') } },
    { ...ids, type: 'UPDATE', update: { status: finished } },
  ]);
  for (const { request } of server.exchanges)
    expect(request).toMatchObject({ url: '/api/v1/executor', headers: { authorization: 'Bearer jwt' } });
  expect(server.exchanges[1]?.call.update?.status.uuid).toHaveLength(16);
  expect(server.exchanges[0]?.connection).not.toBe(server.exchanges[1]?.connection);
});

test('updates go out in order, one at a time', async () => {
  await using server = await agent(({ call, response }) => {
    if (call.type === 'SUBSCRIBE') subscribed(response);
    else setTimeout(() => response.writeHead(202).end(), 3);
  });
  const it = client(server.url);
  const ids = Array.from({ length: 15 }, (_, i) => `t${i}`);
  await read(it, async () => {
    await Promise.all(ids.map((id) => it.update(status(id, 'TASK_RUNNING'))));
    await it.close();
  });
  expect(updates(server.exchanges)).toEqual(ids.map((id) => `${id} TASK_RUNNING`));
});

test('a new SUBSCRIBE carries what is not acknowledged, and nothing else', async () => {
  await using server = await agent(({ call, response }, nth) => {
    if (call.type !== 'SUBSCRIBE') {
      if (call.update?.status.task_id.value === 'lost') cut(response);
      else response.writeHead(202).end();
      return;
    }
    subscribed(response);
    if (nth > 1) {
      event(response, { type: 'SHUTDOWN' });
      return;
    }
    for (const id of ['settled', 'pending', 'lost', 'silent']) launch(response, id);
  });
  const it = client(server.url);
  await read(it, async (one) => {
    const id = one.launch?.task.task_id.value;
    const stream = server.exchanges[0]?.response;
    if (id === 'settled') {
      await it.update(status(id, 'TASK_RUNNING'));
      acknowledge(stream, server.exchanges.at(-1)?.call.update?.status);
    } else if (id === 'pending') await it.update(status(id, 'TASK_RUNNING'));
    else if (id === 'silent') {
      // the connection breaks under this one, each time it is tried, until the subscription is given up
      await it.update(status('lost', 'TASK_RUNNING'));
      await it.update(status('lost', 'TASK_FAILED'));
    }
    if (one.type === 'SHUTDOWN') await it.close();
  });
  const again = server.exchanges.filter(({ call }) => call.type === 'SUBSCRIBE')[1]?.call.subscribe;
  expect(again?.unacknowledged_tasks?.map((task) => task.task_id.value)).toEqual(['pending', 'lost', 'silent']);
  expect(again?.unacknowledged_tasks?.[0]?.data).toEqual(Buffer.from('work of pending'));
  const carried = again?.unacknowledged_updates?.map((update) => update.status) ?? [];
  expect(carried.map(told)).toEqual(['pending TASK_RUNNING', 'lost TASK_RUNNING', 'lost TASK_FAILED']);
  const sent = server.exchanges.flatMap(({ call }) => (call.update ? [call.update.status] : []));
  expect(carried[0]).toEqual(sent.find((one) => one.task_id.value === 'pending'));
});

test('503 is an agent in recovery: the update is tried again without a new subscription', async () => {
  let refusals = 0;
  await using server = await agent(({ call, response }) => {
    if (call.type === 'SUBSCRIBE') subscribed(response);
    else if (refusals++ < 2) refuse(response, 503, 'Agent has not finished recovery');
    else response.writeHead(202).end();
  });
  const it = client(server.url, { MESOS_CHECKPOINT: '0' });
  const seen = await read(it, async () => {
    await it.update(status('t1', 'TASK_RUNNING'));
    await it.close();
  });
  expect(seen).toEqual(['SUBSCRIBED']);
  expect(updates(server.exchanges)).toEqual(Array(3).fill('t1 TASK_RUNNING'));
});

test('an agent that dies and comes back in time: tasks go on, what happened meanwhile is told', async () => {
  const first = await agent(({ call, response }) => {
    if (call.type !== 'SUBSCRIBE') {
      response.writeHead(202).end();
      return;
    }
    subscribed(response);
    launch(response, 't1');
  });
  let second: Endpoint<ExecutorCall> | undefined;
  const it = client(first.url);
  const port = Number(new URL(first.url).port);
  try {
    const seen = await read(it, async (one) => {
      if (one.type === 'SHUTDOWN') await it.close();
      if (!one.launch) return;
      await first[Symbol.asyncDispose]();
      await it.update(status('t1', 'TASK_RUNNING')); // nobody is there to hear it
      await it.message(Buffer.from('lost'));
      second = await agent(({ call, response }) => {
        if (call.type !== 'SUBSCRIBE') {
          response.writeHead(202).end();
          return;
        }
        subscribed(response);
        for (const { status } of call.subscribe?.unacknowledged_updates ?? []) acknowledge(response, status);
        event(response, { type: 'SHUTDOWN' });
      }, port);
    });
    expect(seen).toEqual(['SUBSCRIBED', 'LAUNCH', 'SUBSCRIBED', 'ACKNOWLEDGED', 'SHUTDOWN']);
    expect(await it.drained(0)).toBe(true);
    expect(second?.exchanges[0]?.call.subscribe).toMatchObject({
      unacknowledged_tasks: [{ task_id: { value: 't1' } }],
      unacknowledged_updates: [{ status: { state: 'TASK_RUNNING' } }],
    });
  } finally {
    await second?.[Symbol.asyncDispose]();
  }
});

test('updates that come up while a SUBSCRIBE is under way follow it', async () => {
  let answer: (() => void) | undefined;
  await using server = await agent(({ call, response }) => {
    if (call.type !== 'SUBSCRIBE') {
      response.writeHead(202).end();
      return;
    }
    answer = () => subscribed(response);
  });
  const it = client(server.url);
  const reading = read(it, () => undefined);
  await server.until((all) => all.length === 1);
  await it.update(status('t1', 'TASK_STARTING'));
  await it.update(status('t1', 'TASK_RUNNING'));
  answer?.();
  await server.until((all) => all.length === 3);
  await it.close();
  await reading;
  expect(server.exchanges[0]?.call.subscribe).toEqual({});
  expect(updates(server.exchanges)).toEqual(['t1 TASK_STARTING', 't1 TASK_RUNNING']);
});

describe('the events end with a SHUTDOWN', () => {
  test('at once, when the stream is lost without checkpointing', async () => {
    await using server = await agent(({ response }) => {
      subscribed(response);
      setTimeout(() => cut(response), 20);
    });
    const seen = await read(client(server.url, { MESOS_CHECKPOINT: '0' }), () => undefined);
    expect(seen).toEqual(['SUBSCRIBED', 'SHUTDOWN']);
    expect(server.exchanges).toHaveLength(1);
  });

  test('when the agent has been away for its recovery timeout', async () => {
    const notes: string[] = [];
    let up = true;
    await using server = await agent(({ response }) => {
      if (!up) {
        refuse(response, 503, 'in recovery');
        return;
      }
      up = false;
      subscribed(response);
      setTimeout(() => cut(response), 20);
    });
    const seen = await read(client(server.url, { MESOS_RECOVERY_TIMEOUT: '500ms' }, notes), () => undefined);
    expect(seen).toEqual(['SUBSCRIBED', 'SHUTDOWN']);
    expect(server.exchanges.length).toBeGreaterThan(2);
    expect(notes).toContainEqual(expect.stringContaining('HTTP 503: in recovery'));
  });

  test('when the agent does not know the executor any more', async () => {
    await using server = await agent(({ response }, nth) => {
      if (nth > 1) {
        refuse(response, 400, 'Executor cannot be found');
        return;
      }
      subscribed(response);
      setTimeout(() => cut(response), 20);
    });
    expect(await read(client(server.url), () => undefined)).toEqual(['SUBSCRIBED', 'SHUTDOWN']);
  });

  test('once: the agent tells it, and its stream ends', async () => {
    await using server = await agent(({ response }) => {
      open(response);
      event(response, { type: 'SHUTDOWN' }); // killed before it subscribed: there is no SUBSCRIBED
      setTimeout(() => response.end(), 20);
    });
    expect(await read(client(server.url), () => undefined)).toEqual(['SHUTDOWN']);
    expect(server.exchanges).toHaveLength(1);
  });
});

test.each([{ how: 'breaks out of its loop' }, { how: 'aborts' }])(
  'a reader that $how can still tell the end of its tasks and wait for acknowledgements',
  async ({ how }) => {
    let stream: ServerResponse | undefined;
    await using server = await agent(({ call, response }) => {
      if (call.type === 'SUBSCRIBE') {
        stream = response;
        subscribed(response);
        event(response, { type: 'SHUTDOWN' });
        return;
      }
      response.writeHead(202).end();
      setTimeout(() => acknowledge(stream, call.update?.status), 50);
    });
    const it = client(server.url);
    const leave = new AbortController();
    for await (const one of it.events(leave.signal)) {
      if (one.type !== 'SHUTDOWN') continue;
      if (how === 'aborts') leave.abort();
      else break;
    }
    await it.update(status('t1', 'TASK_KILLED'));
    expect(await it.drained(0)).toBe(false);
    expect(await it.drained(10_000)).toBe(true);
    await it.close();
    expect(server.exchanges).toHaveLength(2);
  },
);

test('an update at fault is refused, forgotten, and does not spoil the next SUBSCRIBE', async () => {
  await using server = await agent(({ call, response }, nth) => {
    if (call.type === 'UPDATE') {
      refuse(response, 400, 'Failed to validate Executor::Call: Not a valid UUID');
      return;
    }
    subscribed(response);
    if (nth > 1) event(response, { type: 'SHUTDOWN' });
  });
  const it = client(server.url);
  await read(it, async (one) => {
    if (one.type === 'SUBSCRIBED' && server.exchanges.length === 1) {
      await expect(it.update(status('t1', 'TASK_RUNNING'))).rejects.toMatchObject({
        code: 'MESOS_CALL_REFUSED',
        message: expect.stringContaining('Not a valid UUID'),
      });
      expect(await it.drained(0)).toBe(true);
      cut(server.exchanges[0]?.response ?? expect.fail());
    }
    if (one.type === 'SHUTDOWN') await it.close();
  });
  expect(server.exchanges.at(-1)?.call.subscribe).toEqual({});
});

test('a message that is refused rejects nothing', async () => {
  const notes: string[] = [];
  await using server = await agent(({ call, response }) => {
    if (call.type === 'MESSAGE') refuse(response, 400, 'no');
    else subscribed(response);
  });
  const it = client(server.url, {}, notes);
  await it.message(Buffer.from('before anything'));
  await read(it, async () => {
    await it.message(Buffer.from('x'));
    await it.close();
  });
  expect(notes).toContainEqual(expect.stringContaining('MESSAGE refused: HTTP 400: no'));
});

test('an agent that refuses the token: refused for good', async () => {
  await using server = await agent(({ response }) => refuse(response, 401, '401 Unauthorized.'));
  await expect(read(client(server.url), () => undefined)).rejects.toMatchObject({ code: 'MESOS_CALL_REFUSED' });
});
