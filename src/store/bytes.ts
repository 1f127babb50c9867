// Records are cut from blocks of this size: an allocation for each would cost more than the rest of writing it.
const BLOCK = 65_536;

/** Builds the bytes of records, one after another. Numbers below 2⁵³ take a byte for each seven bits. */
export class ByteWriter {
  #block = Buffer.allocUnsafeSlow(BLOCK);
  #start = 0;
  #at = 0;

  byte(value: number): this {
    this.#room(1);
    this.#block[this.#at++] = value;
    return this;
  }

  /** A whole number from 0. */
  number(value: number): this {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#block[this.#at++] = 0x80 | (rest % 0x80);
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.#block[this.#at++] = rest;
    return this;
  }

  /** A whole number of either sign. */
  signed(value: number): this {
    return this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** 32 bits. */
  word(value: number): this {
    this.#room(4);
    const block = this.#block;
    const at = this.#at;
    block[at] = value;
    block[at + 1] = value >>> 8;
    block[at + 2] = value >>> 16;
    block[at + 3] = value >>> 24;
    this.#at = at + 4;
    return this;
  }

  /** Text with its length before it. */
  text(value: string): this {
    return this.number(Buffer.byteLength(value)).lastText(value, 0);
  }

  /** Text, from the unit at `from`, that ends with the record. */
  lastText(value: string, from = 0): this {
    // Three bytes a code unit are always enough.
    this.#room(3 * (value.length - from));
    const block = this.#block;
    let at = this.#at;
    // For texts as short as URLs a loop is quicker than a call out of JavaScript.
    for (let i = from; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit >= 0x80) {
        at += block.write(value.slice(i), at);
        break;
      }
      block[at++] = unit;
    }
    this.#at = at;
    return this;
  }

  /** Bytes that end with the record: those of `value` from `from` to before `to`. */
  lastBytes(value: Uint8Array, from = 0, to = value.length): this {
    this.#room(to - from);
    const block = this.#block;
    let at = this.#at;
    for (let i = from; i < to; i++) block[at++] = value[i] ?? 0;
    this.#at = at;
    return this;
  }

  /** The record, which stays as it is; the next one begins. */
  take(): Buffer {
    const record = this.#block.subarray(this.#start, this.#at);
    this.#start = this.#at;
    return record;
  }

  #room(bytes: number): void {
    if (this.#at + bytes > this.#block.length) this.#renew(bytes);
  }

  /** Goes on in a new block with what there is of the record. */
  #renew(bytes: number): void {
    const begun = this.#block.subarray(this.#start, this.#at);
    this.#block = Buffer.allocUnsafeSlow(Math.max(BLOCK, 2 * (begun.length + bytes)));
    this.#block.set(begun);
    this.#start = 0;
    this.#at = begun.length;
  }
}

/** Reads a record in the order in which it was written. Past its end there is nothing but zeros. */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  /** @param from where the record begins @param to where it ends; what is behind is never read */
  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = from;
    this.#end = to;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  byte(): number {
    return this.#at < this.#end ? (this.#bytes[this.#at++] ?? 0) : 0;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  word(): number {
    if (this.#at + 4 > this.#end) return 0;
    const value = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  text(): string {
    const length = this.number();
    const start = this.#at;
    this.#at = Math.min(this.#end, start + length);
    return this.#bytes.toString('utf8', start, this.#at);
  }

  /** Whether the text that comes is this one, which is of ASCII alone; reads it. */
  isText(value: string): boolean {
    const length = this.number();
    const start = this.#at;
    this.#at += length;
    if (length !== value.length || this.#at > this.#end) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== value.charCodeAt(i)) return false;
    return true;
  }

  lastText(): string {
    return this.#bytes.toString('utf8', this.#at, (this.#at = this.#end));
  }

  lastBytes(): Uint8Array {
    return this.#bytes.subarray(this.#at, (this.#at = this.#end));
  }
}
