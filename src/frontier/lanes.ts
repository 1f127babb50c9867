import type { Host, Lane, Session, Spot } from './host.ts';
import { freeConcurrency, othersWait } from './politeness.ts';
import { Schedule } from './schedule.ts';
import type { FrontierSettings } from './types.ts';

export function newLanes(count: number): Lane[] {
  return Array.from({ length: count }, (_, number) => ({
    number,
    schedule: new Schedule(),
    queued: 0,
    sessions: 0,
    hungry: 0,
  }));
}

/** How many more URLs of the host `maxPagesPerHost` lets through. */
export function quotaLeft(host: Host, { maxPagesPerHost }: FrontierSettings): number {
  return maxPagesPerHost - host.fetched - host.leased;
}

/**
 * Puts the host's queues where they belong in the schedules of their lanes: nowhere, when no further task may have the host. To be
 * called after each change of the host, its queues or its holdings.
 */
export function placeHost(host: Host, settings: FrontierSettings, lanes: readonly Lane[], now: number): void {
  const open =
    host.closed === undefined && freeConcurrency(host, settings.politeness) > 0 && quotaLeft(host, settings) > 0;
  for (const spot of host.spots) {
    const lane = spot && lanes[spot.lane];
    if (spot === undefined || lane === undefined) continue;
    spot.queue.advance(now);
    if (!open || spot.queue.size === 0) lane.schedule.remove(host.slot);
    else lane.schedule.place(host.slot, readyAt(spot, lanes, now), now);
  }
}

/** When a task of the lane may have URLs of the host. */
function readyAt({ host, lane, queue }: Spot, lanes: readonly Lane[], now: number): number {
  const at = Math.max(host.notBefore, queue.nextAt());
  const rests = lane === host.restingLane && now < host.restUntil && othersWait(host, lane, lanes);
  return rests ? Math.max(at, host.restUntil) : at;
}

/** Notes whether the task got something when it asked. */
export function noteHunger(session: Session, got: boolean): void {
  if (got && session.hungry > 0) session.lane.hungry--;
  if (!got && session.hungry === 0) session.lane.hungry++;
  session.hungry = got ? 0 : session.hungry + 1;
}
