import type { Cancel, Clock } from '../clock.ts';

/**
 * When offers are made. With an interval of 0: soon after whatever may free resources, and when a refusal ends. With an
 * interval, as in a real master: each time it passes, and at once on a subscription, a REVIVE or a new agent.
 */
export class OfferSchedule {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #round: () => number | undefined;
  #stopCycle: Cancel = () => undefined;
  #stopSoon: Cancel | undefined;
  #stopped = false;

  /** @param round makes offers; returns when (epoch ms) something refused may be offered again */
  constructor(clock: Clock, intervalMs: number, round: () => number | undefined) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#round = round;
    if (intervalMs > 0) this.#cycleAfter(intervalMs);
  }

  request(when: 'now' | 'cycle'): void {
    if (this.#stopped || (when === 'cycle' && this.#intervalMs > 0)) return;
    // Not within the call that asks: what it sends comes first, and many requests of one turn make one round. With a
    // cycle it comes before whatever agents say to the same occasion, as in a real master.
    if (this.#stopSoon) return;
    const round = (): void => {
      this.#stopSoon = undefined;
      if (!this.#stopped) this.#makeRound();
    };
    if (this.#intervalMs > 0) {
      this.#stopSoon = () => undefined;
      queueMicrotask(round);
    } else this.#stopSoon = this.#clock.after(0, round);
  }

  stop(): void {
    this.#stopped = true;
    this.#stopSoon?.();
    this.#stopCycle();
  }

  #makeRound(): void {
    const expiry = this.#round();
    if (this.#intervalMs > 0) return;
    this.#stopCycle();
    if (expiry !== undefined) this.#cycleAfter(expiry - this.#clock.now());
  }

  #cycleAfter(ms: number): void {
    this.#stopCycle = this.#clock.after(ms, () => {
      if (this.#intervalMs > 0) this.#cycleAfter(this.#intervalMs);
      this.#makeRound();
    });
  }
}
