import type { Entry, Range } from './types.ts';

type Change = readonly [key: string, value: Uint8Array | undefined];

/** Stored entries as they are with changes that are not yet written; both in the order of the range. */
export async function* mergeChanges(
  stored: AsyncGenerator<readonly Entry[], void, undefined>,
  changes: readonly Change[],
  { reverse, limit = Infinity }: Range,
): AsyncGenerator<readonly Entry[], void, undefined> {
  let left = limit;
  let next = 0;
  const takeUpTo = (key: string | undefined, out: Entry[]): void => {
    for (let change = changes[next]; change !== undefined; change = changes[++next]) {
      const [changed, value] = change;
      if (key !== undefined && (reverse === true ? changed < key : changed > key)) return;
      if (value !== undefined) out.push([changed, value]);
      if (changed === key) {
        next++;
        return;
      }
    }
  };
  const cut = (out: Entry[]): Entry[] => {
    const kept = out.length > left ? out.slice(0, left) : out;
    left -= kept.length;
    return kept;
  };
  // Leaving the loop returns `stored`.
  for await (const chunk of stored) {
    const out: Entry[] = [];
    for (const entry of chunk) {
      const [key] = entry;
      const before = next;
      takeUpTo(key, out);
      const isChanged = next > before && changes[next - 1]?.[0] === key;
      if (!isChanged) out.push(entry);
    }
    if (out.length > 0) yield cut(out);
    if (left === 0) return;
  }
  const rest: Entry[] = [];
  takeUpTo(undefined, rest);
  if (rest.length > 0) yield cut(rest);
}
