import { expect } from 'vitest';
import { openFrontier } from '../../src/frontier/frontier.ts';
import type {
  Frontier,
  FrontierSettings,
  HostReport,
  LeasedUrl,
  NewUrl,
  Settlement,
  UrlCounts,
} from '../../src/frontier/types.ts';
import type { Batch, Store } from '../../src/store/types.ts';
import { draw } from './frontier-contract.ts';
import type { StoreHome } from './frontier-stores.ts';

export const TASKS = ['t', 'u', 'v', 'w'];

/** What a frontier's answers say must be true. */
interface Model {
  /** URLs by task and id, as leased and not yet settled. */
  readonly held: Map<string, Map<number, LeasedUrl>>;
  readonly grants: Map<string, Map<string, number>>;
  readonly delays: Map<string, number>;
  readonly settled: Set<number>;
  readonly known: Set<string>;
  /** URLs that a rule kept out at some time, and those that still count so. */
  readonly everExcluded: Set<string>;
  readonly excluded: Set<string>;
  /** Pages fetched, by lane and quota. */
  readonly places: Map<string, number>;
  discovered: number;
  counts: UrlCounts;
}

export interface Finds {
  readonly links: readonly NewUrl[];
  readonly excluded: readonly string[];
}

const NOTHING: Finds = { links: [], excluded: [] };

/** A frontier and, beside it, what its answers say must be true. Each step checks the laws. */
export class Watched {
  now = 0;
  readonly settings: FrontierSettings;
  readonly #home: StoreHome;
  #store: Store;
  frontier: Frontier;
  #model: Model;
  /** Commits cut and not written, with the model as it was then. */
  readonly #cuts: { readonly batch: Batch; readonly model: Model }[] = [];
  /** As of the last written commit. */
  #written: Model;

  private constructor(settings: FrontierSettings, home: StoreHome, store: Store, frontier: Frontier) {
    this.settings = settings;
    this.#home = home;
    this.#store = store;
    this.frontier = frontier;
    this.#model = {
      held: new Map(),
      grants: new Map(),
      delays: new Map(),
      settled: new Set(),
      known: new Set(),
      everExcluded: new Set(),
      excluded: new Set(),
      places: new Map(),
      discovered: 0,
      counts: frontier.counts(),
    };
    this.#written = structuredClone(this.#model);
  }

  static async open(settings: FrontierSettings, home: StoreHome): Promise<Watched> {
    const store = await home.open();
    return new Watched(settings, home, store, await openFrontier(settings, store, 0));
  }

  held(task: string): Map<number, LeasedUrl> {
    return this.#model.held.get(task) ?? new Map<number, LeasedUrl>();
  }

  delayOf(host: string): number {
    return this.#model.delays.get(host) ?? this.settings.politeness.delayMs;
  }

  add(urls: readonly NewUrl[]): void {
    expect(this.frontier.add(urls, this.now)).toBe(this.#note(urls));
  }

  async lease(task: string, want: number): Promise<{ count: number; done: boolean; pauseMs: number }> {
    const { held, grants, settled } = this.#model;
    const lane = this.#lane(task);
    const lease = await draw(this.frontier, task, lane, want, this.now);
    expect(lease.urls.length).toBeLessThanOrEqual(want);
    const origins = new Set(lease.urls.map(({ url }) => new URL(url).origin));
    expect(new Set(lease.hosts.map(({ host }) => host))).toEqual(origins);
    const mine = this.held(task);
    held.set(task, mine);
    for (const url of lease.urls) {
      expect(settled.has(url.id)).toBe(false);
      for (const urls of held.values()) expect(urls.has(url.id)).toBe(false);
      expect(url.lane).toBe(lane);
      mine.set(url.id, url);
    }
    for (const grant of lease.hosts) {
      const others = TASKS.filter((other) => other !== task && this.#holds(other, grant.host));
      expect(grant.delayMs).toBe(this.delayOf(grant.host));
      if (grant.delayMs > 0) expect(others).toEqual([]);
      expect(grant.concurrency).toBeGreaterThan(0);
      const granted = grants.get(grant.host) ?? new Map<string, number>();
      grants.set(grant.host, granted.set(task, grant.concurrency));
    }
    if (lease.done) expect(this.#mayBeDone(task)).toBe(true);
    if (!lease.done && lease.urls.length === 0) {
      expect(lease.pauseMs).toBeGreaterThanOrEqual(10);
      expect(lease.pauseMs).toBeLessThanOrEqual(1000);
    }
    return { count: lease.urls.length, done: lease.done, pauseMs: lease.pauseMs };
  }

  /** @param finds what is found on the first page that is settled */
  settle(
    task: string,
    outcomes: readonly Settlement['outcome'][],
    reports: readonly HostReport[] = [],
    finds: Finds = NOTHING,
  ): void {
    const { settled, delays } = this.#model;
    const held = this.held(task);
    const brought = { links: finds.links, excluded: finds.excluded.map((url) => ({ url, reason: 'deny' })) };
    const settlements = [...held.keys()].slice(0, outcomes.length).map((id, i): Settlement => {
      const outcome = outcomes[i] ?? 'fetched';
      const hostFault = id % 2 === 0;
      if (outcome === 'retry') return { id, outcome, reason: 'again', retryAt: this.now + 700, hostFault };
      if (outcome === 'failed') return { id, outcome, reason: 'connection refused', hostFault };
      return { id, outcome, ...(i === 0 && outcome === 'fetched' && brought) };
    });
    this.frontier.settle(task, settlements, reports, this.now);
    for (const { id, outcome } of settlements) {
      const { url = '', lane = 0 } = held.get(id) ?? {};
      if (outcome === 'fetched' || outcome === 'not-modified') this.#takePlace(lane, url);
      held.delete(id);
      if (outcome !== 'retry' && outcome !== 'returned') settled.add(id);
    }
    for (const { host, delayMs } of reports) if (delayMs !== undefined) delays.set(host, delayMs);
    if (settlements[0]?.links !== undefined) {
      this.#note(finds.links);
      for (const url of finds.excluded) this.#exclude(url);
    }
  }

  release(task: string): void {
    expect(this.frontier.release(task, this.now)).toBe(this.held(task).size);
    this.#model.held.delete(task);
  }

  cut(): void {
    this.#model.counts = this.frontier.counts();
    this.#cuts.push({ batch: this.#store.cut(), model: structuredClone(this.#model) });
  }

  async write(): Promise<void> {
    const cut = this.#cuts.shift();
    if (cut === undefined) return;
    await this.#store.write(cut.batch);
    this.#written = cut.model;
  }

  /** The process is killed; another goes on from what was written. @param survivors tasks that go on too */
  async kill(survivors: readonly string[]): Promise<void> {
    this.#cuts.length = 0;
    this.#model = structuredClone(this.#written);
    this.#store = await this.#home.open();
    this.frontier = await openFrontier(this.settings, this.#store, this.now);
    expect(this.frontier.counts()).toEqual(this.#model.counts);
    const sessions = this.frontier.sessions();
    expect(new Map(sessions.map(({ task, urls }) => [task, new Map(urls.map((url) => [url.id, url]))]))).toEqual(
      new Map([...this.#model.held].filter(([, urls]) => urls.size > 0)),
    );
    for (const { task, lane } of sessions) expect(lane).toBe(this.#lane(task));
    for (const task of TASKS) if (!survivors.includes(task)) this.release(task);
  }

  check(): void {
    const { held, grants, discovered, excluded } = this.#model;
    const counts = this.frontier.counts();
    const leased = [...held.values()].reduce((sum, urls) => sum + urls.size, 0);
    expect(counts.leased).toBe(leased);
    expect(counts.discovered).toBe(discovered);
    expect(sum(counts)).toBe(counts.discovered);
    expect(this.frontier.reasons().get('deny') ?? 0).toBe(excluded.size);
    expect(counts.fetched + counts.leased).toBeLessThanOrEqual(this.settings.maxPages);
    expect(this.frontier.idle()).toBe(counts.queued + counts.leased === 0);
    this.#checkQuotas();
    for (const [host, granted] of grants) {
      let all = 0;
      for (const [task, concurrency] of granted) if (this.#holds(task, host)) all += concurrency;
      // A host that was shared and then got a delay is given no one new until one task is left.
      expect(all).toBeLessThanOrEqual(this.settings.politeness.perHost);
    }
  }

  #takePlace(lane: number, url: string): void {
    const quota = this.settings.quotas?.of(url);
    const key = `${lane} ${quota}`;
    if (quota !== undefined) this.#model.places.set(key, (this.#model.places.get(key) ?? 0) + 1);
  }

  #checkQuotas(): void {
    const { held, places } = this.#model;
    const { quotas, lanes } = this.settings;
    const leased = [...held.values()].flatMap((urls) => [...urls.values()]);
    for (const [quota, limit] of (quotas?.limits ?? []).entries()) {
      for (let lane = 0; lane < lanes; lane++) {
        const under = leased.filter((url) => url.lane === lane && quotas?.of(url.url) === quota).length;
        expect(under + (places.get(`${lane} ${quota}`) ?? 0)).toBeLessThanOrEqual(limit);
      }
    }
  }

  #lane(task: string): number {
    return TASKS.indexOf(task) % this.settings.lanes;
  }

  #holds(task: string, host: string): boolean {
    return [...this.held(task).values()].some(({ url }) => url.startsWith(`${host}/`));
  }

  #mayBeDone(task: string): boolean {
    const counts = this.frontier.counts();
    if (counts.fetched >= this.settings.maxPages) return true;
    return counts.leased === 0 && (this.settings.lanes > 1 || counts.queued === 0) && this.held(task).size === 0;
  }

  /** @returns how many are new */
  #note(urls: readonly NewUrl[]): number {
    const { known, excluded } = this.#model;
    const before = known.size;
    for (const { lane, url } of urls) {
      known.add(`${lane} ${url}`);
      if (excluded.delete(url)) this.#model.discovered--;
    }
    this.#model.discovered += known.size - before;
    return known.size - before;
  }

  #exclude(url: string): void {
    const { known, everExcluded, excluded } = this.#model;
    const isKnown = Array.from({ length: this.settings.lanes }, (_, lane) => known.has(`${lane} ${url}`)).some(Boolean);
    if (isKnown || everExcluded.has(url)) return;
    everExcluded.add(url);
    excluded.add(url);
    this.#model.discovered++;
  }
}

function sum({ queued, leased, fetched, notModified, redirected, failed, excluded }: UrlCounts): number {
  return queued + leased + fetched + notModified + redirected + failed + excluded;
}
