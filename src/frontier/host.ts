import type { Entry } from './entry.ts';
import type { HostQueue } from './host-queue.ts';
import { type Place, word } from './keys.ts';
import type { Schedule } from './schedule.ts';
import type { HostReport, HostRobots } from './types.ts';

/** Why nothing more of a host is fetched, and as what its waiting URLs count. They stay in their queues on disk. */
export interface Closed {
  readonly state: 'failed' | 'excluded';
  readonly reason: string;
}

/** One origin: what is known about it, who works on it, what waits for it in each lane. */
export interface Host {
  /** URL.origin */
  readonly origin: string;
  /** Dense from 1; 0 stands for hosts of which no URL was added. */
  readonly number: number;
  /** The number as it stands in keys. */
  readonly key: string;
  /** Its place in the host table and in schedules while it is in memory. */
  readonly slot: number;
  /** How many hold the object over an await, so that it must not be packed. */
  pins: number;
  delayMs: number;
  notBefore: number;
  /** Its robots.txt but for the text, which is on disk. */
  robots: Omit<HostRobots, 'text'> | undefined;
  closed: Closed | undefined;
  /** Settled URLs in a row that failed by the host's fault. */
  failures: number;
  /** Pages fetched, for `maxPagesPerHost`. */
  fetched: number;
  /** URLs leased over all lanes. */
  leased: number;
  /** Sum of the grants of its holdings. */
  granted: number;
  readonly holdings: Holding[];
  /** By lane. */
  readonly spots: (Spot | undefined)[];
  /** The lane that took the host last, and since when it has had it; -1 when its turn is over. */
  turnLane: number;
  turnSince: number;
  /** A lane that had its turn stays off until then, when others wait. */
  restingLane: number;
  restUntil: number;
}

/** A host's queue in one lane. */
export interface Spot {
  readonly host: Host;
  readonly lane: number;
  readonly queue: HostQueue;
  /** Of its queue's keys. */
  readonly prefix: string;
  /** Records of URLs that wait or are leased: those not tried before, and retries. */
  stored: number;
  retries: number;
  /** While the head of the queue is read from disk. */
  loading: Loading | undefined;
}

export interface Loading {
  readonly done: Promise<void>;
  /** URLs added meanwhile that are on disk only: the reading does not see them. */
  readonly late: Place[];
}

/** A task that leases from one lane. */
export interface Session {
  readonly task: string;
  readonly lane: Lane;
  /** Rows by URL id, in the order of leasing. */
  readonly leased: Map<number, LeasedRow>;
  readonly holdings: Map<Host, Holding>;
  /** How many times in a row it asked and got nothing. */
  hungry: number;
}

export interface LeasedRow {
  readonly row: number;
  readonly spot: Spot;
  /** What the row says, as it was told; undefined when it was leased before this process began. */
  entry: Entry | undefined;
}

/** A task's hold on a host: lasts from the first URL leased until none is. */
export interface Holding {
  readonly session: Session;
  readonly host: Host;
  grant: number;
  leased: number;
  /** It fetched from the host and has not told until when the host rests. */
  untold: boolean;
}

export interface Lane {
  readonly number: number;
  readonly schedule: Schedule;
  queued: number;
  /** Tasks that lease from this lane. */
  sessions: number;
  /** Those of them that asked and got nothing. */
  hungry: number;
}

export function newHost(origin: string, number: number, slot: number, delayMs: number): Host {
  return {
    origin,
    number,
    key: word(number),
    slot,
    pins: 0,
    delayMs,
    notBefore: 0,
    robots: undefined,
    closed: undefined,
    failures: 0,
    fetched: 0,
    leased: 0,
    granted: 0,
    holdings: [],
    spots: [],
    turnLane: -1,
    turnSince: 0,
    restingLane: -1,
    restUntil: 0,
  };
}

export function newSpot(host: Host, lane: number, queue: HostQueue, prefix: string): Spot {
  return {
    host,
    lane,
    queue,
    prefix,
    stored: 0,
    retries: 0,
    loading: undefined,
  };
}

export function openHolding(session: Session, host: Host, now: number): Holding {
  const holding = { session, host, grant: 0, leased: 0, untold: false };
  if (host.turnLane !== session.lane.number) {
    host.turnLane = session.lane.number;
    host.turnSince = now;
  }
  session.holdings.set(host, holding);
  host.holdings.push(holding);
  return holding;
}

/** Ends a holding that has no URL left. The next task waits the delay when this one did not say how long. */
export function closeHolding(holding: Holding, now: number): void {
  const { host, session } = holding;
  session.holdings.delete(host);
  host.holdings.splice(host.holdings.indexOf(holding), 1);
  host.granted -= holding.grant;
  if (holding.untold && host.delayMs > 0) host.notBefore = Math.max(host.notBefore, now + host.delayMs);
}

/** Takes in what a task learnt, but for the text of robots.txt. Times only move on: of two reports of a shared host the later time holds. */
export function learn(host: Host, report: HostReport, teller: Session | undefined): void {
  if (report.notBefore !== undefined) {
    host.notBefore = Math.max(host.notBefore, report.notBefore);
    const holding = teller?.holdings.get(host);
    if (holding !== undefined) holding.untold = false;
  }
  if (report.delayMs !== undefined) host.delayMs = report.delayMs;
  if (report.robots !== undefined) {
    const { status, expiresAt } = report.robots;
    host.robots = { status, expiresAt };
  }
}
