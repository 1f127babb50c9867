import { ByteReader, type ByteWriter } from '../store/bytes.ts';

const UNIT = 16;
const PAGE_UNITS = 65_536; // 1 MiB
const PAGE_BYTES = PAGE_UNITS * UNIT;

/**
 * Records outside the JS heap: a million waiting URLs as strings are 100 MB that the collector walks again and again.
 *
 * Blocks are multiples of 16 bytes in pages of 1 MiB; a freed block goes to the list of its size and is used again for a record
 * of that size (URLs of a site are much alike, so little lies idle). Addresses count units over all pages, below 2³² (64 GiB).
 */
export class BytePages {
  readonly #pages: Buffer[] = [];
  readonly #free = new Map<number, number[]>();
  /** Where the page in use goes on; units from its start. */
  #next = PAGE_UNITS;
  #page = -1;

  /** @returns the address, to be kept with the record's length */
  put(record: Uint8Array): number {
    const address = this.#take(unitsOf(record.length));
    this.#pageOf(address).set(record, (address % PAGE_UNITS) * UNIT);
    return address;
  }

  /** The record where it lies: until it is freed. */
  get(address: number, bytes: number): Buffer {
    const start = (address % PAGE_UNITS) * UNIT;
    return this.#pageOf(address).subarray(start, start + bytes);
  }

  /** The same to be read: a Buffer of its own would cost as much as reading it. */
  reader(address: number, bytes: number): ByteReader {
    const start = (address % PAGE_UNITS) * UNIT;
    return new ByteReader(this.#pageOf(address), start, start + bytes);
  }

  /** Ends what `writer` writes with the record. */
  write(address: number, bytes: number, writer: ByteWriter): ByteWriter {
    const start = (address % PAGE_UNITS) * UNIT;
    return writer.lastBytes(this.#pageOf(address), start, start + bytes);
  }

  free(address: number, bytes: number): void {
    const units = unitsOf(bytes);
    const list = this.#free.get(units);
    if (list === undefined) this.#free.set(units, [address]);
    else list.push(address);
  }

  /** Bytes of all pages. */
  bytes(): number {
    return this.#pages.reduce((sum, page) => sum + page.length, 0);
  }

  #take(units: number): number {
    const reused = this.#free.get(units)?.pop();
    if (reused !== undefined) return reused;
    if (units > PAGE_UNITS) return (this.#pages.push(Buffer.allocUnsafeSlow(units * UNIT)) - 1) * PAGE_UNITS;
    if (this.#next + units > PAGE_UNITS) {
      this.#page = this.#pages.push(Buffer.allocUnsafeSlow(PAGE_BYTES)) - 1;
      this.#next = 0;
    }
    const address = this.#page * PAGE_UNITS + this.#next;
    this.#next += units;
    return address;
  }

  #pageOf(address: number): Buffer {
    const page = this.#pages[Math.floor(address / PAGE_UNITS)];
    if (page === undefined) throw new Error('bug: no record at this address');
    return page;
  }
}

function unitsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / UNIT));
}
