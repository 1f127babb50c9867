import { FingerprintSet } from './seen.ts';

/**
 * Counts URLs that a rule keeps out, once each, and never one that was admitted. Keyed by the URL alone (seed 0), since a rule
 * keeps a URL out of all lanes.
 */
export class Exclusions {
  readonly #excluded = new FingerprintSet();
  /** URLs admitted to lanes other than 0; those of lane 0 are in the set of seen URLs under the same fingerprint. */
  readonly #admitted = new FingerprintSet();

  /** @returns true when the URL counts as excluded from now on */
  exclude(high: number, low: number, seen: FingerprintSet): boolean {
    if (seen.has(high, low) || this.#admitted.has(high, low)) return false;
    return this.#excluded.add(high, low);
  }

  /** A URL new to lane 0 was admitted. @returns true when it counted as excluded until now */
  admitFirstLane(high: number, low: number): boolean {
    return !this.#admitted.has(high, low) && this.#excluded.has(high, low);
  }

  /** A URL new to another lane was admitted. @returns true when it counted as excluded until now */
  admitOtherLane(high: number, low: number, seen: FingerprintSet): boolean {
    return this.#admitted.add(high, low) && !seen.has(high, low) && this.#excluded.has(high, low);
  }

  bytes(): number {
    return this.#excluded.bytes() + this.#admitted.bytes();
  }
}
