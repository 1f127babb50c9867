const CHUNK_BYTES = 64 * 1024;

/** Bytes gathered for one write. They are copied: a record is a part of a whole report, which should not live until the flush. */
export class Chunks {
  #full: Uint8Array[] = [];
  #current = Buffer.allocUnsafeSlow(0);
  #used = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  append(bytes: Uint8Array): void {
    if (this.#used + bytes.length > this.#current.length) this.#begin(bytes.length);
    this.#current.set(bytes, this.#used);
    this.#used += bytes.length;
    this.#bytes += bytes.length;
  }

  /** Takes all out. */
  take(): Uint8Array[] {
    const taken = this.#full;
    if (this.#used > 0) taken.push(this.#current.subarray(0, this.#used));
    this.#full = [];
    // The rest of the chunk serves on: what was taken of it is not touched again.
    this.#current = this.#current.subarray(this.#used);
    this.#used = 0;
    this.#bytes = 0;
    return taken;
  }

  #begin(bytes: number): void {
    if (this.#used > 0) this.#full.push(this.#current.subarray(0, this.#used));
    this.#current = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    this.#used = 0;
  }
}
