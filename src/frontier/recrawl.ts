import type { Entry, KeptFacts } from './entry.ts';
import type { Settlement } from './types.ts';

/** What is known of a page after a fetch; undefined when nothing is. */
export function factsAfter({ facts: before }: Entry, settlement: Settlement, now: number): KeptFacts | undefined {
  const { outcome, facts } = settlement;
  if (outcome === 'not-modified') return before && { ...before, ...facts, contentHash: before.contentHash };
  if (outcome !== 'fetched' || facts === undefined) return before;
  const [high, low] = facts.contentHash ?? [];
  const isSame = high !== undefined && before?.contentHash?.[0] === high && before.contentHash[1] === low;
  return { ...facts, changedAt: isSame ? before.changedAt : now, intervalMs: before?.intervalMs ?? 0 };
}
