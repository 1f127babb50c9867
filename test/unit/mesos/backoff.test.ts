import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backoff, executorRetryDelayMs, RETRY_CAP_MS, retryDelayMs } from '../../../src/mesos/backoff.ts';

test('waits double up to the cap, and begin anew after a success', () => {
  const backoff = new Backoff(() => 0);
  const waits = Array.from({ length: 8 }, () => backoff.failed());
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
  backoff.succeeded();
  expect(backoff.failed()).toBe(250);
});

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('no wait is past the cap, and none is short of half of what it may be', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), fraction, (attempt, random) => {
      const wait = retryDelayMs(attempt, random);
      expect(wait).toBeLessThanOrEqual(RETRY_CAP_MS);
      expect(wait).toBeGreaterThanOrEqual(retryDelayMs(attempt, 0));
      expect(wait).toBeLessThanOrEqual(2 * retryDelayMs(attempt, 0));
    }),
  );
});

test('an executor tries at least once a second, and sooner where the agent asks for it', () => {
  fc.assert(
    fc.property(fc.nat({ max: 15_000 }), fraction, (most, random) => {
      expect(executorRetryDelayMs(most, random)).toBeLessThanOrEqual(Math.min(most, 1000));
    }),
  );
});
