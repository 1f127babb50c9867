import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** What an endpoint answers when it opens no stream. The body is in Mesos's own words: schedulers branch on some of them. */
export interface Plain {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ACCEPTED: Plain = { status: 202, body: '' };

/** The answer with only its reason phrase: `401 Unauthorized.` */
export function bare(status: number, headers: Readonly<Record<string, string>> = {}): Plain {
  return { status, body: `${status} ${STATUS_CODES[status] ?? ''}.`, headers };
}

export function refusal(status: number, body: string): Plain {
  return { status, body };
}

export function write(response: ServerResponse, { status, body = '', headers = {} }: Plain): void {
  response.writeHead(status, {
    ...headers,
    ...(body !== '' && { 'Content-Type': 'text/plain; charset=utf-8' }),
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** The whole body, inflated if it says so. Only for callers that have proved who they are: it is held in memory. */
export async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const body = await buffer(request);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** The path without a query and a slash at its end, which Mesos does not mind. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').replace(/\?.*$/, '').replace(/(?<=.)\/$/, '');
}
