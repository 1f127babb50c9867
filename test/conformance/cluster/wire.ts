import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Codec, MediaType } from '../../../src/mesos/codec.ts';
import { records } from '../../../src/mesos/recordio.ts';

/** An event that came, in the form of the recordings: bytes in base64. */
export type LiveEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The events of one SUBSCRIBE, as they come. */
export class LiveStream {
  readonly events: LiveEvent[] = [];
  /** Indexes of events that have met their recorded counterpart, in the order of those. */
  readonly met: number[] = [];
  /** How the stream ended: with a final chunk, without one, by us, or not yet. */
  end: 'clean' | 'cut' | 'closed' | undefined;
  readonly #request: ClientRequest;
  #isRead = Promise.resolve();

  constructor(sent: ClientRequest, response: IncomingMessage, codec: Codec<object>, media: MediaType) {
    this.#request = sent;
    void this.#listen(response, codec, media);
  }

  /** Reads nothing, not even from the socket, until the promise is kept. */
  pauseUntil(go: Promise<void>): void {
    this.#isRead = go;
  }

  close(): void {
    this.end ??= 'closed';
    this.#request.destroy();
  }

  async #listen(response: IncomingMessage, codec: Codec<object>, media: MediaType): Promise<void> {
    try {
      for await (const record of records(response)) {
        await this.#isRead;
        this.events.push(readable(codec.decode(record, media)) as LiveEvent);
      }
      this.end ??= 'clean';
    } catch {
      this.end ??= 'cut';
    }
  }
}

/** What came back: an answer with its body or stream, or no answer at all. */
export interface Reply {
  readonly status?: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly stream?: LiveStream;
}

export interface Request {
  readonly url: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Present where a stream of events may be the answer. */
  readonly events?: { readonly codec: Codec<object>; readonly media: MediaType };
}

/** Sends one request on a connection of its own. */
export async function send({ url, method = 'POST', headers, body, events }: Request): Promise<Reply> {
  const sent = request(url, { method, headers, agent: false, setHost: !('host' in headers) });
  sent.end(body);
  try {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    sent.on('error', () => undefined); // the stream's own end tells
    const { statusCode: status = 0, headers: got } = response;
    if (events && status === 200) {
      const media = got['content-type'] === 'application/json' ? 'application/json' : 'application/x-protobuf';
      return { status, headers: got, body: '', stream: new LiveStream(sent, response, events.codec, media) };
    }
    if (status === 200 && got['transfer-encoding'] === 'chunked') {
      sent.destroy();
      return { status, headers: got, body: '' };
    }
    return { status, headers: got, body: (await buffer(response)).toString() };
  } catch {
    return { headers: {}, body: '' };
  }
}

/** Writes bytes to a connection and gathers what comes back until it ends or has been silent for a while. */
export async function exchange(port: number, bytes: Uint8Array): Promise<{ text: string; isOpen: boolean }> {
  const socket = connect(port, '127.0.0.1');
  const result = { text: '', isOpen: true };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => (result.text += chunk));
  for (const end of ['end', 'close', 'error']) socket.on(end, () => (result.isOpen = false));
  socket.write(bytes);
  for (let silent = 0; silent < 8 && result.isOpen;) {
    const before = result.text;
    await sleep(10);
    silent = before === result.text ? silent + 1 : 0;
  }
  const { text, isOpen } = result;
  socket.destroy();
  return { text, isOpen };
}

/** A message with its bytes in base64, as transcripts have them. */
export function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one)]));
}
