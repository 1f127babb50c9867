import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectory } from '../../../src/lib/make-directory.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pinspider-dir-'));
});
afterAll(() => rm(root, { recursive: true }));

test('a directory and those above it are made, and may be there already', async () => {
  const path = join(root, 'a/b/c');
  await Promise.all([makeDirectory(path), makeDirectory(path), makeDirectory(join(root, 'a/b/d'))]);
  await makeDirectory(path);
  expect((await stat(path)).isDirectory()).toBe(true);
});

test('a file in the way is an error', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  await expect(makeDirectory(file)).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeDirectory(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

// Node's own recursive mkdir spins for ever here.
test.runIf(process.platform === 'linux')(
  'a file system that lets nobody make directories is an error at once',
  async () => {
    await expect(makeDirectory('/proc/nowhere/below')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
