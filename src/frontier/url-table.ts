import type { ByteReader, ByteWriter } from '../store/bytes.ts';
import { BytePages } from './byte-pages.ts';
import type { Place } from './keys.ts';

/** No row: the end of a chain. */
export const NONE = -1;

const PAGE_ROWS = 4096;

// Columns of a row, all 32-bit. A row is 32 bytes and its entry: no objects for the collector to walk.
const NEXT = 0;
const ID = 1;
const ENTRY = 2;
const BYTES = 3;
const PRIORITY = 4;
const DEPTH = 5;
const ATTEMPT = 6;
/** The record on disk is that of a retry. */
const RETRY = 7;
const COLUMNS = 8;

/** The URLs that are held in memory (leased, or near the head of a queue), a row each; rows that went are used again. */
export class UrlTable {
  readonly #pages: Int32Array[] = [];
  readonly #entries = new BytePages();
  #freed = NONE;
  #rows = 0;
  #size = 0;

  /** Rows in use. */
  get size(): number {
    return this.#size;
  }

  /** @param entry its bytes are copied */
  insert({ id, priority, depth }: Place, entry: Uint8Array): number {
    const row = this.#take();
    const page = this.#page(row);
    const at = (row % PAGE_ROWS) * COLUMNS;
    page[at + NEXT] = NONE;
    page[at + ID] = id;
    page[at + ENTRY] = this.#entries.put(entry);
    page[at + BYTES] = entry.length;
    page[at + PRIORITY] = priority;
    page[at + DEPTH] = depth;
    page[at + ATTEMPT] = 0;
    page[at + RETRY] = 0;
    this.#size++;
    return row;
  }

  /** Reads the entry where it lies: until the row is removed. */
  entry(row: number): ByteReader {
    return this.#entries.reader(this.#get(row, ENTRY) >>> 0, this.#get(row, BYTES));
  }

  /** Ends a record with the entry. */
  writeEntry(row: number, writer: ByteWriter): ByteWriter {
    return this.#entries.write(this.#get(row, ENTRY) >>> 0, this.#get(row, BYTES), writer);
  }

  remove(row: number): void {
    this.#entries.free(this.#get(row, ENTRY) >>> 0, this.#get(row, BYTES));
    this.link(row, this.#freed);
    this.#freed = row;
    this.#size--;
  }

  id(row: number): number {
    return this.#get(row, ID) >>> 0;
  }

  priority(row: number): number {
    return this.#get(row, PRIORITY);
  }

  depth(row: number): number {
    return this.#get(row, DEPTH);
  }

  place(row: number): Place {
    return { id: this.id(row), priority: this.priority(row), depth: this.depth(row) };
  }

  /** Writes whether it is a retry, and its place. */
  writePlace(row: number, writer: ByteWriter): void {
    const page = this.#page(row);
    const at = (row % PAGE_ROWS) * COLUMNS;
    writer
      .byte(page[at + RETRY] ?? 0)
      .number((page[at + ID] ?? 0) >>> 0)
      .signed(page[at + PRIORITY] ?? 0)
      .number(page[at + DEPTH] ?? 0);
  }

  attempt(row: number): number {
    return this.#get(row, ATTEMPT);
  }

  /** The URL was tried and is to be tried again. */
  setRetry(row: number, attempt: number): void {
    this.#set(row, ATTEMPT, attempt);
    this.#set(row, RETRY, 1);
  }

  isRetry(row: number): boolean {
    return this.#get(row, RETRY) === 1;
  }

  /** The row after this one in the chain that it is in. */
  next(row: number): number {
    return this.#get(row, NEXT);
  }

  link(row: number, next: number): void {
    this.#set(row, NEXT, next);
  }

  /** Bytes of rows and entries. */
  bytes(): number {
    return this.#pages.length * PAGE_ROWS * COLUMNS * 4 + this.#entries.bytes();
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

  #set(row: number, column: number, value: number): void {
    this.#page(row)[(row % PAGE_ROWS) * COLUMNS + column] = value;
  }
}
