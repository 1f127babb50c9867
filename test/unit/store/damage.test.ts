import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/store/level-store.ts';
import type { Store } from '../../../src/store/types.ts';

const KEYS = { gte: 'k', lt: 'l' };

const valueOf = (commit: number, i: number): string => `value ${commit} ${i} `.repeat(4 + (i % 7));

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'pinspider-damage-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** Commits of a hundred entries each. */
async function write(store: Store, from: number, count: number): Promise<void> {
  for (let commit = from; commit < from + count; commit++) {
    for (let i = 0; i < 100; i++) store.put(`k${word(commit)}${word(i)}`, Buffer.from(valueOf(commit, i)));
    await store.write(store.cut());
  }
}

const word = (n: number): string => String(n).padStart(6, '0');

/** The commits that are whole, or the error's code. Throws when an entry is wrong or a commit there in part. */
async function read(directory: string): Promise<number[] | string> {
  let store: Store | undefined;
  try {
    store = await openStore(directory, { durability: 'processes' });
    const commits = new Map<number, number>();
    for await (const chunk of store.scan(KEYS)) {
      for (const [key, value] of chunk) {
        const commit = Number(key.slice(1, 7));
        expect(Buffer.from(value).toString()).toBe(valueOf(commit, Number(key.slice(7))));
        commits.set(commit, (commits.get(commit) ?? 0) + 1);
      }
    }
    expect([...new Set(commits.values())]).toEqual(commits.size > 0 ? [100] : []);
    return [...commits.keys()];
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw error;
  } finally {
    await store?.close();
  }
}

/** A store with tables and, after them, a log of some commits. */
async function written(): Promise<string> {
  const directory = await temporary();
  const first = await openStore(directory, { durability: 'processes' });
  await write(first, 0, 60);
  await first.close();
  // What is in the log becomes a table when it is opened again.
  const second = await openStore(directory, { durability: 'processes' });
  await write(second, 60, 40);
  await second.close();
  return directory;
}

const ofKind = async (directory: string, pattern: RegExp): Promise<string> => {
  const [file] = (await readdir(directory))
    .filter((name) => pattern.test(name))
    .sort()
    .reverse();
  if (file === undefined) throw new Error(`no file like ${pattern} in ${directory}`);
  return join(directory, file);
};

async function garble(file: string, from: number, bytes: number): Promise<void> {
  const content = await readFile(file);
  for (let i = from; i < Math.min(content.length, from + bytes); i++) content[i] = (content[i] ?? 0) ^ 0x5a;
  await writeFile(file, content);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('damage is found, or what is read is a state that was', () => {
  test('what was written is there', async () => {
    expect(await read(await written())).toEqual(upTo(100));
  });

  test.each([/\.ldb$/, /^MANIFEST/, /^CURRENT$/])('a file like %s is missing', async (pattern) => {
    const directory = await written();
    await rm(await ofKind(directory, pattern));
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });

  test('without its log the state is that before it', async () => {
    const directory = await written();
    await rm(await ofKind(directory, /\.log$/));
    expect(await read(directory)).toEqual(upTo(60));
  });

  test('without any file but FORMAT', async () => {
    const directory = await written();
    for (const file of await readdir(directory)) if (file !== 'FORMAT') await rm(join(directory, file));
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });

  test.each([0, 1, 1000, 40_000, 200_000])('a log cut to %i bytes: an earlier commit, whole', async (length) => {
    const directory = await written();
    await truncate(await ofKind(directory, /\.log$/), length);
    const commits = await read(directory);
    expect(commits).toEqual(upTo(commits.length));
    expect(commits.length).toBeGreaterThanOrEqual(60);
    expect(commits.length).toBeLessThan(100);
  });

  test.each([0, 10, 5000, 33_000, 70_000, 150_000])('a log garbled at %i', async (at) => {
    const directory = await written();
    await garble(await ofKind(directory, /\.log$/), at, 50);
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });

  test.each([0, 1, 5000])('a table cut to %i bytes', async (length) => {
    const directory = await written();
    await truncate(await ofKind(directory, /\.ldb$/), length);
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });

  test('a table garbled anywhere', async () => {
    const directory = await written();
    const table = await ofKind(directory, /\.ldb$/);
    const { length } = await readFile(table);
    const codes = new Set<unknown>();
    for (let at = 0; at < length; at += Math.ceil(length / 12)) {
      const copy = await temporary();
      await cp(directory, copy, { recursive: true });
      await garble(join(copy, table.slice(directory.length + 1)), at, 20);
      const got = await read(copy);
      codes.add(got);
      // The filter of a table and the padding of its footer are not read by a scan.
      if (typeof got !== 'string') expect(got).toEqual(upTo(100));
    }
    expect(codes).toContain('STATE_DAMAGED');
  }, 60_000);

  test.each(['', 'garbage'])('CURRENT that says %j', async (text) => {
    const directory = await written();
    await writeFile(join(directory, 'CURRENT'), text);
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });

  test('a MANIFEST garbled', async () => {
    const directory = await written();
    await garble(await ofKind(directory, /^MANIFEST/), 0, 200);
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });

  test('the whole log of a young store garbled', async () => {
    const directory = await temporary();
    const store = await openStore(directory, { durability: 'processes' });
    await write(store, 0, 3);
    await store.close();
    await garble(await ofKind(directory, /\.log$/), 0, 1e6);
    expect(await read(directory)).toBe('STATE_DAMAGED');
  });
});

describe('opening', () => {
  test('a store of another version is left as it is', async () => {
    const directory = await written();
    await writeFile(join(directory, 'FORMAT'), 'pinspider state 99\n');
    expect(await read(directory)).toBe('STATE_VERSION');
  });

  test('a store whose making was interrupted is made anew', async () => {
    const directory = await temporary();
    await (await openStore(directory, { durability: 'processes' })).close();
    await rm(join(directory, 'FORMAT'));
    expect(await read(directory)).toEqual([]);
    expect(await read(directory)).toEqual([]);
  });

  test('one at a time has it', async () => {
    const directory = await temporary();
    const store = await openStore(directory, { durability: 'power' });
    const script = `
      const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/store/level-store.ts'))});
      await openStore(${JSON.stringify(directory)}, { durability: 'processes' }).catch((error) => console.log(error.code, error.message));
    `;
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^STATE_LOCKED .*another process/);
    await store.close();
    expect(await read(directory)).toEqual([]);
  }, 60_000);

  test('a directory that cannot be made', async () => {
    const directory = await temporary();
    await writeFile(join(directory, 'file'), '');
    expect(await read(join(directory, 'file', 'state'))).toBe('STATE_UNWRITABLE');
  });
});

test('where no more can be written, the fault is clear, nothing more is taken, and what was committed is there', async () => {
  const directory = await temporary();
  await mkdir(join(directory, 'state'));
  // A limit on the length of files stands in for a full disk: the system refuses the write in the same way.
  const script = `
    process.on('SIGXFSZ', () => undefined);
    const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/store/level-store.ts'))});
    const store = await openStore(${JSON.stringify(join(directory, 'state'))}, { durability: 'processes' });
    const commit = async (n) => {
      for (let i = 0; i < 100; i++) {
        const word = (x) => String(x).padStart(6, '0');
        store.put('k' + word(n) + word(i), Buffer.from(('value ' + n + ' ' + i + ' ').repeat(4 + (i % 7))));
      }
      await store.write(store.cut());
    };
    let done = 0;
    try { for (; done < 1000; done++) await commit(done); } catch (error) { console.log(error.code, error.message); }
    await commit(done + 1).catch((error) => console.log(error.code));
    console.log(done);
    process.kill(process.pid, 'SIGKILL');
  `;
  const command = `ulimit -f 1024; exec ${process.execPath} --import tsx --input-type=module -e "$SCRIPT"`;
  const { stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8', env: { ...process.env, SCRIPT: script } });
  const [fault = '', again, done] = stdout.trim().split('\n');
  expect(fault).toMatch(/^STATE_UNWRITABLE .*File too large.*goes on from the last commit/);
  expect(again).toBe('STATE_UNWRITABLE');
  expect(Number(done)).toBeGreaterThan(1);
  expect(await read(join(directory, 'state'))).toEqual(upTo(Number(done)));
}, 60_000);
