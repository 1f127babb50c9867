import { FingerprintSet } from '../frontier/seen.ts';
import type { Store } from '../store/types.ts';
import { entriesBelow, keyOf } from './store-keys.ts';

// An entry: extractor, high word, low word.
const WORDS = 3;

/** Which records are stored already, by the fingerprint of their `key`; one set for each extractor. New ones are in the next commit. */
export class RecordKeys {
  readonly #sets: readonly FingerprintSet[];
  #fresh: number[] = [];
  #sealed: number;

  static async load(store: Store, extractors: number): Promise<RecordKeys> {
    const sets = Array.from({ length: extractors }, () => new FingerprintSet());
    const entries = await entriesBelow(store, 'keys');
    for (const { value } of entries) {
      const words = new DataView(value.buffer, value.byteOffset, value.byteLength);
      for (let at = 0; at < value.byteLength; at += 4 * WORDS) {
        sets[words.getUint32(at)]?.add(words.getUint32(at + 4), words.getUint32(at + 8));
      }
    }
    const keys = new RecordKeys(sets, Number.parseInt(entries.at(-1)?.id ?? '0', 16));
    store.onCut(() => keys.#flush(store));
    return keys;
  }

  private constructor(sets: readonly FingerprintSet[], sealed: number) {
    this.#sets = sets;
    this.#sealed = sealed;
  }

  /** @returns true when no record of this key was stored before */
  add(extractor: number, high: number, low: number): boolean {
    if (this.#sets[extractor]?.add(high, low) !== true) return false;
    this.#fresh.push(extractor, high, low);
    return true;
  }

  #flush(store: Store): void {
    if (this.#fresh.length === 0) return;
    const value = Buffer.allocUnsafe(4 * this.#fresh.length);
    for (const [i, word] of this.#fresh.entries()) value.writeUInt32BE(word >>> 0, 4 * i);
    this.#fresh = [];
    store.put(keyOf('keys', (++this.#sealed).toString(16).padStart(12, '0')), value);
  }
}
