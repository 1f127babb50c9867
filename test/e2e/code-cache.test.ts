import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const DIST = join(import.meta.dirname, '../../dist');
const TELL = join(import.meta.dirname, '../support/tell-caches.cjs');

test.each([
  { name: 'the command', argv: ['cli/main.js', '--version'], program: 'pinspider.cjs' },
  { name: 'an executor, whatever memory it declares', argv: ['start-executor.cjs'], program: 'executor.cjs' },
])('$name starts with the code that the build has compiled', ({ argv: [file = '', ...args], program }) => {
  const heap = ['--max-old-space-size=100', '--max-semi-space-size=2'];
  const { stderr } = spawnSync(process.execPath, [...heap, '--require', TELL, join(DIST, file), ...args], {
    encoding: 'utf8',
  });
  expect(stderr).toContain(`compiled code of ${join(DIST, program)} rejected: false`);
});

test.each([
  { name: 'the command', argv: ['cli/main.js', 'run', 'none.yaml'] },
  { name: 'an executor', argv: ['start-executor.cjs'] },
  { name: 'an executor that was fetched as one file', argv: ['executor.cjs'] },
])('$name lets V8 wait once everything is loaded, which comes compiled', ({ argv: [file = '', ...args] }) => {
  const { stderr } = spawnSync(process.execPath, ['--require', TELL, join(DIST, file), ...args], { encoding: 'utf8' });
  expect(stderr).toMatch(
    /^(loading, flag --max-\S+\n)*(compiled code of .* rejected: false\n)?loaded, flag --wasm-tiering-budget=\d+\n/,
  );
});
