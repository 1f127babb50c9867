const NOTHING = new Uint8Array(0);

/**
 * Reads protobuf's wire format field by field: for the few messages of which so many come that going through a table of their fields counts.
 * The caller asks for `tag`s until there is none, and reads each field's value by its kind, or passes over it.
 *
 * Everything throws on what is cut short.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;
  /** Where the message that is read ends. */
  #end: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = bytes.byteLength;
  }

  /** Number and wire type of the next field, as one (number << 3 | type); 0 at the end of the message. */
  tag(): number {
    if (this.#at >= this.#end) return 0;
    const tag = this.uint();
    if (tag >>> 3 === 0) throw new Error('a field without number');
    return tag;
  }

  /** Of longer numbers the low 32 bits. */
  uint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.#at >= this.#end) throw cutShort();
      const byte = this.#bytes[this.#at++] ?? 0;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new Error('a number of more than 64 bits');
  }

  int(): number {
    return this.uint() | 0;
  }

  sint(): number {
    const value = this.uint();
    return (value >>> 1) ^ -(value & 1);
  }

  bool(): boolean {
    for (let any = 0, i = 0; i < 10; i++) {
      if (this.#at >= this.#end) throw cutShort();
      const byte = this.#bytes[this.#at++] ?? 0;
      any |= byte & 0x7f;
      if (byte < 0x80) return any !== 0;
    }
    throw new Error('a number of more than 64 bits');
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  fixed(): number {
    const at = this.#take(4);
    return this.#bytes.readUInt32LE(at);
  }

  text(): string {
    const length = this.uint();
    if (length === 0) return '';
    const at = this.#take(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  /** Where they lie. */
  bytes(): Uint8Array {
    const length = this.uint();
    if (length === 0) return NOTHING;
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Values of a repeated fixed32 that stand in one block. */
  words(into: number[]): void {
    const outer = this.begin();
    while (this.#at < this.#end) into.push(this.fixed());
    this.end(outer);
  }

  /** Values of a repeated uint32 that stand in one block. */
  uints(into: number[]): void {
    const outer = this.begin();
    while (this.#at < this.#end) into.push(this.uint());
    this.end(outer);
  }

  /** Goes into a message within this one, whose tags come next. @returns what `end` is to be told after the last of them */
  begin(): number {
    const length = this.uint();
    const outer = this.#end;
    const end = this.#at + length;
    if (end > outer) throw cutShort();
    this.#end = end;
    return outer;
  }

  end(outer: number): void {
    this.#end = outer;
  }

  /** Passes over a field that the message does not define. @param known the message's highest number: all below are defined */
  skip(tag: number, known: number): void {
    const type = tag & 7;
    if (tag >>> 3 <= known) throw new Error(`field ${tag >>> 3}: wire type ${type}`);
    if (type === 0) this.bool();
    else if (type === 1) this.#take(8);
    else if (type === 2) this.#take(this.uint());
    else if (type === 5) this.#take(4);
    else throw new Error(`wire type ${type}`);
  }

  /** Moves over so many bytes. @returns where they begin */
  #take(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#end) throw cutShort();
    this.#at = at + bytes;
    return at;
  }
}

function cutShort(): Error {
  return new Error('cut short');
}
