import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createStore } from './buffered-store.ts';
import { chainOf, CommitChain, MARKS } from './commit-chain.ts';
import { damaged, readFault, writeFault } from './faults.ts';
import { isWithoutStore, type Level, openLevel, WRITE_BUFFER, writeFormat } from './level-open.ts';
import { lettingGo } from './let-go.ts';
import { SEAL_BYTES, Sealer } from './seal.ts';
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
    const sealer = new Sealer();
    for await (const chunk of scanLevel({ level, directory, sealer }, MARKS)) marks.push(...chunk);
    const isEmpty = isNew && marks.length === 0;
    const chain = isEmpty ? new CommitChain(KEEP_MARKS_BYTES, 1, 0) : chainOf(marks, KEEP_MARKS_BYTES);
    if (chain === undefined) throw damaged(directory, 'commits are missing');
    // The first commit stands from the start: an empty state is told apart from a lost one by it.
    if (isEmpty) await new LevelBacking({ level, directory, sealer }, chain, true).write(new Map());
    if (isNew) await writeFormat(directory);
    return createStore(new LevelBacking({ level, directory, sealer }, chain, options.durability === 'power'));
  } catch (error) {
    await level.close();
    throw error;
  }
}

interface Place {
  readonly level: Level;
  readonly directory: string;
  readonly sealer: Sealer;
}

class LevelBacking implements Backing {
  readonly #place: Place;
  readonly #chain: CommitChain;
  readonly #sync: boolean;

  constructor(place: Place, chain: CommitChain, sync: boolean) {
    this.#place = place;
    this.#chain = chain;
    this.#sync = sync;
  }

  get(key: string): Uint8Array | undefined {
    const { level, directory } = this.#place;
    let sealed: Buffer | undefined;
    try {
      sealed = level.getSync(keyBytes(key));
    } catch (error) {
      throw readFault(directory, error);
    }
    return sealed && opened(this.#place, key, sealed);
  }

  scan(range: Range): AsyncGenerator<readonly Entry[], void, undefined> {
    return scanLevel(this.#place, range);
  }

  async write(changes: Batch): Promise<void> {
    const { level, directory, sealer } = this.#place;
    try {
      const batch = level.batch();
      let bytes = 0;
      for (const [key, value] of changes) {
        // The binding copies what it is given before the next change is made ready.
        if (value === undefined) batch.del(sealer.key(key));
        else batch.put(sealer.key(key), sealer.seal(value));
        bytes += key.length + SEAL_BYTES + (value?.length ?? 0);
      }
      const { mark, gone } = this.#chain.next(bytes);
      batch.put(sealer.key(mark[0]), sealer.seal(mark[1]));
      for (const key of gone) batch.del(sealer.key(key));
      await batch.write({ sync: this.#sync });
    } catch (error) {
      throw writeFault(directory, error);
    }
  }

  async size(): Promise<number> {
    let bytes = 0;
    const { directory } = this.#place;
    for (const file of await readdir(directory)) {
      // Merged tables go while we look.
      bytes += await stat(join(directory, file)).then(
        ({ size }) => size,
        () => 0,
      );
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#place.level.close();
  }
}

function scanLevel(
  place: Place,
  { gte, lt, reverse, limit }: Range,
): AsyncGenerator<readonly Entry[], void, undefined> {
  const { level, directory } = place;
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
          return [key, opened(place, key, sealed)];
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

function opened({ directory, sealer }: Place, key: string, sealed: Buffer): Uint8Array {
  const value = sealer.open(key, sealed);
  if (value === undefined)
    throw damaged(directory, `the value of ${JSON.stringify(key.slice(0, 20))} is not as it was written`);
  return value;
}

function keyBytes(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}
