interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** What is going to happen, in the order of time; what is due at the same time, in the order in which it was planned. */
export class Timeline {
  now = 0;
  readonly #heap: Entry[] = [];
  #order = 0;

  /** @param delay ms from now */
  after(delay: number, run: () => void): void {
    const entry = { at: this.now + delay, order: this.#order++, run };
    const heap = this.#heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent];
      if (!above || before(above, entry)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = entry;
  }

  /** Does what is next. @returns false when nothing is left */
  step(): boolean {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return false;
    if (heap.length > 0) this.#sink(last);
    this.now = first.at;
    first.run();
    return true;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      let least = left;
      if (right && before(right, left)) {
        child++;
        least = right;
      }
      if (before(entry, least)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = entry;
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** One direction of a connection: late, in order, and lost when it is cut. */
export class Wire {
  readonly #timeline: Timeline;
  readonly #latency: () => number;
  #lastAt = 0;
  #generation = 0;

  constructor(timeline: Timeline, latency: () => number) {
    this.#timeline = timeline;
    this.#latency = latency;
  }

  send(arrive: () => void): void {
    const generation = this.#generation;
    this.#lastAt = Math.max(this.#lastAt, this.#timeline.now + this.#latency());
    this.#timeline.after(this.#lastAt - this.#timeline.now, () => {
      if (generation === this.#generation) arrive();
    });
  }

  /** What is under way never arrives. */
  cut(): void {
    this.#generation++;
  }
}
