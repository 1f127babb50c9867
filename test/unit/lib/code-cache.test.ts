import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { runCached } from '../../../src/lib/code-cache.ts';

const PROGRAM =
  "const { writeFileSync } = require('node:fs');\nwriteFileSync(__filename + '.ran', String(40 + 2)); // é\n//";

/** Compiled as `runCached` has it compiled. */
function cacheOf(source: string): Buffer {
  const head = '(function(exports,require,module,__filename,__dirname){';
  return new Script(`${head}${source}\n})`, { columnOffset: -head.length }).createCachedData();
}

test.each([
  { name: 'without a cache', cache: undefined, taken: false },
  { name: 'with its cache', cache: cacheOf(Buffer.from(PROGRAM).toString('latin1')), taken: true },
  { name: 'with a cache of another program', cache: cacheOf('1'), taken: false },
  { name: 'with a cache that is none', cache: Buffer.from('not code'), taken: false },
])('a program runs $name', ({ cache, taken }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pinspider-test-'));
  try {
    const file = join(folder, 'program.cjs');
    writeFileSync(file, PROGRAM);
    if (cache) writeFileSync(`${file}.cache`, cache);
    expect(runCached(file)).toBe(taken);
    expect(readFileSync(`${file}.ran`, 'utf8')).toBe('42');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
