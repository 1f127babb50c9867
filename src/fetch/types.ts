/** The seam between fetching and its users. */

export interface FetchRequest {
  /** Absolute http(s) URL. */
  readonly url: string;
  /** Default GET. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | string | undefined;
  /**
   * Asked once, when status and headers are there; default: always. A body that is not wanted and not small is not read: the
   * response then has an empty one, and its connection is dropped.
   */
  readonly wantsBody?: ((status: number, headers: Readonly<Record<string, string>>) => boolean) | undefined;
}

/** One HTTP answer, whatever its status. Redirects are not followed here. */
export interface FetchResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Content decoded (gzip, deflate, br), at most `maxBody` bytes. */
  readonly body: Buffer;
  /** Bytes of the body on the wire. */
  readonly wireBytes: number;
  /** ms from sending the request to the last byte. */
  readonly elapsedMs: number;
}

/** Why there was no answer to use. Stable: they are counted and shown. */
export type FetchFailure =
  | 'connect' // refused, reset, unreachable
  | 'dns' // no such host
  | 'timeout' // connect, headers, body or total
  | 'tls'
  | 'too-large' // past max_body after decompression
  | 'encoding' // content coding broken or unknown
  | 'private-address' // refused by the guard
  | 'protocol'; // not HTTP, truncated body

/** Rejection of `Fetch` when there is no whole response. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly failure: FetchFailure;
  constructor(failure: FetchFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

/**
 * Fetches one URL once: one exchange, no redirects, no retries, no interpretation of the status.
 * Resolves for every HTTP status; rejects with `FetchError` only when there is no whole response, or with the
 * signal's reason when aborted. Calls may overlap without limit; the implementation owns its connections.
 */
export type Fetch = (request: FetchRequest, signal?: AbortSignal) => Promise<FetchResponse>;

export interface Fetcher extends AsyncDisposable {
  readonly fetch: Fetch;
}

/** All durations in ms, sizes in bytes. */
export interface FetchSettings {
  readonly connectTimeoutMs: number;
  /** From the start of the exchange to the last byte. */
  readonly timeoutMs: number;
  readonly maxBody: number;
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
  /** Host names or literal addresses that seeds name: the guard lets these through. Lower case, IPv6 without brackets. */
  readonly namedHosts: readonly string[];
  readonly rejectUnauthorized: boolean;
  /** Connections to one origin at most. */
  readonly connectionsPerOrigin: number;
  readonly http2: boolean;
}
