/**
 * Remembers links that the scheduler has already stored, so that each goes over the wire once in an executor's life (or a
 * few times: the memory is bounded and forgets by overwriting, which costs bytes and never a link).
 *
 * A link counts as stored only after the report that carried it was answered: `offer` while the page is read, `confirm`
 * when its report is, `forget` when a report may be lost.
 */
export class SentLinks {
  // Direct-mapped: the low bits choose the slot, both words must match.
  #words: Uint32Array;
  readonly #mask: number;

  /** @param slotBits 2^slotBits links of 8 bytes each, which take memory as they are used */
  constructor(slotBits = 20) {
    this.#words = new Uint32Array(2 << slotBits);
    this.#mask = (1 << slotBits) - 1;
  }

  has(high: number, low: number): boolean {
    const at = (low & this.#mask) << 1;
    return this.#words[at] === high && this.#words[at + 1] === low;
  }

  /** @param fingerprints pairs of words, high first */
  confirm(fingerprints: readonly number[]): void {
    for (let i = 0; i + 1 < fingerprints.length; i += 2) {
      const low = fingerprints[i + 1] ?? 0;
      const at = (low & this.#mask) << 1;
      this.#words[at] = fingerprints[i] ?? 0;
      this.#words[at + 1] = low;
    }
  }

  /** Forgets all: after a lost report nobody knows what was stored. */
  forget(): void {
    this.#words = new Uint32Array(this.#words.length);
  }
}
