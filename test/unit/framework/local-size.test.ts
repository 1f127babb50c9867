import { describe, expect, test } from 'vitest';
import type { TaskState } from '../../../src/framework/core-types.ts';
import { type Growth, type Load, LocalSize } from '../../../src/framework/local-size.ts';

const MANY = 100_000;
const busy = { cpu: 1.1, in_flight: 8, pages: 500, seconds: 1 };

const tasks = (...lanes: number[]): ReadonlyMap<string, TaskState> =>
  new Map(
    lanes.map((lane, i) => {
      const id = `t${i}`;
      return [id, { id, lane, executorId: `e${i}`, agentId: 'a', phase: 'running', launchedAt: 0 }];
    }),
  );

const load = (running: Load['tasks'], told: readonly Partial<typeof busy>[], more: Partial<Load> = {}): Load => ({
  tasks: running,
  progress: new Map(told.map((one, i) => [`t${i}`, { ...busy, ...one }])),
  queued: MANY,
  now: 1000,
  ...more,
});

function sized({ cores = 4, ownCpuS = (): number => 0 } = {}) {
  const growths: Growth[] = [];
  const size = new LocalSize({ cores, ownCpuS, grown: (growth) => growths.push(growth) });
  size.limit(0, 0, load(tasks(), [], { now: -1000 })); // two seconds before
  return { size, growths };
}

test('it begins with one executor of each kind', () => {
  const { size, growths } = sized();
  expect(size.limit(0, 9, load(tasks(), []))).toBe(1);
  expect(size.limit(1, 9, load(tasks(0), [busy]))).toBe(1);
  expect(size.limit(0, 9, load(tasks(0), []))).toBe(0);
  expect(growths).toEqual([]);
});

test('no more than are wanted', () => {
  expect(sized().size.limit(0, 0, load(tasks(), []))).toBe(0);
});

test('another one when one is busy and much waits; said once', () => {
  const { size, growths } = sized();
  expect(size.limit(0, 9, load(tasks(0), [busy]))).toBe(1);
  expect(size.limit(0, 9, load(tasks(0, 0), [busy]))).toBe(0); // the second has not told anything
  expect(growths).toEqual([{ lane: 0, executors: 2, queued: MANY }]);
  expect(size.limit(0, 9, load(tasks(0, 0), [busy, busy]))).toBe(1);
  expect(growths).toHaveLength(2);
});

test('another one when one waits for as many servers as it may', () => {
  expect(sized().size.limit(0, 9, load(tasks(0), [{ cpu: 0.2, in_flight: 64 }]))).toBe(1);
});

test('what was found to pay holds when an executor ends', () => {
  const { size } = sized();
  size.limit(0, 9, load(tasks(0), [busy]));
  expect(size.limit(0, 9, load(tasks(), []))).toBe(2);
});

describe('one stays alone', () => {
  test.each([
    { name: 'that waits for servers', cores: 4, told: { cpu: 0.4 }, more: {} },
    { name: 'that will be done soon', cores: 4, told: {}, more: { queued: 700 } },
    { name: 'on a machine with one core', cores: 1, told: {}, more: {} },
    { name: 'in its first two seconds', cores: 4, told: {}, more: { now: 999 } },
    { name: 'that has told nothing yet', cores: 4, told: undefined, more: {} },
  ])('$name', ({ cores, told, more }) => {
    const { size, growths } = sized({ cores });
    expect(size.limit(0, 9, load(tasks(0), told ? [told] : [], more))).toBe(0);
    expect(growths).toEqual([]);
  });

  test('while the scheduler takes the rest of the cores', () => {
    let own = 0;
    const { size } = sized({ cores: 2, ownCpuS: () => own });
    expect(size.limit(0, 0, load(tasks(0), [busy], { now: 1000 }))).toBe(0);
    own = 1.6;
    expect(size.limit(0, 9, load(tasks(0), [busy], { now: 3000 }))).toBe(0); // 0.8 of a core
    own = 2;
    expect(size.limit(0, 9, load(tasks(0), [busy], { now: 5000 }))).toBe(1); // 0.2
  });
});
