import { unreachable } from '../lib/errors.ts';
import type { Outcome, UrlCounts } from './types.ts';

// Reasons are few words by contract; a task that sends free text shall not fill the memory.
const REASONS_MAX = 1000;
const OTHER = 'other';

/** How many URLs are in each state, and why the settled ones ended as they did. */
export class Tally {
  discovered = 0;
  queued = 0;
  leased = 0;
  fetched = 0;
  #notModified = 0;
  #redirected = 0;
  #failed = 0;
  #excluded = 0;
  readonly #reasons = new Map<string, number>();
  readonly #changed = new Set<string>();

  /** @param by below 0 takes back */
  settle(outcome: Outcome, reason: string | undefined, by = 1): void {
    switch (outcome) {
      case 'fetched':
        this.fetched += by;
        break;
      case 'not-modified':
        this.#notModified += by;
        break;
      case 'redirected':
        this.#redirected += by;
        break;
      case 'failed':
        this.#failed += by;
        break;
      case 'excluded':
        this.#excluded += by;
        break;
      default:
        return unreachable(outcome);
    }
    if (reason !== undefined) this.#count(reason, by);
  }

  /** How many URLs were settled for each reason. */
  reasons(): ReadonlyMap<string, number> {
    return this.#reasons;
  }

  /** Reasons whose count has changed since the last call. */
  takeChanged(): string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Takes up the counts of an earlier process. */
  restore(counts: UrlCounts, reasons: ReadonlyMap<string, number>): void {
    this.discovered = counts.discovered;
    this.queued = counts.queued;
    this.leased = counts.leased;
    this.fetched = counts.fetched;
    this.#notModified = counts.notModified;
    this.#redirected = counts.redirected;
    this.#failed = counts.failed;
    this.#excluded = counts.excluded;
    for (const [reason, count] of reasons) this.#reasons.set(reason, count);
  }

  counts(): UrlCounts {
    const { discovered, queued, leased, fetched } = this;
    return {
      discovered,
      queued,
      leased,
      fetched,
      notModified: this.#notModified,
      redirected: this.#redirected,
      failed: this.#failed,
      excluded: this.#excluded,
    };
  }

  #count(reason: string, by: number): void {
    const key = this.#reasons.has(reason) || this.#reasons.size < REASONS_MAX ? reason : OTHER;
    const count = (this.#reasons.get(key) ?? 0) + by;
    if (count > 0) this.#reasons.set(key, count);
    else this.#reasons.delete(key);
    this.#changed.add(key);
  }
}
