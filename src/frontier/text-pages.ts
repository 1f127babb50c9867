const UNIT = 16;
const PAGE_UNITS = 65_536; // 1 MiB
const PAGE_BYTES = PAGE_UNITS * UNIT;

/**
 * Texts outside the JS heap: a million waiting URLs as strings are 100 MB that the collector walks again and again.
 *
 * Blocks are multiples of 16 bytes in pages of 1 MiB; a freed block goes to the list of its size and is used again for a text
 * of that size (URLs of a site are much alike, so little lies idle). Addresses count units over all pages, below 2³² (64 GiB).
 */
export class TextPages {
  readonly #pages: Buffer[] = [];
  readonly #free = new Map<number, number[]>();
  /** Where the page in use goes on; units from its start. */
  #next = PAGE_UNITS;
  #page = -1;

  /** @param bytes `Buffer.byteLength(text)` @returns the address, to be kept with `bytes` */
  put(text: string, bytes: number): number {
    const address = this.#take(unitsOf(bytes));
    // ASCII, as canonical URLs are, has the quicker way in.
    this.#pageOf(address).write(text, (address % PAGE_UNITS) * UNIT, bytes === text.length ? 'latin1' : 'utf8');
    return address;
  }

  get(address: number, bytes: number): string {
    const start = (address % PAGE_UNITS) * UNIT;
    return this.#pageOf(address).toString('utf8', start, start + bytes);
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
    if (page === undefined) throw new Error('bug: no text at this address');
    return page;
  }
}

function unitsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / UNIT));
}
