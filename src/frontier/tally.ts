import { unreachable } from '../lib/errors.ts';
import { type Outcome, OUTCOMES, type UrlCounts } from './types.ts';

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
  readonly #reasons = new Map(OUTCOMES.map((outcome) => [outcome, new Map<string, number>()]));
  readonly #changed = new Map(OUTCOMES.map((outcome) => [outcome, new Set<string>()]));

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
    if (reason !== undefined) this.#count(outcome, reason, by);
  }

  /** How many URLs were settled so for each reason; of all outcomes when none is named. */
  reasons(outcome?: Outcome): ReadonlyMap<string, number> {
    if (outcome !== undefined) return this.#of(outcome);
    const all = new Map<string, number>();
    for (const counts of this.#reasons.values()) {
      for (const [reason, count] of counts) all.set(reason, (all.get(reason) ?? 0) + count);
    }
    return all;
  }

  /** Reasons whose count has changed since the last call. */
  takeChanged(): (readonly [Outcome, string])[] {
    const changed = [...this.#changed].flatMap(([outcome, reasons]) =>
      [...reasons].map((reason) => [outcome, reason] as const),
    );
    for (const reasons of this.#changed.values()) reasons.clear();
    return changed;
  }

  /** Takes up the counts of an earlier process. */
  restore(counts: UrlCounts, reasons: Iterable<readonly [Outcome, string, number]>): void {
    this.discovered = counts.discovered;
    this.queued = counts.queued;
    this.leased = counts.leased;
    this.fetched = counts.fetched;
    this.#notModified = counts.notModified;
    this.#redirected = counts.redirected;
    this.#failed = counts.failed;
    this.#excluded = counts.excluded;
    for (const [outcome, reason, count] of reasons) this.#of(outcome).set(reason, count);
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

  #count(outcome: Outcome, reason: string, by: number): void {
    const reasons = this.#of(outcome);
    const key = reasons.has(reason) || reasons.size < REASONS_MAX ? reason : OTHER;
    const count = (reasons.get(key) ?? 0) + by;
    if (count > 0) reasons.set(key, count);
    else reasons.delete(key);
    this.#changed.get(outcome)?.add(key);
  }

  #of(outcome: Outcome): Map<string, number> {
    const reasons = this.#reasons.get(outcome);
    if (reasons === undefined) throw new Error(`bug: no outcome ${outcome}`);
    return reasons;
  }
}
