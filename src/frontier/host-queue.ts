import type { ByteReader, ByteWriter } from '../store/bytes.ts';
import { Delays } from './delays.ts';
import type { Order, Place } from './keys.ts';
import { NONE, type UrlTable } from './url-table.ts';

/** A chain of rows of one priority and depth. */
interface Bucket {
  readonly priority: number;
  readonly depth: number;
  head: number;
  tail: number;
}

/** Where hot URLs end: cold ones are at `place` and behind, or behind it only. */
export interface Front {
  readonly place: Place;
  readonly after: boolean;
}

/**
 * The waiting URLs of one host in one lane. Higher priority goes first; then bfs: the least depth, oldest first; dfs: the
 * greatest depth, newest first; priority: oldest first.
 *
 * The head of the queue is *hot*: rows in memory, which make the chains themselves, so that a queue of one URL costs little. The rest is
 * *cold*: counted here, on disk in the same order. Every cold URL goes after every hot one that was not tried before; retries are
 * all hot, and wait for their time apart.
 */
export class HostQueue {
  readonly #urls: UrlTable;
  readonly #order: Order;
  /** Last is best: the usual ends are then at the end of the array. */
  readonly #buckets: Bucket[] = [];
  #delays: Delays | undefined;
  #hot = 0;
  #cold = 0;
  #front: Front | undefined;
  #epoch = 0;

  constructor(urls: UrlTable, order: Order) {
    this.#urls = urls;
    this.#order = order;
  }

  /** URLs that wait, due or not. */
  get size(): number {
    return this.ready + this.delayed;
  }

  /** URLs that wait for nothing but their turn, as of the last `advance`. */
  get ready(): number {
    return this.#hot + this.#cold;
  }

  /** Those of them that are in memory. */
  get hot(): number {
    return this.#hot;
  }

  get cold(): number {
    return this.#cold;
  }

  /** Where to read the cold ones from; undefined from the start of the queue. */
  get front(): Front | undefined {
    return this.#front;
  }

  /** Changes when cold URLs come that are before the front as it was, or all go. */
  get epoch(): number {
    return this.#epoch;
  }

  /** URLs that wait for their time. */
  get delayed(): number {
    return this.#delays?.size ?? 0;
  }

  /** Writes all of it but what waits for its time. The rows stay where they are, for the queue that is read from this. */
  write(writer: ByteWriter): void {
    const front = this.#front;
    writer.number(this.#hot).number(this.#cold);
    writer.byte(front === undefined ? 0 : front.after ? 2 : 1);
    if (front !== undefined) writer.signed(front.place.priority).number(front.place.depth).number(front.place.id);
    writer.number(this.#buckets.length);
    for (const { priority, depth, head, tail } of this.#buckets) {
      writer.signed(priority).number(depth).number(head).number(tail);
    }
  }

  /** Takes up what `write` wrote, in a new queue. */
  read(reader: ByteReader): void {
    this.#hot = reader.number();
    this.#cold = reader.number();
    const front = reader.byte();
    if (front > 0) {
      const place = { priority: reader.signed(), depth: reader.number(), id: reader.number() };
      this.#front = { place, after: front === 2 };
    }
    for (let left = reader.number(); left > 0; left--) {
      this.#buckets.push({
        priority: reader.signed(),
        depth: reader.number(),
        head: reader.number(),
        tail: reader.number(),
      });
    }
  }

  /** Whether a URL that was not tried before belongs to the cold ones. */
  isCold(place: Place): boolean {
    if (this.#cold === 0) return false;
    return this.#front === undefined || !this.isBefore(place, this.#front);
  }

  /** Whether a URL is hot with this front. */
  isBefore(place: Place, { place: front, after }: Front): boolean {
    return after ? !this.#isAhead(front, place) : this.#isAhead(place, front);
  }

  /** Counts `count` more cold URLs. */
  addCold(count: number): void {
    this.#cold += count;
  }

  /** The first URL of a queue in which none is ready is cold. */
  beginCold(place: Place): void {
    this.#cold = 1;
    this.#front = { place, after: false };
    this.#epoch++;
  }

  /** The cold URLs before `front` are hot now, or gone. */
  thaw(count: number, front: Front): void {
    this.#cold -= count;
    this.#front = front;
  }

  /** Puts a row in its place among the hot ones. */
  push(row: number): void {
    const bucket = this.#bucketOf(row);
    const { head, tail } = bucket;
    const urls = this.#urls;
    this.#hot++;
    if (head === NONE || this.#isYounger(row, tail)) {
      urls.link(row, NONE);
      if (head === NONE) bucket.head = row;
      else urls.link(tail, row);
      bucket.tail = row;
    } else if (!this.#isYounger(row, head)) {
      urls.link(row, head);
      bucket.head = row;
    } else {
      let before = head;
      for (let next = urls.next(before); this.#isYounger(row, next); next = urls.next(before)) before = next;
      urls.link(row, urls.next(before));
      urls.link(before, row);
    }
  }

  /** Puts a row aside until `at`. */
  delay(row: number, at: number): void {
    (this.#delays ??= new Delays()).push(row, at);
  }

  /** Lets in the rows that are due at `now`. */
  advance(now: number): void {
    for (let row = this.#delays?.pop(now); row !== undefined; row = this.#delays?.pop(now)) this.push(row);
  }

  /** When the first URL is due: 0 when one is, Infinity when none waits. */
  nextAt(): number {
    return this.ready > 0 ? 0 : (this.#delays?.earliest() ?? Infinity);
  }

  /** Takes the next hot row. */
  shift(): number | undefined {
    const bucket = this.#buckets.at(-1);
    if (bucket === undefined) return undefined;
    const row = bucket.head;
    bucket.head = this.#urls.next(row);
    if (bucket.head === NONE) this.#buckets.pop();
    this.#hot--;
    return row;
  }

  /** Lets go of all hot rows but the first `keep` and those of retries: they are cold from now on. */
  trim(keep: number): void {
    const kept: number[] = [];
    let front: Place | undefined;
    for (let row = this.shift(); row !== undefined; row = this.shift()) {
      if (kept.length < keep || this.#urls.isRetry(row)) {
        kept.push(row);
        continue;
      }
      front ??= this.#urls.place(row);
      this.#urls.remove(row);
      this.#cold++;
    }
    // Rows were ahead of all cold ones, so the first that went is.
    if (front !== undefined) {
      this.#front = { place: front, after: false };
      this.#epoch++;
    }
    for (const row of kept) this.push(row);
  }

  /** Lets go of everything. @returns how many URLs */
  clear(): number {
    this.advance(Infinity);
    const { size } = this;
    for (let row = this.shift(); row !== undefined; row = this.shift()) this.#urls.remove(row);
    this.#cold = 0;
    this.#front = undefined;
    this.#epoch++;
    return size;
  }

  /** The bucket of the row's priority and depth, made when there is none. */
  #bucketOf(row: number): Bucket {
    const priority = this.#urls.priority(row);
    const depth = this.#order === 'priority' ? 0 : this.#urls.depth(row);
    let low = 0;
    let high = this.#buckets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const bucket = this.#buckets[middle];
      if (bucket === undefined) break;
      const ahead = bucket.priority - priority || this.#depthAhead(bucket.depth, depth);
      if (ahead === 0) return bucket;
      if (ahead < 0) low = middle + 1;
      else high = middle;
    }
    const made: Bucket = { priority, depth, head: NONE, tail: NONE };
    this.#buckets.splice(low, 0, made);
    return made;
  }

  /** Whether `row` goes after `other`, of the same priority and depth. */
  #isYounger(row: number, other: number): boolean {
    if (other === NONE) return false;
    const ahead = this.#urls.id(other) - this.#urls.id(row);
    return this.#order === 'dfs' ? ahead > 0 : ahead < 0;
  }

  #isAhead(a: Place, b: Place): boolean {
    const ahead =
      a.priority - b.priority ||
      (this.#order === 'priority' ? 0 : this.#depthAhead(a.depth, b.depth)) ||
      (this.#order === 'dfs' ? a.id - b.id : b.id - a.id);
    return ahead > 0;
  }

  /** Above 0 when depth `a` goes before `b`. */
  #depthAhead(a: number, b: number): number {
    return this.#order === 'dfs' ? a - b : b - a;
  }
}
