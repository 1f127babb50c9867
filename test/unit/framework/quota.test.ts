import { expect, test } from 'vitest';
import { compileQuotas } from '../../../src/framework/quota.ts';

const quotas = compileQuotas([
  { pattern: '/list/**', limit: 100 },
  { pattern: '/[?&]page=/', limit: 10 },
  { pattern: '**', limit: 1000 },
]);

test.each([
  ['https://e.org/list/a', 0],
  ['https://e.org/list/a?page=2', 0],
  ['https://e.org/other?page=2', 1],
  ['https://e.org/', 2],
])('the first pattern that matches %s counts it: %d', (url, number) => {
  expect(quotas.of(url)).toBe(number);
});

test('each has its limit, and the reason for which the rest is kept out', () => {
  expect(quotas.limits).toEqual([100, 10, 1000]);
  expect(quotas.reasons).toEqual(['quota /list/**', 'quota /[?&]page=/', 'quota **']);
});

test('what no pattern matches has no limit', () => {
  expect(compileQuotas([{ pattern: '/list/**', limit: 1 }]).of('https://e.org/')).toBeUndefined();
  expect(compileQuotas([]).of('https://e.org/')).toBeUndefined();
});
