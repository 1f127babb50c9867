import type { Frontier, UrlCounts } from '../frontier/types.ts';
import type { TaskCounts } from './core-types.ts';
import type { Driver } from './driver.ts';
import { shortfallText } from './shortfalls.ts';
import type { Tally } from './tally.ts';

/** How things stand, for the live line. */
export interface Snapshot {
  readonly urls: UrlCounts;
  readonly records: number;
  readonly invalid: number;
  readonly bytes: number;
  readonly tasks: TaskCounts & { readonly running: number };
  readonly executors: number;
  /** Requests under way, as the executors last told. */
  readonly inFlight: number;
  /** Why waiting work is not launched; empty when all is well. */
  readonly waiting: readonly string[];
  /** Why there is no subscription just now. */
  readonly noMaster: string | undefined;
}

export function snapshot(driver: Driver, frontier: Frontier, tally: Tally): Snapshot {
  const { counts, tasks, executors, shortfalls } = driver.state;
  const sum = (numbers: Readonly<Record<string, number>>): number => Object.values(numbers).reduce((a, b) => a + b, 0);
  return {
    urls: frontier.counts(),
    records: sum(tally.by((t) => t.records)),
    invalid: sum(tally.by((t) => t.invalid)),
    bytes: tally.bytes,
    tasks: { ...counts, running: tasks.size },
    executors: executors.size,
    inFlight: [...driver.progress.values()].reduce((total, { in_flight }) => total + in_flight, 0),
    waiting: shortfalls.map(shortfallText),
    noMaster: driver.noMaster,
  };
}
