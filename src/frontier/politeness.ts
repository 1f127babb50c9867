import type { Holding, Host, Lane, Session, Spot } from './host.ts';
import type { FrontierSettings } from './types.ts';

type Politeness = FrontierSettings['politeness'];

// A fresh host gets work for a second, so that one lease reaches many hosts; when there is room left in the lease, those that
// the task holds are filled up to five: long enough to ride out a pause of the feed, short enough not to hoard.
export const FIRST_MS = 1000;
export const FULL_MS = 5000;

/** After this time a lane that has a host lets tasks of another lane have it. */
const TURN_MS = 5000;

/** Longer than tasks pause, so that those who wait for a host ask before the lane that had it may take it again. */
const REST_MS = 1500;

// Until robots.txt is known a host without delay belongs to one task: it gets enough to start with.
const PROBE_URLS = 8;

// So many waiting URLs of a shared host are worth one more task.
const URLS_A_TASK = 64;

// A bound for delays of a few ms.
const LEASED_MAX = 1000;

/** Whether several tasks may work on the host at once. */
export function isShared(host: Host, { robots }: Politeness): boolean {
  return host.delayMs === 0 && (!robots || host.robots !== undefined);
}

/** Concurrency that a task which does not hold the host could be granted now. */
export function freeConcurrency(host: Host, politeness: Politeness): number {
  if (isShared(host, politeness)) return Math.max(0, politeness.perHost - host.granted);
  return host.holdings.length === 0 ? politeness.perHost : 0;
}

/** How many URLs of the host a task may hold so that it works on them for `ms`; Infinity for a shared host. */
export function leasedMax(host: Host, politeness: Politeness, now: number, ms: number): number {
  const rest = now + ms - Math.max(now, host.notBefore);
  if (rest < 0) return 0;
  if (isShared(host, politeness)) return Infinity;
  if (host.delayMs === 0) return Math.max(PROBE_URLS, 2 * politeness.perHost);
  return Math.min(LEASED_MAX, Math.floor(rest / host.delayMs) + 1);
}

/**
 * The grant of a holding from now on. A task alone has the whole of a host, but never more than it has URLs for; when others ask
 * and get nothing, each that holds the host shrinks to its equal part at its next lease, and what it leaves is there for them.
 */
export function grantOf(holding: Holding, politeness: Politeness, lanes: readonly Lane[]): number {
  const { host } = holding;
  if (!isShared(host, politeness)) return politeness.perHost;
  const most = Math.min(holding.leased, politeness.perHost - (host.granted - holding.grant));
  const others = hungryFor(host, holding.session, lanes);
  if (others === 0) return most;
  const part = Math.floor(politeness.perHost / (host.holdings.length + others));
  return Math.min(most, Math.max(1, part));
}

/** Whether the lane has had its turn on the host, and tasks of another lane wait for it. */
export function turnIsOver(host: Host, lane: number, lanes: readonly Lane[], now: number): boolean {
  return host.turnLane === lane && now - host.turnSince > TURN_MS && othersWait(host, lane, lanes);
}

/** Ends the lane's turn: it stays off the host for a while, lest it be first to ask again. */
export function endTurn(host: Host, now: number): void {
  host.restingLane = host.turnLane;
  host.restUntil = Math.max(now, host.notBefore) + REST_MS;
  host.turnLane = -1;
}

/** Whether a lane with tasks, but none on this host, has URLs of it that are ready. */
export function othersWait(host: Host, lane: number, lanes: readonly Lane[]): boolean {
  return host.spots.some(
    (spot) =>
      spot !== undefined &&
      spot.lane !== lane &&
      spot.queue.ready > 0 &&
      (lanes[spot.lane]?.sessions ?? 0) > 0 &&
      !host.holdings.some((h) => h.session.lane.number === spot.lane),
  );
}

/** Tasks other than `session` that would take URLs of the host if they could. */
function hungryFor(host: Host, session: Session, lanes: readonly Lane[]): number {
  let hungry = 0;
  for (const spot of host.spots) {
    if (spot === undefined || spot.queue.size === 0) continue;
    hungry += lanes[spot.lane]?.hungry ?? 0;
    if (spot.lane === session.lane.number && session.hungry > 0) hungry--;
  }
  return hungry;
}

/** How many more tasks of the spot's lane the host could do with. A delayed host that is held takes none. */
export function tasksWanted({ host, lane, queue }: Spot, politeness: Politeness): number {
  const holders = host.holdings.length;
  if (!isShared(host, politeness)) return holders === 0 ? 1 : 0;
  const served = host.holdings.some((holding) => holding.session.lane.number === lane);
  const wanted = Math.max(served ? 0 : 1, Math.floor(queue.ready / URLS_A_TASK));
  return Math.max(0, Math.min(wanted, politeness.perHost - holders));
}
