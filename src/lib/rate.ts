/** A token bucket. Pure but for its own count; times in ms since any fixed point. */
export class RateLimit {
  readonly #count: number;
  readonly #perMs: number;
  #tokens: number;
  #at = -Infinity;

  /** At most `count` starts a `perMs`, with a burst of `count`. */
  constructor(count: number, perMs: number) {
    this.#count = count;
    this.#perMs = perMs;
    this.#tokens = count;
  }

  /** Takes a token and returns 0, or takes none and returns the ms to wait for one. */
  take(now: number): number {
    if (this.#at > -Infinity) {
      this.#tokens = Math.min(this.#count, this.#tokens + ((now - this.#at) * this.#count) / this.#perMs);
    }
    this.#at = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - this.#tokens) * this.#perMs) / this.#count));
  }
}
