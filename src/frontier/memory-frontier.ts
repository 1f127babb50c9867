import { fingerprint } from '../lib/fingerprint.ts';
import { isDone, pauseOf, tasksFor } from './demand.ts';
import { Exclusions } from './exclusions.ts';
import { HostTable } from './host-table.ts';
import type { Lane, Session } from './host.ts';
import { newLanes, noteHunger, placeHost } from './lanes.ts';
import { grants, take } from './lease.ts';
import { FingerprintSet } from './seen.ts';
import { releaseLeases, settleLeases } from './settle.ts';
import { type FrontierState, pagesLeft } from './state.ts';
import { Tally } from './tally.ts';
import type { Frontier, FrontierSettings, HostReport, Lease, NewUrl, Settlement, UrlCounts } from './types.ts';
import { UrlTable } from './url-table.ts';

/** A host as people want to see it. */
export interface HostSummary {
  readonly host: string;
  readonly queued: number;
  readonly leased: number;
  readonly fetched: number;
  readonly delayMs: number;
  readonly notBefore: number;
  readonly tasks: readonly string[];
}

export interface MemoryFrontier extends Frontier {
  /** The `limit` hosts with most URLs waiting. Walks all hosts: for people, not for loops. */
  describe(limit: number): HostSummary[];
  /** How many URLs were settled for each reason. */
  reasons(): ReadonlyMap<string, number>;
  /** Bytes of the URL table and the fingerprint sets. */
  bytes(): number;
}

/** A frontier in memory: nothing outlives the process. */
export function createMemoryFrontier(settings: FrontierSettings): MemoryFrontier {
  return new InMemory(settings);
}

class InMemory implements MemoryFrontier {
  readonly #state: FrontierState;
  readonly #seen = new FingerprintSet();
  readonly #exclusions = new Exclusions();
  readonly #words = new Uint32Array(2);

  constructor(settings: FrontierSettings) {
    const urls = new UrlTable();
    this.#state = {
      settings,
      urls,
      hosts: new HostTable(settings, urls),
      lanes: newLanes(settings.lanes),
      sessions: new Map(),
      tally: new Tally(),
    };
  }

  add(urls: readonly NewUrl[], now: number): number {
    const { settings, lanes, hosts, tally } = this.#state;
    let added = 0;
    for (const url of urls) {
      const lane = this.#lane(url.lane);
      if (!this.#isNew(url)) continue;
      added++;
      tally.discovered++;
      const host = hosts.ofUrl(url.url);
      if (host.fetched >= settings.maxPagesPerHost) {
        tally.settle('excluded', 'max_pages_per_host');
        continue;
      }
      const { queue } = hosts.spot(host, url.lane);
      queue.push(this.#state.urls.insert(url, host.origin));
      tally.queued++;
      lane.queued++;
      if (queue.ready === 1) placeHost(host, settings, lanes, now);
    }
    return added;
  }

  exclude(fingerprints: Uint32Array): number {
    let added = 0;
    for (let i = 0; i + 1 < fingerprints.length; i += 2) {
      if (!this.#exclusions.exclude(fingerprints[i] ?? 0, fingerprints[i + 1] ?? 0, this.#seen)) continue;
      this.#state.tally.exclude(1);
      added++;
    }
    return added;
  }

  lease(task: string, lane: number, want: number, now: number): Lease {
    const { settings, lanes, urls, tally } = this.#state;
    const session = this.#session(task, lane);
    const room = Math.min(want, pagesLeft(this.#state));
    const taken = room > 0 ? take(settings, lanes, session, room, now) : [];
    const leased = taken.map(({ row, spot }) => {
      session.leased.set(urls.id(row), { row, spot });
      return urls.read(row, spot.host.origin);
    });
    tally.queued -= taken.length;
    tally.leased += taken.length;
    noteHunger(session, want <= 0 || taken.length > 0);
    const done = taken.length === 0 && isDone(this.#state, session.lane);
    const pauseMs = taken.length > 0 || done ? 0 : pauseOf(this.#state, session, now);
    if (done && session.leased.size === 0) this.#end(session);
    return { urls: leased, hosts: grants(session, taken), done, pauseMs };
  }

  settle(task: string, settlements: readonly Settlement[], hosts: readonly HostReport[], now: number): void {
    settleLeases(this.#state, task, settlements, hosts, now);
  }

  release(task: string, now: number): number {
    const session = this.#state.sessions.get(task);
    if (session === undefined) return 0;
    const count = releaseLeases(this.#state, session, now);
    this.#end(session);
    return count;
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

  reasons(): ReadonlyMap<string, number> {
    return this.#state.tally.reasons();
  }

  bytes(): number {
    return this.#state.urls.bytes() + this.#seen.bytes() + this.#exclusions.bytes();
  }

  describe(limit: number): HostSummary[] {
    return [...this.#state.hosts.values()]
      .map((host) => ({
        host: host.origin,
        queued: host.spots.reduce((sum, spot) => sum + (spot?.queue.size ?? 0), 0),
        leased: host.leased,
        fetched: host.fetched,
        delayMs: host.delayMs,
        notBefore: host.notBefore,
        tasks: host.holdings.map((holding) => holding.session.task),
      }))
      .sort((a, b) => b.queued - a.queued || b.leased - a.leased)
      .slice(0, limit);
  }

  #isNew(url: NewUrl): boolean {
    const words = this.#words;
    fingerprint(url.url, url.lane, words, 0);
    if (!this.#seen.add(words[0] ?? 0, words[1] ?? 0)) return false;
    if (url.lane > 0) fingerprint(url.url, 0, words, 0);
    const [high = 0, low = 0] = words;
    const wasExcluded =
      url.lane === 0
        ? this.#exclusions.admitFirstLane(high, low)
        : this.#exclusions.admitOtherLane(high, low, this.#seen);
    if (wasExcluded) this.#state.tally.exclude(-1);
    return true;
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
