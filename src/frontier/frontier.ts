import type { Store } from '../store/types.ts';
import { Adder } from './add.ts';
import { isDone, pauseOf, tasksFor } from './demand.ts';
import { EntryCodec } from './entry.ts';
import { HostTable } from './host-table.ts';
import type { Lane, LeasedRow, Session } from './host.ts';
import { Journal } from './journal.ts';
import { newLanes, noteHunger } from './lanes.ts';
import { grants, take } from './lease.ts';
import { hostStatuses } from './host-statuses.ts';
import { prepareLease } from './load.ts';
import { Queries } from './queries.ts';
import { QuotaPlaces } from './quotas.ts';
import { publicFacts } from './recrawl.ts';
import { Requeuer } from './requeue.ts';
import { restore } from './restore.ts';
import { FingerprintSet } from './seen.ts';
import { Settler } from './settle.ts';
import { type FrontierState, pagesLeft } from './state.ts';
import { Strings } from './strings.ts';
import { Tally } from './tally.ts';
import type {
  Frontier,
  FrontierSettings,
  HeldSession,
  HostReport,
  HostStatus,
  Lease,
  LeasedUrl,
  NewUrl,
  Outcome,
  Recrawl,
  SettledState,
  Settlement,
  UrlCounts,
  UrlFilter,
  UrlStatus,
} from './types.ts';
import { UrlTable } from './url-table.ts';

/**
 * Opens the frontier that is kept in `store`, as its last written commit left it.
 *
 * @throws {PinspiderError} STATE_DAMAGED, STATE_VERSION
 */
export async function openFrontier(settings: FrontierSettings, store: Store, now: number): Promise<Frontier> {
  const state = newState(settings, store);
  await restore(state, now);
  return new StoredFrontier(state);
}

function newState(settings: FrontierSettings, store: Store): FrontierState {
  const urls = new UrlTable();
  const strings = new Strings(store);
  const tally = new Tally();
  const seen = new FingerprintSet();
  const counters = { url: 0, host: 1 };
  const journal = new Journal({ settings, store, strings, tally, urls, counters });
  return {
    settings,
    store,
    strings,
    codec: new EntryCodec(strings),
    journal,
    seen,
    urls,
    hosts: new HostTable({ settings, store, strings, journal, seen, urls, counters }),
    lanes: newLanes(settings.lanes),
    sessions: new Map(),
    tally,
    quotas: new QuotaPlaces({ quotas: settings.quotas, lanes: settings.lanes, store, strings }),
    counters,
  };
}

class StoredFrontier implements Frontier {
  readonly #state: FrontierState;
  readonly #adder: Adder;
  readonly #settler: Settler;
  readonly #held: readonly HeldSession[];

  constructor(state: FrontierState) {
    this.#state = state;
    this.#adder = new Adder(state);
    this.#settler = new Settler(state, this.#adder);
    this.#held = [...state.sessions.values()].map(({ task, lane, leased }) => ({
      task,
      lane: lane.number,
      urls: [...leased.values()].map((lease) => this.#read(lease)),
    }));
  }

  add(urls: readonly NewUrl[], now: number): number {
    return this.#adder.add(urls, undefined, now);
  }

  prepare(task: string, lane: number, want: number, now: number): Promise<void> {
    return prepareLease(this.#state, task, lane, want, now);
  }

  lease(task: string, lane: number, want: number, now: number): Lease {
    const { urls, tally, journal, hosts } = this.#state;
    const session = this.#session(task, lane);
    const room = Math.min(want, pagesLeft(this.#state));
    const taken = room > 0 ? take(this.#state, session, room, now) : [];
    if (taken.length > 0) journal.session(session);
    const leased = taken.map((lease) => {
      session.leased.set(urls.id(lease.row), lease);
      return this.#read(lease);
    });
    tally.queued -= taken.length;
    tally.leased += taken.length;
    noteHunger(session, want <= 0 || taken.length > 0);
    const done = taken.length === 0 && isDone(this.#state, session.lane);
    const pauseMs = taken.length > 0 || done ? 0 : pauseOf(this.#state, session, now);
    if (done && session.leased.size === 0) this.#end(session);
    return { urls: leased, hosts: grants(session, taken, hosts), done, pauseMs };
  }

  settle(task: string, settlements: readonly Settlement[], hosts: readonly HostReport[], now: number): void {
    this.#settler.settle(task, settlements, hosts, now);
  }

  release(task: string, now: number): number {
    const session = this.#state.sessions.get(task);
    if (session === undefined) return 0;
    const count = this.#settler.release(session, now);
    this.#end(session);
    return count;
  }

  sessions(): readonly HeldSession[] {
    return this.#held;
  }

  demand(lane: number, now: number): number {
    return tasksFor(this.#state, this.#lane(lane), now);
  }

  nextReadyAt(now: number): number | undefined {
    let at = Infinity;
    for (const { schedule } of this.#state.lanes) {
      schedule.advance(now);
      at = Math.min(at, schedule.nextAt());
    }
    return at === Infinity ? undefined : at;
  }

  idle(): boolean {
    return this.#state.tally.queued === 0 && this.#state.tally.leased === 0;
  }

  limitReached(): boolean {
    return this.#state.tally.queued > 0 && this.#state.tally.fetched >= this.#state.settings.maxPages;
  }

  counts(): UrlCounts {
    return this.#state.tally.counts();
  }

  reasons(outcome?: Outcome): ReadonlyMap<string, number> {
    return this.#state.tally.reasons(outcome);
  }

  find(url: string): Promise<readonly UrlStatus[]> {
    return new Queries(this.#state).find(url);
  }

  list(filter: UrlFilter): AsyncIterable<UrlStatus> {
    return new Queries(this.#state).list(filter);
  }

  hosts(): AsyncIterable<HostStatus> {
    return hostStatuses(this.#state);
  }

  requeue(
    { state, host }: UrlFilter & { readonly state: SettledState },
    now: number,
    commit: () => Promise<void>,
  ): Promise<number> {
    return new Requeuer(this.#state, this.#adder).requeue(state, host, now, commit);
  }

  renew(policy: Recrawl, now: number, commit: () => Promise<void>): Promise<number> {
    return new Requeuer(this.#state, this.#adder).renew(policy, now, commit);
  }

  size(): Promise<number> {
    return this.#state.store.size();
  }

  #read(lease: LeasedRow): LeasedUrl {
    const { codec, urls } = this.#state;
    const { row, spot } = lease;
    const entry = codec.read(urls.entry(row), spot.host.origin);
    lease.entry = entry;
    const { facts } = entry;
    // All members are named, so that all are of one shape.
    return {
      url: entry.url,
      lane: spot.lane,
      depth: entry.depth,
      seed: entry.seed,
      priority: entry.priority,
      redirects: entry.redirects,
      to: entry.to,
      method: entry.method,
      headers: entry.headers,
      body: entry.body,
      id: urls.id(row),
      attempt: urls.attempt(row),
      facts: facts && publicFacts(facts),
    };
  }

  #session(task: string, lane: number): Session {
    const known = this.#state.sessions.get(task);
    if (known !== undefined) {
      if (known.lane.number !== lane) throw new Error(`bug: task ${task} leases from lane ${lane} too`);
      return known;
    }
    const session: Session = { task, lane: this.#lane(lane), leased: new Map(), holdings: new Map(), hungry: 0 };
    session.lane.sessions++;
    this.#state.sessions.set(task, session);
    return session;
  }

  #end(session: Session): void {
    noteHunger(session, true);
    session.lane.sessions--;
    this.#state.sessions.delete(session.task);
  }

  #lane(number: number): Lane {
    const lane = this.#state.lanes[number];
    if (lane === undefined) throw new Error(`bug: no lane ${number}`);
    return lane;
  }
}
