import { lettingGo } from './let-go.ts';
import { mergeChanges } from './merge.ts';
import { SortedMap } from './sorted-map.ts';
import type { Backing, Batch, Entry, Range, Store } from './types.ts';

type Changes = SortedMap<Uint8Array | undefined>;

/** A store over what keeps its entries: buffers changes, cuts them into batches, and shows what is not yet written. */
export function createStore(backing: Backing): Store {
  return new BufferedStore(backing);
}

class BufferedStore implements Store {
  readonly #backing: Backing;
  readonly #flushes: (() => void)[] = [];
  /** Batches cut and not yet written, oldest first; then the changes since the last cut. */
  readonly #unwritten: Changes[] = [];
  #open: Changes = new SortedMap();
  #writing: Promise<void> = Promise.resolve();

  constructor(backing: Backing) {
    this.#backing = backing;
  }

  put(key: string, value: Uint8Array): void {
    this.#open.set(key, value);
  }

  delete(key: string): void {
    this.#open.set(key, undefined);
  }

  get(key: string): Uint8Array | undefined {
    if (this.#open.has(key)) return this.#open.get(key);
    for (let i = this.#unwritten.length - 1; i >= 0; i--) {
      const changes = this.#unwritten[i];
      if (changes?.has(key)) return changes.get(key);
    }
    return this.#backing.get(key);
  }

  scan(range: Range): AsyncGenerator<readonly Entry[], void, undefined> {
    const changes = this.#changesOf(range);
    if (changes.length === 0) return this.#backing.scan(range);
    // Some of what is stored may be deleted, so the limit holds for the outcome.
    const stored = this.#backing.scan({ ...range, limit: undefined });
    return lettingGo(mergeChanges(stored, changes, range), () => stored.return());
  }

  onCut(flush: () => void): void {
    this.#flushes.push(flush);
  }

  cut(): Batch {
    for (const flush of this.#flushes) flush();
    const batch = this.#open;
    this.#open = new SortedMap();
    this.#unwritten.push(batch);
    return batch;
  }

  write(batch: Batch): Promise<void> {
    const place = this.#unwritten.findIndex((changes) => changes === batch);
    if (place < 0) throw new Error('bug: a batch is written twice, or is none of this store');
    // Once a write has failed the chain stays rejected, and so does every later write.
    const written = this.#writing.then(async () => {
      if (this.#unwritten[0] !== batch) throw new Error('bug: batches are written out of their order');
      if (batch.size > 0) await this.#backing.write(batch);
      this.#unwritten.shift();
    });
    this.#writing = written;
    return written;
  }

  size(): Promise<number> {
    return this.#backing.size();
  }

  async close(): Promise<void> {
    // Whoever called write has its error.
    await this.#writing.catch(() => undefined);
    await this.#backing.close();
  }

  /** Changes in the range that are not yet written, in order; the latest of a key. */
  #changesOf({ gte, lt, reverse }: Range): readonly (readonly [string, Uint8Array | undefined])[] {
    const layers = [...this.#unwritten, this.#open];
    const found = layers.map((layer) => (layer.size === 0 ? [] : layer.keysBetween(gte, lt)));
    const latest = new Map(found.flatMap((keys, i) => keys.map((key) => [key, layers[i]?.get(key)] as const)));
    const changes = [...latest];
    if (found.filter((keys) => keys.length > 0).length > 1) changes.sort(([a], [b]) => (a < b ? -1 : 1));
    return reverse === true ? changes.reverse() : changes;
  }
}
