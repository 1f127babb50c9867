/** Bytes that a sealed value is longer. */
export const SEAL_BYTES = 4;

const FIRST_BYTES = 4096;
// Buffers of these lengths are kept; longer ones are few.
const VIEWS_MAX = 1024;

/**
 * Gives values a check of themselves and their keys at the end. LevelDB checks the blocks of its tables only when told to, and the binding has
 * no way to tell it: a flipped bit would be read as a value.
 *
 * What is given lies in the sealer's own bytes until it is asked again, since the binding copies it at once: a Buffer for each key and value would
 * cost more than all the rest.
 */
export class Sealer {
  readonly #key = new Scratch();
  readonly #value = new Scratch();

  /** The key's bytes, until the next call. */
  key(key: string): Buffer {
    this.#key.writeText(key);
    return this.#key.view(key.length);
  }

  /** The value with its check, until the next call. @param value one for the key that was given last */
  seal(value: Uint8Array): Buffer {
    const length = value.length;
    this.#value.writeBytes(value, length);
    this.#value.writeWord(this.#check(), length);
    return this.#value.view(length + SEAL_BYTES);
  }

  /** The value without its check, where it lies; undefined when key and value are not as they were sealed. */
  open(key: string, sealed: Buffer): Buffer | undefined {
    const length = sealed.length - SEAL_BYTES;
    if (length < 0) return undefined;
    this.#key.writeText(key);
    this.#value.writeBytes(sealed, length);
    if (sealed.readUInt32LE(length) !== this.#check()) return undefined;
    return sealed.subarray(0, length);
  }

  /** MurmurHash3's mixing over key and value: quick for some tens of bytes; against accidents, not adversaries. */
  #check(): number {
    let hash = this.#value.mixed(this.#key.mixed(0));
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}

/** Bytes that are written over and over, and read as words: four of them cost what one by one each costs. */
class Scratch {
  #bytes = Buffer.from(new ArrayBuffer(FIRST_BYTES));
  #words = new Int32Array(this.#bytes.buffer);
  #views: (Buffer | undefined)[] = [];
  #length = 0;

  /** @param text code units below 256 */
  writeText(text: string): void {
    this.#begin(text.length);
    const bytes = this.#bytes;
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    this.#fillUp();
  }

  /** @param length how many of them count; at most `SEAL_BYTES` do not */
  writeBytes(from: Uint8Array, length: number): void {
    this.#begin(length);
    this.#bytes.set(from);
    this.#fillUp();
  }

  /** Writes 32 bits behind what counts. */
  writeWord(word: number, at: number): void {
    const bytes = this.#bytes;
    bytes[at] = word;
    bytes[at + 1] = word >>> 8;
    bytes[at + 2] = word >>> 16;
    bytes[at + 3] = word >>> 24;
  }

  /** The first `length` bytes. */
  view(length: number): Buffer {
    if (length >= VIEWS_MAX) return this.#bytes.subarray(0, length);
    return (this.#views[length] ??= this.#bytes.subarray(0, length));
  }

  /** Mixes what was written into a hash. */
  mixed(seed: number): number {
    const words = this.#words;
    const count = (this.#length + 3) >> 2;
    let hash = seed ^ this.#length;
    for (let i = 0; i < count; i++) {
      const k = Math.imul(words[i] ?? 0, 0xcc9e2d51);
      hash ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593);
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    return hash;
  }

  /** The last word ends with zeros. */
  #fillUp(): void {
    for (let i = this.#length; (i & 3) !== 0; i++) this.#bytes[i] = 0;
  }

  /** Makes room for so many bytes and what goes behind them. */
  #begin(length: number): void {
    this.#length = length;
    if (length + SEAL_BYTES > this.#bytes.length) {
      this.#bytes = Buffer.from(new ArrayBuffer(4 * Math.ceil((2 * (length + SEAL_BYTES)) / 4)));
      this.#words = new Int32Array(this.#bytes.buffer);
      this.#views = [];
    }
  }
}
