import { createStore } from './buffered-store.ts';
import { SortedMap } from './sorted-map.ts';
import type { Backing, Batch, Entry, Range, Store } from './types.ts';

/**
 * A store that lives as long as the process: for dry runs.
 *
 * @param entries what is in it already; written batches are taken in here, so that another store can be opened on them
 */
export function memoryStore(entries: SortedMap<Uint8Array> = new SortedMap()): Store {
  return createStore(new InMemory(entries));
}

class InMemory implements Backing {
  readonly #entries: SortedMap<Uint8Array>;

  constructor(entries: SortedMap<Uint8Array>) {
    this.#entries = entries;
  }

  get(key: string): Uint8Array | undefined {
    return this.#entries.get(key);
  }

  scan({ gte, lt, reverse, limit }: Range): AsyncGenerator<readonly Entry[], void, undefined> {
    const keys = this.#entries.keysBetween(gte, lt);
    if (reverse === true) keys.reverse();
    const entries = keys.slice(0, limit).map((key): Entry => [key, this.#entries.get(key) ?? new Uint8Array()]);
    return once(entries);
  }

  write(batch: Batch): Promise<void> {
    for (const [key, value] of batch) {
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, value);
    }
    return Promise.resolve();
  }

  size(): Promise<number> {
    let bytes = 0;
    for (const [key, value] of this.#entries) bytes += key.length + value.length;
    return Promise.resolve(bytes);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function* once(entries: readonly Entry[]): AsyncGenerator<readonly Entry[], void, undefined> {
  if (entries.length > 0) yield entries;
}
