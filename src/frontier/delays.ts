/** Rows that wait for a time: a binary heap in two plain arrays, earliest first. */
export class Delays {
  readonly #times: number[] = [];
  readonly #rows: number[] = [];

  get size(): number {
    return this.#rows.length;
  }

  /** When the first is due; undefined when there is none. */
  earliest(): number | undefined {
    return this.#times[0];
  }

  push(row: number, at: number): void {
    let i = this.#rows.push(row) - 1;
    this.#times.push(at);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#time(parent) <= at) break;
      this.#move(parent, i);
      i = parent;
    }
    this.#put(i, row, at);
  }

  /** Takes the earliest row if it is due at `now`. */
  pop(now: number): number | undefined {
    const first = this.#rows[0];
    if (first === undefined || this.#time(0) > now) return undefined;
    const row = this.#rows.pop() ?? first;
    const at = this.#times.pop() ?? 0;
    const size = this.#rows.length;
    if (size === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#time(child + 1) < this.#time(child)) child++;
      if (this.#time(child) >= at) break;
      this.#move(child, i);
      i = child;
    }
    this.#put(i, row, at);
    return first;
  }

  #time(i: number): number {
    return this.#times[i] ?? Infinity;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#rows[from] ?? 0, this.#time(from));
  }

  #put(i: number, row: number, at: number): void {
    this.#rows[i] = row;
    this.#times[i] = at;
  }
}
