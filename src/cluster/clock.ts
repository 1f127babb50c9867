/** Stops a timer; harmless when it has already run. */
export type Cancel = () => void;

/** Time as the cluster sees it. Tests pass one that they turn by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `run` once, `ms` from now. A negative delay counts as 0. */
  after(ms: number, run: () => void): Cancel;
}

const TIMEOUT_MAX_MS = 2 ** 31 - 1; // setTimeout fires at once beyond it, and a failover_timeout of a month is beyond it

/** The computer's clock. Its timers do not keep the process alive: the cluster's sockets do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    let left = Math.max(0, ms);
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const step = Math.min(left, TIMEOUT_MAX_MS);
      left -= step;
      timer = setTimeout(() => (left > 0 ? arm() : run()), step).unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};
