import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Cluster, startCluster } from '../../src/cluster/cluster.ts';
import type { AgentOptions, ClusterOptions } from '../../src/cluster/options.ts';
import { type Connection, subscribe, task } from '../support/tiny-scheduler.ts';

const SECRET = 'between-us';
const AGENT: AgentOptions = { cpusMilli: 4000, memMilli: 4_096_000, diskMilli: 4_096_000 };

async function cluster(
  agents: readonly Partial<AgentOptions>[] = [{}],
  options: Partial<ClusterOptions> = {},
): Promise<{ cluster: Cluster; connection: Connection; workDir: string } & AsyncDisposable> {
  const workDir = mkdtempSync(join(tmpdir(), 'cluster-'));
  const running = await startCluster({
    agents: agents.map((a) => ({ ...AGENT, ...a })),
    workDir,
    secret: SECRET,
    ...options,
  });
  return {
    cluster: running,
    connection: { url: running.url, secret: SECRET },
    workDir,
    async [Symbol.asyncDispose]() {
      await running.close();
      rmSync(workDir, { recursive: true });
    },
  };
}

test('a task runs in a real process, its updates are relayed, and TEARDOWN ends it all', async () => {
  await using it = await cluster();
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [
    task('t1', offer.agent_id.value, [
      ['TASK_STARTING'],
      ['TASK_RUNNING', { data: 'running-data' }],
      ['TASK_FINISHED', { data: 'result', message: 'all done' }],
    ]),
  ]);
  expect((await scheduler.update()).state).toBe('TASK_STARTING');
  expect((await scheduler.update()).state).toBe('TASK_RUNNING');
  const end = await scheduler.update();
  expect(end).toMatchObject({
    state: 'TASK_FINISHED',
    message: 'all done',
    source: 'SOURCE_EXECUTOR',
    executor_id: { value: 'e1' },
    agent_id: offer.agent_id,
    container_status: { network_infos: [{ ip_addresses: [{ protocol: 'IPv4', ip_address: '127.0.0.1' }] }] },
  });
  expect(Buffer.from(end.data ?? []).toString()).toBe('result');
  const [running] = it.cluster.agents[0]?.executors() ?? [];
  expect(running?.pid).toBe(end.container_status?.executor_pid);
  const sandbox = join(
    it.cluster.agents[0]?.sandboxes ?? '',
    'frameworks',
    scheduler.frameworkId,
    'executors/e1/runs/latest',
  );
  expect(readFileSync(join(sandbox, 'stdout'), 'utf8')).toContain('executor e1 in');
  expect((await scheduler.call({ type: 'TEARDOWN' })).status).toBe(202);
  expect(await scheduler.ended()).toBe('clean');
});
