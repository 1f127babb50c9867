import { PinspiderError } from '../lib/errors.ts';

/**
 * A queue between a socket that must be read at once and a reader that takes its time; bounded by bytes. A reader that is
 * slower than the bound gets an error, because the alternative is the master's memory: it keeps what we do not read.
 * One reader.
 */
export class ByteQueue<T> {
  readonly #maxBytes: number;
  #items: { readonly item: T; readonly bytes: number }[] = [];
  #bytes = 0;
  #error: Error | undefined;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Nothing is taken after the end. A single item is taken whatever its size. */
  push(item: T, bytes: number): void {
    if (this.#ended) return;
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) {
      const held = `${this.#items.length} events of ${this.#bytes} bytes are waiting`;
      this.fail(
        new PinspiderError({ code: 'MESOS_QUEUE_FULL', what: `events come faster than they are handled: ${held}` }),
      );
      return;
    }
    this.#items.push({ item, bytes });
    this.#bytes += bytes;
    this.#wake?.();
  }

  /** The reader gets what is queued, then the end. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** The reader gets the error at once; what was queued is dropped. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#error = error;
    this.#items = [];
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const batch = this.#items;
      this.#items = [];
      for (const { item, bytes } of batch) {
        if (this.#error) break;
        this.#bytes -= bytes;
        yield item;
      }
      if (this.#error) throw this.#error;
      if (this.#items.length > 0) continue;
      if (this.#ended) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
  }
}
