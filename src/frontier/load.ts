import type { Entry as StoredEntry } from '../store/types.ts';
import { lost } from './damage.ts';
import { depthOf } from './entry.ts';
import type { Front } from './host-queue.ts';
import type { Spot } from './host.ts';
import { type Place, queueKey, range, readQueueKey } from './keys.ts';
import { FIRST_MS, FULL_MS, leasedMax } from './politeness.ts';
import type { FrontierState } from './state.ts';

// Queues to read at once for one lease.
const QUEUES_MAX = 256;

// A reading costs about as much as ten URLs in it.
const READ_MIN = 8;
const READ_MAX = 1000;

/** Reads what the task's next lease may take and is not in memory. */
export async function prepareLease(
  state: FrontierState,
  task: string,
  lane: number,
  want: number,
  now: number,
): Promise<void> {
  const spots = spotsFor(state, task, lane, want, now);
  await Promise.all(spots.map((spot) => (spot.loading ?? startLoading(state, spot, want)).done));
}

/** Queues that the lease will take from, if they are short of hot URLs. */
function spotsFor(state: FrontierState, task: string, lane: number, want: number, now: number): Spot[] {
  const { lanes, sessions, settings, hosts } = state;
  const short: Spot[] = [];
  let left = want;
  const look = (spot: Spot, ms: number): void => {
    const { queue, host } = spot;
    const most = Math.min(want, leasedMax(host, settings.politeness, now, ms));
    if (queue.hot < most && queue.cold > 0) short.push(spot);
    left -= Math.min(most, queue.ready);
  };
  const schedule = lanes[lane]?.schedule;
  schedule?.advance(now);
  for (const slot of schedule?.line() ?? []) {
    const spot = hosts.at(slot).spots[lane];
    if (spot !== undefined) look(spot, FIRST_MS);
    if (left <= 0 || short.length >= QUEUES_MAX) break;
  }
  left = want;
  for (const host of sessions.get(task)?.holdings.keys() ?? []) {
    const spot = host.spots[lane];
    if (spot !== undefined) look(spot, FULL_MS);
    if (left <= 0 || short.length >= 2 * QUEUES_MAX) break;
  }
  return short;
}

function startLoading(state: FrontierState, spot: Spot, want: number): { readonly done: Promise<void> } {
  const room = Math.floor(state.settings.hotUrls / Math.max(1, state.hosts.size));
  const most = Math.max(READ_MIN, Math.min(READ_MAX, Math.max(want, room)));
  // No more than there are: the binding makes room for all that are asked for, and keeps it until it is collected.
  const count = Math.min(most, spot.queue.cold);
  const late: Place[] = [];
  const done = load(state, spot, count, late).finally(() => {
    spot.loading = undefined;
  });
  spot.loading = { done, late };
  return spot.loading;
}

async function load(state: FrontierState, spot: Spot, count: number, late: readonly Place[]): Promise<void> {
  const { settings, store, skip } = state;
  const { host, prefix, queue } = spot;
  const { epoch, front } = queue;
  const queueRange = range(prefix);
  const from = front && queueKey(settings.order, prefix, front.place) + (front.after ? '\0' : '');
  const found: StoredEntry[] = [];
  const limit = count + skip.size;
  for await (const chunk of store.scan({ ...queueRange, gte: from ?? queueRange.gte, limit })) found.push(...chunk);
  // Meanwhile the host was closed, or hot URLs before the front went cold: what was read is not the head any more.
  if (queue.epoch !== epoch) return;
  thaw(state, spot, found, late);
  if (found.length < limit && queue.cold !== late.filter((place) => queue.isCold(place)).length) {
    throw lost(`${queue.cold} URLs that wait for ${host.origin} are missing`);
  }
}

/** Takes URLs that were read into memory. */
function thaw(
  state: FrontierState,
  { prefix, queue }: Spot,
  found: readonly StoredEntry[],
  late: readonly Place[],
): void {
  const { settings, urls, skip, store } = state;
  let front: Front | undefined;
  let count = 0;
  for (const [key, entry] of found) {
    const { priority, id } = readQueueKey(settings.order, key);
    const place = { priority, id, depth: depthOf(entry) };
    front = { place, after: true };
    if (skip.has(id)) continue;
    queue.push(urls.insert(place, entry));
    count++;
  }
  if (front === undefined) return;
  for (const place of late) {
    if (!queue.isBefore(place, front)) continue;
    const entry = store.get(queueKey(settings.order, prefix, place));
    if (entry === undefined) throw new Error('bug: a URL was added and is not stored');
    queue.push(urls.insert(place, entry));
    count++;
  }
  queue.thaw(count, front);
}
