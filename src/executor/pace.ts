// What keeps a task busy while a report is on its way: at most a report's age and its exchange, with room for a slow commit.
const AHEAD_MS = 200;
const AHEAD_MIN = 64;
const AHEAD_MAX = 1024;

/**
 * How many requests a task holds beyond those that its hosts can take at once, by the rate at which it settles pages. Too few, and it
 * stands still while a report is answered: small pages take less than a millisecond each. Too many, and other tasks lack what this one hoards.
 */
export class Pace {
  #ahead = AHEAD_MIN;
  #since: number;

  /** @param now ms */
  constructor(now: number) {
    this.#since = now;
  }

  get ahead(): number {
    return this.#ahead;
  }

  /** So many pages were settled since the last call. */
  settled(pages: number, now: number): void {
    const rate = pages / Math.max(1, now - this.#since);
    this.#since = now;
    // The mean with what was, since one report may be late or early by chance.
    const ahead = (this.#ahead + rate * AHEAD_MS) / 2;
    this.#ahead = Math.round(Math.max(AHEAD_MIN, Math.min(AHEAD_MAX, ahead)));
  }
}
