/** Slots at first: few pages of memory, since each that is met for the first time costs as much as reading a small page's links. */
const FIRST_BITS = 13;
const MOST_BITS = 20;

/**
 * Remembers links by their fingerprints, so that each goes over the wire once in an executor's life (or a few times: the memory is
 * bounded, 8 MiB, and forgets by overwriting, which costs bytes and never a link).
 *
 * A link counts as stored only after the report that carried it was answered: `confirm` it then, `forget` all when a report may
 * be lost.
 */
export class SentLinks {
  // Direct-mapped: the low bits choose the slot, both words must match.
  #words = new Uint32Array(2 << FIRST_BITS);
  #mask = (1 << FIRST_BITS) - 1;
  /** Links put since the last growth, those that overwrote others included. */
  #put = 0;
  readonly #mostBits: number;

  /** @param mostBits 2^mostBits links of 8 bytes each at most */
  constructor(mostBits = MOST_BITS) {
    this.#mostBits = mostBits;
  }

  has(high: number, low: number): boolean {
    const at = (low & this.#mask) << 1;
    return this.#words[at] === high && this.#words[at + 1] === low;
  }

  /** @param fingerprints pairs of words, high first */
  confirm(fingerprints: readonly number[]): void {
    const count = fingerprints.length >> 1;
    if (this.#put + count > this.#mask >> 1) this.#grow();
    this.#put += count;
    for (let i = 0; i + 1 < fingerprints.length; i += 2) this.#place(fingerprints[i] ?? 0, fingerprints[i + 1] ?? 0);
  }

  /** Forgets all: after a lost report nobody knows what was stored. */
  forget(): void {
    this.#words.fill(0);
    this.#put = 0;
  }

  #place(high: number, low: number): void {
    const at = (low & this.#mask) << 1;
    this.#words[at] = high;
    this.#words[at + 1] = low;
  }

  /** Eightfold, which keeps growing rare; what was overwritten stays forgotten. */
  #grow(): void {
    const bits = Math.min(this.#mostBits, 32 - Math.clz32(this.#mask) + 3);
    const old = this.#words;
    if (1 << bits <= this.#mask + 1) return;
    this.#words = new Uint32Array(2 << bits);
    this.#mask = (1 << bits) - 1;
    this.#put = 0;
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] ?? 0;
      const low = old[at + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      this.#place(high, low);
      this.#put++;
    }
  }
}
