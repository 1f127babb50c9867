import { messageOf, PinspiderError } from '../lib/errors.ts';
import { ByteQueue } from './byte-queue.ts';
import { RecordSplitter } from './recordio.ts';
import { connectionFault } from './transport.ts';

/** A scheduler that holds this much unread is lost in any case; a record of the greatest size fits. */
const UNREAD_BYTES_MAX = 128 * 1024 * 1024;

export interface EventStreamOptions<T> {
  readonly decode: (record: Uint8Array) => T;
  /** Sees each event as it arrives, long before a slow reader does; says whether the reader is to have it, and more after it. */
  readonly arrived: (event: T) => 'deliver' | 'hide' | 'last';
  /** A record that is no message: told, and skipped. */
  readonly skipped: (what: string) => void;
  /** Longest time without a byte; Infinity for none. */
  readonly silenceMaxMs: number;
  readonly unreadMaxBytes?: number;
}

/**
 * The events of one subscription. Reads its socket at once, whatever the reader does, into a bounded queue. Iterate it
 * once: it ends when the stream does, for whatever reason, and `endedBy` tells which.
 */
export class EventStream<T> {
  readonly #body: AsyncIterable<Uint8Array> & { destroy(): unknown };
  readonly #options: EventStreamOptions<T>;
  readonly #queue: ByteQueue<T>;
  #silence: NodeJS.Timeout | undefined;
  #silenceMaxMs: number;
  #chunks = 0;
  #endedBy: string | undefined;

  constructor(body: AsyncIterable<Uint8Array> & { destroy(): unknown }, options: EventStreamOptions<T>) {
    this.#body = body;
    this.#options = options;
    this.#queue = new ByteQueue(options.unreadMaxBytes ?? UNREAD_BYTES_MAX);
    this.#silenceMaxMs = options.silenceMaxMs;
    this.#watch();
    void this.#pump();
  }

  /** Why the stream ended, once it did. */
  get endedBy(): string | undefined {
    return this.#endedBy;
  }

  /** @throws {PinspiderError} MESOS_QUEUE_FULL when the reader is too slow */
  [Symbol.asyncIterator](): AsyncGenerator<T> {
    return this.#queue[Symbol.asyncIterator]();
  }

  /** The reader has left: events still arrive, but nobody gets them. */
  unread(): void {
    this.#queue.end();
  }

  /** Changes the longest time without a byte, from now on. */
  watch(silenceMaxMs: number): void {
    this.#silenceMaxMs = silenceMaxMs;
    if (this.#endedBy === undefined) this.#watch();
  }

  /** Ends the stream from our side. */
  drop(reason: string): void {
    if (this.#endedBy !== undefined) return;
    this.#endedBy = reason;
    clearTimeout(this.#silence);
    this.#body.destroy();
    this.#queue.end();
  }

  async #pump(): Promise<void> {
    const splitter = new RecordSplitter();
    try {
      for await (const chunk of this.#body) {
        this.#chunks++;
        this.#silence?.refresh();
        for (const record of splitter.push(chunk)) this.#take(record);
        if (this.#endedBy !== undefined) return;
      }
      splitter.end();
      this.drop('the other end closed the stream');
    } catch (error) {
      this.drop(error instanceof PinspiderError ? error.message : `the stream broke: ${connectionFault(error)}`);
    }
  }

  #take(record: Uint8Array): void {
    if (this.#endedBy !== undefined) return;
    let event: T;
    try {
      event = this.#options.decode(record);
    } catch (error) {
      this.#options.skipped(messageOf(error));
      return;
    }
    const verdict = this.#options.arrived(event);
    if (verdict !== 'hide') this.#queue.push(event, record.length);
    if (verdict === 'last') this.drop('the other end reported an error');
  }

  #watch(): void {
    clearTimeout(this.#silence);
    if (!Number.isFinite(this.#silenceMaxMs)) return;
    this.#silence = setTimeout(() => {
      const before = this.#chunks;
      // After a long pause of our own process this timer runs before the sockets are read: give them their turn.
      setImmediate(() => {
        if (this.#chunks === before) this.drop(`nothing was heard for ${this.#silenceMaxMs / 1000} s`);
      });
    }, this.#silenceMaxMs);
  }
}
