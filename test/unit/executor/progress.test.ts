import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ProgressTeller } from '../../../src/executor/progress.ts';

const working = { progress: () => ({ pages: 3, records: 2, bytes: 1, inFlight: 4, waiting: 5 }) };

test('a task that begins when it was time to tell, and none was there, is told of at once', async () => {
  const told: unknown[] = [];
  using teller = new ProgressTeller((progress) => told.push(progress));
  teller.follow('short', working)[Symbol.dispose]();
  await sleep(300); // the first is due after 250
  expect(told).toEqual([]);
  using _next = teller.follow('next', working);
  expect(told).toMatchObject([{ task_id: 'next', pages: 3, in_flight: 4, waiting: 5, bytes: 1 }]);
});

test('it tells what the process used since it told last', async () => {
  const told: { readonly cpu?: number | undefined; readonly seconds?: number | undefined }[] = [];
  using teller = new ProgressTeller((progress) => told.push(progress));
  using _task = teller.follow('t', working);
  const until = performance.now() + 300;
  while (performance.now() < until); // busy
  await sleep(0);
  expect(told).toHaveLength(1);
  expect(told[0]?.cpu).toBeGreaterThan(0);
  expect(told[0]?.seconds).toBeGreaterThanOrEqual(0.25);
});
