const FIRST_SIZE = 512;
// Up to here a loop is faster than a call into Node's native code.
const SHORT_TEXT = 48;
const TWO_32 = 2 ** 32;

/** Writes protobuf's wire format into one growing buffer. */
export class Writer {
  #buffer = Buffer.allocUnsafe(FIRST_SIZE);
  #pos = 0;

  /** What was written; the writer is done with. */
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#pos);
  }

  /** A varint of the low 32 bits, unsigned. */
  uint32(value: number): void {
    this.#room(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#buffer[this.#pos++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#pos++] = rest;
  }

  /** A varint of 64 bits, two's complement; also what negative numbers of 32 bits are written as. */
  int64(value: number): void {
    this.#room(10);
    const whole = Math.trunc(value);
    let high = Math.floor(whole / TWO_32) >>> 0;
    let low = whole >>> 0;
    while (high > 0 || low > 0x7f) {
      this.#buffer[this.#pos++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#buffer[this.#pos++] = low;
  }

  fixed32(value: number): void {
    this.#room(4);
    this.#pos = this.#buffer.writeUInt32LE(value >>> 0, this.#pos);
  }

  float(value: number): void {
    this.#room(4);
    this.#pos = this.#buffer.writeFloatLE(value, this.#pos);
  }

  double(value: number): void {
    this.#room(8);
    this.#pos = this.#buffer.writeDoubleLE(value, this.#pos);
  }

  bytes(value: Uint8Array): void {
    this.uint32(value.length);
    this.#room(value.length);
    this.#buffer.set(value, this.#pos);
    this.#pos += value.length;
  }

  string(value: string): void {
    const { length } = value;
    if (length <= SHORT_TEXT && this.#ascii(value)) return;
    const size = Buffer.byteLength(value);
    this.uint32(size);
    this.#room(size);
    this.#pos += this.#buffer.write(value, this.#pos, size, 'utf8');
  }

  /** What `write` writes, with its length before it. */
  block(write: () => void): void {
    // Most are short: room for a length of one byte, moved when more are needed.
    this.#room(1);
    const at = this.#pos++;
    write();
    const length = this.#pos - at - 1;
    if (length < 0x80) {
      this.#buffer[at] = length;
      return;
    }
    const more = Math.floor(Math.log2(length) / 7);
    this.#room(more);
    this.#buffer.copyWithin(at + 1 + more, at + 1, this.#pos);
    this.#pos = at;
    this.uint32(length);
    this.#pos += length;
  }

  /** @returns whether it was ASCII, and so written */
  #ascii(value: string): boolean {
    const { length } = value;
    this.#room(length + 1);
    const buffer = this.#buffer;
    const at = this.#pos;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      buffer[at + 1 + i] = code;
    }
    buffer[at] = length;
    this.#pos = at + 1 + length;
    return true;
  }

  #room(size: number): void {
    const needed = this.#pos + size;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#pos);
    this.#buffer = larger;
  }
}
