const TWO_32 = 2 ** 32;

/** Reads protobuf's wire format; every read past `end` throws. */
export class Reader {
  readonly buffer: Buffer;
  pos = 0;
  end: number;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  /** The low 32 bits of a varint, unsigned. */
  uint32(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = this.#byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new Error('a number of more than ten bytes');
  }

  /** A varint as a number: exact up to 2^53. */
  int64(signed: boolean): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >> 4;
      } else if (shift < 64) high |= bits << (shift - 32);
      if (byte < 0x80) return (signed ? high | 0 : high >>> 0) * TWO_32 + (low >>> 0);
    }
    throw new Error('a number of more than ten bytes');
  }

  fixed32(): number {
    return this.buffer.readUInt32LE(this.#take(4));
  }

  float(): number {
    return this.buffer.readFloatLE(this.#take(4));
  }

  double(): number {
    return this.buffer.readDoubleLE(this.#take(8));
  }

  /** A view, not a copy. */
  bytes(): Buffer {
    const length = this.uint32();
    const at = this.#take(length);
    return this.buffer.subarray(at, at + length);
  }

  string(): string {
    const length = this.uint32();
    const at = this.#take(length);
    return this.buffer.toString('utf8', at, at + length);
  }

  /** Passes the value of a field that nobody knows. */
  skip(wireType: number): void {
    if (wireType === 0) this.uint32();
    else if (wireType === 1) this.#take(8);
    else if (wireType === 2) this.#take(this.uint32());
    else if (wireType === 5) this.#take(4);
    else throw new Error(`wire type ${wireType}`); // groups are in none of our definitions
  }

  #byte(): number {
    if (this.pos >= this.end) throw new Error('cut short');
    return this.buffer[this.pos++] ?? 0;
  }

  #take(length: number): number {
    const at = this.pos;
    if (length > this.end - at) throw new Error('cut short');
    this.pos = at + length;
    return at;
  }
}
