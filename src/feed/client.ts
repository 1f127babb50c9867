import { Client } from 'undici';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import { answerCodec, reportCodec, type Sparse } from './messages.ts';
import type { Answer, Report } from './messages.generated.ts';

export interface FeedClientOptions {
  /** `http://host:port/feed` */
  readonly url: string;
  readonly token: string;
  /** ms. */
  readonly now: () => number;
  readonly random: () => number;
  /** How long a feed that was never reached is tried before the task gives up, ms. Default 60 s. */
  readonly giveUpAfterMs?: number;
  /** The same for one that was: its scheduler may be starting again. Asked when it matters. Default as the other. */
  readonly patienceMs?: () => number;
}

const GIVE_UP_AFTER_MS = 60_000;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

/** Where the feed is, and the one connection to it. */
interface Target {
  readonly url: string;
  readonly token: string;
  readonly path: string;
  readonly client: Client;
}

/** The feed is there and will not have us. */
class RefusedError extends Error {}

/** The executor's end of the feed. Reports are idempotent by (task, seq), so each is repeated until answered. */
export class FeedClient {
  readonly #options: FeedClientOptions;
  #target: Target;
  #reached = false;
  /** Ends the waits of who would go on at the old address. */
  #moved = new AbortController();

  constructor(options: FeedClientOptions) {
    this.#options = options;
    this.#target = targetOf(options.url, options.token);
  }

  /** Sends the report that is under way, and all to come, to another address: that of the same run, which began anew. */
  moveTo(url: string, token: string): void {
    const old = this.#target;
    if (url === old.url && token === old.token) return;
    this.#target = targetOf(url, token);
    void old.client.destroy();
    this.#moved.abort();
    this.#moved = new AbortController();
  }

  /**
   * Sends a report and resolves with its answer, or with `gone` when the scheduler no longer knows the task.
   *
   * @throws {PinspiderError} FEED_UNREACHABLE when nothing answered for as long as the options say, or a feed that was never
   *   reached refuses the token
   */
  async exchange(report: Sparse<Report>, signal: AbortSignal): Promise<Answer | 'gone'> {
    const { now, random } = this.#options;
    const body = reportCodec.encode(report);
    let since = now();
    for (let attempt = 0; ; attempt++) {
      const target = this.#target;
      try {
        const answer = await post(target, body, signal);
        this.#reached = true;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (this.#target !== target) {
          since = now();
          attempt = -1;
          continue;
        }
        const forGood = error instanceof RefusedError && !this.#reached;
        if (forGood || now() - since >= this.#patienceMs()) throw unreachable(target.url, error);
        const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt) * (0.5 + random() / 2);
        await pause(backoff, [signal, this.#moved.signal]);
        signal.throwIfAborted();
      }
    }
  }

  async close(): Promise<void> {
    await this.#target.client.destroy();
  }

  #patienceMs(): number {
    const { giveUpAfterMs = GIVE_UP_AFTER_MS, patienceMs } = this.#options;
    return this.#reached && patienceMs ? Math.max(giveUpAfterMs, patienceMs()) : giveUpAfterMs;
  }
}

function targetOf(url: string, token: string): Target {
  const { origin, pathname } = new URL(url);
  const client = new Client(origin, { keepAliveTimeout: 60_000, headersTimeout: 60_000, bodyTimeout: 60_000 });
  return { url, token, path: pathname, client };
}

async function post({ client, path, token }: Target, body: Uint8Array, signal: AbortSignal): Promise<Answer | 'gone'> {
  const response = await client.request({
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-protobuf' },
    body,
    signal,
  });
  const bytes = new Uint8Array(await response.body.arrayBuffer());
  if (response.statusCode === 200) return answerCodec.decode(bytes);
  if (response.statusCode === 410) return 'gone';
  if (response.statusCode === 401) throw new RefusedError('it refuses the token of this task');
  const text = Buffer.from(bytes).toString('utf8').slice(0, 200);
  throw new Error(`status ${response.statusCode}${text ? `: ${text}` : ''}`);
}

/** Waits, or stops waiting when one of the signals aborts: either way it resolves. */
async function pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    for (const signal of signals) signal.addEventListener('abort', done);
  });
}

function unreachable(url: string, error: unknown): PinspiderError {
  return new PinspiderError({
    code: 'FEED_UNREACHABLE',
    where: url,
    what: `the scheduler's feed cannot be reached (${messageOf(error)})`,
    mend: 'set advertise: HOST:PORT in the job to an address that agents reach',
    cause: error,
  });
}
