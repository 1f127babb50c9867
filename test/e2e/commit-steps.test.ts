import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider } from '../support/command.ts';
import { everySinkJob, linesOf, undisturbed } from '../support/crawl-check.ts';
import { manyHosts } from '../support/many-hosts.ts';
import { workspace } from '../support/workspace.ts';

const CRASH = join(import.meta.dirname, '../support/crash-run.ts');

/** Ends by SIGKILL at a step of a commit, or with 0 when the crawl had fewer commits. */
async function crashAt(job: string, cwd: string, step: string, nth: number): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), CRASH, job, step, String(nth)], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
}

describe('kill -9 between the steps of a commit', { timeout: 300_000 }, () => {
  test('loses nothing and writes nothing twice, whichever step', async () => {
    await using site = await manyHosts({ hosts: 3, pages: 300, slowMs: 5 });
    const expected = await undisturbed(site);
    for (const step of ['begun', 'cut', 'flushed', 'written']) {
      await using space = await workspace(everySinkJob(site));
      const ends = [];
      // Each process goes on with what the one before left, and dies a little later.
      for (const nth of [1, 4, 12, 25]) ends.push(await crashAt(space.job, space.directory, step, nth));
      expect(ends.filter((end) => end === 'SIGKILL').length).toBeGreaterThan(2);
      const { code, stdout, stderr } = await pinspider(
        ['run', space.job, '--summary', '-', '--quiet'],
        space.directory,
      );
      expect({ step, code, stderr }).toEqual({ step, code: 0, stderr: '' });
      // A crawl that had ended begins anew and gives the same.
      expect({ step, urls: (JSON.parse(stdout) as Summary).urls }).toEqual({ step, urls: expected.urls });
      expect({ step, lines: await linesOf(space) }).toEqual({ step, lines: expected.lines });
    }
  });
});
