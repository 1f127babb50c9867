import { ByteReader, ByteWriter } from '../store/bytes.ts';
import type { Strings } from './strings.ts';
import type { NewUrl, PageFacts } from './types.ts';

/** A page by its host's number and the fingerprint (seed 0) of its URL. */
export interface PageRef {
  readonly host: number;
  readonly high: number;
  readonly low: number;
}

/** Facts with what recrawling goes by. */
export interface KeptFacts extends PageFacts {
  /** When the content last differed from that of the fetch before, ms. */
  readonly changedAt: number;
  /** How often it changes when recrawling adapts: it is left alone for 2^pace times the job's interval. */
  readonly pace: number;
}

/** What is kept of a URL besides what it was added with. */
export interface Known {
  readonly foundOn?: PageRef | undefined;
  readonly discoveredAt: number;
  readonly facts?: KeptFacts | undefined;
}

/** What stays the same of a URL from its discovery to its settlement. */
export interface Entry extends Omit<NewUrl, 'lane' | 'parked'>, Known {}

/** What only seeds have. */
type Extra = Pick<NewUrl, 'method' | 'headers' | 'body'>;

const TO = 1;
const EXTRA = 2;
const FOUND_ON = 4;
const REDIRECTS = 8;
const PRIORITY = 16;
const FACTS = 32;
/** The URL does not start with its host's origin. */
const WHOLE = 64;
/** It is its own seed. */
const SEED = 128;

/** Entries to the bytes that are kept of them in memory and on disk, and back. */
export class EntryCodec {
  readonly #strings: Strings;
  readonly #writer = new ByteWriter();
  #seed = '';
  #number = 0;

  constructor(strings: Strings) {
    this.#strings = strings;
  }

  encode(url: NewUrl, origin: string, known: Known): Uint8Array {
    const { to, redirects, priority, seed, method, headers, body } = url;
    const { foundOn, facts } = known;
    const hasExtra = method !== undefined || headers !== undefined || body !== undefined;
    const isWhole = !url.url.startsWith(origin);
    const isSeed = seed === url.url;
    const flags =
      (to === undefined ? 0 : TO) |
      (hasExtra ? EXTRA : 0) |
      (foundOn === undefined ? 0 : FOUND_ON) |
      (redirects === 0 ? 0 : REDIRECTS) |
      (priority === 0 ? 0 : PRIORITY) |
      (facts === undefined ? 0 : FACTS) |
      (isWhole ? WHOLE : 0) |
      (isSeed ? SEED : 0);
    const writer = this.#writer;
    writer
      .byte(flags)
      .number(url.depth)
      .number(Math.floor(known.discoveredAt / 1000));
    if (!isSeed) writer.number(this.#seedNumber(seed));
    if (to !== undefined) writer.number(this.#strings.numberOf(to));
    if (foundOn !== undefined) writer.number(foundOn.host).word(foundOn.high).word(foundOn.low);
    if (redirects !== 0) writer.number(redirects);
    if (priority !== 0) writer.signed(priority);
    if (hasExtra) writer.text(JSON.stringify({ method, headers, body }));
    if (facts !== undefined) writeFacts(writer, facts);
    return writer.lastText(url.url, isWhole ? 0 : origin.length).take();
  }

  decode(bytes: Uint8Array, origin: string): Entry {
    return this.read(new ByteReader(bytes), origin);
  }

  read(reader: ByteReader, origin: string): Entry {
    const strings = this.#strings;
    const flags = reader.byte();
    const depth = reader.number();
    const discoveredAt = reader.number() * 1000;
    const seed = (flags & SEED) === 0 ? strings.textOf(reader.number()) : undefined;
    const to = (flags & TO) === 0 ? undefined : strings.textOf(reader.number());
    const foundOn =
      (flags & FOUND_ON) === 0 ? undefined : { host: reader.number(), high: reader.word(), low: reader.word() };
    const redirects = (flags & REDIRECTS) === 0 ? 0 : reader.number();
    const priority = (flags & PRIORITY) === 0 ? 0 : reader.signed();
    const extra = (flags & EXTRA) === 0 ? undefined : (JSON.parse(reader.text()) as Extra);
    const facts = (flags & FACTS) === 0 ? undefined : readFacts(reader);
    const rest = reader.lastText();
    const url = (flags & WHOLE) === 0 ? origin + rest : rest;
    // All of one shape: what is put together from parts costs several times as much to make and to read.
    return {
      url,
      depth,
      seed: seed ?? url,
      priority,
      redirects,
      discoveredAt,
      to,
      method: extra?.method,
      headers: extra?.headers,
      body: extra?.body,
      foundOn,
      facts,
    };
  }

  /** Links come by pages, of one seed each. */
  #seedNumber(seed: string): number {
    if (seed !== this.#seed || this.#number === 0) {
      this.#seed = seed;
      this.#number = this.#strings.numberOf(seed);
    }
    return this.#number;
  }
}

/** Depth alone, for queues that are read from disk. */
export function depthOf(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes);
  reader.byte();
  return reader.number();
}

export function writeFacts(to: ByteWriter, facts: KeptFacts): void {
  const { etag = '', lastModified = '', contentHash, changedAt, pace } = facts;
  to.text(etag)
    .text(lastModified)
    .number(Math.floor(changedAt / 1000))
    .signed(pace)
    .byte(contentHash === undefined ? 0 : 1);
  if (contentHash !== undefined) to.word(contentHash[0]).word(contentHash[1]);
}

export function readFacts(from: ByteReader): KeptFacts {
  const etag = from.text();
  const lastModified = from.text();
  const changedAt = from.number() * 1000;
  const pace = from.signed();
  const contentHash = from.byte() === 0 ? undefined : ([from.word(), from.word()] as const);
  return {
    ...(etag !== '' && { etag }),
    ...(lastModified !== '' && { lastModified }),
    ...(contentHash !== undefined && { contentHash }),
    changedAt,
    pace,
  };
}
