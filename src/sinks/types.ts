import type { Writable } from 'node:stream';

/** The seam between records and where they go. */

/** A record as the executor made it: UTF-8 JSON of one object, no line feed inside. */
export interface SinkRecord {
  readonly extractor: string;
  readonly json: Uint8Array;
}

/** Where a file stands: how many bytes were written into it, and their checksum (CRC-32 of RFC 1952). */
export interface SinkPosition {
  readonly path: string;
  readonly bytes: number;
  readonly crc32: number;
}

/**
 * Contract. `write` only buffers and never waits; `flush` resolves when all that was written before the call is stored
 * (handed to the operating system) and may be called while another is under way. `close` flushes. After a rejected flush
 * the sink is unusable. Files are appended to, one whole record at a time. Streams cannot be cut back: what they were given
 * after the last commit before a kill, they get again.
 */
export interface Sink {
  /** For people: `jsonl out/{extractor}.jsonl`. */
  readonly name: string;
  write(record: SinkRecord): void;
  /** @throws {PinspiderError} SINK_UNWRITABLE */
  flush(): Promise<void>;
  close(): Promise<void>;
  /** Where its files will stand when all that was written is flushed; empty for streams. */
  positions(): readonly SinkPosition[];
  /** Paths written so far, for the closing table; empty for streams. */
  files(): readonly string[];
}

/** As resolved from the job: paths absolute, `{extractor}`, `{job}` and `{date}` still in them. */
export type SinkSettings =
  | { readonly type: 'jsonl'; readonly path: string }
  | { readonly type: 'csv'; readonly path: string }
  | { readonly type: 'stdout' };

export interface SinkExtractor {
  readonly name: string;
  readonly fields: readonly string[];
  /** Its records carry the ambient fields. */
  readonly meta: boolean;
  /** Invalid records are kept, with `_errors`. Default false. */
  readonly keepsInvalid?: boolean | undefined;
  /** Members that tell of changes, at the end of its records. Default none. */
  readonly changeMembers?: readonly string[] | undefined;
}

export interface SinkContext {
  readonly job: string;
  /** Start of the run, ms since the epoch; gives `{date}` as YYYY-MM-DD (UTC). */
  readonly startedAt: number;
  /** Extractors with their fields in order: CSV columns come from here, never from the first record. */
  readonly extractors: readonly SinkExtractor[];
  /** Where the files of an unfinished run stood at its last commit: they are cut back to there. Absent: files start anew. */
  readonly resume?: readonly SinkPosition[] | undefined;
  /** A flush of a file waits until the disk has it: it survives the loss of power. Default: the operating system has it. */
  readonly forced?: boolean | undefined;
  /** Where sinks of type `stdout` write. Default: that of the process. */
  readonly stdout?: Writable | undefined;
}
