import { ByteReader, ByteWriter } from '../store/bytes.ts';
import type { Store } from '../store/types.ts';
import { numberAt, range, word } from './keys.ts';
import type { Strings } from './strings.ts';

/** How many URLs of a kind may be fetched, in each lane; what is found when all places are taken is excluded. */
export interface Quotas {
  /** By number: the most URLs that may be fetched. */
  readonly limits: readonly number[];
  /** By number: why the others are kept out, `quota /list/**`. Stable, since counts are kept under it. */
  readonly reasons: readonly string[];
  /** The number of the quota that counts a canonical URL; undefined: none does. */
  of(url: string): number | undefined;
}

interface Parts {
  readonly quotas: Quotas | undefined;
  readonly lanes: number;
  readonly store: Store;
  readonly strings: Strings;
}

/**
 * How many URLs of each kind have a place, by lane: they wait, are leased, or were fetched. One that ends otherwise gives its
 * place back; those of a host that is given up keep theirs, since it may be opened again.
 */
export class QuotaPlaces {
  readonly #parts: Parts;
  /** By lane, then by number of the quota. */
  readonly #taken: readonly number[][];
  /** Counts to be stored: the quota's number, lane by lane. */
  readonly #changed: readonly Set<number>[];
  readonly #writer = new ByteWriter();

  constructor(parts: Parts) {
    this.#parts = parts;
    const quotas = parts.quotas?.limits.length ?? 0;
    this.#taken = Array.from({ length: parts.lanes }, () => new Array<number>(quotas).fill(0));
    this.#changed = this.#taken.map(() => new Set());
    if (quotas > 0) parts.store.onCut(() => this.#flush());
  }

  /** Why there is no place for the URL; undefined when there is one. */
  full(lane: number, url: string): string | undefined {
    const quota = this.#parts.quotas?.of(url);
    if (quota === undefined) return undefined;
    const { limits = [], reasons = [] } = this.#parts.quotas ?? {};
    return (this.#taken[lane]?.[quota] ?? 0) >= (limits[quota] ?? Infinity) ? reasons[quota] : undefined;
  }

  take(lane: number, url: string): void {
    this.#add(lane, url, 1);
  }

  giveBack(lane: number, url: string): void {
    this.#add(lane, url, -1);
  }

  /** Goes on from the counts of an earlier process; those of quotas that the job has no more are dropped. */
  async restore(): Promise<void> {
    const { store, strings, quotas } = this.#parts;
    const reasons = quotas?.reasons ?? [];
    for await (const chunk of store.scan(range('l'))) {
      for (const [key, value] of chunk) {
        const quota = reasons.indexOf(strings.textOf(numberAt(key, 1)));
        const places = this.#taken[key.charCodeAt(5)];
        if (quota < 0) store.delete(key);
        else if (places !== undefined) places[quota] = new ByteReader(value).number();
      }
    }
  }

  #add(lane: number, url: string, by: number): void {
    const quota = this.#parts.quotas?.of(url);
    const places = this.#taken[lane];
    if (quota === undefined || places === undefined) return;
    places[quota] = Math.max(0, (places[quota] ?? 0) + by);
    this.#changed[lane]?.add(quota);
  }

  #flush(): void {
    const { store, strings, quotas } = this.#parts;
    for (const [lane, changed] of this.#changed.entries()) {
      for (const quota of changed) {
        const key = `l${word(strings.numberOf(quotas?.reasons[quota] ?? ''))}${String.fromCharCode(lane)}`;
        store.put(key, this.#writer.number(this.#taken[lane]?.[quota] ?? 0).take());
      }
      changed.clear();
    }
  }
}
