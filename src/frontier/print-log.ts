import type { Store } from '../store/types.ts';
import { word } from './keys.ts';

// 32 kB: ten million are read at a start from some thousands of records, where one a commit made hundreds of thousands.
const MERGED_MIN = 4096;

/** The fingerprints of all that was seen, stored as they come: a record for each commit that brings some, many of which become one. */
export class PrintLog {
  readonly #store: Store;
  /** Words of the fingerprints that are in no merged record, high before low: first those that are stored. */
  #words = new Uint32Array(4 * MERGED_MIN);
  #length = 0;
  #stored = 0;
  /** The first number of the records that hold those. */
  #first = 0;
  /** The next record's number. */
  #records = 0;
  #count = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Numbers of records given. */
  get records(): number {
    return this.#records;
  }

  /** Fingerprints stored. */
  get count(): number {
    return this.#count;
  }

  /** Goes on from what is stored. */
  restore(records: number, count: number): void {
    this.#records = records;
    this.#first = records;
    this.#count = count;
  }

  add(high: number, low: number): void {
    if (this.#length === this.#words.length) {
      const grown = new Uint32Array(2 * this.#words.length);
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[this.#length++] = high;
    this.#words[this.#length++] = low;
  }

  /** Stores what was added since. */
  flush(): void {
    if (this.#length === this.#stored) return;
    this.#count += (this.#length - this.#stored) / 2;
    if (this.#length < 2 * MERGED_MIN) {
      this.#store.put(keyOf(this.#records++), this.#bytesFrom(this.#stored));
      this.#stored = this.#length;
      return;
    }
    for (let number = this.#first + 1; number < this.#records; number++) this.#store.delete(keyOf(number));
    this.#store.put(keyOf(this.#first), this.#bytesFrom(0));
    this.#records = Math.max(this.#records, this.#first + 1);
    this.#first = this.#records;
    this.#length = 0;
    this.#stored = 0;
  }

  #bytesFrom(start: number): Buffer {
    const record = Buffer.alloc(4 * (this.#length - start));
    for (let i = start; i < this.#length; i++) record.writeUInt32LE(this.#words[i] ?? 0, 4 * (i - start));
    return record;
  }
}

function keyOf(number: number): string {
  return `f${word(number)}`;
}
