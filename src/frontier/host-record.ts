import { ByteReader, type ByteWriter } from '../store/bytes.ts';
import type { Host } from './host.ts';
import type { Strings } from './strings.ts';

/** What is stored of a host besides origin and robots.txt. */
export interface HostNumbers extends Pick<
  Host,
  'delayMs' | 'notBefore' | 'robots' | 'closed' | 'failures' | 'fetched'
> {
  /** By lane: URLs on disk that wait or are leased. */
  readonly lanes: readonly { readonly stored: number; readonly retries: number }[];
}

const ROBOTS = ['rules', 'allow-all', 'disallow-all'] as const;
const CLOSED = ['failed', 'excluded'] as const;

export function encodeHost(host: Host, strings: Strings, writer: ByteWriter): Uint8Array {
  writeHost(host, strings, writer);
  return writer.take();
}

export function decodeHost(bytes: Uint8Array, strings: Strings): HostNumbers {
  return readHost(new ByteReader(bytes), strings);
}

export function writeHost(host: Host, strings: Strings, writer: ByteWriter): void {
  const { robots, closed, spots } = host;
  // Times of the one clock and delays of the other: fractions of a ms are dropped, upwards.
  writer
    .number(Math.ceil(host.delayMs))
    .number(Math.ceil(host.notBefore))
    .number(host.failures)
    .number(host.fetched)
    .byte(robots === undefined ? 0 : 1 + ROBOTS.indexOf(robots.status))
    .byte(closed === undefined ? 0 : 1 + CLOSED.indexOf(closed.state));
  if (robots !== undefined) writer.number(Math.ceil(robots.expiresAt));
  if (closed !== undefined) writer.number(strings.numberOf(closed.reason));
  writer.number(spots.length);
  for (let lane = 0; lane < spots.length; lane++) {
    const spot = spots[lane];
    writer.number(spot?.stored ?? 0).number(spot?.retries ?? 0);
  }
}

export function readHost(reader: ByteReader, strings: Strings): HostNumbers {
  const delayMs = reader.number();
  const notBefore = reader.number();
  const failures = reader.number();
  const fetched = reader.number();
  const status = ROBOTS[reader.byte() - 1];
  const state = CLOSED[reader.byte() - 1];
  const robots = status && { status, expiresAt: reader.number() };
  const closed = state && { state, reason: strings.textOf(reader.number()) };
  const lanes: { stored: number; retries: number }[] = [];
  for (let left = reader.number(); left > 0; left--) lanes.push({ stored: reader.number(), retries: reader.number() });
  return { delayMs, notBefore, failures, fetched, robots, closed, lanes };
}

/** The host is as these numbers say, but for its lanes. */
export function takeNumbers(host: Host, numbers: HostNumbers): HostNumbers {
  host.delayMs = numbers.delayMs;
  host.notBefore = numbers.notBefore;
  host.robots = numbers.robots;
  host.closed = numbers.closed;
  host.failures = numbers.failures;
  host.fetched = numbers.fetched;
  return numbers;
}
