import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startCluster } from '../../src/cluster/cluster.ts';
import type { AgentOptions, ClusterOptions } from '../../src/cluster/options.ts';
import type { Connection } from './tiny-scheduler.ts';

export const SECRET = 'between-us';
const AGENT: AgentOptions = { cpusMilli: 4000, memMilli: 4_096_000, diskMilli: 4_096_000, shutdownGraceMs: 3000 };

export interface TestCluster extends AsyncDisposable {
  readonly cluster: Cluster;
  readonly connection: Connection;
  readonly workDir: string;
}

/** A cluster with a work directory of its own, one agent of 4 cpus and 4 GiB unless told otherwise. */
export async function testCluster(
  agents: readonly Partial<AgentOptions>[] = [{}],
  options: Partial<ClusterOptions> = {},
): Promise<TestCluster> {
  const workDir = mkdtempSync(join(tmpdir(), 'cluster-'));
  const cluster = await startCluster({
    agents: agents.map((agent) => ({ ...AGENT, ...agent })),
    workDir,
    secret: SECRET,
    ...options,
  });
  return {
    cluster,
    connection: { url: cluster.url, secret: SECRET },
    workDir,
    async [Symbol.asyncDispose]() {
      await cluster.close();
      rmSync(workDir, { recursive: true });
    },
  };
}

/** Waits until it is so. The test's own time limit is the only one: a slow machine is no fault. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

/** Whether the process runs. One that ended and that nobody has waited for (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}
