const FIRST_ENTRIES = 64;
const MAX_LOAD = 0.75;

/**
 * Slots of the hosts in memory by the hash of their origin: an open-addressing table of some 14 bytes a host. Hosts of one hash are told
 * apart by who asks.
 */
export class OriginIndex {
  /** Pairs of hash and slot + 1; the second is 0 where there is none. */
  #table = new Uint32Array(2 * FIRST_ENTRIES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The slot with this hash that `isIt`. */
  find(hash: number, isIt: (slot: number) => boolean): number | undefined {
    const place = this.#placeOf(hash, isIt);
    const slot = this.#table[place + 1] ?? 0;
    return slot === 0 ? undefined : slot - 1;
  }

  /** Takes in a slot that is not there. */
  add(hash: number, slot: number): void {
    if (++this.#size > (this.#table.length / 2) * MAX_LOAD) this.#grow();
    const place = this.#placeOf(hash, () => false);
    this.#table[place] = hash;
    this.#table[place + 1] = slot + 1;
  }

  /** Takes out a slot that is there. */
  delete(hash: number, slot: number): void {
    let gap = this.#placeOf(hash, (other) => other === slot);
    if (this.#table[gap + 1] === 0) throw new Error('bug: no such slot in the index');
    this.#size--;
    // Entries behind the gap move up into it if that does not bring them before where they belong.
    for (let place = this.#next(gap); this.#table[place + 1] !== 0; place = this.#next(place)) {
      const home = this.#homeOf(this.#table[place] ?? 0);
      if (this.#distance(home, place) < this.#distance(gap, place)) continue;
      this.#table.copyWithin(gap, place, place + 2);
      gap = place;
    }
    this.#table.fill(0, gap, gap + 2);
  }

  /** Where the slot stands, or the first empty place behind where it belongs. */
  #placeOf(hash: number, isIt: (slot: number) => boolean): number {
    const table = this.#table;
    for (let place = this.#homeOf(hash); ; place = this.#next(place)) {
      const slot = table[place + 1] ?? 0;
      if (slot === 0 || (table[place] === hash && isIt(slot - 1))) return place;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const slot = old[at + 1] ?? 0;
      if (slot === 0) continue;
      const place = this.#placeOf(old[at] ?? 0, () => false);
      this.#table[place] = old[at] ?? 0;
      this.#table[place + 1] = slot;
    }
  }

  // Lengths are powers of two.
  #homeOf(hash: number): number {
    return (2 * hash) & (this.#table.length - 1);
  }

  #next(place: number): number {
    return (place + 2) & (this.#table.length - 1);
  }

  #distance(from: number, to: number): number {
    return (to - from) & (this.#table.length - 1);
  }
}
