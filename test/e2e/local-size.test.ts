import { expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { workspace } from '../support/workspace.ts';

const PAGES = 900;

const job = (site: string, perHost: number) => `
name: local
master: local
seeds: ${JSON.stringify(Array.from({ length: PAGES }, (_, i) => `${site}/${i}`))}
politeness: { robots: ignore, delay: 0, per_host: ${perHost}, auto_throttle: false }
extractors:
  page: { fields: { n: h1 | number } }
output: out/{extractor}.jsonl
`;

test.each([
  { name: 'an executor that waits for as many answers as it may gets another beside it', perHost: 128, grows: true },
  { name: 'one that keeps up with its host stays alone', perHost: 32, grows: false },
])('$name', { timeout: 60_000 }, async ({ perHost, grows }) => {
  await using site = await graphSite({ pages: PAGES, slowMs: 400 });
  await using space = await workspace(job(site.url, perHost));
  const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
  expect(code).toBe(0);
  expect(JSON.parse(stdout) as Summary).toMatchObject({ urls: { fetched: PAGES, failed: 0 } });
  expect(stderr.includes('crawler: 2 executors from now on')).toBe(grows);
});
