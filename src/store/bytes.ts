/** Builds the bytes of one record. Numbers below 2⁵³ take a byte for each seven bits. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  /** A whole number from 0. */
  number(value: number): this {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = 0x80 | (rest % 0x80);
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
    return this;
  }

  /** A whole number of either sign. */
  signed(value: number): this {
    return this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** 32 bits. */
  word(value: number): this {
    this.#room(4);
    this.#length = this.#bytes.writeUInt32LE(value >>> 0, this.#length);
    return this;
  }

  /** Text with its length before it. */
  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.number(length);
    this.#room(length);
    this.#length += this.#bytes.write(value, this.#length);
    return this;
  }

  /** Text that ends with the record. */
  lastText(value: string): this {
    // The usual case is ASCII; three bytes a code unit are always enough.
    this.#room(3 * value.length);
    this.#length += this.#bytes.write(value, this.#length);
    return this;
  }

  /** Bytes that end with the record. */
  lastBytes(value: Uint8Array): this {
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** The record; the writer is empty again. */
  take(): Buffer {
    const record = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return record;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(2 * (this.#length + bytes));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** Reads a record in the order in which it was written. Past its end there is nothing but zeros. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  word(): number {
    const value = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  text(): string {
    const length = this.number();
    return this.#bytes.toString('utf8', this.#at, (this.#at += length));
  }

  lastText(): string {
    return this.#bytes.toString('utf8', this.#at, (this.#at = this.#bytes.length));
  }

  lastBytes(): Buffer {
    return this.#bytes.subarray(this.#at, (this.#at = this.#bytes.length));
  }
}
