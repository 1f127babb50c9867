import { Delays } from './delays.ts';
import type { FrontierSettings } from './types.ts';
import { NONE, type UrlTable } from './url-table.ts';

type Order = FrontierSettings['order'];

/** A chain of rows that are equal in order but for their age. */
interface Bucket {
  readonly priority: number;
  readonly depth: number;
  head: number;
  tail: number;
}

/**
 * The waiting URLs of one host in one lane. Higher priority goes first; then bfs: the least depth, oldest first; dfs: the
 * greatest depth, newest first; priority: oldest first. A URL that comes back goes before its equals: its turn had come.
 * Retries wait for their time apart. The rows themselves make the chains, so that a queue of one URL costs little.
 */
export class HostQueue {
  readonly #urls: UrlTable;
  readonly #order: Order;
  /** Last is best: the usual ends are then at the end of the array. */
  readonly #buckets: Bucket[] = [];
  #delays: Delays | undefined;
  #ready = 0;

  constructor(urls: UrlTable, order: Order) {
    this.#urls = urls;
    this.#order = order;
  }

  /** URLs that wait, due or not. */
  get size(): number {
    return this.#ready + (this.#delays?.size ?? 0);
  }

  /** URLs that wait for nothing but their turn, as of the last `advance`. */
  get ready(): number {
    return this.#ready;
  }

  push(row: number): void {
    const bucket = this.#bucketOf(row);
    if (this.#order === 'dfs') this.#prepend(bucket, row);
    else {
      this.#urls.link(row, NONE);
      if (bucket.tail === NONE) bucket.head = row;
      else this.#urls.link(bucket.tail, row);
      bucket.tail = row;
    }
    this.#ready++;
  }

  /** Gives a row back: it goes before its equals. */
  unshift(row: number): void {
    this.#prepend(this.#bucketOf(row), row);
    this.#ready++;
  }

  /** Puts a row aside until `at`. */
  delay(row: number, at: number): void {
    (this.#delays ??= new Delays()).push(row, at);
  }

  /** Lets in the rows that are due at `now`. */
  advance(now: number): void {
    for (let row = this.#delays?.pop(now); row !== undefined; row = this.#delays?.pop(now)) this.unshift(row);
  }

  /** When the first URL is due: 0 when one is, Infinity when none waits. */
  nextAt(): number {
    return this.#ready > 0 ? 0 : (this.#delays?.earliest() ?? Infinity);
  }

  /** Takes the next row that is ready. */
  shift(): number | undefined {
    const bucket = this.#buckets.at(-1);
    if (bucket === undefined) return undefined;
    const row = bucket.head;
    bucket.head = this.#urls.next(row);
    if (bucket.head === NONE) this.#buckets.pop();
    this.#ready--;
    return row;
  }

  #prepend(bucket: Bucket, row: number): void {
    this.#urls.link(row, bucket.head);
    if (bucket.head === NONE) bucket.tail = row;
    bucket.head = row;
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

  /** Above 0 when depth `a` goes before `b`. */
  #depthAhead(a: number, b: number): number {
    return this.#order === 'dfs' ? a - b : b - a;
  }
}
