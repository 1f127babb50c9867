import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from '../../../src/mesos/in-turn.ts';

test('jobs run one after the other, in the order of asking, and a failure stops none', async () => {
  const run = inTurn();
  const log: string[] = [];
  const job = (name: string, ms: number, fails = false) =>
    run(async () => {
      log.push(`${name} begins`);
      await sleep(ms);
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const outcomes = await Promise.allSettled([job('a', 5), job('b', 0, true), job('c', 1)]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
