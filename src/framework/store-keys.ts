import type { Store } from '../store/types.ts';

/** The scheduler's own keys in the store: below `F/`, apart from the frontier's. */

const ROOT = 'F/';

/** All of them: from OWN to before AFTER_OWN ('0' comes after '/'). */
export const OWN = ROOT;
export const AFTER_OWN = 'F0';

export interface Kept {
  readonly id: string;
  readonly value: Uint8Array;
}

/** Ids may be any text; keys are bytes. */
export function keyOf(kind: string, id?: string): string {
  return id === undefined ? `${ROOT}${kind}` : `${ROOT}${kind}/${encodeURIComponent(id)}`;
}

/** All entries of a kind that has ids, in the order of their keys. */
export async function entriesBelow(store: Store, kind: string): Promise<Kept[]> {
  const prefix = `${ROOT}${kind}/`;
  const entries: Kept[] = [];
  // '0' is the character after '/'.
  for await (const chunk of store.scan({ gte: prefix, lt: `${ROOT}${kind}0` })) {
    for (const [key, value] of chunk) entries.push({ id: decodeURIComponent(key.slice(prefix.length)), value });
  }
  return entries;
}

export function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** Of what `encodeJson` wrote: the store checks its bytes, and T is what was put under the key. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function decodeJson<T>(bytes: Uint8Array): T {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as T;
}

/** What is kept of a running task besides what it holds. */
export interface StoredTask {
  readonly lane: number;
  readonly seq: number;
  readonly settled: number;
  /** The answer to its last report, encoded. */
  readonly answer: Uint8Array;
}

const TASK_HEAD_BYTES = 12;

export function encodeTask({ lane, seq, settled, answer }: StoredTask): Uint8Array {
  const bytes = Buffer.allocUnsafe(TASK_HEAD_BYTES + answer.length);
  bytes.writeUInt32BE(lane, 0);
  bytes.writeUInt32BE(seq, 4);
  bytes.writeUInt32BE(settled, 8);
  bytes.set(answer, TASK_HEAD_BYTES);
  return bytes;
}

export function decodeTask(bytes: Uint8Array): StoredTask {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    lane: head.getUint32(0),
    seq: head.getUint32(4),
    settled: head.getUint32(8),
    answer: bytes.subarray(TASK_HEAD_BYTES),
  };
}
