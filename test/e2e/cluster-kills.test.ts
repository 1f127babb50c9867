import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startProcesses } from '../../src/cluster/parts/supervisor.ts';
import type { Summary } from '../../src/framework/summary.ts';
import { start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { childrenOf, killNow } from '../support/processes.ts';
import { SECRET } from '../support/test-cluster.ts';
import { workspace } from '../support/workspace.ts';

const PAGES = 600;
const AGENT = { cpusMilli: 1000, memMilli: 1_024_000, diskMilli: 1_024_000, shutdownGraceMs: 1000 };

const job = (seed: string): string => `
name: graph
seeds: ${seed}
follow: true
principal: crawler
secret: ${SECRET}
checkpoint: true
failover_timeout: 60s
politeness: { delay: 0, per_host: 6, auto_throttle: false }
fetch: { retries: { times: 2, backoff: 50ms } }
executors: { crawler: { cpus: 1, mem: 256 } }
extractors: { page: { fields: { n: h1 | number } } }
output: out/{extractor}.jsonl
`;

test(
  'kill -9 of an agent, an executor, the master and the scheduler of one crawl: it ends with the records of an undisturbed one',
  { timeout: 120_000 },
  async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 60 });
    const workDir = await mkdtemp(join(tmpdir(), 'pinspider-cluster-'));
    // After the cluster, which writes into it to the end.
    await using _removed = { [Symbol.asyncDispose]: () => rm(workDir, { recursive: true, force: true }) };
    await using cluster = await startProcesses({
      program: join(import.meta.dirname, '../../dist/cli/main.js'),
      args: ['cluster-part'],
      port: 0,
      agents: [AGENT, AGENT, AGENT],
      workDir,
      secret: SECRET,
      restartMs: 300,
      agentTimeoutMs: 75_000,
      log: () => undefined,
    });
    const pidOf = (part: string): number => cluster.parts().find(({ name }) => name === part)?.pid ?? -1;
    await using space = await workspace(job(`${site.url}/0`));
    const args = ['run', space.job, '--master', cluster.url, '--summary', '-'];
    const reach = async (pages: number): Promise<void> => {
      while (site.hits.size < pages) await sleep(20);
    };
    const first = start(args, space.directory);
    await reach(60);
    killNow(pidOf('agent 0'));
    await reach(160);
    const executors = await Promise.all([1, 2].map((n) => childrenOf(pidOf(`agent ${n}`))));
    for (const executor of executors.flat().slice(0, 1)) killNow(executor);
    await reach(260);
    killNow(pidOf('master'));
    await reach(400);
    first.child.kill('SIGKILL');
    await first.finished;
    const { code, stdout, stderr } = await start(args, space.directory).finished;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout) as Summary).toMatchObject({
      reason: 'finished',
      urls: { fetched: PAGES, failed: 0, queued: 0 },
    });
    const numbers = (await space.records('out/page.jsonl')).map(({ n }) => Number(n)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: PAGES }, (_, n) => n));
  },
);
