/** A map that can be read in the order of its keys. The order is made when it is asked for, and kept until a key comes or goes. */
export class SortedMap<T> extends Map<string, T> {
  #sorted: string[] | undefined;

  override set(key: string, value: T): this {
    const { size } = this;
    super.set(key, value);
    if (this.size !== size) this.#sorted = undefined;
    return this;
  }

  override delete(key: string): boolean {
    const deleted = super.delete(key);
    if (deleted) this.#sorted = undefined;
    return deleted;
  }

  /** Keys from `gte` to before `lt`, in order. */
  keysBetween(gte: string, lt: string): string[] {
    this.#sorted ??= [...this.keys()].sort();
    return this.#sorted.slice(placeOf(this.#sorted, gte), placeOf(this.#sorted, lt));
  }
}

/** Index of the first key that is not before `key`. */
function placeOf(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
