import { describe, expect, test } from 'vitest';
import type { TaskState } from '../../../src/framework/core-types.ts';
import { type Growth, type Load, LocalSize } from '../../../src/framework/local-size.ts';

const MANY = 100_000;
const busy = { cpu: 1.1, in_flight: 8 };

/** Executors and their tasks: the lane of each; `nth` task of that executor. */
const tasks = (lanes: readonly number[], nth = 0): ReadonlyMap<string, TaskState> =>
  new Map(
    lanes.map((lane, i) => {
      const id = `t${i}.${nth}`;
      return [id, { id, lane, executorId: `e${i}`, agentId: 'a', phase: 'running', launchedAt: 0 }];
    }),
  );

const load = (
  running: Load['tasks'],
  told: readonly (Partial<typeof busy> | undefined)[],
  more: Partial<Load> = {},
): Load => ({
  tasks: running,
  progress: new Map([...running.keys()].flatMap((id, i) => (told[i] ? [[id, { ...busy, ...told[i] }]] : []))),
  queued: MANY,
  settled: 10_000,
  now: 2000,
  ...more,
});

/** Asked for the first time two seconds ago, and once since: 5,000 URLs a second. CPU seconds as they are used in a second. */
function sized({ cores = 4, own = 0.3, machine = 1.4 } = {}) {
  const growths: Growth[] = [];
  let [ownS, machineS] = [0, 0];
  const cpuS = (): { own: number; machine: number } => ({ own: (ownS += own), machine: (machineS += machine) });
  const size = new LocalSize({ cores, cpuS, grown: (growth) => growths.push(growth) });
  for (const now of [0, 1000]) size.limit(0, 0, load(tasks([]), [], { now, settled: now * 5 }));
  return { size, growths };
}

test('it begins with one executor of each kind', () => {
  const { size, growths } = sized();
  expect(size.limit(0, 9, load(tasks([]), []))).toBe(1);
  expect(size.limit(0, 9, load(tasks([0]), []))).toBe(0);
  expect(size.limit(1, 9, load(tasks([0]), [busy]))).toBe(1);
  expect(growths).toEqual([]);
});

test('no more than are wanted', () => {
  expect(sized().size.limit(0, 0, load(tasks([]), []))).toBe(0);
});

test('another one when one is busy and much waits; said once', () => {
  const { size, growths } = sized();
  expect(size.limit(0, 9, load(tasks([0]), [busy]))).toBe(1);
  expect(size.limit(0, 9, load(tasks([0, 0]), [busy]))).toBe(0); // the second has not told anything
  expect(growths).toEqual([{ lane: 0, executors: 2, queued: MANY }]);
  expect(size.limit(0, 9, load(tasks([0, 0]), [busy, busy]))).toBe(1);
  expect(growths).toHaveLength(2);
});

test('another one when one waits for as many servers as it may, whatever else the machine does', () => {
  const { size } = sized({ cores: 2, machine: 2 });
  expect(size.limit(0, 9, load(tasks([0]), [{ cpu: 0.2, in_flight: 64 }]))).toBe(1);
});

test('what an executor told in a task that is over holds for the next', () => {
  const { size } = sized();
  expect(size.limit(0, 0, load(tasks([0]), [busy], { now: 1500 }))).toBe(0);
  expect(size.limit(0, 9, load(tasks([0], 1), []))).toBe(1);
});

test('but not for ever', () => {
  const { size } = sized();
  expect(size.limit(0, 0, load(tasks([0]), [busy], { now: 1500 }))).toBe(0);
  expect(size.limit(0, 9, load(tasks([0], 1), [], { now: 5000 }))).toBe(0);
});

test('what was found to pay holds when an executor ends', () => {
  const { size } = sized();
  size.limit(0, 9, load(tasks([0]), [busy]));
  expect(size.limit(0, 9, load(tasks([]), []))).toBe(2);
});

describe('one stays alone', () => {
  test.each([
    { name: 'that waits for servers', is: {}, told: { cpu: 0.4 }, more: {} },
    { name: 'that will be done soon', is: {}, told: {}, more: { queued: 9_000 } },
    { name: 'on a machine with one core', is: { cores: 1 }, told: {}, more: {} },
    { name: 'in its first two seconds', is: {}, told: {}, more: { now: 1999 } },
    { name: 'that has told nothing yet', is: {}, told: undefined, more: {} },
    { name: 'while other programs take the rest of the cores', is: { machine: 4 }, told: {}, more: {} },
    { name: 'while the scheduler takes the rest of the cores', is: { cores: 2, own: 0.9 }, told: {}, more: {} },
    { name: 'when the scheduler can take no more', is: { own: 1 }, told: {}, more: {} },
  ])('$name', ({ is, told, more }) => {
    const { size, growths } = sized(is);
    expect(size.limit(0, 9, load(tasks([0]), [told], more))).toBe(0);
    expect(growths).toEqual([]);
  });
});

// The crawl of heavy pages uses little beside its executor, that of small ones nearly both cores of two: it must wait longer for a second one to pay.
test.each([
  { name: 'heavy pages', own: 0.1, machine: 1.25, queued: 14_000, pays: true },
  { name: 'small pages', own: 0.5, machine: 1.75, queued: 14_000, pays: false },
  { name: 'very many small pages', own: 0.5, machine: 1.75, queued: 60_000, pays: true },
])('on two cores, $name', ({ own, machine, queued, pays }) => {
  const { size } = sized({ cores: 2, own, machine });
  expect(size.limit(0, 9, load(tasks([0]), [busy], { queued }))).toBe(pays ? 1 : 0);
});
