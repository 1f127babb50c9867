import { expect, test } from 'vitest';
import { redirectTarget, schedulerUrl } from '../../../src/mesos/leader.ts';

const FROM = new URL('http://m1:5050/api/v1/scheduler');

test.each([
  ['//localhost:5050/master/api/v1/scheduler', 'http://localhost:5050/master/api/v1/scheduler'],
  ['//m2:5050/api/v1/scheduler', 'http://m2:5050/api/v1/scheduler'],
  ['//m2:5050', 'http://m2:5050/api/v1/scheduler'],
  ['m2:5050', 'http://m2:5050/api/v1/scheduler'],
  ['m2:5050/master/api/v1/scheduler', 'http://m2:5050/master/api/v1/scheduler'],
  ['10.0.0.2:5050', 'http://10.0.0.2:5050/api/v1/scheduler'],
  ['[::1]:5050', 'http://[::1]:5050/api/v1/scheduler'],
  ['http://m2:5050/', 'http://m2:5050/api/v1/scheduler'],
  ['https://m2:5050/api/v1/scheduler', 'https://m2:5050/api/v1/scheduler'],
  ['/elsewhere', 'http://m1:5050/elsewhere'],
  ['http://user:pass@m2:5050/x', 'http://m2:5050/x'],
  ['ftp://m2/x', undefined],
  ['//m2:port/x', undefined],
  ['', undefined],
])('a redirect to %j leads to %j', (location, want) => {
  expect(redirectTarget(location, FROM)?.href).toBe(want);
});

test('a redirect keeps to https', () => {
  const from = new URL('https://m1:5050/api/v1/scheduler');
  expect(redirectTarget('//m2:5050', from)?.href).toBe('https://m2:5050/api/v1/scheduler');
  expect(redirectTarget('http://m2:5050', from)).toBeUndefined();
});

test.each([
  ['http://m1:5050', 'http://m1:5050/api/v1/scheduler'],
  ['http://m1:5050/', 'http://m1:5050/api/v1/scheduler'],
  ['https://proxy/mesos/', 'https://proxy/mesos/api/v1/scheduler'],
])('the scheduler endpoint of %s', (base, want) => {
  expect(schedulerUrl(base).href).toBe(want);
});
