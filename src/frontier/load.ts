import type { Entry as StoredEntry } from '../store/types.ts';
import { lost } from './damage.ts';
import { depthOf } from './entry.ts';
import type { Front } from './host-queue.ts';
import type { Host, Spot } from './host.ts';
import { type Place, queueKey, range, readQueueKey } from './keys.ts';
import { FIRST_MS, FULL_MS, leasedMax } from './politeness.ts';
import type { FrontierState } from './state.ts';

// Queues to read at once for one lease.
const QUEUES_MAX = 256;

// Beginning to read costs as much as some ten URLs: queues of hosts that were met one after another are read in one go, over the
// few that may be between them.
const GAP_MAX = 8;

/** A queue that is short of hot URLs, and how many are to be read. */
interface Short {
  readonly spot: Spot;
  readonly count: number;
}

/** The head of one queue while it is read. */
interface Reading {
  readonly spot: Spot;
  readonly count: number;
  readonly gte: string;
  readonly lt: string;
  readonly epoch: number;
  /** URLs added meanwhile that are on disk only. */
  readonly late: Place[];
  /** URLs that were leased when the reading began: their records may stand among those that wait. */
  held: ReadonlySet<number>;
  readonly found: StoredEntry[];
  /** Nothing of it is behind what was found. */
  isAll: boolean;
}

/** Reads what the task's next lease may take and is not in memory. */
export async function prepareLease(
  state: FrontierState,
  task: string,
  lane: number,
  want: number,
  now: number,
): Promise<void> {
  const all = shortSpots(state, task, lane, want, now);
  const fresh = all.filter(({ spot }) => spot.loading === undefined);
  const started = runsOf(fresh).map((run) => startLoading(state, run));
  const others = all.map(({ spot }) => spot.loading?.done);
  await Promise.all([...started, ...others]);
}

/** Queues that the lease will take from, if they are short of hot URLs. */
function shortSpots(state: FrontierState, task: string, lane: number, want: number, now: number): Short[] {
  const { lanes, sessions, settings, hosts, urls } = state;
  const short = new Map<Spot, number>();
  // More than is asked for is read while there is room, so that the host's next turn finds it.
  const spare = urls.size < settings.hotUrls ? want : 0;
  let left = want;
  const look = (spot: Spot, ms: number): void => {
    const { queue, host } = spot;
    const most = Math.min(want, leasedMax(host, settings.politeness, now, ms));
    if (queue.hot < most && queue.cold > 0) short.set(spot, Math.min(queue.cold, Math.max(most - queue.hot, spare)));
    left -= Math.min(most, queue.ready);
  };
  const schedule = lanes[lane]?.schedule;
  schedule?.advance(now);
  for (const slot of schedule?.line() ?? []) {
    const spot = hosts.at(slot).spots[lane];
    if (spot !== undefined) look(spot, FIRST_MS);
    if (left <= 0 || short.size >= QUEUES_MAX) break;
  }
  left = want;
  for (const host of sessions.get(task)?.holdings.keys() ?? []) {
    const spot = host.spots[lane];
    if (spot !== undefined) look(spot, FULL_MS);
    if (left <= 0 || short.size >= 2 * QUEUES_MAX) break;
  }
  return [...short].map(([spot, count]) => ({ spot, count }));
}

/** Parts the queues into runs to be read in one go each. */
function runsOf(short: readonly Short[]): Short[][] {
  const runs: Short[][] = [];
  let latest = -Infinity;
  for (const one of short.toSorted((a, b) => a.spot.host.number - b.spot.host.number)) {
    const { number } = one.spot.host;
    if (number - latest > GAP_MAX) runs.push([]);
    runs.at(-1)?.push(one);
    latest = number;
  }
  return runs;
}

function startLoading(state: FrontierState, run: readonly Short[]): Promise<void> {
  const readings = run.map((short) => readingOf(state, short));
  const done = load(state, readings).finally(() => {
    for (const { spot } of readings) spot.loading = undefined;
  });
  for (const { spot, late } of readings) spot.loading = { done, late };
  return done;
}

function readingOf({ settings }: FrontierState, { spot, count }: Short): Reading {
  const { prefix, queue } = spot;
  const { front, epoch } = queue;
  const { gte, lt } = range(prefix);
  const from = front && queueKey(settings.order, prefix, front.place) + (front.after ? '\0' : '');
  return { spot, count, gte: from ?? gte, lt, epoch, late: [], held: new Set(), found: [], isAll: false };
}

async function load(state: FrontierState, readings: readonly Reading[]): Promise<void> {
  await readRun(state, readings);
  // What lies between the queues may have used up the run: each queue is to have something.
  const empty = readings.filter(({ found, isAll }) => found.length === 0 && !isAll);
  if (readings.length > 1) await Promise.all(empty.map((reading) => readRun(state, [reading])));
  for (const reading of readings) takeIn(state, reading);
}

/** Reads the heads of queues that lie in this order on disk. */
async function readRun({ store }: FrontierState, readings: readonly Reading[]): Promise<void> {
  let limit = 0;
  for (const reading of readings) {
    // What was added before this reading begins is seen by it.
    reading.late.length = 0;
    reading.held = leasedOf(reading.spot.host);
    // No more than there are: the binding makes room for all that are asked for, and keeps it until it is collected.
    limit += reading.count + reading.held.size;
  }
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return;
  let next = 0;
  let left = limit;
  for await (const chunk of store.scan({ gte: first.gte, lt: last.lt, limit })) {
    for (const entry of chunk) {
      const [key] = entry;
      left--;
      let reading = readings[next];
      for (; reading !== undefined && key >= reading.lt; reading = readings[++next]) reading.isAll = true;
      if (reading !== undefined && key >= reading.gte) reading.found.push(entry);
    }
  }
  if (left > 0) for (const reading of readings.slice(next)) reading.isAll = true;
}

function leasedOf(host: Host): Set<number> {
  const ids = new Set<number>();
  for (const { session } of host.holdings) {
    for (const [id, { spot }] of session.leased) if (spot.host === host) ids.add(id);
  }
  return ids;
}

/** Takes URLs that were read into memory. */
function takeIn(state: FrontierState, reading: Reading): void {
  const { spot, epoch, late, isAll } = reading;
  const { queue, host } = spot;
  // Meanwhile the host was closed, or hot URLs before the front went cold: what was read is not the head any more.
  if (queue.epoch !== epoch) return;
  thaw(state, reading);
  if (isAll && queue.cold !== late.filter((place) => queue.isCold(place)).length) {
    throw lost(`${queue.cold} URLs that wait for ${host.origin} are missing`);
  }
}

function thaw(state: FrontierState, { spot, found, late, held }: Reading): void {
  const { settings, urls, store } = state;
  const { host, prefix, queue } = spot;
  const leased = leasedOf(host);
  let front: Front | undefined;
  let count = 0;
  for (const [key, entry] of found) {
    const { priority, id } = readQueueKey(settings.order, key);
    const place = { priority, id, depth: depthOf(entry) };
    front = { place, after: true };
    // What was leased when it was read is, is settled by now, or waits again.
    if (leased.has(id) || (held.has(id) && store.get(key) === undefined)) continue;
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
