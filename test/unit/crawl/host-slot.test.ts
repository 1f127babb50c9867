import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterEnd,
  afterStart,
  heldUntil,
  openSlot,
  startableAt,
  throttled,
  withCrawlDelay,
} from '../../../src/crawl/host-slot.ts';

describe('when a request may start', () => {
  test('at once, then after the delay', () => {
    const slot = afterStart(openSlot(1000, 0), 5000);
    expect(startableAt(openSlot(1000, 0), 2)).toBe(0);
    expect(startableAt(slot, 2)).toBe(6000);
  });

  test('not before the host may be talked to', () => {
    expect(startableAt(openSlot(1000, 7000), 2)).toBe(7000);
    expect(startableAt(heldUntil(openSlot(0, 0), 9000), 2)).toBe(9000);
    expect(startableAt(heldUntil(openSlot(0, 9500), 9000), 2)).toBe(9500);
  });

  test('never while all connections are in use', () => {
    const full = afterStart(afterStart(openSlot(0, 0), 1), 2);
    expect(startableAt(full, 2)).toBe(Infinity);
    expect(startableAt(full, 3)).toBe(2);
    expect(startableAt(afterEnd(full), 2)).toBe(2);
  });

  test('an end without a start is a bug', () => {
    expect(() => afterEnd(openSlot(0, 0))).toThrow(/^bug: /);
  });
});

describe('Crawl-delay', () => {
  test.each([
    { name: 'a longer one holds', delayMs: 1000, crawlDelayMs: 5000, want: 5000, clamped: false },
    { name: 'a shorter one does not', delayMs: 1000, crawlDelayMs: 500, want: 1000, clamped: false },
    { name: 'it holds without a delay', delayMs: 0, crawlDelayMs: 500, want: 500, clamped: false },
    {
      name: 'a very long one is clamped, and that is told',
      delayMs: 1000,
      crawlDelayMs: 99_000,
      want: 30_000,
      clamped: true,
    },
  ])('$name', ({ delayMs, crawlDelayMs, want, clamped }) => {
    const result = withCrawlDelay(openSlot(delayMs, 0), crawlDelayMs, 30_000);
    expect(result).toEqual({ slot: expect.objectContaining({ delayMs: want, leastDelayMs: want }), clamped });
  });

  test('it holds for the request after the one under way', () => {
    const slot = afterStart(openSlot(1000, 0), 5000);
    expect(startableAt(withCrawlDelay(slot, 3000, 30_000).slot, 2)).toBe(8000);
  });
});

describe('throttling', () => {
  test.each([
    { name: 'a slow host gets a longer delay: the mean', delayMs: 1000, latencyMs: 6000, success: true, want: 2000 },
    { name: 'a fast host never gets less than the job says', delayMs: 1000, latencyMs: 10, success: true, want: 1000 },
    { name: 'a delay without need shrinks', delayMs: 8000, latencyMs: 2000, success: true, want: 4500 },
    { name: 'but not by an error', delayMs: 8000, latencyMs: 2000, success: false, want: 8000 },
    { name: 'while a slow error makes it longer', delayMs: 1000, latencyMs: 6000, success: false, want: 2000 },
    { name: 'it ends at a minute', delayMs: 50_000, latencyMs: 900_000, success: true, want: 60_000 },
    { name: 'no delay is not adapted', delayMs: 0, latencyMs: 9000, success: true, want: 0 },
  ])('$name', ({ delayMs, latencyMs, success, want }) => {
    const slot = openSlot(delayMs, 0, Math.min(delayMs, 1000));
    expect(throttled(slot, latencyMs, 2, success).delayMs).toBe(want);
  });

  test('a delay of the job above a minute stays', () => {
    expect(throttled(openSlot(90_000, 0), 10, 2, true).delayMs).toBe(90_000);
  });
});

test('starts are never closer than the delay in force, and never more under way than allowed', () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant('wait' as const), ms: fc.nat(3000) }),
    fc.record({ type: fc.constant('end' as const), latencyMs: fc.nat(20_000), success: fc.boolean() }),
    fc.record({ type: fc.constant('crawl-delay' as const), ms: fc.nat(5000) }),
    fc.record({ type: fc.constant('hold' as const), ms: fc.nat(5000) }),
  );
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.integer({ min: 1, max: 4 }),
      fc.array(step, { maxLength: 60 }),
      (delayMs, concurrency, steps) => {
        let now = 0;
        let slot = openSlot(delayMs, 0);
        let lastStart = -Infinity;
        let heldAt = 0;
        let inFlight = 0;
        for (const s of steps) {
          if (s.type === 'wait') now += s.ms;
          else if (s.type === 'crawl-delay') slot = withCrawlDelay(slot, s.ms, 3000).slot;
          else if (s.type === 'hold') {
            heldAt = Math.max(heldAt, now + s.ms);
            slot = heldUntil(slot, now + s.ms);
          } else if (inFlight > 0) {
            inFlight--;
            slot = throttled(afterEnd(slot), s.latencyMs, concurrency, s.success);
          }
          if (startableAt(slot, concurrency) <= now) {
            expect(now - lastStart).toBeGreaterThanOrEqual(slot.delayMs);
            expect(now).toBeGreaterThanOrEqual(heldAt);
            expect(slot.delayMs).toBeGreaterThanOrEqual(delayMs);
            lastStart = now;
            slot = afterStart(slot, now);
            inFlight++;
          }
          expect(inFlight).toBeLessThanOrEqual(concurrency);
        }
      },
    ),
    { numRuns: 500 },
  );
});
