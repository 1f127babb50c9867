import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRetry, parseRetryAfter, type FailedAttempt, type RetryPolicy } from '../../../src/fetch/retry.ts';

const POLICY: RetryPolicy = { times: 4, backoffMs: 1000, maxMs: 60_000, on: [429, 500, 503, 'network'] };
const DAY = 24 * 3600 * 1000;

describe('whether to try again', () => {
  test.each<[name: string, failed: FailedAttempt, retry: boolean]>([
    ['a listed status', { attempt: 0, status: 503 }, true],
    ['another status', { attempt: 0, status: 404 }, false],
    ['the last retry', { attempt: 3, status: 503 }, true],
    ['one more than that', { attempt: 4, status: 503 }, false],
    ['no connection', { attempt: 0, failure: 'connect' }, true],
    ['no such host', { attempt: 0, failure: 'dns' }, true],
    ['too slow', { attempt: 0, failure: 'timeout' }, true],
    ['a bad certificate', { attempt: 0, failure: 'tls' }, true],
    ['a truncated body', { attempt: 0, failure: 'protocol' }, true],
    ['too large', { attempt: 0, failure: 'too-large' }, false],
    ['a private address', { attempt: 0, failure: 'private-address' }, false],
    ['broken coding', { attempt: 0, failure: 'encoding' }, false],
    ['Retry-After alone is no reason', { attempt: 0, status: 404, retryAfterMs: 1000 }, false],
  ])('%s: %j', (_, failed, retry) => {
    expect(decideRetry(POLICY, failed, 0.5).retry).toBe(retry);
  });

  test('no failure of the network is tried again when the list lacks it', () => {
    expect(decideRetry({ ...POLICY, on: [503] }, { attempt: 0, failure: 'connect' }, 0)).toEqual({ retry: false });
  });
});

describe('when', () => {
  test.each<[attempt: number, random: number, delayMs: number]>([
    [0, 0, 500],
    [0, 0.5, 750],
    [1, 0, 1000],
    [2, 0, 2000],
    [3, 0, 4000],
  ])('attempt %i with %d waits %i ms', (attempt, random, delayMs) => {
    expect(decideRetry(POLICY, { attempt, status: 503 }, random)).toEqual({ retry: true, delayMs });
  });

  test.each<[name: string, retryAfterMs: number, delayMs: number]>([
    ['a longer Retry-After wins', 30_000, 30_000],
    ['even over the longest delay', 600_000, 600_000],
    ['a shorter one does not', 10, 500],
    ['one of a year is a day', 365 * DAY, DAY],
  ])('%s', (_, retryAfterMs, delayMs) => {
    expect(decideRetry(POLICY, { attempt: 0, status: 503, retryAfterMs }, 0)).toEqual({ retry: true, delayMs });
  });

  test('the delay is between half of the back-off and all of it, never past the longest', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const decision = decideRetry({ ...POLICY, times: 100 }, { attempt, failure: 'connect' }, random);
        const backoff = Math.min(1000 * 2 ** attempt, 60_000);
        expect(decision.retry && decision.delayMs >= backoff / 2 && decision.delayMs <= backoff).toBe(true);
      }),
    );
  });
});

const NOW = Date.UTC(2026, 10, 6, 8, 49, 0);
test.each<[value: string | undefined, want: number | undefined]>([
  ['120', 120_000],
  [' 0 ', 0],
  ['Fri, 06 Nov 2026 08:49:37 GMT', 37_000],
  ['Friday, 06-Nov-26 08:49:37 GMT', 37_000],
  ['Fri Nov  6 08:49:37 2026', 37_000],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['Fri, 06 Nox 2026 08:49:37 GMT', undefined],
  ['2026-11-06T08:49:37Z', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %j', (value, want) => {
  expect(parseRetryAfter(value, NOW)).toBe(want);
});
