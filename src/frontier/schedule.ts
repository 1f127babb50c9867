/** What a schedule keeps in order; the members are the schedule's own. */
export interface Scheduled {
  /** Index in the heap, or one of the two below. */
  place: number;
  at: number;
  before: this | undefined;
  after: this | undefined;
}

/** Value of `place` when it is in no schedule. */
export const NOWHERE = -1;
const IN_LINE = -2;

/**
 * The hosts of one lane that could be given to a task. Those whose time has come stand in line and are taken in turn, so that
 * none is favoured; the others wait in a heap by time, so that a slow host holds up no one. All steps are O(log hosts) or O(1).
 */
export class Schedule<T extends Scheduled> {
  readonly #heap: T[] = [];
  #first: T | undefined;
  #last: T | undefined;
  #ready = 0;

  /** How many stand in line, as of the last `advance`. */
  get ready(): number {
    return this.#ready;
  }

  /** When the next of those that wait is due; Infinity when none waits. */
  nextAt(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  /** Puts `item` in line or among those that wait; one that stands in line already keeps its turn. */
  place(item: T, at: number, now: number): void {
    if (at <= now) {
      if (item.place !== IN_LINE) {
        this.remove(item);
        this.#append(item);
      }
    } else if (item.place < 0 || item.at !== at) {
      this.remove(item);
      item.at = at;
      this.#rise(item, this.#heap.length);
    }
  }

  remove(item: T): void {
    if (item.place === IN_LINE) this.#unlink(item);
    else if (item.place >= 0) this.#pull(item.place);
    item.place = NOWHERE;
  }

  /** Puts those that are due at `now` in line. */
  advance(now: number): void {
    for (let item = this.#heap[0]; item !== undefined && item.at <= now; item = this.#heap[0]) {
      this.remove(item);
      this.#append(item);
    }
  }

  /** Takes the first in line. */
  take(): T | undefined {
    const item = this.#first;
    if (item !== undefined) this.remove(item);
    return item;
  }

  /** Those in line, first to last. */
  *line(): Generator<T> {
    for (let item = this.#first; item !== undefined; item = item.after) yield item;
  }

  #append(item: T): void {
    item.place = IN_LINE;
    item.before = this.#last;
    item.after = undefined;
    if (this.#last === undefined) this.#first = item;
    else this.#last.after = item;
    this.#last = item;
    this.#ready++;
  }

  #unlink(item: T): void {
    if (item.before === undefined) this.#first = item.after;
    else item.before.after = item.after;
    if (item.after === undefined) this.#last = item.before;
    else item.after.before = item.before;
    item.before = undefined;
    item.after = undefined;
    this.#ready--;
  }

  /** Takes the item at `index` out of the heap. */
  #pull(index: number): void {
    const last = this.#heap.pop();
    if (last === undefined || index === this.#heap.length) return;
    const size = this.#heap.length;
    let i = index;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#timeOf(child + 1) < this.#timeOf(child)) child++;
      if (this.#timeOf(child) >= last.at) break;
      this.#put(this.#heap[child], i);
      i = child;
    }
    this.#rise(last, i);
  }

  /** Puts `item` at `index` or as far above as its time says. */
  #rise(item: T, index: number): void {
    let i = index;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#timeOf(parent) <= item.at) break;
      this.#put(this.#heap[parent], i);
      i = parent;
    }
    this.#put(item, i);
  }

  #timeOf(index: number): number {
    return this.#heap[index]?.at ?? Infinity;
  }

  #put(item: T | undefined, index: number): void {
    if (item === undefined) return;
    this.#heap[index] = item;
    item.place = index;
  }
}
