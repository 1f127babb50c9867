import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import { answerCodec, reportCodec, type Sparse } from './messages.ts';
import type { Answer, Report } from './messages.generated.ts';

export interface FeedClientOptions {
  /** `http://host:port/feed` */
  readonly url: string;
  readonly token: string;
  readonly random: () => number;
  /** How long an unreachable feed is tried before the task gives up, ms. Default 60 s. */
  readonly giveUpAfterMs?: number;
}

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

/** The executor's end of the feed. Reports are idempotent by (task, seq), so each is repeated until answered. */
export class FeedClient {
  readonly #client: Client;
  readonly #options: FeedClientOptions;
  readonly #path: string;

  constructor(options: FeedClientOptions) {
    const url = new URL(options.url);
    this.#options = options;
    this.#path = url.pathname;
    this.#client = new Client(url.origin, { keepAliveTimeout: 60_000, headersTimeout: 60_000, bodyTimeout: 60_000 });
  }

  /**
   * Sends a report and resolves with its answer, or with `gone` when the scheduler no longer knows the task.
   *
   * @throws {PinspiderError} FEED_UNREACHABLE when nothing answered for `giveUpAfterMs`, or the token is refused
   */
  async exchange(report: Sparse<Report>, signal: AbortSignal): Promise<Answer | 'gone'> {
    const body = reportCodec.encode(report);
    const { giveUpAfterMs = 60_000, random } = this.#options;
    let waited = 0;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#post(body, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof PinspiderError || waited >= giveUpAfterMs) throw this.#unreachable(error);
        const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt) * (0.5 + random() / 2);
        waited += backoff;
        await sleep(backoff, undefined, { signal });
      }
    }
  }

  async close(): Promise<void> {
    await this.#client.destroy();
  }

  async #post(body: Uint8Array, signal: AbortSignal): Promise<Answer | 'gone'> {
    const response = await this.#client.request({
      method: 'POST',
      path: this.#path,
      headers: { authorization: `Bearer ${this.#options.token}`, 'content-type': 'application/x-protobuf' },
      body,
      signal,
    });
    const bytes = new Uint8Array(await response.body.arrayBuffer());
    if (response.statusCode === 200) return answerCodec.decode(bytes);
    if (response.statusCode === 410) return 'gone';
    const text = Buffer.from(bytes).toString('utf8').slice(0, 200);
    if (response.statusCode === 401) {
      throw new PinspiderError({ code: 'FEED_UNREACHABLE', what: 'the feed refused the token of this task' });
    }
    throw new Error(`status ${response.statusCode}${text ? `: ${text}` : ''}`);
  }

  #unreachable(error: unknown): PinspiderError {
    return new PinspiderError({
      code: 'FEED_UNREACHABLE',
      where: this.#options.url,
      what: `the scheduler's feed cannot be reached (${messageOf(error)})`,
      mend: 'set advertise: HOST:PORT in the job to an address that agents reach',
      cause: error,
    });
  }
}
