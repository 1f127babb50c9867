/**
 * Politeness towards one host inside one task, as values: what may start when. Times in ms since the epoch. The caller keeps the slot,
 * asks `startableAt` before each request, and tells of starts and ends.
 */
export interface HostSlot {
  readonly inFlight: number;
  /** No request starts before. */
  readonly nextFetchAt: number;
  /** Least time between the starts of two requests, in force now. 0 = none. */
  readonly delayMs: number;
  /** Below which adaptation never goes: the longer of the job's delay and the host's Crawl-delay. */
  readonly leastDelayMs: number;
}

/** The longest delay that adaptation makes by itself. */
const ADAPTED_MAX_MS = 60_000;

/** @param leastDelayMs the job's delay, when `delayMs` has been adapted before */
export function openSlot(delayMs: number, notBefore: number, leastDelayMs = delayMs): HostSlot {
  return { inFlight: 0, nextFetchAt: notBefore, delayMs: Math.max(delayMs, leastDelayMs), leastDelayMs };
}

/** When the next request may start; Infinity while `concurrency` requests are under way, since only an end can change that. */
export function startableAt(slot: HostSlot, concurrency: number): number {
  return slot.inFlight < concurrency ? slot.nextFetchAt : Infinity;
}

/** After a request was started at `now`, which is not before `nextFetchAt`. */
export function afterStart(slot: HostSlot, now: number): HostSlot {
  return { ...slot, inFlight: slot.inFlight + 1, nextFetchAt: now + slot.delayMs };
}

/** After a request ended, however. */
export function afterEnd(slot: HostSlot): HostSlot {
  if (slot.inFlight === 0) throw new Error('bug: a request ended that never started');
  return { ...slot, inFlight: slot.inFlight - 1 };
}

/** The server asked for silence (Retry-After), or the feed did. */
export function heldUntil(slot: HostSlot, notBefore: number): HostSlot {
  return notBefore > slot.nextFetchAt ? { ...slot, nextFetchAt: notBefore } : slot;
}

/**
 * The longer of delay and Crawl-delay holds, the latter at most `maxCrawlDelayMs`.
 *
 * @returns `clamped` when the host asked for more than that: it is told to the user
 */
export function withCrawlDelay(
  slot: HostSlot,
  crawlDelayMs: number,
  maxCrawlDelayMs: number,
): { readonly slot: HostSlot; readonly clamped: boolean } {
  const leastDelayMs = Math.max(slot.leastDelayMs, Math.min(crawlDelayMs, maxCrawlDelayMs));
  const delayMs = Math.max(slot.delayMs, leastDelayMs);
  return { slot: { ...withDelay(slot, delayMs), leastDelayMs }, clamped: crawlDelayMs > maxCrawlDelayMs };
}

/**
 * Adapts the delay to how fast the host answers, so that about `perHost` requests are under way: the mean of the old delay and
 * latency / perHost. A host without delay is not adapted. What is no success never lowers the delay: errors are often fast.
 */
export function throttled(slot: HostSlot, latencyMs: number, perHost: number, success: boolean): HostSlot {
  if (slot.delayMs === 0) return slot;
  const mean = (slot.delayMs + latencyMs / perHost) / 2;
  const delayMs = Math.max(slot.leastDelayMs, Math.min(mean, Math.max(ADAPTED_MAX_MS, slot.delayMs)));
  return delayMs < slot.delayMs && !success ? slot : withDelay(slot, delayMs);
}

/** A longer delay holds from the last start on; a shorter one from the next. */
function withDelay(slot: HostSlot, delayMs: number): HostSlot {
  const longer = Math.max(0, delayMs - slot.delayMs);
  return { ...slot, delayMs, nextFetchAt: slot.nextFetchAt + longer };
}
