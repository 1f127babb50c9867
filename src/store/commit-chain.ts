import type { Entry } from './types.ts';

/** Marks are the store's own keys. */
export const MARKS = { gte: '\0', lt: '\x01' };

const DROP_MIN = 100;
const DROP_MAX = 200;

/**
 * Numbers the commits. LevelDB drops what it cannot read in its log and goes on behind it, so a garbled log would come back as a
 * state that never was: some commits with a hole before them. Each commit leaves a mark; while it may be in the log and in no table,
 * the mark stays, and the newest tells which is the first that must be there.
 */
export class CommitChain {
  readonly #keepBytes: number;
  /** Bytes of all commits up to and with each one whose mark stays, from the first. */
  #ends: number[];
  #first: number;
  #bytes = 0;

  /** @param keepBytes how many bytes of later commits make it sure that a commit is in a table */
  constructor(keepBytes: number, first: number, last: number) {
    this.#keepBytes = keepBytes;
    this.#first = first;
    this.#ends = Array.from({ length: last - first + 1 }, () => 0);
  }

  /** The mark of the next commit, and the keys of marks that are not needed any more. */
  next(bytes: number): { readonly mark: Entry; readonly gone: readonly string[] } {
    this.#bytes += bytes;
    const number = this.#first + this.#ends.push(this.#bytes) - 1;
    const gone: string[] = [];
    const isSafe = (place: number): boolean => (this.#ends[place] ?? Infinity) < this.#bytes - this.#keepBytes;
    // Many at once, since the array is copied; not all, lest one commit pays for the rest of its life.
    if (isSafe(DROP_MIN)) {
      let dropped = 0;
      while (dropped < DROP_MAX && isSafe(dropped)) gone.push(keyOf(this.#first + dropped++));
      this.#ends = this.#ends.slice(dropped);
      this.#first += dropped;
    }
    const value = Buffer.alloc(8);
    value.writeDoubleBE(this.#first);
    return { mark: [keyOf(number), value], gone };
  }
}

/** The chain that the marks in a store make; undefined when one of them is missing. */
export function chainOf(marks: readonly Entry[], keepBytes: number): CommitChain | undefined {
  const newest = marks.at(-1);
  if (newest === undefined || newest[1].length !== 8) return undefined;
  const last = numberOf(newest[0]);
  const first = Buffer.from(newest[1]).readDoubleBE();
  const whole = marks.filter(([key]) => numberOf(key) >= first).length === last - first + 1;
  return whole ? new CommitChain(keepBytes, first, last) : undefined;
}

function keyOf(number: number): string {
  const bytes = Buffer.alloc(7);
  bytes.writeUIntBE(number, 1, 6);
  return bytes.toString('latin1');
}

function numberOf(key: string): number {
  return Buffer.from(key, 'latin1').readUIntBE(1, 6);
}
