/**
 * The seam between what a run knows and the disk: ordered keys to bytes, changed in atomic batches only.
 *
 * Keys are strings of code units below 256, one byte each, ordered by them. Keys that start with U+0000 are the store's own.
 */

/** What a committed change survives: the end of any process (`kill -9`), or the loss of power too (every commit is forced to disk). */
export type Durability = 'processes' | 'power';

export type Entry = readonly [key: string, value: Uint8Array];

export interface Range {
  readonly gte: string;
  readonly lt: string;
  /** From the end. */
  readonly reverse?: boolean | undefined;
  /** At most so many entries. */
  readonly limit?: number | undefined;
}

/** Changes that are written as one; undefined deletes. */
export type Batch = ReadonlyMap<string, Uint8Array | undefined>;

/**
 * Contract. `put`, `delete`, `get` and `scan` see each other's effects at once; nothing is written before `write`, and a batch is
 * written whole or not at all. Batches are written in the order of their cuts. After a failed write the store takes no other:
 * what is in memory is ahead of what is stored, and only opening it again brings the two together. Values belong to the store once
 * they are given to it and are not to be changed, neither by who gave nor by who got them.
 *
 * Faults are PinspiderErrors: STATE_DAMAGED from anything that reads, STATE_UNWRITABLE from `write`.
 */
export interface Store {
  put(key: string, value: Uint8Array): void;
  delete(key: string): void;
  /** Reads from disk while the caller waits (some 10 µs): not for loops. */
  get(key: string): Uint8Array | undefined;
  /**
   * Entries of a range in order, as of the call, in chunks, since an await an entry would cost more than reading it. Must be read to the end or
   * returned.
   */
  scan(range: Range): AsyncGenerator<readonly Entry[], void, undefined>;
  /** Calls `flush` at the start of each `cut`, so that what changes often is put once a commit. */
  onCut(flush: () => void): void;
  /** Takes all changes since the last cut. */
  cut(): Batch;
  write(batch: Batch): Promise<void>;
  /** Bytes on disk. */
  size(): Promise<number>;
  /** Waits for what is being written; changes that were not written are lost. */
  close(): Promise<void>;
}

/** What keeps the entries of a store. */
export interface Backing {
  get(key: string): Uint8Array | undefined;
  /** As of the call. */
  scan(range: Range): AsyncGenerator<readonly Entry[], void, undefined>;
  /** Calls do not overlap. */
  write(batch: Batch): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}
