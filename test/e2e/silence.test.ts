import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { childrenOf } from '../support/processes.ts';
import { workspace } from '../support/workspace.ts';

const PAGES = 60;

test(
  'a worker that freezes is ended after lease_timeout, and what it held goes to others',
  { timeout: 60_000 },
  async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 40 });
    await using space = await workspace(`
name: graph
master: local[1]
seeds: ${site.url}/0
follow: true
lease_timeout: 3s
politeness: { delay: 0, per_host: 2, auto_throttle: false }
fetch: { retries: 0, timeout: 2s }
extractors: { page: { fields: { n: h1 | number } } }
output: out/{extractor}.jsonl
`);
    const { child, finished } = start(['run', space.job, '--summary', '-'], space.directory);
    while (site.hits.size < 15) await sleep(10);
    const [worker] = await childrenOf(child.pid ?? -1);
    process.kill(worker ?? -1, 'SIGSTOP');
    const { code, stdout, stderr } = await finished;
    expect(stderr).toContain('silent for too long');
    expect(code).toBe(0);
    expect(JSON.parse(stdout) as Summary).toMatchObject({ reason: 'finished', urls: { fetched: PAGES, failed: 0 } });
    const numbers = (await space.records('out/page.jsonl')).map(({ n }) => Number(n)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: PAGES }, (_, n) => n));
  },
);
