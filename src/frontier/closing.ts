import type { Closed, Host } from './host.ts';
import { range, readRetryKey } from './keys.ts';
import { decodeRetry } from './record.ts';
import type { FrontierState } from './state.ts';
import { entriesOf } from './stored-hosts.ts';
import type { Tally } from './tally.ts';

/**
 * Ends the fetching of a host: what waits of it counts as settled, at once and however much it is. The records stay in their queues, where the
 * host says what they count as: so it can be opened again, and closing one of a million URLs takes no time.
 */
export function closeHost(state: FrontierState, host: Host, closed: Closed): void {
  if (host.closed !== undefined) return;
  const { lanes, tally, journal } = state;
  host.closed = closed;
  journal.host(host);
  for (const spot of host.spots) {
    const lane = spot && lanes[spot.lane];
    if (spot === undefined || lane === undefined) continue;
    const count = spot.queue.clear();
    lane.queued -= count;
    tally.queued -= count;
    countClosed(tally, closed, count);
  }
}

/** Takes the closing of a host back. @returns how many URLs wait again */
export async function openHost(state: FrontierState, host: Host): Promise<number> {
  const { lanes, tally, journal, urls, store, codec, sessions } = state;
  const { closed } = host;
  if (closed === undefined) return 0;
  const retries = await gather(entriesOf(store.scan(range(`d${host.key}`))));
  const leases = [...sessions.values()].flatMap(({ leased }) => [...leased.values()]);
  const leased = leases.filter(({ spot }) => spot.host === host);
  const leasedIds = new Set(leased.map(({ row }) => urls.id(row)));
  let count = 0;
  for (const spot of host.spots) {
    if (spot === undefined) continue;
    const held = leased.filter((lease) => lease.spot === spot && !urls.isRetry(lease.row)).length;
    spot.queue.addCold(spot.stored - held);
  }
  for (const [key, value] of retries) {
    const { lane, id } = readRetryKey(key);
    if (leasedIds.has(id)) continue;
    const { entry, attempt, retryAt } = decodeRetry(value);
    const { priority, depth } = codec.decode(entry, host.origin);
    const row = urls.insert({ id, priority, depth }, entry);
    urls.setRetry(row, attempt);
    host.spots[lane]?.queue.delay(row, retryAt);
  }
  for (const spot of host.spots) {
    const lane = spot && lanes[spot.lane];
    if (spot === undefined || lane === undefined) continue;
    lane.queued += spot.queue.size;
    count += spot.queue.size;
  }
  host.closed = undefined;
  host.failures = 0;
  journal.host(host);
  tally.queued += count;
  countClosed(tally, closed, -count);
  return count;
}

export function countClosed(tally: Tally, { state, reason }: Closed, by: number): void {
  if (by !== 0) tally.settle(state, reason, by);
}

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
