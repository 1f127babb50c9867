const FIRST_BYTES = 1 << 16;

// From here on a call out of JavaScript is quicker than a loop over the code units.
const LONG_TEXT = 128;

/**
 * Writes protobuf's wire format straight into bytes: for the few messages of which so many are sent that going through a table of their
 * fields counts. Like proto3, a field whose value is the default is left out. One message at a time; `take` ends it.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireWriter {
  #bytes = Buffer.allocUnsafeSlow(0);
  #at = 0;

  /** A number from 0 below 2^32, an enum's number or a bool. */
  uint(id: number, value: number | boolean | undefined): void {
    const number = Number(value ?? 0);
    if (number === 0) return;
    this.#room(10);
    this.#varint(id << 3);
    this.#varint(number);
  }

  sint(id: number, value: number | undefined): void {
    if (value !== undefined) this.uint(id, ((value << 1) ^ (value >> 31)) >>> 0);
  }

  double(id: number, value: number | undefined): void {
    if (value === undefined || value === 0) return;
    this.#room(13);
    this.#varint((id << 3) | 1);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  fixed(id: number, value: number | undefined): void {
    if (value === undefined || value === 0) return;
    this.#room(9);
    this.#varint((id << 3) | 5);
    this.#word(value);
  }

  /** Repeated fixed32, packed. */
  words(id: number, values: readonly number[] | undefined): void {
    if (values === undefined || values.length === 0) return;
    this.#room(10 + 4 * values.length);
    this.#varint((id << 3) | 2);
    this.#varint(4 * values.length);
    for (const value of values) this.#word(value);
  }

  /** Repeated uint32, packed. */
  uints(id: number, values: readonly number[] | undefined): void {
    if (values === undefined || values.length === 0) return;
    const start = this.begin(id);
    this.#room(5 * values.length);
    for (const value of values) this.#varint(value);
    this.end(start);
  }

  text(id: number, value: string | undefined): void {
    if (value !== undefined && value !== '') this.element(id, value);
  }

  /** One text of a repeated field; the empty one is written too. */
  element(id: number, value: string): void {
    // Three bytes a code unit are always enough.
    this.#room(10 + 3 * value.length);
    this.#varint((id << 3) | 2);
    const start = this.#at;
    this.#at += sizeOf(value.length);
    this.#at += value.length < LONG_TEXT ? this.#short(value) : this.#bytes.write(value, this.#at);
    this.#close(start, sizeOf(value.length));
  }

  bytes(id: number, value: Uint8Array | undefined): void {
    if (value === undefined || value.length === 0) return;
    this.#room(10 + value.length);
    this.#varint((id << 3) | 2);
    this.#varint(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** Begins a message within this one. @returns what `end` is to be told */
  begin(id: number): number {
    this.#room(10);
    this.#varint((id << 3) | 2);
    return this.#at++;
  }

  end(start: number): void {
    this.#close(start, 1);
  }

  /** The message; the next one begins. */
  take(): Buffer {
    const message = Buffer.allocUnsafeSlow(this.#at);
    message.set(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return message;
  }

  /** Writes the length of a block in front of it, for which so many bytes were left. */
  #close(start: number, left: number): void {
    const length = this.#at - start - left;
    const size = sizeOf(length);
    if (size !== left) {
      this.#room(size);
      this.#bytes.copyWithin(start + size, start + left, this.#at);
    }
    this.#at = start;
    this.#varint(length);
    this.#at += length;
  }

  /** @returns how many bytes */
  #short(value: string): number {
    const bytes = this.#bytes;
    const start = this.#at;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit >= 0x80) return i + bytes.write(value.slice(i), start + i);
      bytes[start + i] = unit;
    }
    return value.length;
  }

  #varint(value: number): void {
    const bytes = this.#bytes;
    let rest = value >>> 0;
    while (rest >= 0x80) {
      bytes[this.#at++] = 0x80 | (rest & 0x7f);
      rest >>>= 7;
    }
    bytes[this.#at++] = rest;
  }

  #word(value: number): void {
    const bytes = this.#bytes;
    const at = this.#at;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    this.#at = at + 4;
  }

  #room(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, 2 * needed));
    grown.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = grown;
  }
}

/** Bytes of a length. */
function sizeOf(length: number): number {
  return length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x200000 ? 3 : length < 0x10000000 ? 4 : 5;
}
