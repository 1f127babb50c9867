/** Stand for a lane in the fingerprint of what is no URL of a lane: a URL that a rule keeps out, a host's origin. */
export const EXCLUDED_MARK = 255;
export const ORIGIN_MARK = 256;

/**
 * High word of the fingerprint of a text in a lane, from that of the text. So each text is read once; two lanes of one text never
 * meet, and different texts no sooner than by chance.
 */
export function inLane(high: number, lane: number): number {
  return (high ^ Math.imul(lane, 0x9e3779b1)) >>> 0;
}

const SHARDS = 256;
const FIRST_SLOTS = 16;
// Linear probing stays at about two cache lines a miss up to here.
const MAX_LOAD = 0.75;
const GROWTH = 1.5;

/**
 * A set of 64-bit fingerprints: 11 to 16 bytes an entry, no objects, no end at 16.7 million as a JS Set has.
 *
 * It grows in steps: the high word's top byte chooses one of 256 shards, each an open-addressing table that grows by itself.
 * So the longest pause is the rehash of one shard (under 1 ms at ten million entries), and never do two whole tables exist.
 * A slot is two words, high then low; both zero means empty.
 */
export class FingerprintSet {
  readonly #shards: Uint32Array[] = Array.from({ length: SHARDS }, () => new Uint32Array(2 * FIRST_SLOTS));
  readonly #sizes = new Uint32Array(SHARDS);
  #size = 0;
  /** Takes what was read ahead, lest the compiler leave the reading out. */
  readonly #touched = new Uint32Array(1);

  get size(): number {
    return this.#size;
  }

  /** Bytes of all tables. */
  bytes(): number {
    return this.#shards.reduce((sum, shard) => sum + shard.byteLength, 0);
  }

  /** Makes room for so many more at once: filling it then moves nothing. */
  reserve(count: number): void {
    for (let shard = 0; shard < SHARDS; shard++) {
      const table = this.#shards[shard];
      // Shards differ: six deviations of an even spread are room enough.
      const share = (this.#size + count) / SHARDS;
      const slots = Math.ceil((share + 6 * Math.sqrt(share)) / MAX_LOAD) + 1;
      if (table !== undefined && table.length < 2 * slots) this.#shards[shard] = grown(table, slots);
    }
  }

  has(high: number, low: number): boolean {
    const word = wordOf(high, low);
    const table = this.#shardOf(high);
    return table[slotOf(table, high >>> 0, word) + 1] === word;
  }

  /**
   * Tells of many fingerprints which are there.
   *
   * @param prints high and low word of each @param known gets 1 for those that are there, 0 for the others
   */
  hasEach(prints: Uint32Array, count: number, known: Uint8Array): void {
    this.#touch(prints, count);
    for (let i = 0; i < count; i++) known[i] = this.has(prints[2 * i] ?? 0, prints[2 * i + 1] ?? 0) ? 1 : 0;
  }

  /** Takes in many. @param prints as for `hasEach` @returns how many were not there */
  addEach(prints: Uint32Array, count: number): number {
    this.#touch(prints, count);
    let added = 0;
    for (let i = 0; i < count; i++) if (this.add(prints[2 * i] ?? 0, prints[2 * i + 1] ?? 0)) added++;
    return added;
  }

  /** @returns true when it was not there */
  add(high: number, low: number): boolean {
    const word = wordOf(high, low);
    const table = this.#shardOf(high);
    const slot = slotOf(table, high >>> 0, word);
    if (table[slot + 1] === word) return false;
    table[slot] = high;
    table[slot + 1] = word;
    this.#size++;
    const shard = high >>> 24;
    const size = (this.#sizes[shard] ?? 0) + 1;
    this.#sizes[shard] = size;
    if (size > (table.length / 2) * MAX_LOAD) {
      this.#shards[shard] = grown(table, Math.ceil((table.length / 2) * GROWTH));
    }
    return true;
  }

  /**
   * Brings to the caches where these fingerprints belong. Each look-up in a large table waits for memory; in a row, without a branch
   * between them, many wait at the same time.
   */
  #touch(prints: Uint32Array, count: number): void {
    let touched = 0;
    for (let i = 0; i < count; i++) {
      const high = prints[2 * i] ?? 0;
      const table = this.#shardOf(high);
      touched ^= table[homeOf(table, wordOf(high, prints[2 * i + 1] ?? 0))] ?? 0;
    }
    this.#touched[0] = touched;
  }

  #shardOf(high: number): Uint32Array {
    const table = this.#shards[high >>> 24];
    if (table === undefined) throw new Error('bug: fingerprint words are 32-bit');
    return table;
  }
}

/** The low word, never 0, so that a slot with low word 0 is empty: two fingerprints in 2⁶⁴ become one. */
function wordOf(high: number, low: number): number {
  return low >>> 0 === 0 ? (high >>> 0) | 1 : low >>> 0;
}

/** Index of the fingerprint's high word, or of the empty slot where it belongs. */
function slotOf(table: Uint32Array, high: number, low: number): number {
  for (let slot = homeOf(table, low); ; slot = slot + 2 === table.length ? 0 : slot + 2) {
    const found = table[slot + 1];
    if (found === 0 || (found === low && table[slot] === high)) return slot;
  }
}

/** Index where the fingerprint belongs: the low word scaled to the table. Any size will do, and a rehash reads and writes in one direction. */
function homeOf(table: Uint32Array, low: number): number {
  return 2 * Math.floor((low / 4_294_967_296) * (table.length / 2));
}

function grown(table: Uint32Array, slots: number): Uint32Array {
  const next = new Uint32Array(2 * slots);
  for (let i = 0; i < table.length; i += 2) {
    const high = table[i] ?? 0;
    const low = table[i + 1] ?? 0;
    if (low === 0) continue;
    const slot = slotOf(next, high, low);
    next[slot] = high;
    next[slot + 1] = low;
  }
  return next;
}
