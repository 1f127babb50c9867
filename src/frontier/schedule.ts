import { grownFloats, grownInts } from './columns.ts';

// Values of a place that is no index in the heap. A column's zeros mean nowhere, so an index is stored one higher.
const NOWHERE = 0;
const IN_LINE = -1;

/** End of the line. */
const NONE = -1;

/**
 * The hosts of one lane that could be given to a task, by their slots (host-table.ts). Those whose time has come stand in line and
 * are taken in turn, so that none is favoured; the others wait in a heap by time, so that a slow host holds up no one. All steps are
 * O(log hosts) or O(1). Numbers in columns, 20 bytes a slot: most of a hundred thousand hosts in line are no objects.
 */
export class Schedule {
  #places = new Int32Array(64);
  #befores = new Int32Array(64);
  #afters = new Int32Array(64);
  #times = new Float64Array(64);
  readonly #heap: number[] = [];
  #first = NONE;
  #last = NONE;
  #ready = 0;

  /** How many stand in line, as of the last `advance`. */
  get ready(): number {
    return this.#ready;
  }

  /** When the next of those that wait is due; Infinity when none waits. */
  nextAt(): number {
    return this.#timeOf(0);
  }

  /** Whether the slot stands in line or waits. */
  has(slot: number): boolean {
    return this.#placeOf(slot) !== NOWHERE;
  }

  /** Puts `slot` in line or among those that wait; one that stands in line already keeps its turn. */
  place(slot: number, at: number, now: number): void {
    this.#room(slot);
    const place = this.#placeOf(slot);
    if (at <= now) {
      if (place !== IN_LINE) {
        this.remove(slot);
        this.#append(slot);
      }
    } else if (place <= NOWHERE || this.#times[slot] !== at) {
      this.remove(slot);
      this.#times[slot] = at;
      this.#rise(slot, this.#heap.length);
    }
  }

  remove(slot: number): void {
    const place = this.#placeOf(slot);
    if (place === NOWHERE) return;
    if (place === IN_LINE) this.#unlink(slot);
    else this.#pull(place - 1);
    this.#places[slot] = NOWHERE;
  }

  /** Puts those that are due at `now` in line. */
  advance(now: number): void {
    while (this.#timeOf(0) <= now) {
      const slot = this.#heap[0] ?? NONE;
      this.remove(slot);
      this.#append(slot);
    }
  }

  /** Those in line, first to last. The one that is at hand may be removed meanwhile. */
  *line(): Generator<number> {
    for (let slot = this.#first; slot !== NONE; slot = this.#afters[slot] ?? NONE) yield slot;
  }

  #append(slot: number): void {
    this.#places[slot] = IN_LINE;
    this.#befores[slot] = this.#last;
    this.#afters[slot] = NONE;
    if (this.#last === NONE) this.#first = slot;
    else this.#afters[this.#last] = slot;
    this.#last = slot;
    this.#ready++;
  }

  #unlink(slot: number): void {
    const before = this.#befores[slot] ?? NONE;
    const after = this.#afters[slot] ?? NONE;
    if (before === NONE) this.#first = after;
    else this.#afters[before] = after;
    if (after === NONE) this.#last = before;
    else this.#befores[after] = before;
    this.#ready--;
  }

  /** Takes the slot at `index` out of the heap. */
  #pull(index: number): void {
    const last = this.#heap.pop();
    if (last === undefined || index === this.#heap.length) return;
    const size = this.#heap.length;
    const at = this.#times[last] ?? Infinity;
    let i = index;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#timeOf(child + 1) < this.#timeOf(child)) child++;
      if (this.#timeOf(child) >= at) break;
      this.#put(this.#heap[child] ?? NONE, i);
      i = child;
    }
    this.#rise(last, i);
  }

  /** Puts `slot` at `index` or as far above as its time says. */
  #rise(slot: number, index: number): void {
    const at = this.#times[slot] ?? Infinity;
    let i = index;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#timeOf(parent) <= at) break;
      this.#put(this.#heap[parent] ?? NONE, i);
      i = parent;
    }
    this.#put(slot, i);
  }

  #placeOf(slot: number): number {
    return this.#places[slot] ?? NOWHERE;
  }

  #timeOf(index: number): number {
    const slot = this.#heap[index];
    return slot === undefined ? Infinity : (this.#times[slot] ?? Infinity);
  }

  #put(slot: number, index: number): void {
    this.#heap[index] = slot;
    this.#places[slot] = index + 1;
  }

  #room(slot: number): void {
    if (slot < this.#places.length) return;
    this.#places = grownInts(this.#places, slot);
    this.#befores = grownInts(this.#befores, slot);
    this.#afters = grownInts(this.#afters, slot);
    this.#times = grownFloats(this.#times, slot);
  }
}
