import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCluster } from '../../src/cluster/cluster.ts';
import { without } from '../../src/cluster/without.ts';
import { isAlive, testCluster, until } from '../support/test-cluster.ts';
import { type Step, subscribe, task, tinyExecutor, type TinyScheduler } from '../support/tiny-scheduler.ts';

const RUN: readonly Step[] = [['TASK_RUNNING'], ['TASK_FINISHED']];
const WAIT: readonly Step[] = [['TASK_RUNNING'], ['wait-kill']];

/** Launches from the next offer; its agent's id. */
async function launch(
  scheduler: TinyScheduler,
  ...tasks: ((agentId: string) => ReturnType<typeof task>)[]
): Promise<string> {
  const offer = await scheduler.offer();
  const agentId = offer.agent_id.value;
  await scheduler.launch(
    offer,
    tasks.map((make) => make(agentId)),
  );
  return agentId;
}

test.each(['application/json', 'application/x-protobuf'] as const)(
  'a task runs in a real process, its updates are relayed as %s, and TEARDOWN ends it all',
  async (media) => {
    await using it = await testCluster();
    await using scheduler = await subscribe({ ...it.connection, media });
    expect(scheduler.headers).toMatchObject({
      'content-type': media,
      'mesos-stream-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const agentId = await launch(scheduler, (agent) =>
      task('t1', agent, [
        ['TASK_STARTING'],
        ['TASK_RUNNING', { data: 'running-data' }],
        ['TASK_FINISHED', { data: 'result', message: 'all done' }],
      ]),
    );
    expect(scheduler.events.slice(0, 2).map(({ type }) => type)).toEqual(['SUBSCRIBED', 'HEARTBEAT']);
    expect((await scheduler.update()).state).toBe('TASK_STARTING');
    expect((await scheduler.update()).state).toBe('TASK_RUNNING');
    const end = await scheduler.update();
    expect(end).toMatchObject({
      state: 'TASK_FINISHED',
      message: 'all done',
      source: 'SOURCE_EXECUTOR',
      executor_id: { value: 'e1' },
      agent_id: { value: agentId },
      container_status: { network_infos: [{ ip_addresses: [{ ip_address: '127.0.0.1' }] }] },
    });
    expect(Buffer.from(end.data ?? []).toString()).toBe('result');
    const [running] = it.cluster.agents[0]?.executors() ?? [];
    expect(running?.pid).toBe(end.container_status?.executor_pid);
    const runs = join(it.cluster.agents[0]?.sandboxes ?? '', 'frameworks', scheduler.frameworkId, 'executors/e1/runs');
    expect(readFileSync(join(runs, 'latest/stdout'), 'utf8')).toContain(`executor e1 in ${runs}`);
    expect((await scheduler.call({ type: 'TEARDOWN' })).status).toBe(202);
    expect(await scheduler.ended()).toBe('clean');
    await until(() => it.cluster.agents[0]?.executors().length === 0);
    expect(readFileSync(join(runs, 'latest/stdout'), 'utf8')).toContain('SHUTDOWN');
  },
);

test('a second launch reuses the executor, and offers name it and lack what it holds', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  await launch(scheduler, (agent) => task('t1', agent, RUN));
  const first = await scheduler.update('TASK_FINISHED');
  const offer = await scheduler.next('OFFERS', (e) => e.offers?.offers?.[0]?.executor_ids !== undefined);
  const [rest] = offer.offers?.offers ?? [];
  expect(rest?.executor_ids).toEqual([{ value: 'e1' }]);
  if (!rest) throw new Error('no offer');
  await scheduler.launch(rest, [task('t2', rest.agent_id.value, RUN)]);
  const second = await scheduler.update('TASK_FINISHED');
  expect(second.container_status?.executor_pid).toBe(first.container_status?.executor_pid);
});

test.each([
  { name: 'an executor that exits early', step: [], mode: 'exit-early', status: 3 << 8 },
  { name: 'an executor that exits in the middle', step: [['exit', 7]], mode: '', status: 7 << 8 },
  { name: 'an executor that dies of a signal', step: [['signal', 'SIGKILL']], mode: '', status: 9 },
] as const)('$name gives FAILURE with its wait status, then TASK_FAILED', async ({ step, mode, status }) => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  await launch(scheduler, (agent) => task('t1', agent, step, tinyExecutor('e1', { EXEC_MODE: mode })));
  const failure = await scheduler.next('FAILURE');
  expect(failure.failure).toMatchObject({ executor_id: { value: 'e1' }, status });
  expect(await scheduler.update()).toMatchObject({
    state: 'TASK_FAILED',
    source: 'SOURCE_AGENT',
    reason: 'REASON_EXECUTOR_TERMINATED',
    message: 'Executor terminated',
    executor_id: { value: 'e1' },
    uuid: expect.anything(),
  });
});

test.each([
  { name: 'a shell command that is not there', command: { value: 'no-such-command' }, status: 127 << 8 },
  { name: 'a program that is not there', command: { shell: false, value: '/no/such' }, status: 256_256 },
])('$name ends the executor', async ({ command, status }) => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  await launch(scheduler, (agent) => task('t1', agent, RUN, { ...tinyExecutor('e1'), command }));
  expect((await scheduler.next('FAILURE')).failure?.status).toBe(status);
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_FAILED', reason: 'REASON_EXECUTOR_TERMINATED' });
});

test('an executor that never subscribes is killed when its time is over', async () => {
  await using it = await testCluster([{ registrationTimeoutMs: 500 }]);
  await using scheduler = await subscribe(it.connection);
  await launch(scheduler, (agent) => task('t1', agent, RUN, tinyExecutor('e1', { EXEC_MODE: 'silent' })));
  expect((await scheduler.next('FAILURE')).failure?.status).toBe(9);
  expect(await scheduler.update()).toMatchObject({
    state: 'TASK_FAILED',
    reason: 'REASON_EXECUTOR_REGISTRATION_TIMEOUT',
    message: 'Executor did not register within 500ms',
  });
});

test('a kill reaches the task; one before the executor came is answered by the agent, and the executor sent home', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  await launch(scheduler, (agent) => task('t1', agent, WAIT, tinyExecutor('late', { EXEC_DELAY: '300' })));
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 't1' } } });
  expect(await scheduler.update()).toMatchObject({
    state: 'TASK_KILLED',
    source: 'SOURCE_AGENT',
    reason: 'REASON_TASK_KILLED_DURING_LAUNCH',
    message: 'Killed before delivery to the executor',
  });
  expect((await scheduler.next('FAILURE')).failure).toMatchObject({ executor_id: { value: 'late' }, status: 0 });

  await scheduler.call({ type: 'REVIVE' });
  await launch(scheduler, (agent) => task('t2', agent, WAIT, tinyExecutor('e2')));
  await scheduler.update('TASK_RUNNING');
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 't2' }, agent_id: { value: 'another' } } });
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 't2' } } });
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_KILLED', message: 'killed by request' });
});

test('an executor that ignores SHUTDOWN is killed with all its children when the grace is over', async () => {
  await using it = await testCluster([{ shutdownGraceMs: 300 }]);
  await using scheduler = await subscribe(it.connection);
  const executor = tinyExecutor('e1', { EXEC_MODE: 'ignore-shutdown' });
  const agentId = await launch(scheduler, (agent) =>
    task('t1', agent, [['spawn'], ['spawn', 'detached'], ['TASK_RUNNING'], ['wait-kill']], executor),
  );
  const pids: number[] = [];
  for (let i = 0; i < 2; i++) {
    pids.push(Number(Buffer.from((await scheduler.next('MESSAGE')).message?.data ?? []).toString()));
  }
  await scheduler.update('TASK_RUNNING');
  expect(pids.every(isAlive)).toBe(true);
  await scheduler.call({ type: 'SHUTDOWN', shutdown: { executor_id: { value: 'e1' }, agent_id: { value: agentId } } });
  expect((await scheduler.next('FAILURE')).failure?.status).toBe(9);
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_FAILED', reason: 'REASON_EXECUTOR_TERMINATED' });
  await until(() => !pids.some(isAlive));
});

test('messages go both ways', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const agentId = await launch(scheduler, (agent) => task('t1', agent, [['message', 'hello'], ...WAIT]));
  expect(Buffer.from((await scheduler.next('MESSAGE')).message?.data ?? []).toString()).toBe('hello');
  await scheduler.update('TASK_RUNNING');
  const data = Buffer.from('ping');
  await scheduler.call({
    type: 'MESSAGE',
    message: { agent_id: { value: agentId }, executor_id: { value: 'e1' }, data },
  });
  expect(Buffer.from((await scheduler.next('MESSAGE')).message?.data ?? []).toString()).toBe('echo:ping');
});

test('the environment is what an agent gives, the options name and the command says; nothing is inherited', async () => {
  await using it = await testCluster([{ executorEnvironment: { FROM_AGENT: 'a', BOTH: 'agent' } }]);
  await using scheduler = await subscribe(it.connection, { checkpoint: true, failover_timeout: 60 });
  const executor = tinyExecutor('e1', { FROM_COMMAND: 'c', BOTH: 'command' });
  const agentId = await launch(scheduler, (agent) => task('t1', agent, [['environment'], ...WAIT], executor));
  const message = await scheduler.next('MESSAGE');
  const environment = JSON.parse(Buffer.from(message.message?.data ?? []).toString()) as Record<string, string>;
  const [, endpoint] = it.cluster.agents[0]?.url.split('//') ?? [];
  expect(environment).toMatchObject({
    BOTH: 'command',
    FROM_AGENT: 'a',
    FROM_COMMAND: 'c',
    MESOS_AGENT_ENDPOINT: endpoint,
    MESOS_CHECKPOINT: '1',
    MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD: '3secs',
    MESOS_RECOVERY_TIMEOUT: '15mins',
    MESOS_SLAVE_ID: agentId,
    MESOS_SUBSCRIPTION_BACKOFF_MAX: '2secs',
  });
  expect(environment).not.toHaveProperty('HOME');
  expect(environment['MESOS_SANDBOX']).toBe(environment['PWD']);
});

test('close leaves no process behind', async () => {
  const it = await testCluster([{ shutdownGraceMs: 200 }]);
  const scheduler = await subscribe(it.connection);
  const executor = tinyExecutor('e1', { EXEC_MODE: 'ignore-shutdown' });
  await launch(
    scheduler,
    (agent) => task('t1', agent, [['TASK_RUNNING'], ['wait-kill']], executor),
    (agent) => task('t2', agent, [], tinyExecutor('e2', { EXEC_MODE: 'silent' })),
  );
  await scheduler.update('TASK_RUNNING');
  const pids = it.cluster.agents.flatMap((agent) => agent.executors()).map(({ pid }) => pid ?? 0);
  expect(pids).toHaveLength(2);
  expect(pids.every(isAlive)).toBe(true);
  await it[Symbol.asyncDispose]();
  expect(await scheduler.ended()).toBe('cut');
  expect(pids.filter(isAlive)).toEqual([]);
});

test('a sandbox that cannot be made fails the task and not the cluster', async () => {
  await using it = await testCluster();
  writeFileSync(join(it.workDir, 'slaves'), 'a file where a directory should be');
  await using scheduler = await subscribe(it.connection);
  await launch(scheduler, (agent) => task('t1', agent, RUN));
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_FAILED', reason: 'REASON_EXECUTOR_TERMINATED' });
});

test('a command task is run by the agent itself', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const command = (id: string, value: string) => (agent: string) => {
    return { ...without(task(id, agent, []), 'executor', 'data'), command: { value } };
  };
  await launch(scheduler, command('c5', 'exit 5'), command('ckill', 'exec sleep 300'));
  expect(await scheduler.update('TASK_FAILED')).toMatchObject({
    task_id: { value: 'c5' },
    source: 'SOURCE_EXECUTOR',
    message: 'Command exited with status 5',
  });
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 'ckill' } } });
  expect((await scheduler.update('TASK_KILLED')).message).toBe('Command terminated with signal Terminated');
  expect(scheduler.events.filter(({ type }) => type === 'FAILURE')).toEqual([]);
});

test('a taken port and an address that is not loopback are refused', async () => {
  await using it = await testCluster();
  const options = { agents: [], workDir: it.workDir, secret: 's' };
  await expect(startCluster({ ...options, port: Number(new URL(it.cluster.url).port) })).rejects.toMatchObject({
    code: 'CLUSTER_ADDRESS_IN_USE',
  });
  await expect(startCluster({ ...options, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(startCluster({ ...options, secret: '' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
