import { once } from 'node:events';
import { expect, test } from 'vitest';
import { pinspider, start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { workspace } from '../support/workspace.ts';

const job = (seed: string, output: string): string => `
name: piped
seeds: ${seed}
follow: true
politeness: { delay: 0, per_host: 8, auto_throttle: false }
extractors: { page: { fields: { n: h1 | number, words: p } } }
output: ${output}
`;

/** Runs the command for a reader that reads once and goes away, as `head` does. */
async function readOnce(args: readonly string[], cwd: string): Promise<{ code: number | null; stderr: string }> {
  const { child, finished } = start(args, cwd);
  if (!child.stdout) throw new Error('bug: stdout is a pipe');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const { code, stderr } = await finished;
  return { code, stderr };
}

test('a reader of URLs that goes away ends the command, with nothing to say', { timeout: 60_000 }, async () => {
  await using site = await graphSite({ pages: 1200 });
  await using space = await workspace(job(`${site.url}/0`, 'out/{extractor}.jsonl'));
  expect(await pinspider(['run', space.job, '--quiet'], space.directory)).toMatchObject({ code: 0 });
  expect(await readOnce(['urls', space.job], space.directory)).toEqual({ code: 141, stderr: '' });
});

test('a reader of records that goes away ends the crawl as a full disk would', { timeout: 60_000 }, async () => {
  await using site = await graphSite({ pages: 1200 });
  await using space = await workspace(job(`${site.url}/0`, 'stdout'));
  const { code, stderr } = await readOnce(['run', space.job], space.directory);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^ {2}stdout: the reader is gone \(EPIPE\); keep it reading until the end, or write to a file$/m,
  );
  expect(stderr).toContain('the state is kept: the same command goes on');
});
