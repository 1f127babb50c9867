import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { SECRET, testCluster } from '../support/test-cluster.ts';
import { workspace } from '../support/workspace.ts';

const rack = (value: string) => [{ name: 'rack', type: 'TEXT' as const, text: { value } }];
const executorEnvironment = { PATH: process.env['PATH'] ?? '' };

const job = (seed: string, constraints: string) => `
name: placed
seeds: ${seed}
follow: true
advertise: 127.0.0.1
role: crawlers
scope: { max_time: 8s }
politeness: { delay: 0, auto_throttle: false }
executors: { worker: { cpus: 0.5, mem: 128, constraints: ${constraints} } }
extractors: { page: { fields: { n: h1 | number } } }
`;

async function run(constraints: string): Promise<{ summary: Summary; executors: number[] }> {
  await using it = await testCluster([
    { attributes: rack('r1'), executorEnvironment },
    { attributes: rack('r2'), executorEnvironment },
  ]);
  await using site = await graphSite({ pages: 30 });
  await using space = await workspace(job(`${site.url}/0`, constraints));
  const master = it.cluster.url.replace('//', `//pinspider:${SECRET}@`);
  const { stdout } = await pinspider(
    ['run', space.job, '--master', master, '--summary', '-', '--quiet'],
    space.directory,
  );
  const executors = it.cluster.agents.map(({ sandboxes }) => {
    try {
      return readdirSync(join(sandboxes, 'frameworks'), { recursive: true, encoding: 'utf8' }).filter((path) =>
        /\/runs\/[^/]+$/.test(path),
      ).length;
    } catch {
      return 0; // nothing ever ran there
    }
  });
  return { summary: JSON.parse(stdout) as Summary, executors };
}

test('executors run only on agents that the constraints admit', { timeout: 60_000 }, async () => {
  const { summary, executors } = await run('{ rack: r2 }');
  expect(summary).toMatchObject({ reason: 'finished', urls: { fetched: 30 } });
  expect(executors[0]).toBe(0);
  expect(executors[1]).toBeGreaterThan(0);
});

test(
  'where no agent is admitted the summary says which offers came, and why none was used',
  { timeout: 60_000 },
  async () => {
    const { summary, executors } = await run('[[rack, UNLIKE, "r[12]"]]');
    expect(executors).toEqual([0, 0]);
    expect(summary.offers).toMatchObject({ received: 2, used: 0, refused: { worker: { constraint: 2 } } });
    expect(summary.offers.waiting).toHaveLength(2);
    expect(summary.offers.waiting[0]).toMatch(/^worker: agent .*-S\d does not fit: rack is unlike r\[12\]$/);
  },
);
