import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PinspiderError } from '../../../src/lib/errors.ts';

const root = join(import.meta.dirname, '../../..');

test('docs/errors.md explains exactly the codes that there are, in their order', () => {
  const source = readFileSync(join(root, 'src/lib/errors.ts'), 'utf8');
  const union = source.slice(source.indexOf('ErrorCode ='), source.indexOf('export interface Fault'));
  const documented = readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` +\|/gm);
  expect([...documented].map((m) => m[1])).toEqual([...union.matchAll(/'([A-Z_]+)'/g)].map((m) => m[1]));
});

test('an error says where, what and how to mend', () => {
  const cause = new Error('EACCES');
  const error = new PinspiderError({
    code: 'USAGE',
    where: 'a.yaml:1:2',
    what: 'it is wrong',
    mend: 'do it right',
    cause,
  });
  expect(error.message).toBe('a.yaml:1:2: it is wrong; do it right');
  expect(error.cause).toBe(cause);
});
