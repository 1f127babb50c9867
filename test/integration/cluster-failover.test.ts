import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isAlive, testCluster, until } from '../support/test-cluster.ts';
import { type Step, subscribe, task, tinyExecutor } from '../support/tiny-scheduler.ts';

const WAIT: readonly Step[] = [['TASK_RUNNING'], ['wait-kill']];

test('failover_timeout 0: a scheduler that goes away takes everything with it, and its id is dead', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  await scheduler.update('TASK_RUNNING');
  scheduler.drop();
  await until(() => it.cluster.agents[0]?.executors().length === 0);
  await using late = await subscribe(it.connection, { id: { value: scheduler.frameworkId } });
  expect(late.status).toBe(200);
  expect((await late.next('ERROR')).error?.message).toBe('Framework has been removed');
  expect(await late.ended()).toBe('clean');
});

test('within the failover_timeout a scheduler comes back to its tasks; unacknowledged updates are sent again at once', async () => {
  await using it = await testCluster();
  const info = { failover_timeout: 2, checkpoint: true };
  await using scheduler = await subscribe(it.connection, info);
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  const running = (await scheduler.next('UPDATE')).update?.status;
  scheduler.drop();
  await scheduler.ended();
  const gone = await scheduler.call({ type: 'REVIVE' });
  expect([403, 'Framework is not subscribed']).toEqual([gone.status, gone.body]);
  const id = { value: scheduler.frameworkId };
  await using second = await subscribe(it.connection, { ...info, id });
  expect((await second.next('SUBSCRIBED')).subscribed?.framework_id).toEqual(id);
  const again = (await second.next('UPDATE')).update?.status;
  expect(again?.uuid).toEqual(running?.uuid);
  if (again) await second.acknowledge(again);
  const [pid] = (it.cluster.agents[0]?.executors() ?? []).map((executor) => executor.pid ?? 0);
  second.drop();
  await until(() => pid !== undefined && !isAlive(pid)); // nobody came within 2 s
  await using third = await subscribe(it.connection, { ...info, id });
  expect((await third.next('ERROR')).error?.message).toBe('Framework has been removed');
});

test('a second SUBSCRIBE takes over: the first stream gets ERROR and ends, its stream id and offers are void', async () => {
  await using it = await testCluster();
  await using first = await subscribe(it.connection, { failover_timeout: 60 });
  const offer = await first.offer();
  await using second = await subscribe(it.connection, { failover_timeout: 60, id: { value: first.frameworkId } });
  expect((await first.next('ERROR')).error?.message).toBe('Framework failed over');
  expect(await first.ended()).toBe('clean');
  const stale = await first.call({ type: 'SUPPRESS' });
  expect(stale.status).toBe(400);
  expect(stale.body).toContain("didn't match the stream ID currently associated with framework ID");
  await second.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  expect(await second.update()).toMatchObject({ state: 'TASK_LOST', reason: 'REASON_INVALID_OFFERS' });
});

test('reconciliation tells known, unknown and impossible tasks apart', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection, { capabilities: [{ type: 'PARTITION_AWARE' }] });
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  await scheduler.update('TASK_RUNNING');
  await scheduler.call({
    type: 'RECONCILE',
    reconcile: {
      tasks: [
        { task_id: { value: 't1' } },
        { task_id: { value: 'u1' } },
        { task_id: { value: 'u2' }, agent_id: offer.agent_id },
        { task_id: { value: 'u3' }, agent_id: { value: 'no-such-agent' } },
      ],
    },
  });
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push(await scheduler.update());
  expect(answers.map(({ state, message, agent_id }) => [state, message, agent_id?.value])).toEqual([
    ['TASK_RUNNING', 'Reconciliation: Latest task state', offer.agent_id.value],
    ['TASK_UNKNOWN', 'Reconciliation: Task is unknown', undefined],
    ['TASK_GONE', 'Reconciliation: Task is unknown to the agent', offer.agent_id.value],
    ['TASK_UNKNOWN', 'Reconciliation: Task is unknown', 'no-such-agent'],
  ]);
  expect(
    answers.every(
      ({ uuid, source, reason }) => !uuid && source === 'SOURCE_MASTER' && reason === 'REASON_RECONCILIATION',
    ),
  ).toBe(true);
});

test('an agent restarts: executors with checkpointing come back with what they could not tell', async () => {
  await using it = await testCluster([{ reregistrationTimeoutMs: 1500 }]);
  await using scheduler = await subscribe(it.connection, { checkpoint: true, failover_timeout: 60 });
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [
    task('stays', offer.agent_id.value, WAIT),
    task('ends', offer.agent_id.value, [['TASK_RUNNING'], ['sleep', 300], ['TASK_FINISHED']]),
  ]);
  await scheduler.update('TASK_RUNNING');
  await scheduler.update('TASK_RUNNING');
  await scheduler.offer(); // the rest, held
  const restarted = it.cluster.restartAgent(0);
  await scheduler.next('RESCIND');
  expect(await scheduler.update()).toMatchObject({ task_id: { value: 'ends' }, state: 'TASK_FINISHED' });
  await restarted;
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 'stays' } } });
  expect(await scheduler.update('TASK_KILLED')).toMatchObject({ task_id: { value: 'stays' } });
});

test('an agent restarts: an executor that does not subscribe again is killed, its task lost', async () => {
  await using it = await testCluster([{ reregistrationTimeoutMs: 300 }]);
  await using scheduler = await subscribe(it.connection, { checkpoint: true, failover_timeout: 60 });
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [
    task('t1', offer.agent_id.value, WAIT, tinyExecutor('e1', { EXEC_MODE: 'no-return' })),
  ]);
  await scheduler.update('TASK_RUNNING');
  await it.cluster.restartAgent(0);
  expect((await scheduler.next('FAILURE')).failure).toMatchObject({ executor_id: { value: 'e1' }, status: 9 });
  expect(await scheduler.update()).toMatchObject({
    state: 'TASK_LOST',
    reason: 'REASON_EXECUTOR_REREGISTRATION_TIMEOUT',
    message: 'Executor did not reregister within 300ms',
  });
});

test('an agent restarts: without checkpointing its tasks are lost at once', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection, { failover_timeout: 60 });
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  await scheduler.update('TASK_RUNNING');
  await it.cluster.restartAgent(0);
  const lost = await scheduler.update();
  expect(lost).toMatchObject({
    state: 'TASK_LOST',
    source: 'SOURCE_MASTER',
    reason: 'REASON_AGENT_DISCONNECTED',
    message: 'Agent localhost disconnected',
  });
  expect(lost).not.toHaveProperty('uuid');
  const all = await scheduler.next('OFFERS', (e) => e.offers?.offers?.[0]?.resources?.[1]?.scalar?.value === 4);
  expect(all.offers?.offers?.[0]?.executor_ids).toBeUndefined();
});

test('an agent is lost and found: its task is unreachable, then runs on', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection, {
    checkpoint: true,
    failover_timeout: 60,
    capabilities: [{ type: 'PARTITION_AWARE' }],
  });
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  await scheduler.update('TASK_RUNNING');
  it.cluster.stopAgent(0);
  const unreachable = await scheduler.update();
  expect(unreachable).toMatchObject({
    state: 'TASK_UNREACHABLE',
    reason: 'REASON_AGENT_REMOVED',
    message: 'health check timed out',
  });
  expect(unreachable.unreachable_time?.nanoseconds).toBeGreaterThan(0);
  expect((await scheduler.next('FAILURE')).failure).toEqual({ agent_id: offer.agent_id });
  await scheduler.call({
    type: 'RECONCILE',
    reconcile: { tasks: [{ task_id: { value: 't1' }, agent_id: offer.agent_id }] },
  });
  expect((await scheduler.update()).message).toBe('Reconciliation: Task is unreachable');
  await it.cluster.startAgent(0);
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_RUNNING', reason: 'REASON_AGENT_REREGISTERED' });
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 't1' } } });
  expect((await scheduler.update('TASK_KILLED')).task_id.value).toBe('t1');
});

test('the master restarts: streams are cut, the same id subscribes again, tasks ran on', async () => {
  await using it = await testCluster();
  const info = { checkpoint: true, failover_timeout: 1 };
  await using scheduler = await subscribe(it.connection, info);
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)]);
  await scheduler.update('TASK_RUNNING');
  await it.cluster.restartMaster();
  expect(await scheduler.ended()).toBe('cut');
  const id = { value: scheduler.frameworkId };
  await using second = await subscribe(it.connection, { ...info, id });
  expect((await second.offer()).executor_ids).toEqual([{ value: 'e1' }]);
  await sleep(1200); // the first master is dead: no timer of it may end what the second one has
  await second.call({ type: 'RECONCILE', reconcile: {} });
  expect(await second.update()).toMatchObject({ state: 'TASK_RUNNING', message: 'Reconciliation: Latest task state' });
  await second.call({ type: 'KILL', kill: { task_id: { value: 't1' } } });
  expect((await second.update('TASK_KILLED')).task_id.value).toBe('t1');
});
