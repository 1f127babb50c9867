import { type Host, type Lane, type LeasedRow, openHolding, type Session, type Spot } from './host.ts';
import { placeHost, quotaLeft } from './lanes.ts';
import { FIRST_MS, freeConcurrency, FULL_MS, grantOf, isShared, leasedMax, turnIsOver } from './politeness.ts';
import type { HostTable } from './host-table.ts';
import type { FrontierState } from './state.ts';
import type { FrontierSettings, HostGrant } from './types.ts';

// Hosts in line of which nothing is in memory: `prepare` saw to those that it thought would do, and a hundred thousand may follow.
const COLD_MAX = 64;

interface Round {
  readonly settings: FrontierSettings;
  readonly lanes: readonly Lane[];
  readonly hosts: HostTable;
  readonly session: Session;
  readonly now: number;
  readonly taken: LeasedRow[];
  /** How many more URLs the task takes, and how many of them from shared hosts. */
  left: number;
  leftShared: number;
}

/**
 * Takes up to `want` URLs for the task: first some from hosts that stand in line, so that each gets its turn, then from hosts that
 * the task holds. Hosts in line and URLs of shared hosts are divided by the tasks of the lane, lest the first take all.
 */
export function take(
  { settings, lanes, hosts }: Pick<FrontierState, 'settings' | 'lanes' | 'hosts'>,
  session: Session,
  want: number,
  now: number,
): LeasedRow[] {
  const { lane } = session;
  const leftShared = Math.max(1, Math.ceil(lane.queued / lane.sessions));
  const round: Round = { settings, lanes, hosts, session, now, taken: [], left: want, leftShared };
  takeInLine(round);
  takeHeld(round);
  return round.taken;
}

function takeInLine(round: Round): void {
  const { settings, lanes, hosts: table, session, now } = round;
  const { lane } = session;
  const line = lane.schedule;
  line.advance(now);
  const served: Host[] = [];
  let left = Math.ceil(line.ready / lane.sessions);
  let cold = 0;
  for (const slot of line.line()) {
    if (left-- === 0 || round.left === 0 || cold === COLD_MAX) break;
    const host = table.at(slot);
    const spot = host.spots[lane.number];
    if (spot === undefined) throw new Error('bug: a host stands in line where it has no queue');
    spot.queue.advance(now);
    // It keeps its turn: the next `prepare` begins with it.
    if (spot.queue.hot === 0) cold++;
    else {
      line.remove(slot);
      takeFrom(spot, FIRST_MS, round);
      served.push(host);
    }
  }
  for (const host of served) placeHost(host, settings, lanes, now);
}

function takeHeld(round: Round): void {
  const { settings, lanes, session, now } = round;
  // A copy, since each host that is served goes to the end.
  for (const [host, holding] of [...session.holdings]) {
    if (round.left === 0) break;
    const spot = host.spots[session.lane.number];
    if (spot === undefined || spot.queue.size === 0) continue;
    // A host that has got a delay while several tasks shared it: only the last of them goes on.
    if (!isShared(host, settings.politeness) && host.holdings.length > 1) continue;
    const full = freeConcurrency(host, settings.politeness) === 0;
    if (full && turnIsOver(host, session.lane.number, lanes, now)) continue;
    takeFrom(spot, FULL_MS, round);
    session.holdings.delete(host);
    session.holdings.set(host, holding);
    placeHost(host, settings, lanes, now);
  }
}

function takeFrom(spot: Spot, ms: number, round: Round): void {
  const { settings, lanes, session, now, taken } = round;
  const { host, queue } = spot;
  const shared = isShared(host, settings.politeness);
  queue.advance(now);
  const known = session.holdings.get(host);
  const most = leasedMax(host, settings.politeness, now, ms) - (known?.leased ?? 0);
  const count = Math.min(
    round.left,
    shared ? round.leftShared : Infinity,
    most,
    quotaLeft(host, settings),
    // What is not in memory waits for the next lease; `prepare` sees to it that this is seldom.
    queue.hot,
  );
  if (count <= 0) return;
  const holding = known ?? openHolding(session, host, now);
  for (let i = 0; i < count; i++) {
    const row = queue.shift();
    if (row === undefined) throw new Error('bug: a queue is shorter than it says');
    taken.push({ row, spot, entry: undefined });
  }
  round.left -= count;
  if (shared) round.leftShared -= count;
  session.lane.queued -= count;
  host.leased += count;
  holding.leased += count;
  const grant = grantOf(holding, settings.politeness, lanes);
  host.granted += grant - holding.grant;
  holding.grant = grant;
}

/** What the task must keep to, for each host among what it took. */
export function grants(session: Session, taken: readonly LeasedRow[], table: HostTable): HostGrant[] {
  const hosts = new Set(taken.map(({ spot }) => spot.host));
  return [...hosts].map((host) => {
    const robots = table.robotsOf(host);
    return {
      host: host.origin,
      concurrency: session.holdings.get(host)?.grant ?? 1,
      delayMs: host.delayMs,
      notBefore: host.notBefore,
      ...(robots !== undefined && { robots }),
    };
  });
}
