import { setTimeout as sleep } from 'node:timers/promises';
import type { Frontier } from '../frontier/types.ts';
import type { CoreConfig } from './core-types.ts';
import type { Driver } from './driver.ts';
import type { EndReason } from './summary.ts';

// After an interrupt: time for pages under way to be settled.
const INTERRUPT_GRACE_MS = 5_000;

export interface Limits {
  /** Aborted = interrupted by the user. */
  readonly interrupted: AbortSignal;
  /** Aborted before `interrupted`: the interrupt ends this process, not the crawl. */
  readonly handOver?: AbortSignal | undefined;
  /** ms of this run; null = no limit. */
  readonly maxTimeMs: number | null;
}

/** Ends the run when the user interrupts it or `max_time` is over. */
export function watchLimits(limits: Limits, driver: Driver, over: AbortSignal): { timeUp: () => boolean } {
  let timeUp = false;
  const { interrupted, handOver, maxTimeMs } = limits;
  const stopSoon = async (): Promise<void> => {
    if (handOver?.aborted && driver.state.tasks.size > 0) {
      driver.leave();
      return;
    }
    driver.stop();
    await sleep(INTERRUPT_GRACE_MS, undefined, { signal: over });
    driver.abort('tasks did not settle their pages in time');
  };
  // Both end by the abort of `over`; its rejection says only that.
  const quiet = (): undefined => undefined;
  interrupted.addEventListener('abort', () => void stopSoon().catch(quiet), { once: true, signal: over });
  if (maxTimeMs !== null) {
    void sleep(maxTimeMs, undefined, { signal: over }).then(() => {
      timeUp = true;
      driver.stop();
    }, quiet);
  }
  return { timeUp: () => timeUp };
}

export interface Ending {
  readonly messages: readonly string[];
  readonly broken: readonly string[];
  readonly interrupted: boolean;
  readonly limited: boolean;
  readonly driver: Driver;
  readonly frontier: Frontier;
  readonly core: CoreConfig;
}

export function reasonOf({ messages, broken, interrupted, limited, driver, frontier, core }: Ending): EndReason {
  if (interrupted) return 'interrupted';
  if (messages.length > 0) return 'aborted';
  if (broken.length > 0) return 'expectation';
  if (limited || frontier.limitReached()) return 'limit';
  if (!frontier.idle() && driver.state.counts.launched >= core.totalTasks) return 'total_tasks';
  return 'finished';
}
