import type { Closed, Host } from './host.ts';
import type { FrontierState } from './state.ts';
import type { Tally } from './tally.ts';

/**
 * Ends the fetching of a host: what waits of it counts as settled, at once and however much it is. The records stay in their queues, where the
 * host's number says what they count as: so a host can be opened again, and closing one of a million URLs takes no time.
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

export function countClosed(tally: Tally, { state, reason }: Closed, by: number): void {
  if (by !== 0) tally.settle(state, reason, by);
}
