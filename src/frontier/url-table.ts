import { TextPages } from './text-pages.ts';
import type { LeasedUrl, NewUrl } from './types.ts';

/** No row: the end of a chain. */
export const NONE = -1;

const PAGE_ROWS = 4096;

// Columns of a row, all 32-bit. A row is 40 bytes and its text: one cache line, no objects for the collector to walk.
const NEXT = 0;
const ID = 1;
const TEXT = 2;
const BYTES = 3; // doubled; the low bit says that the origin is left out
const TRAIL = 4;
const PRIORITY = 5;
const DEPTH = 6;
const REDIRECTS = 7;
const ATTEMPT = 8;
const LANE = 9;
const COLUMNS = 10;

/** What only seeds have. */
type Extra = Pick<NewUrl, 'method' | 'headers' | 'body'>;

interface Trail {
  readonly seed: string;
  readonly to: string | undefined;
}

/** The URLs that are queued or leased, a row each; rows of settled ones are used again. Row numbers mean nothing outside. */
export class UrlTable {
  readonly #pages: Int32Array[] = [];
  readonly #texts = new TextPages();
  readonly #extras = new Map<number, Extra>();
  readonly #trails: Trail[] = [];
  readonly #trailNumbers = new Map<string | undefined, Map<string, number>>();
  #freed = NONE;
  #rows = 0;
  #ids = 0;

  insert(url: NewUrl, origin: string): number {
    const row = this.#take();
    // Every canonical URL of a host starts with its origin; what does not is kept whole.
    const short = url.url.startsWith(origin);
    const text = short ? url.url.slice(origin.length) : url.url;
    const bytes = Buffer.byteLength(text);
    const page = this.#page(row);
    const at = (row % PAGE_ROWS) * COLUMNS;
    page[at + NEXT] = NONE;
    page[at + ID] = this.#ids++;
    page[at + TEXT] = this.#texts.put(text, bytes);
    page[at + BYTES] = 2 * bytes + (short ? 1 : 0);
    page[at + TRAIL] = this.#trail(url);
    page[at + PRIORITY] = url.priority;
    page[at + DEPTH] = url.depth;
    page[at + REDIRECTS] = url.redirects;
    page[at + ATTEMPT] = 0;
    page[at + LANE] = url.lane;
    if (url.method !== undefined || url.headers !== undefined || url.body !== undefined) {
      this.#extras.set(row, extraOf(url));
    }
    return row;
  }

  read(row: number, origin: string): LeasedUrl {
    const size = this.#get(row, BYTES);
    const text = this.#texts.get(this.#get(row, TEXT) >>> 0, size >>> 1);
    const trail = this.#trails[this.#get(row, TRAIL)];
    if (trail === undefined) throw new Error('bug: row without a trail');
    return {
      url: (size & 1) === 1 ? origin + text : text,
      lane: this.#get(row, LANE),
      depth: this.#get(row, DEPTH),
      seed: trail.seed,
      priority: this.#get(row, PRIORITY),
      redirects: this.#get(row, REDIRECTS),
      ...(trail.to !== undefined && { to: trail.to }),
      ...this.#extras.get(row),
      id: this.id(row),
      attempt: this.#get(row, ATTEMPT),
    };
  }

  remove(row: number): void {
    this.#texts.free(this.#get(row, TEXT) >>> 0, this.#get(row, BYTES) >>> 1);
    this.#extras.delete(row);
    this.link(row, this.#freed);
    this.#freed = row;
  }

  id(row: number): number {
    return this.#get(row, ID);
  }

  priority(row: number): number {
    return this.#get(row, PRIORITY);
  }

  depth(row: number): number {
    return this.#get(row, DEPTH);
  }

  countAttempt(row: number): void {
    this.#page(row)[(row % PAGE_ROWS) * COLUMNS + ATTEMPT] = this.#get(row, ATTEMPT) + 1;
  }

  /** The row after this one in the chain that it is in. */
  next(row: number): number {
    return this.#get(row, NEXT);
  }

  link(row: number, next: number): void {
    this.#page(row)[(row % PAGE_ROWS) * COLUMNS + NEXT] = next;
  }

  /** Bytes of rows and texts. */
  bytes(): number {
    return this.#pages.length * PAGE_ROWS * COLUMNS * 4 + this.#texts.bytes();
  }

  #take(): number {
    if (this.#freed !== NONE) {
      const row = this.#freed;
      this.#freed = this.next(row);
      return row;
    }
    if (this.#rows % PAGE_ROWS === 0) this.#pages.push(new Int32Array(PAGE_ROWS * COLUMNS));
    return this.#rows++;
  }

  #page(row: number): Int32Array {
    const page = this.#pages[Math.floor(row / PAGE_ROWS)];
    if (page === undefined) throw new Error('bug: no such row');
    return page;
  }

  #get(row: number, column: number): number {
    return this.#page(row)[(row % PAGE_ROWS) * COLUMNS + column] ?? 0;
  }

  /** Seeds and extractor names repeat: one number stands for both. */
  #trail({ seed, to }: NewUrl): number {
    let numbers = this.#trailNumbers.get(to);
    if (numbers === undefined) this.#trailNumbers.set(to, (numbers = new Map<string, number>()));
    let number = numbers.get(seed);
    if (number === undefined) numbers.set(seed, (number = this.#trails.push({ seed, to }) - 1));
    return number;
  }
}

function extraOf({ method, headers, body }: NewUrl): Extra {
  return {
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
  };
}
