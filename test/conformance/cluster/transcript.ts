import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaType } from '../../../src/mesos/codec.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

interface Line {
  /** Milliseconds since the recording began. */
  readonly t: number;
  /** Whose connection it is: a scheduler, `executor:ID`, or whoever tried something. */
  readonly side: string;
}

/** A call of the API. */
export interface Call extends Line {
  readonly kind: 'call';
  /** Ordinal of the call on its side, from 1. */
  readonly nth: number;
  readonly call: Readonly<Record<string, unknown>>;
  /** Mesos-Stream-Id, as sent. */
  readonly stream?: string;
  readonly authorization?: string;
  /** Where it went, when not to the first master or agent. */
  readonly host?: string;
  /** Other than the usual one. */
  readonly path?: string;
}

/** A request that is no well-formed call, with all its bytes. */
export interface Raw extends Line {
  readonly kind: 'raw';
  readonly nth: number;
  readonly name: string;
  readonly request: Buffer;
}

/** Bytes written to a connection of their own, and all bytes that came back. */
export interface Exchange extends Line {
  readonly kind: 'exchange';
  readonly name: string;
  readonly request: Buffer;
  readonly response: string;
  readonly why: string;
}

/** The answer to the call of that ordinal; without a status there was none. */
export interface Response extends Line {
  readonly kind: 'response';
  readonly nth: number;
  readonly status?: number;
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Event extends Line {
  readonly kind: 'event';
  readonly event: { readonly type: string } & Readonly<Record<string, unknown>>;
}

/** The stream that the call opened ended, or none was opened. */
export interface End extends Line {
  readonly kind: 'end';
  readonly nth: number;
  readonly why: string;
}

/** What was done to the cluster by hand, or seen. */
export interface Note extends Line {
  readonly kind: 'note';
  readonly note: string;
}

export type Entry = Call | Raw | Exchange | Response | Event | End | Note;

export interface Transcript {
  readonly name: string;
  readonly media: MediaType;
  readonly entries: readonly Entry[];
}

type Stored = {
  readonly kind: string;
  readonly side: string;
  readonly n?: number;
  readonly request?: string;
} & Readonly<Record<string, unknown>>;

interface Side {
  readonly side: string;
  readonly calls: readonly object[];
  readonly events: readonly object[];
}

/** Names of all recorded scenarios, in order. */
export function scenarioNames(): string[] {
  return readdirSync(join(fixtures, 'transcripts/json')).map((file) => file.replace('.jsonl', ''));
}

/** What fixtures/transcripts/README.md describes, with its calls and events filled in. */
export function transcript(name: string, codec: 'json' | 'protobuf'): Transcript {
  const lines = readFileSync(join(fixtures, 'transcripts', codec, `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
  const stored = lines.map((line) => JSON.parse(line) as Stored & { readonly process?: number });
  const isQuiet = stored.every(({ kind }) => kind === 'note');
  const sides = isQuiet
    ? []
    : (JSON.parse(readFileSync(join(fixtures, 'recordings', codec, `${name}.json`), 'utf8')) as Side[]);
  const entries = stored.map(({ n, request, process, ...line }) => {
    const from = sides.find(({ side }) => side === line.side);
    const filled = {
      ...line,
      side: process === undefined ? line.side : `${line.side}:${process}`,
      ...(line.kind === 'call' && { call: from?.calls[n ?? -1] }),
      ...(line.kind === 'event' && { event: from?.events[n ?? -1] }),
      ...(request !== undefined && { request: Buffer.from(request, 'base64') }),
    };
    return filled as unknown as Entry; // our own fixture
  });
  return { name, media: codec === 'json' ? 'application/json' : 'application/x-protobuf', entries };
}
