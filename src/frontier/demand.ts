import type { Lane, Session } from './host.ts';
import { tasksWanted } from './politeness.ts';
import { type FrontierState, pagesLeft } from './state.ts';

// More than any cluster starts at once; keeps `tasksFor` from walking a million hosts.
const HOSTS_MAX = 1000;

const PAUSE_MIN_MS = 10;
const PAUSE_MAX_MS = 1000;
// While other tasks work links may come at any moment; a task that asks in vain again and again asks less often.
const PAUSE_FIRST_MS = 25;
const PAUSE_WORKING_MAX_MS = 400;

/** How many more tasks of the lane could be given work now. */
export function tasksFor(state: FrontierState, lane: Lane, now: number): number {
  const { politeness } = state.settings;
  const pages = pagesLeft(state);
  if (pages <= 0) return 0;
  lane.schedule.advance(now);
  let tasks = 0;
  let hosts = 0;
  for (const slot of lane.schedule.line()) {
    tasks += state.hosts.tasksWanted(slot, lane.number);
    if (++hosts === HOSTS_MAX) break;
  }
  // Shared hosts of which all is granted are in no line, but those who have it would make room.
  for (const session of state.sessions.values()) {
    for (const [host, holding] of session.holdings) {
      const spot = host.spots[lane.number];
      if (host.holdings[0] !== holding || spot === undefined || spot.queue.ready === 0) continue;
      if (lane.schedule.has(host.slot)) continue;
      tasks += tasksWanted(spot, politeness);
    }
  }
  return Math.max(0, Math.min(tasks, pages) - lane.hungry);
}

/** Nothing waits for the lane, and nothing that could add to it is under way. */
export function isDone({ settings, tally }: FrontierState, lane: Lane): boolean {
  if (tally.fetched >= settings.maxPages) return true;
  return lane.queued === 0 && tally.leased === 0;
}

/** How long a task that got nothing waits before it asks again, ms. */
export function pauseOf({ tally }: FrontierState, { lane, holdings, hungry }: Session, now: number): number {
  let at = lane.schedule.ready > 0 ? now : lane.schedule.nextAt();
  for (const host of holdings.keys()) {
    const due = host.spots[lane.number]?.queue.nextAt() ?? Infinity;
    if (due > now) at = Math.min(at, due);
  }
  const most =
    tally.leased > 0 ? Math.min(PAUSE_WORKING_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.min(hungry, 10)) : PAUSE_MAX_MS;
  return Math.max(PAUSE_MIN_MS, Math.min(most, at - now));
}
