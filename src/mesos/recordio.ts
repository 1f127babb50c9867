import { PinspiderError } from '../lib/errors.ts';

const NEWLINE = 0x0a;
const LENGTH_DIGITS_MAX = 20; // the decimal form of 2^64 - 1

// An OFFERS event of a big cluster passes the 4 MiB that other libraries stop at, and a framework message may have 32 MB.
const RECORD_BYTES_MAX = 64 * 1024 * 1024;

// A record's length comes from the other end: memory follows the bytes that did arrive, not the number that announced them.
const FIRST_BODY_BYTES = 64 * 1024;

/** One record as it travels: `<decimal length>\n<record>`. */
export function frame(record: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${record.length}\n`, 'latin1'), record]);
}

/**
 * Cuts a byte stream into records; `push` may be given any cut of it. Every byte is copied a bounded number of times,
 * however small the cuts; a record that lies whole in one chunk is a view into that chunk and is not copied at all.
 *
 * After a throw the stream cannot be followed any more: the format has no mark to find the next record by.
 * @see https://mesos.apache.org/documentation/latest/recordio/
 */
export class RecordSplitter {
  readonly #maxBytes: number;
  #digits = '';
  #body: Buffer | undefined;
  #bodySize = 0; // as announced
  #bodyHeld = 0; // arrived so far

  /** @param maxBytes longest record accepted */
  constructor(maxBytes = RECORD_BYTES_MAX) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of an unfinished record that are held back. */
  get pending(): number {
    return this.#digits.length + this.#bodyHeld;
  }

  /**
   * The records that `chunk` completes.
   * @throws {PinspiderError} MESOS_FRAME when a length is not decimal or exceeds the limit
   */
  *push(chunk: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    while (at < chunk.length) {
      if (!this.#body) {
        const size = this.#readLength(chunk, at);
        if (size === undefined) return;
        at = chunk.indexOf(NEWLINE, at) + 1;
        if (size <= chunk.length - at) {
          yield chunk.subarray(at, at + size);
          at += size;
          continue;
        }
        this.#bodySize = size;
        this.#body = Buffer.allocUnsafe(Math.min(size, Math.max(FIRST_BODY_BYTES, 2 * (chunk.length - at))));
      }
      const part = chunk.subarray(at, at + this.#bodySize - this.#bodyHeld);
      at += part.length;
      this.#append(part);
      if (this.#bodyHeld < this.#bodySize) return;
      const record = this.#body.subarray(0, this.#bodySize);
      this.#body = undefined;
      this.#bodyHeld = 0;
      yield record;
    }
  }

  /** To be called at the end of the stream. @throws {PinspiderError} MESOS_FRAME when it ended inside a record */
  end(): void {
    if (this.#body) throw bad(`stream ended after ${this.#bodyHeld} of a record's ${this.#bodySize} bytes`);
    if (this.#digits) throw bad(`stream ended inside a record's length`);
  }

  /** The length that ends in `chunk`, or undefined when more digits may come. */
  #readLength(chunk: Uint8Array, from: number): number | undefined {
    const end = chunk.indexOf(NEWLINE, from);
    const stop = Math.min(end === -1 ? chunk.length : end, from + LENGTH_DIGITS_MAX + 1);
    const digits = this.#digits + Buffer.from(chunk.subarray(from, stop)).toString('latin1');
    if (!/^\d{0,20}$/.test(digits) || (end !== -1 && digits === ''))
      throw bad(`record length ${JSON.stringify(digits.slice(0, LENGTH_DIGITS_MAX))} is not a decimal number`);
    if (end === -1) {
      this.#digits = digits;
      return undefined;
    }
    this.#digits = '';
    const size = Number(digits);
    if (size > this.#maxBytes) throw bad(`record of ${digits} bytes is over the limit of ${this.#maxBytes}`);
    return size;
  }

  #append(part: Uint8Array): void {
    let body = this.#body ?? Buffer.alloc(0);
    const need = this.#bodyHeld + part.length;
    if (need > body.length) {
      const grown = Buffer.allocUnsafe(Math.min(this.#bodySize, Math.max(need, 2 * body.length)));
      body.copy(grown, 0, 0, this.#bodyHeld);
      body = this.#body = grown;
    }
    body.set(part, this.#bodyHeld);
    this.#bodyHeld = need;
  }
}

/**
 * Splits a response body into records; chunk borders may fall anywhere. Reads no faster than it is read.
 * @throws {PinspiderError} MESOS_FRAME when the stream is no RecordIO, or ends inside a record
 */
export async function* records(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes = RECORD_BYTES_MAX,
): AsyncGenerator<Uint8Array> {
  const splitter = new RecordSplitter(maxBytes);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  splitter.end();
}

function bad(what: string): PinspiderError {
  return new PinspiderError({ code: 'MESOS_FRAME', what, mend: 'is the other end a Mesos v1 API?' });
}
