/** Longest wait between two attempts to subscribe; the scheduler API's documentation advises about this. */
export const RETRY_CAP_MS = 15_000;
const RETRY_FIRST_MS = 500;

/**
 * How long to wait before attempt number `attempt` (0 = the first one after a loss): doubled each time, capped, and drawn
 * from the upper half, so that the frameworks of a cluster whose master died do not come back in step.
 *
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  const most = Math.min(RETRY_CAP_MS, RETRY_FIRST_MS * 2 ** Math.min(attempt, 30));
  return Math.round(most / 2 + (random * most) / 2);
}

/** The waits between attempts, from one success to the next. */
export class Backoff {
  readonly #random: () => number;
  #failures = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** An attempt failed, or the stream was lost. @returns how long to wait before the next */
  failed(): number {
    return retryDelayMs(this.#failures++, this.#random());
  }

  succeeded(): void {
    this.#failures = 0;
  }
}

/**
 * How long an executor waits before it subscribes again: anywhere up to the agent's bound, but never past a second, as an
 * agent that restarted waits only two for its executors by default.
 *
 * @param random in [0, 1)
 */
export function executorRetryDelayMs(subscriptionBackoffMaxMs: number, random: number): number {
  return Math.round(random * Math.min(subscriptionBackoffMaxMs, 1000));
}
