import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type ProcessCluster, startProcesses } from '../../src/cluster/parts/supervisor.ts';
import { isAlive, SECRET, until } from '../support/test-cluster.ts';
import { type Connection, type Step, subscribe, task, type TinyScheduler } from '../support/tiny-scheduler.ts';

// The built program, as users have it: each part of the cluster is a process of it.
const PROGRAM = join(import.meta.dirname, '../../dist/cli/main.js');
const AGENT = { cpusMilli: 2000, memMilli: 1_024_000, diskMilli: 1_024_000, shutdownGraceMs: 1000 };
const WAIT: readonly Step[] = [['TASK_RUNNING'], ['wait-kill']];
const INFO = { checkpoint: true, failover_timeout: 60, capabilities: [{ type: 'PARTITION_AWARE' as const }] };

interface Started extends AsyncDisposable {
  readonly cluster: ProcessCluster;
  readonly connection: Connection;
  pid(name: string): number;
}

async function processes(options: { restartMs?: number; agentTimeoutMs?: number } = {}): Promise<Started> {
  const workDir = mkdtempSync(join(tmpdir(), 'processes-'));
  const cluster = await startProcesses({
    program: PROGRAM,
    args: ['cluster-part'],
    port: 0,
    agents: [AGENT],
    workDir,
    secret: SECRET,
    restartMs: 300,
    agentTimeoutMs: 75_000,
    log: () => undefined,
    ...options,
  });
  return {
    cluster,
    connection: { url: cluster.url, secret: SECRET },
    pid: (name) => cluster.parts().find((part) => part.name === name)?.pid ?? 0,
    async [Symbol.asyncDispose]() {
      await cluster[Symbol.asyncDispose]();
      rmSync(workDir, { recursive: true });
    },
  };
}

/** Runs the task that waits to be killed; its executor's process. */
async function running(scheduler: TinyScheduler): Promise<number> {
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, WAIT)], 3600);
  const { container_status: status } = await scheduler.update('TASK_RUNNING');
  await sleep(300); // the acknowledgement is on its way to the agent
  return status?.executor_pid ?? 0;
}

test('kill -9 of an agent: its executor lives on and comes back to the agent that starts in its place', async () => {
  await using it = await processes();
  await using scheduler = await subscribe(it.connection, INFO);
  const executor = await running(scheduler);
  const agent = it.pid('agent 0');
  process.kill(agent, 'SIGKILL');
  await until(() => it.pid('agent 0') !== agent);
  expect(isAlive(executor)).toBe(true);
  await sleep(3000); // the agent waits 2 s for its executors before it registers
  await scheduler.call({ type: 'KILL', kill: { task_id: { value: 't1' } } });
  expect((await scheduler.update('TASK_KILLED')).message).toBe('killed by request');
  expect(isAlive(executor)).toBe(true);
});

test('kill -9 of an executor whose agent has started anew: its task fails', async () => {
  await using it = await processes();
  await using scheduler = await subscribe(it.connection, INFO);
  const executor = await running(scheduler);
  const agent = it.pid('agent 0');
  process.kill(agent, 'SIGKILL');
  await until(() => it.pid('agent 0') !== agent);
  await sleep(3000);
  process.kill(executor, 'SIGKILL');
  expect((await scheduler.update()).reason).toBe('REASON_EXECUTOR_TERMINATED');
});

test('kill -9 of an agent and of its executor while it is away: its task fails once it is back', async () => {
  await using it = await processes();
  await using scheduler = await subscribe(it.connection, INFO);
  const executor = await running(scheduler);
  process.kill(it.pid('agent 0'), 'SIGKILL');
  process.kill(executor, 'SIGKILL');
  expect((await scheduler.update()).state).toBe('TASK_FAILED');
});

test('kill -9 of an agent without checkpointing: its tasks are lost at once', async () => {
  await using it = await processes();
  await using scheduler = await subscribe(it.connection, { ...INFO, checkpoint: false });
  const executor = await running(scheduler);
  process.kill(it.pid('agent 0'), 'SIGKILL');
  expect((await scheduler.update()).reason).toBe('REASON_AGENT_DISCONNECTED');
  await until(() => !isAlive(executor)); // it leaves when it loses its agent
});

test('an agent that stays away is declared lost, its task unreachable', async () => {
  await using it = await processes({ restartMs: 600_000, agentTimeoutMs: 500 });
  await using scheduler = await subscribe(it.connection, INFO);
  const executor = await running(scheduler);
  process.kill(it.pid('agent 0'), 'SIGKILL');
  expect((await scheduler.update()).state).toBe('TASK_UNREACHABLE');
  expect((await scheduler.next('FAILURE')).failure?.executor_id).toBeUndefined();
  process.kill(executor, 'SIGKILL'); // nobody else would
});

test('kill -9 of the master: agents and scheduler register with the one that starts in its place, the task ran on', async () => {
  await using it = await processes();
  await using scheduler = await subscribe(it.connection, INFO);
  await running(scheduler);
  const [master, id] = [it.pid('master'), { value: scheduler.frameworkId }];
  process.kill(master, 'SIGKILL');
  expect(await scheduler.ended()).toBe('cut');
  await until(() => it.pid('master') !== master);
  await sleep(2000); // it listens, and the agent has come back
  await using again = await subscribe(it.connection, { ...INFO, id });
  expect((await again.next('SUBSCRIBED')).subscribed?.framework_id).toEqual(id);
  await again.call({ type: 'RECONCILE', reconcile: { tasks: [{ task_id: { value: 't1' } }] } });
  expect((await again.update()).state).toBe('TASK_RUNNING');
});

test('the end of the cluster is the end of all its processes', async () => {
  const it = await processes();
  await using scheduler = await subscribe(it.connection, INFO);
  const pids = [it.pid('master'), it.pid('agent 0'), await running(scheduler)];
  expect(pids.every(isAlive)).toBe(true);
  await it[Symbol.asyncDispose]();
  expect(pids.filter(isAlive)).toEqual([]);
});
