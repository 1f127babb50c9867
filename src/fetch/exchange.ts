import { performance } from 'node:perf_hooks';
import { type Dispatcher, errors } from 'undici';
import { decodeContent, tooLarge, wireMax } from './content-coding.ts';
import { fetchErrorOf } from './failure.ts';
import { FetchError, type FetchRequest, type FetchResponse } from './types.ts';

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

export interface ExchangeOptions {
  readonly timeoutMs: number;
  readonly maxBody: number;
  readonly wantsBody: NonNullable<FetchRequest['wantsBody']>;
  readonly resolve: (response: FetchResponse) => void;
  readonly reject: (reason: unknown) => void;
  /** Called once, when the exchange ends either way. */
  readonly ended: (exchange: Exchange) => void;
}

/** Reading so much costs less than a new connection. */
const SMALL_BODY = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * One request on its way and its response coming in: undici's handler, which costs half of what its promise and stream interfaces do.
 * It ends exactly once, whatever comes first: the last byte, a failure, the time limit, `fail` from outside. Then the connection of
 * an unfinished exchange is dropped.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #sentAt = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #wireBytes = 0;
  #wireMax = 0;
  #ended = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#timer = setTimeout(onTimeout, options.timeoutMs, this);
  }

  /** Ends the exchange for `reason`, unless it has ended. */
  fail(reason: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#chunks.length = 0;
    // undici wants an Error; what our caller gets is the reason itself
    this.#controller?.abort(reason instanceof Error ? reason : new Error('aborted'));
    this.#options.reject(reason);
  }

  /** For the time limit. */
  expire(): void {
    const stage = this.#status > 0 ? 'body' : this.#controller ? 'response' : 'connection';
    this.fail(new FetchError('timeout', `no whole ${stage} within ${this.#options.timeoutMs} ms (fetch.timeout)`));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have ended while it waited for a connection.
    if (this.#ended) controller.abort(new Error('aborted'));
    else {
      this.#controller = controller;
      this.#sentAt = performance.now();
    }
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200 || this.#ended) return;
    this.#status = status;
    this.#headers = plainHeaders(headers);
    const length = Number(this.#headers['content-length']);
    if (!(length <= SMALL_BODY) && !this.#options.wantsBody(status, this.#headers)) {
      this.#succeed(NOTHING, performance.now() - this.#sentAt);
      controller.abort(new Error('the body is not wanted'));
      return;
    }
    const encoding = this.#headers['content-encoding'];
    this.#wireMax = wireMax(this.#options.maxBody, encoding);
    if (length > this.#wireMax) this.fail(tooLarge(this.#options.maxBody));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ended) return;
    this.#wireBytes += chunk.length;
    if (this.#wireBytes > this.#wireMax) this.fail(tooLarge(this.#options.maxBody));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#ended) return;
    const [only] = this.#chunks;
    const wire = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#wireBytes);
    const elapsedMs = performance.now() - this.#sentAt;
    const encoding = this.#headers['content-encoding'];
    if (encoding === undefined) {
      this.#succeed(wire, elapsedMs);
      return;
    }
    try {
      const body = decodeContent(wire, encoding, this.#options.maxBody);
      if (body instanceof Promise)
        body.then(
          (whole) => this.#succeed(whole, elapsedMs),
          (error: unknown) => this.fail(error),
        );
      else this.#succeed(body, elapsedMs);
    } catch (error) {
      this.fail(error);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    // 204 and 304 may tell the length that a body would have (RFC 9110 §8.6); undici takes that for a promise.
    const bodiless = (this.#status === 204 || this.#status === 304) && this.#wireBytes === 0;
    if (bodiless && error instanceof errors.ResponseContentLengthMismatchError) this.onResponseEnd();
    else this.fail(fetchErrorOf(error, this.#status > 0));
  }

  #succeed(body: Buffer, elapsedMs: number): void {
    if (this.#ended) return;
    this.#end();
    const wireBytes = this.#wireBytes;
    this.#options.resolve({ status: this.#status, headers: this.#headers, body, wireBytes, elapsedMs });
  }

  #end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#options.ended(this);
  }
}

// One function for all timers, with the exchange as its argument: no closure each.
function onTimeout(exchange: Exchange): void {
  exchange.expire();
}

/** undici's object is ours alone and has lower-case names; only repeated headers need work. */
function plainHeaders(headers: Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) plain[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return plain;
}
