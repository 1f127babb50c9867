import { ByteReader, type ByteWriter } from '../store/bytes.ts';
import { type KeptFacts, readFacts, writeFacts } from './entry.ts';
import { type Outcome, OUTCOMES } from './types.ts';

/** How a URL was settled. Texts are numbers of Strings; 0 = none. */
export interface Settled {
  readonly outcome: Outcome;
  readonly reason: number;
  readonly task: number;
  readonly status: number;
  readonly attempt: number;
  readonly settledAt: number;
  readonly facts?: KeptFacts | undefined;
}

const REASON = 8;
const TASK = 16;
const STATUS = 32;
const ATTEMPT = 64;
const FACTS = 128;

/** Begins the record of a settled URL: how it ended. Its entry as it was follows, to the record's end. */
export function beginSettled(settled: Settled, writer: ByteWriter): ByteWriter {
  const { outcome, reason, task, status, attempt, facts } = settled;
  writer
    .byte(
      OUTCOMES.indexOf(outcome) |
        (reason > 0 ? REASON : 0) |
        (task > 0 ? TASK : 0) |
        (status > 0 ? STATUS : 0) |
        (attempt > 0 ? ATTEMPT : 0) |
        (facts !== undefined ? FACTS : 0),
    )
    .number(Math.floor(settled.settledAt / 1000));
  if (reason > 0) writer.number(reason);
  if (task > 0) writer.number(task);
  if (status > 0) writer.number(status);
  if (attempt > 0) writer.number(attempt);
  if (facts !== undefined) writeFacts(writer, facts);
  return writer;
}

export function decodeSettled(bytes: Uint8Array): Settled & { readonly entry: Uint8Array } {
  const reader = new ByteReader(bytes);
  const head = reader.byte();
  const outcome = OUTCOMES[head & 7];
  if (outcome === undefined) throw new Error('bug: a record of no known outcome');
  const next = (flag: number): number => ((head & flag) === 0 ? 0 : reader.number());
  const settledAt = reader.number() * 1000;
  const reason = next(REASON);
  const task = next(TASK);
  const status = next(STATUS);
  const attempt = next(ATTEMPT);
  const facts = (head & FACTS) === 0 ? undefined : readFacts(reader);
  return { outcome, settledAt, reason, task, status, attempt, facts, entry: reader.lastBytes() };
}

/** The record of a URL that waits to be tried again: what counts for the next try, then its entry. */
export interface Retry {
  readonly attempt: number;
  readonly retryAt: number;
  /** Why it was not settled, number of Strings. */
  readonly reason: number;
}

export function beginRetry({ attempt, retryAt, reason }: Retry, writer: ByteWriter): ByteWriter {
  return writer.number(attempt).number(Math.ceil(retryAt)).number(reason);
}

export function decodeRetry(bytes: Uint8Array): Retry & { readonly entry: Uint8Array } {
  const reader = new ByteReader(bytes);
  return { attempt: reader.number(), retryAt: reader.number(), reason: reader.number(), entry: reader.lastBytes() };
}
