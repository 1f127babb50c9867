import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PinspiderError } from '../../../src/lib/errors.ts';
import { loadJob, type LoadedJob } from '../../../src/job/load.ts';
import { jobValidator } from '../../../src/job/schema.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/jobs');
const ENV = { USER: 'crawler', MESOS_SECRET: 's3cret', PASS_PHRASE: 'open sesame', COLONS: 'a:b' };

beforeAll(() => {
  jobValidator(); // compiled once, outside the time of any test
}, 60_000);

/** Files that begin with _ are parts of others. */
function jobsIn(folder: string): string[] {
  return readdirSync(join(fixtures, folder)).filter((f) => f.endsWith('.yaml') && !f.startsWith('_'));
}

const load = (folder: string, file: string): Promise<LoadedJob> =>
  loadJob(file, { env: ENV, cwd: join(fixtures, folder) });

describe('good jobs resolve to exactly what is stored beside them', () => {
  test.each(jobsIn('good'))('%s', async (file) => {
    const loaded = await load('good', file);
    const text = JSON.stringify(loaded, null, 2).replaceAll(fixtures, '$FIXTURES');
    await expect(`${text}\n`).toMatchFileSnapshot(join(fixtures, 'good', file.replace('.yaml', '.resolved.json')));
  });
});

describe('bad jobs are told of with exactly the text that is stored beside them', () => {
  test.each(jobsIn('bad'))('%s', async (file) => {
    const error = await load('bad', file).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(PinspiderError);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    const text = error instanceof PinspiderError ? error.message.replaceAll(fixtures, '$FIXTURES') : '';
    await expect(`${text}\n`).toMatchFileSnapshot(join(fixtures, 'bad', file.replace('.yaml', '.error.txt')));
  });

  test('their faults stand in the order of the file, and none is told twice', async () => {
    for (const file of jobsIn('bad')) {
      const message = await load('bad', file).then(
        () => '',
        (e: unknown) => (e instanceof Error ? e.message : ''),
      );
      const heads = [...message.matchAll(new RegExp(`^${file}:(\\d+):(\\d+): .*`, 'gm'))];
      const places = heads.map((m) => Number(m[1]) * 1000 + Number(m[2]));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(new Set(heads.map((m) => m[0])).size).toBe(heads.length);
    }
  });
});
