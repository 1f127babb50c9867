import type { KeptFacts } from './entry.ts';
import type { Settled } from './record.ts';
import type { PageFacts, Recrawl, Settlement } from './types.ts';

// Between an eighth and eight times the job's interval.
const PACE_MAX = 3;

/**
 * What is known of a page after a fetch; undefined when nothing is. A page that was fetched before and is found changed is left alone for half
 * as long from now on, one found the same for twice as long; one that cannot be compared keeps its pace.
 */
export function factsAfter(before: KeptFacts | undefined, settlement: Settlement, now: number): KeptFacts | undefined {
  const { outcome, facts } = settlement;
  if (outcome === 'not-modified') {
    return {
      changedAt: before?.changedAt ?? now,
      ...before,
      ...publicFacts(facts ?? {}),
      pace: slower(before?.pace ?? 0),
    };
  }
  if (outcome !== 'fetched') return before;
  if (facts === undefined && before === undefined) return undefined;
  const known = publicFacts(facts ?? {});
  if (before === undefined) return { ...known, changedAt: now, pace: 0 };
  const { changedAt, pace } = before;
  const [high, low] = known.contentHash ?? [];
  if (high === undefined || before.contentHash === undefined) return { ...known, changedAt: now, pace };
  const isSame = before.contentHash[0] === high && before.contentHash[1] === low;
  return isSame ? { ...known, changedAt, pace: slower(pace) } : { ...known, changedAt: now, pace: quicker(pace) };
}

/** Whether a page that was fetched is to be fetched again. */
export function isDue({ settledAt, facts }: Settled, { everyMs, adaptive }: Recrawl, now: number): boolean {
  return settledAt + everyMs * 2 ** (adaptive ? (facts?.pace ?? 0) : 0) <= now;
}

/** The facts that tasks are told. */
export function publicFacts({ etag, lastModified, contentHash }: PageFacts): PageFacts {
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(contentHash !== undefined && { contentHash }),
  };
}

function slower(pace: number): number {
  return Math.min(PACE_MAX, pace + 1);
}

function quicker(pace: number): number {
  return Math.max(-PACE_MAX, pace - 1);
}
