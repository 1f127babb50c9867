import { Client, type Dispatcher, errors } from 'undici';
import { messageOf } from '../lib/errors.ts';
import { connectOptions, type Tls } from './tls.ts';

const REFUSAL_TEXT_MAX = 4096;

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  /** Unix socket to use in place of the URL's host and port. */
  readonly socketPath?: string | undefined;
  /** For https; without it the system's authorities are trusted. */
  readonly tls?: Tls | undefined;
}

/**
 * One connection to a Mesos endpoint, one request in flight.
 *
 * undici's Client, not its Pool or node:http: a Client *is* one connection, and Mesos promises an order of calls within
 * one connection only. It never repeats a POST by itself, which matters too: an ACCEPT that is sent twice loses its tasks.
 */
export class Transport {
  readonly url: URL;
  readonly #client: Client;

  constructor(url: URL, { connectTimeoutMs, socketPath, tls }: TransportOptions) {
    this.url = url;
    const connect = { timeout: connectTimeoutMs, ...(tls && connectOptions(tls)) };
    this.#client = new Client(url.origin, { connect, pipelining: 1, ...(socketPath !== undefined && { socketPath }) });
  }

  /** @param answerWithinMs until the head of the answer; the body may take for ever */
  async post(
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
    answerWithinMs: number,
    signal?: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    return this.#client.request({
      method: 'POST',
      path: this.url.pathname + this.url.search,
      // The bare type: parameters such as a charset are answered by 415.
      headers: { 'content-type': 'application/x-protobuf', accept: 'application/x-protobuf', ...headers },
      body,
      headersTimeout: answerWithinMs,
      bodyTimeout: 0,
      ...(signal && { signal }),
    });
  }

  /** Lets a request in flight end. */
  async close(): Promise<void> {
    if (this.#client.destroyed || this.#client.closed) return;
    if (this.#client.stats.size === 0) await this.destroy();
    else await this.#client.close();
  }

  /** Cuts the connection. */
  async destroy(): Promise<void> {
    await this.#client.destroy(withoutStack(() => new errors.ClientDestroyedError()));
  }
}

/** Node reads the stack of each error that it destroys a socket with, for which V8 looks for the ends of all lines of the program: 5 ms. */
function withoutStack(make: () => Error): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The text of a refusal, on one line; never more than a few KiB of it. */
export async function refusalText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= REFUSAL_TEXT_MAX) break;
    }
  } catch {
    // The status says enough; a text that was cut short says the rest as far as it came.
  }
  const text = Buffer.concat(chunks).subarray(0, REFUSAL_TEXT_MAX).toString('utf8');
  return text.replace(/\s+/g, ' ').trim();
}

/** What went wrong on a connection, in words. */
export function connectionFault(error: unknown): string {
  // Node joins the failures of all addresses of a host in an AggregateError without a text of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return connectionFault(error.errors.at(-1));
  return messageOf(error) || codeOf(error) || 'connection failed';
}

/** A certificate or protocol fault: it would be the same at the next attempt. */
export function isTlsFault(error: unknown): boolean {
  return /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$)/.test(
    codeOf(error),
  );
}

/** The other end closed a connection that was open. */
export function isClosed(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
