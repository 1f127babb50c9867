import { Chunks } from './chunks.ts';

/** A flush that waits for no one begins when so much is buffered, so that memory does not grow with the distance of flushes. */
const BUFFERED_MAX = 4 * 1024 * 1024;

/**
 * Buffers records and writes them in groups: one write at a time, and all that asks while it is under way shares the next.
 * After a failed write nothing more is written, and every flush rejects with that failure.
 */
export class GroupCommit {
  readonly #write: (chunks: readonly Uint8Array[]) => Promise<void>;
  readonly #chunks = new Chunks();
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param write stores all chunks, in order, before it resolves; is never called while it runs */
  constructor(write: (chunks: readonly Uint8Array[]) => Promise<void>) {
    this.#write = write;
  }

  /** Adds one record, given in parts; it is never split over two writes. */
  append(...parts: readonly Uint8Array[]): void {
    if (this.#failure !== undefined) return;
    for (const part of parts) this.#chunks.append(part);
    // Its failure reaches whoever flushes next.
    if (this.#chunks.bytes >= BUFFERED_MAX) this.flush().catch(() => undefined);
  }

  /** Resolves when all that was appended before is stored. */
  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#chunks.bytes === 0) return this.#next ?? this.#writing;
    this.#next ??= this.#begin();
    return this.#next;
  }

  async #begin(): Promise<void> {
    await this.#writing;
    this.#next = undefined;
    this.#writing = this.#commit();
    return this.#writing;
  }

  async #commit(): Promise<void> {
    try {
      await this.#write(this.#chunks.take());
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      this.#writing = undefined;
    }
  }
}
