import { expect, test } from 'vitest';
import { durationMs, memoryMilli, rateOf, sizeBytes } from '../../../src/job/units.ts';

test.each([
  { written: 3, want: 3000 },
  { written: '3', want: 3000 },
  { written: 0.25, want: 250 },
  { written: '500ms', want: 500 },
  { written: '120s', want: 120_000 },
  { written: '1.5 h', want: 5_400_000 },
  { written: '7d', want: 604_800_000 },
  { written: '5 weeks', want: undefined },
  { written: '-1s', want: undefined },
])('the duration $written is $want ms', ({ written, want }) => {
  expect(durationMs(written)).toBe(want);
});

test.each([
  { written: 10, want: 10 },
  { written: '512KB', want: 512_000 },
  { written: '5MB', want: 5_000_000 },
  { written: '1GiB', want: 1_073_741_824 },
  { written: '2k', want: 2000 },
  { written: '5 bananas', want: undefined },
])('the size $written is $want bytes', ({ written, want }) => {
  expect(sizeBytes(written)).toBe(want);
});

test.each([
  { written: 128, want: 128_000 },
  { written: '128', want: 128_000 },
  { written: '128MB', want: 128_000 },
  { written: '128MiB', want: 128_000 },
  { written: '1GB', want: 1_024_000 },
  { written: '1536KB', want: 1500 },
  { written: 0.5, want: 500 },
])('the memory $written is $want thousandths of a Mesos megabyte', ({ written, want }) => {
  expect(memoryMilli(written)).toBe(want);
});

test.each([
  { written: 5, want: { count: 5, perMs: 1000 } },
  { written: '5/s', want: { count: 5, perMs: 1000 } },
  { written: '100 / m', want: { count: 100, perMs: 60_000 } },
  { written: '1/10s', want: { count: 1, perMs: 10_000 } },
  { written: 'fast', want: undefined },
])('the rate $written is $want', ({ written, want }) => {
  expect(rateOf(written)).toEqual(want);
});
