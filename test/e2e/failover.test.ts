import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { SECRET, testCluster } from '../support/test-cluster.ts';
import { workspace } from '../support/workspace.ts';

const PAGES = 300;

const job = (seed: string): string => `
name: graph
seeds: ${seed}
follow: true
principal: crawler
secret: \${SECRET}
failover_timeout: 60s
politeness: { delay: 0, per_host: 4, auto_throttle: false }
extractors: { page: { fields: { n: h1 | number } } }
output: out/{extractor}.jsonl
`;

describe('a scheduler that ends on a cluster of its own', { timeout: 90_000 }, () => {
  test.each([
    ['killed, comes back where it was', 'SIGKILL', false],
    ['killed, comes back with its feed elsewhere', 'SIGKILL', true],
    ['terminated, comes back where it was', 'SIGTERM', false],
  ] as const)('%s: its tasks have gone on, and no page is fetched twice', async (_, signal, moved) => {
    await using site = await graphSite({ pages: PAGES, slowMs: 40 });
    await using it = await testCluster([{ executorEnvironment: { PATH: process.env['PATH'] ?? '' } }]);
    await using space = await workspace(job(`${site.url}/0`));
    const args = ['run', space.job, '--master', it.cluster.url, '--summary', '-', '--log-format', 'json'];
    const first = start(args, space.directory, { SECRET });
    while (site.hits.size < 60) await sleep(20);
    first.child.kill(signal);
    const { code: endedBy, stderr: before } = await first.finished;
    if (signal === 'SIGTERM') {
      expect(endedBy).toBe(130);
      expect(before).toMatch(
        /\n {2}\d tasks? goe?s? on crawling on the cluster: the same command takes what they did, within/,
      );
    }
    const id = /"framework_id":"([^"]+)"/.exec(before)?.[1];
    const feedPort = Number(/"feed_port":(\d+)/.exec(before)?.[1]);
    expect(feedPort).toBeGreaterThan(0);
    const squatter = createServer();
    if (moved) {
      squatter.listen(feedPort, '127.0.0.1');
      await once(squatter, 'listening');
    }
    const hitsAtKill = site.hits.size;
    await sleep(700);
    expect(site.hits.size).toBeGreaterThan(hitsAtKill);
    const { code, stdout, stderr } = await start(args, space.directory, { SECRET }).finished;
    squatter.close();
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const summary = JSON.parse(stdout) as Summary;
    expect(summary).toMatchObject({ reason: 'finished', framework_id: id, tasks: { failed: 0, lost: 0 } });
    const numbers = (await space.records('out/page.jsonl')).map(({ n }) => Number(n)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: PAGES }, (_, n) => n));
    expect([...site.hits].filter(([path, n]) => path !== '/robots.txt' && n > 1)).toEqual([]);
  });

  test('interrupted by the user, tears its framework down: nothing crawls on', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 40 });
    await using it = await testCluster([{ executorEnvironment: { PATH: process.env['PATH'] ?? '' } }]);
    await using space = await workspace(job(`${site.url}/0`));
    const run = start(['run', space.job, '--master', it.cluster.url], space.directory, { SECRET });
    while (site.hits.size < 60) await sleep(20);
    run.child.kill('SIGINT');
    const { code, stderr } = await run.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('the state is kept: the same command goes on');
    expect(stderr).not.toContain('go on crawling');
    const hits = site.hits.size;
    await sleep(700);
    expect(site.hits.size).toBe(hits);
  });
});
