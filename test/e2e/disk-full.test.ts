import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pinspider } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { workspace } from '../support/workspace.ts';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const PAGES = 2500;

const job = (seed: string, fields: string): string => `
name: full
seeds: ${seed}
follow: true
politeness: { delay: 0, per_host: 8, auto_throttle: false }
extractors: { page: { fields: { n: h1 | number${fields} } } }
output: out/{extractor}.jsonl
`;

/** The command where no file may grow past so many KiB: writes fail as they do on a full disk, but for the errno. */
async function runWithin(kib: number, args: readonly string[], cwd: string): Promise<{ code: number; stderr: string }> {
  const command = `ulimit -f ${kib}; exec ${process.execPath} ${MAIN} ${args.join(' ')}`;
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const code = new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)));
  return { stderr: await text(child.stderr), code: await code };
}

describe('a disk that is full', { timeout: 90_000 }, () => {
  test.each([
    [
      'of the state',
      '',
      100,
      /^ {2}\S+\/full\/store: the state of the crawl cannot be written \(.+\); make room or mend .+/m,
    ],
    [
      'of an output',
      ', words: p',
      300,
      /^ {2}\S+\/page\.jsonl: the file has become too large for its file system \(EFBIG\); .+/m,
    ],
  ])(
    '%s ends the run in plain words; with room again the same command loses and repeats nothing',
    async (_, fields, kib, told) => {
      await using site = await graphSite({ pages: PAGES });
      await using space = await workspace(job(`${site.url}/0`, fields));
      const { code, stderr } = await runWithin(kib, ['run', 'job.yaml'], space.directory);
      expect(code).toBe(1);
      expect(stderr).toMatch(told);
      expect(stderr).not.toMatch(/^ +at /m);
      const asked = site.hits.size;
      expect(asked).toBeGreaterThan(100);
      expect(asked).toBeLessThan(PAGES);
      expect(await pinspider(['run', 'job.yaml', '--quiet'], space.directory)).toMatchObject({ code: 0, stderr: '' });
      const numbers = (await space.records('out/page.jsonl')).map(({ n }) => Number(n)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: PAGES }, (_, n) => n));
    },
  );
});
