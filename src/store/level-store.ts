import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createStore } from './buffered-store.ts';
import { chainOf, CommitChain, MARKS } from './commit-chain.ts';
import { damaged, readFault, writeFault } from './faults.ts';
import { isWithoutStore, type Level, openLevel, WRITE_BUFFER, writeFormat } from './level-open.ts';
import { lettingGo } from './let-go.ts';
import { seal, SEAL_BYTES, unseal } from './seal.ts';
import type { Backing, Batch, Durability, Entry, Range, Store } from './types.ts';

// LevelDB starts a new log when the buffer is full, and the one after it only once the first is a table.
const KEEP_MARKS_BYTES = 3 * WRITE_BUFFER;

const CHUNK = 1000;
const CHUNK_BYTES = 1 << 20;

/**
 * Opens the store in `directory`, made when it is not there. One process at a time may have it open.
 *
 * @throws {PinspiderError} STATE_LOCKED, STATE_DAMAGED, STATE_VERSION (written by another version), STATE_UNWRITABLE
 */
export async function openStore(directory: string, options: { readonly durability: Durability }): Promise<Store> {
  const isNew = await isWithoutStore(directory);
  const level = await openLevel(directory, isNew);
  try {
    const marks: Entry[] = [];
    for await (const chunk of scanLevel(level, directory, MARKS)) marks.push(...chunk);
    const isEmpty = isNew && marks.length === 0;
    const chain = isEmpty ? new CommitChain(KEEP_MARKS_BYTES, 1, 0) : chainOf(marks, KEEP_MARKS_BYTES);
    if (chain === undefined) throw damaged(directory, 'commits are missing');
    // The first commit stands from the start: an empty state is told apart from a lost one by it.
    if (isEmpty) await new LevelBacking(level, directory, chain, true).write(new Map());
    if (isNew) await writeFormat(directory);
    return createStore(new LevelBacking(level, directory, chain, options.durability === 'power'));
  } catch (error) {
    await level.close();
    throw error;
  }
}

class LevelBacking implements Backing {
  readonly #level: Level;
  readonly #directory: string;
  readonly #chain: CommitChain;
  readonly #sync: boolean;

  constructor(level: Level, directory: string, chain: CommitChain, sync: boolean) {
    this.#level = level;
    this.#directory = directory;
    this.#chain = chain;
    this.#sync = sync;
  }

  get(key: string): Uint8Array | undefined {
    let sealed: Buffer | undefined;
    try {
      sealed = this.#level.getSync(keyBytes(key));
    } catch (error) {
      throw readFault(this.#directory, error);
    }
    return sealed && opened(key, sealed, this.#directory);
  }

  scan(range: Range): AsyncGenerator<readonly Entry[], void, undefined> {
    return scanLevel(this.#level, this.#directory, range);
  }

  async write(changes: Batch): Promise<void> {
    try {
      const batch = this.#level.batch();
      let bytes = 0;
      for (const [key, value] of changes) {
        if (value === undefined) batch.del(keyBytes(key));
        else batch.put(keyBytes(key), seal(key, value));
        bytes += key.length + SEAL_BYTES + (value?.length ?? 0);
      }
      const { mark, gone } = this.#chain.next(bytes);
      batch.put(keyBytes(mark[0]), seal(...mark));
      for (const key of gone) batch.del(keyBytes(key));
      await batch.write({ sync: this.#sync });
    } catch (error) {
      throw writeFault(this.#directory, error);
    }
  }

  async size(): Promise<number> {
    let bytes = 0;
    for (const file of await readdir(this.#directory)) {
      // Merged tables go while we look.
      bytes += await stat(join(this.#directory, file)).then(
        ({ size }) => size,
        () => 0,
      );
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#level.close();
  }
}

function scanLevel(
  level: Level,
  directory: string,
  { gte, lt, reverse, limit }: Range,
): AsyncGenerator<readonly Entry[], void, undefined> {
  // Made here and not in the generator's first step: it sees what is stored as of now.
  const iterator = level.iterator({
    gte: keyBytes(gte),
    lt: keyBytes(lt),
    ...(reverse === true && { reverse }),
    ...(limit !== undefined && { limit }),
    highWaterMarkBytes: CHUNK_BYTES,
    // Queues and lists are read once; the cache is for what is asked for by key.
    fillCache: false,
  });
  const scan = (async function* () {
    try {
      for (;;) {
        const found = await iterator.nextv(Math.min(CHUNK, limit ?? CHUNK));
        if (found.length === 0) return;
        yield found.map(([bytes, sealed]): Entry => {
          const key = bytes.toString('latin1');
          return [key, opened(key, sealed, directory)];
        });
      }
    } catch (error) {
      throw error instanceof Error && error.name === 'PinspiderError' ? error : readFault(directory, error);
    } finally {
      await iterator.close();
    }
  })();
  return lettingGo(scan, () => iterator.close());
}

function opened(key: string, sealed: Buffer, directory: string): Uint8Array {
  const value = unseal(key, sealed);
  if (value === undefined)
    throw damaged(directory, `the value of ${JSON.stringify(key.slice(0, 20))} is not as it was written`);
  return value;
}

function keyBytes(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}
