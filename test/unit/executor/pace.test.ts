import { expect, test } from 'vitest';
import { Pace } from '../../../src/executor/pace.ts';

/** What is held ahead after reports of `pages` pages every `ms`. */
function aheadAfter(reports: number, pages: number, ms: number): number {
  const pace = new Pace(0);
  for (let i = 1; i <= reports; i++) pace.settled(pages, i * ms);
  return pace.ahead;
}

test.each([
  { name: 'a task begins with a few', reports: 0, pages: 0, ms: 0, want: 64 },
  { name: 'a slow host leaves it at that', reports: 20, pages: 1, ms: 1000, want: 64 },
  { name: 'one quick report counts half', reports: 1, pages: 100, ms: 50, want: 232 },
  { name: 'a fast site brings as many as a fifth of a second takes', reports: 20, pages: 100, ms: 50, want: 400 },
  { name: 'there is a bound to hoarding', reports: 20, pages: 256, ms: 1, want: 1024 },
  { name: 'two reports in one millisecond are no division by zero', reports: 3, pages: 10, ms: 0, want: 1024 },
])('$name', ({ reports, pages, ms, want }) => {
  expect(aheadAfter(reports, pages, ms)).toBe(want);
});

test('when pages get slow, less is held', () => {
  const pace = new Pace(0);
  pace.settled(1000, 100);
  for (let i = 1; i <= 20; i++) pace.settled(1, 100 + i * 1000);
  expect(pace.ahead).toBe(64);
});
