import { closeHolding, type Host, learn, type LeasedRow, type Session } from './host.ts';
import { placeHost } from './lanes.ts';
import { endTurn, turnIsOver } from './politeness.ts';
import type { FrontierState } from './state.ts';
import type { HostReport, Settlement } from './types.ts';

/** Ends leases of a task and takes in what it learnt. A refused call changes nothing. */
export function settleLeases(
  state: FrontierState,
  task: string,
  settlements: readonly Settlement[],
  reports: readonly HostReport[],
  now: number,
): void {
  const session = state.sessions.get(task);
  const leases = leasesOf(task, session, settlements);
  const hosts = new Set<Host>();
  const returned: LeasedRow[] = [];
  for (const [i, settlement] of settlements.entries()) {
    const lease = leases[i];
    if (lease === undefined || session === undefined) continue;
    hosts.add(lease.spot.host);
    if (settlement.outcome === 'returned') returned.push(lease);
    else settleOne(state, session, settlement, lease);
  }
  if (session !== undefined) giveBack(state, session, returned);
  for (const report of reports) {
    const host = state.hosts.ofOrigin(report.host);
    learn(host, report, session);
    hosts.add(host);
  }
  for (const host of hosts) afterWork(state, host, session, now);
}

/** Gives back all that a task holds. @returns how many URLs */
export function releaseLeases(state: FrontierState, session: Session, now: number): number {
  const leases = [...session.leased.values()];
  const hosts = [...session.holdings.keys()];
  // It may have fetched just now, and will not tell.
  for (const holding of session.holdings.values()) holding.untold = true;
  giveBack(state, session, leases);
  for (const host of hosts) afterWork(state, host, session, now);
  return leases.length;
}

function leasesOf(task: string, session: Session | undefined, settlements: readonly Settlement[]): LeasedRow[] {
  const leases = settlements.map(({ id }) => {
    const lease = session?.leased.get(id);
    if (lease === undefined) throw new Error(`bug: URL ${id} is not leased to task ${task}`);
    return lease;
  });
  if (new Set(leases).size !== leases.length) throw new Error(`bug: task ${task} settles a URL twice`);
  return leases;
}

function settleOne(
  state: FrontierState,
  session: Session,
  settlement: Exclude<Settlement, { outcome: 'returned' }>,
  lease: LeasedRow,
): void {
  const { urls, tally } = state;
  const { row, spot } = lease;
  unlease(state, session, lease);
  const holding = session.holdings.get(spot.host);
  if (holding !== undefined && settlement.outcome !== 'excluded') holding.untold = true;
  if (settlement.outcome === 'retry') {
    urls.countAttempt(row);
    spot.queue.delay(row, settlement.retryAt);
    tally.queued++;
    session.lane.queued++;
    return;
  }
  if (settlement.outcome === 'fetched') spot.host.fetched++;
  tally.settle(settlement.outcome, settlement.reason);
  urls.remove(row);
}

/** Puts URLs back where they were, the first leased foremost. */
function giveBack(state: FrontierState, session: Session, leases: readonly LeasedRow[]): void {
  if (leases.length === 0) return;
  const given = new Set(leases);
  for (const lease of [...session.leased.values()].reverse()) {
    if (!given.has(lease)) continue;
    unlease(state, session, lease);
    lease.spot.queue.unshift(lease.row);
    state.tally.queued++;
    session.lane.queued++;
  }
}

function unlease({ urls, tally }: FrontierState, session: Session, { row, spot }: LeasedRow): void {
  session.leased.delete(urls.id(row));
  tally.leased--;
  spot.host.leased--;
  const holding = session.holdings.get(spot.host);
  if (holding !== undefined) holding.leased--;
}

/** What follows for a host from settled URLs and news of it. */
function afterWork(state: FrontierState, host: Host, session: Session | undefined, now: number): void {
  const holding = session?.holdings.get(host);
  if (holding?.leased === 0) {
    closeHolding(holding, now);
    if (turnIsOver(host, holding.session.lane.number, state.lanes, now)) endTurn(host, now);
  }
  if (host.fetched >= state.settings.maxPagesPerHost) dropQueued(state, host);
  placeHost(host, state.settings, state.lanes, now);
}

/** The host has had its pages: what still waits is kept out. */
function dropQueued({ urls, lanes, tally }: FrontierState, host: Host): void {
  for (const spot of host.spots) {
    const lane = spot && lanes[spot.lane];
    if (spot === undefined || lane === undefined) continue;
    spot.queue.advance(Infinity);
    for (let row = spot.queue.shift(); row !== undefined; row = spot.queue.shift()) {
      urls.remove(row);
      lane.queued--;
      tally.queued--;
      tally.settle('excluded', 'max_pages_per_host');
    }
  }
}
