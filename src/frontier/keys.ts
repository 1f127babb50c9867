/**
 * Keys of the frontier's records in the store: strings of code units below 256. They start with a small letter; those of other users
 * of the store must not.
 *
 * | key                        | value                                                    |
 * | -------------------------- | -------------------------------------------------------- |
 * | `b`                        | counts and counters (journal.ts)                         |
 * | `c` reason outcome         | how many URLs were settled so for it                     |
 * | `d` host lane id           | a URL that waits for its retry, or is tried again        |
 * | `f` number                 | fingerprints, 8 bytes each (print-log.ts)                |
 * | `h` host                   | its origin                                               |
 * | `l` reason lane            | how many URLs have a place of a quota                    |
 * | `n` host                   | its numbers: delay, failures, queue lengths (host-record.ts) |
 * | `o` origin                 | the host's number                                        |
 * | `q` order lane host place id | a URL that waits or is leased and was not tried before |
 * | `r` host                   | its robots.txt                                           |
 * | `s` number                 | a text that records refer to: seed, reason, task, extractor |
 * | `t` task                   | what it holds                                            |
 * | `u` host fingerprint lane  | a URL that is settled (record.ts)                        |
 */

import type { FrontierSettings } from './types.ts';

export type Order = FrontierSettings['order'];

/** Where a URL stands in its host's queue. */
export interface Place {
  readonly priority: number;
  readonly depth: number;
  readonly id: number;
}

export const COUNTS_KEY = 'b';

/** Stands for all lanes in the key of a URL that a rule keeps out. */
export const NO_LANE = 255;

const DEPTH_MAX = 0xffffff;

/** 32 bits, ordered as the numbers are. */
export function word(value: number): string {
  return String.fromCharCode(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

export function numberAt(key: string, at: number): number {
  return (
    ((key.charCodeAt(at) << 24) |
      (key.charCodeAt(at + 1) << 16) |
      (key.charCodeAt(at + 2) << 8) |
      key.charCodeAt(at + 3)) >>>
    0
  );
}

/** Any text as key. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}

/** All keys that start so. */
export function range(prefix: string): { readonly gte: string; readonly lt: string } {
  let end = prefix.length;
  while (prefix.charCodeAt(end - 1) === 255) end--;
  return { gte: prefix, lt: prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1) };
}

const ORDER_LETTERS = { bfs: 'b', dfs: 'd', priority: 'p' } as const;

const Q = 'q'.charCodeAt(0);
const U = 'u'.charCodeAt(0);

/** Of all queues in this order. */
export function queuesPrefix(order: Order): string {
  return `q${ORDER_LETTERS[order]}`;
}

export function queuePrefix(order: Order, lane: number, host: number): string {
  // In one call: what is joined of pieces is put together again each time it is looked up.
  return String.fromCharCode(
    Q,
    ORDER_LETTERS[order].charCodeAt(0),
    lane,
    host >>> 24,
    (host >>> 16) & 255,
    (host >>> 8) & 255,
    host & 255,
  );
}

/** Keys of a queue sort as its URLs are to be leased. @param prefix `queuePrefix` */
export function queueKey(order: Order, prefix: string, { priority, depth, id }: Place): string {
  const level = Math.min(depth, DEPTH_MAX);
  const down = order === 'dfs';
  const rank = order === 'priority' ? 0 : down ? DEPTH_MAX - level : level;
  const ahead = 0x7fffffff - priority;
  const age = down ? ~id : id;
  // In one call: keys are made for each link, and what is joined of pieces is put together once more when it is looked up.
  return String.fromCharCode(
    prefix.charCodeAt(0),
    prefix.charCodeAt(1),
    prefix.charCodeAt(2),
    prefix.charCodeAt(3),
    prefix.charCodeAt(4),
    prefix.charCodeAt(5),
    prefix.charCodeAt(6),
    ahead >>> 24,
    (ahead >>> 16) & 255,
    (ahead >>> 8) & 255,
    ahead & 255,
    rank >>> 16,
    (rank >>> 8) & 255,
    rank & 255,
    age >>> 24,
    (age >>> 16) & 255,
    (age >>> 8) & 255,
    age & 255,
  );
}

/** Host, lane, priority and id of a queue's key; the depth is in the value. */
export function readQueueKey(order: Order, key: string): { host: number; lane: number; priority: number; id: number } {
  const id = numberAt(key, 14);
  return {
    host: numberAt(key, 3),
    lane: key.charCodeAt(2),
    priority: 0x7fffffff - numberAt(key, 7),
    id: order === 'dfs' ? ~id >>> 0 : id,
  };
}

export function retryKey(host: string, lane: number, id: number): string {
  return `d${host}${String.fromCharCode(lane)}${word(id)}`;
}

export function readRetryKey(key: string): { host: number; lane: number; id: number } {
  return { host: numberAt(key, 1), lane: key.charCodeAt(5), id: numberAt(key, 6) };
}

/** Prefix of the records of a URL in all lanes; the fingerprint is that of seed 0. */
export function urlPrefix(host: string, high: number, low: number): string {
  return `u${host}${word(high)}${word(low)}`;
}

export function urlKey(host: string, high: number, low: number, lane: number): string {
  return String.fromCharCode(
    U,
    host.charCodeAt(0),
    host.charCodeAt(1),
    host.charCodeAt(2),
    host.charCodeAt(3),
    high >>> 24,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    low >>> 24,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
    lane,
  );
}
