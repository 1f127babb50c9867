import type { Sink, SinkPosition, SinkRecord } from '../../src/sinks/types.ts';
import { createStore } from '../../src/store/buffered-store.ts';
import { SortedMap } from '../../src/store/sorted-map.ts';
import type { Backing, Batch, Entry, Range, Store } from '../../src/store/types.ts';

/** What outlives a process: the output file, and what was written of the store. */
export interface Disk {
  readonly records: string[];
  readonly entries: SortedMap<Uint8Array>;
}

export const emptyDisk = (): Disk => ({ records: [], entries: new SortedMap() });

/** Does something when the disk has had its time; never, when the process is dead by then. */
export type Later = (run: () => void) => void;

/** A sink and a store on the disk, as one process has them. */
export function storeOn({ entries }: Disk, later: Later): Store {
  return createStore(new SlowBacking(entries, later));
}

class SlowBacking implements Backing {
  readonly #entries: SortedMap<Uint8Array>;
  readonly #later: Later;

  constructor(entries: SortedMap<Uint8Array>, later: Later) {
    this.#entries = entries;
    this.#later = later;
  }

  get(key: string): Uint8Array | undefined {
    return this.#entries.get(key);
  }

  async *scan({ gte, lt, reverse, limit }: Range): AsyncGenerator<readonly Entry[], void, undefined> {
    const keys = this.#entries.keysBetween(gte, lt);
    if (reverse === true) keys.reverse();
    const found = keys.slice(0, limit).map((key): Entry => [key, this.#entries.get(key) ?? new Uint8Array()]);
    if (found.length > 0) yield found;
  }

  write(batch: Batch): Promise<void> {
    return new Promise((resolve) => {
      this.#later(() => {
        for (const [key, value] of batch) {
          if (value === undefined) this.#entries.delete(key);
          else this.#entries.set(key, value);
        }
        resolve();
      });
    });
  }

  size(): Promise<number> {
    return Promise.resolve(0);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Records, a line each; a position counts lines. */
export class DiskSink implements Sink {
  readonly name = 'disk';
  readonly #records: string[];
  readonly #later: Later;
  #buffer: string[] = [];

  /** Cuts the file back to where the last commit says that it stood. */
  constructor({ records }: Disk, position: SinkPosition | undefined, later: Later) {
    this.#records = records;
    this.#later = later;
    records.length = position?.bytes ?? 0;
  }

  write({ json }: SinkRecord): void {
    this.#buffer.push(Buffer.from(json).toString());
  }

  flush(): Promise<void> {
    return new Promise((resolve) => {
      this.#later(() => {
        this.#records.push(...this.#buffer.splice(0));
        resolve();
      });
    });
  }

  close(): Promise<void> {
    this.#records.push(...this.#buffer.splice(0));
    return Promise.resolve();
  }

  positions(): readonly SinkPosition[] {
    return [{ path: 'disk', bytes: this.#records.length + this.#buffer.length, crc32: 0 }];
  }

  files(): readonly string[] {
    return [];
  }
}
