import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const module = import.meta.resolve('../../../src/lib/helper-threads.ts');

// A process of its own: the priority of a thread cannot be raised again.
const script = `
  import { readdirSync, readFileSync } from 'node:fs';
  import { readFile } from 'node:fs/promises';
  import { letMainThreadGoFirst } from ${JSON.stringify(module)};

  const prioritiesNow = () => Object.fromEntries(readdirSync('/proc/self/task').map((thread) => {
    // the name is in parentheses and may hold anything; the 19th field is the priority
    const fields = readFileSync(\`/proc/self/task/\${thread}/stat\`, 'utf8').split(') ').at(-1).split(' ');
    return [Number(thread) === process.pid ? 'main' : thread, Number(fields[16])];
  }));
  const before = prioritiesNow();
  letMainThreadGoFirst();
  const after = prioritiesNow();
  const pool = await readFile('/proc/self/stat').then(prioritiesNow);
  console.log(JSON.stringify({ before, after, pool }));
`;

interface Seen {
  readonly before: Record<string, number>;
  readonly after: Record<string, number>;
  readonly pool: Record<string, number>;
}

test.runIf(process.platform === 'linux')('all threads that there are but the main one go second', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const { before, after, pool } = JSON.parse(stdout) as Seen;
  const { main = NaN, ...helpers } = after;
  expect(main).toBe(before['main']);
  // V8's, and those of the loader
  expect(Object.keys(helpers).length).toBeGreaterThanOrEqual(4);
  expect(new Set(Object.values(helpers))).toEqual(new Set([Math.min(main + 10, 19)]));
  // threads of a later time are as the main one
  expect(pool).toMatchObject(after);
  for (const [thread, priority] of Object.entries(pool)) if (!(thread in after)) expect(priority).toBe(main);
});
