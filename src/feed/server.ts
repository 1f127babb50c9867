import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import { reportCodec } from './messages.ts';
import type { Report } from './messages.generated.ts';

export interface FeedServerOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Whether any free port will do when that one is taken. */
  readonly orAnyPort?: boolean | undefined;
  /** Bearer token that every report must bear. */
  readonly token: string;
  /** Settles a report and gives the encoded Answer; called for one report of a task at a time. */
  readonly exchange: (report: Report) => Promise<Uint8Array>;
  /** Files served to agents' fetchers by path, e.g. `/artifacts/executor-<hash>.mjs`. */
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
}

/** Refuses a report for good: the task is not known (any more), and shall end. */
export class UnknownTaskError extends Error {
  override readonly name = 'UnknownTaskError';
}

// A report is cut by the executor at about 1 MB; one page with max_body of records may be larger.
const MAX_REPORT_BYTES = 256 * 1024 * 1024;

/**
 * The scheduler's HTTP endpoint of the data plane: `POST /feed` takes a Report and answers with an Answer.
 *
 * 200 answer · 400 not a report · 401 no or wrong token · 404 path · 405 method · 410 unknown task · 413 too large · 500 not stored.
 */
export class FeedServer {
  readonly #server: Server;
  readonly #options: FeedServerOptions;
  readonly #expected: Buffer;

  private constructor(options: FeedServerOptions) {
    this.#options = options;
    this.#expected = Buffer.from(`Bearer ${options.token}`);
    this.#server = createServer((request, response) => void this.#handle(request, response));
    // Executors report at their own pace; a slow host may keep one silent for long.
    this.#server.keepAliveTimeout = 120_000;
    this.#server.requestTimeout = 0;
  }

  /** @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the address cannot be listened on */
  static async listen(options: FeedServerOptions): Promise<FeedServer> {
    const feed = new FeedServer(options);
    try {
      feed.#server.listen(options.port, options.host);
      await once(feed.#server, 'listening');
    } catch (error) {
      if (options.orAnyPort && isTaken(error)) return FeedServer.listen({ ...options, port: 0, orAnyPort: false });
      throw new PinspiderError({
        code: 'CLUSTER_ADDRESS_IN_USE',
        where: `${options.host}:${options.port}`,
        what: `the feed cannot listen here (${messageOf(error)})`,
        mend: 'choose a free port in advertise: HOST:PORT',
        cause: error,
      });
    }
    return feed;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const path = request.url ?? '/';
      const artifact = this.#options.artifacts.get(path);
      if (artifact) {
        sendArtifact(request, response, artifact);
        return;
      }
      const refused = path !== '/feed' ? 404 : !this.#authorized(request) ? 401 : request.method !== 'POST' ? 405 : 0;
      const body = refused === 0 ? await read(request) : undefined;
      if (!body) {
        end(response, refused || 413);
        return;
      }
      const bytes = await this.#options.exchange(reportCodec.decode(body));
      response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': bytes.length });
      response.end(bytes);
    } catch (error) {
      if (error instanceof UnknownTaskError) end(response, 410, error.message);
      else if (error instanceof PinspiderError && error.code === 'FEED_MESSAGE') end(response, 400, error.message);
      else end(response, 500, messageOf(error));
    }
  }

  #authorized(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    return given.length === this.#expected.length && timingSafeEqual(given, this.#expected);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

// curl, which real agents fetch with, asks HEAD first when the file is to be cached.
function sendArtifact(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
  response.writeHead(200, { 'content-type': 'text/javascript', 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function end(response: ServerResponse, status: number, text = ''): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain', connection: status === 413 ? 'close' : 'keep-alive' });
  response.end(text);
}

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REPORT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
