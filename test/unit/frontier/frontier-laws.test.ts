import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryFrontier } from '../../../src/frontier/memory-frontier.ts';
import type {
  Frontier,
  FrontierSettings,
  HostReport,
  LeasedUrl,
  NewUrl,
  Settlement,
  UrlCounts,
} from '../../../src/frontier/types.ts';
import { newUrl, ROBOTS } from '../../support/frontier-contract.ts';

const HOSTS = ['http://a', 'http://b', 'http://c'];
const TASKS = ['t', 'u', 'v', 'w'];

type Step =
  | { readonly type: 'add'; readonly urls: readonly NewUrl[] }
  | { readonly type: 'lease'; readonly task: number; readonly want: number }
  | { readonly type: 'settle'; readonly task: number; readonly outcomes: readonly Settlement['outcome'][] }
  | { readonly type: 'learn'; readonly task: number; readonly host: number; readonly delayMs: number | undefined }
  | { readonly type: 'release'; readonly task: number }
  | { readonly type: 'wait'; readonly ms: number };

/** A frontier and, beside it, what its answers say must be true. Each step checks the laws. */
class Watched {
  now = 0;
  readonly frontier: Frontier;
  readonly settings: FrontierSettings;
  /** URLs by task and id, as leased and not yet settled. */
  readonly held = new Map<string, Map<number, LeasedUrl>>();
  readonly grants = new Map<string, Map<string, number>>();
  readonly delays = new Map<string, number>();
  readonly settled = new Set<number>();
  readonly known = new Set<string>();
  added = 0;

  constructor(settings: FrontierSettings) {
    this.settings = settings;
    this.frontier = createMemoryFrontier(settings);
  }

  lane(task: string): number {
    return TASKS.indexOf(task) % this.settings.lanes;
  }

  add(urls: readonly NewUrl[]): void {
    const fresh = new Set(urls.map(({ lane, url }) => `${lane} ${url}`).filter((key) => !this.known.has(key)));
    expect(this.frontier.add(urls, this.now)).toBe(fresh.size);
    for (const key of fresh) this.known.add(key);
    this.added += fresh.size;
  }

  lease(task: string, want: number): { readonly count: number; readonly done: boolean; readonly pauseMs: number } {
    const lease = this.frontier.lease(task, this.lane(task), want, this.now);
    expect(lease.urls.length).toBeLessThanOrEqual(want);
    const origins = new Set(lease.urls.map(({ url }) => new URL(url).origin));
    expect(new Set(lease.hosts.map(({ host }) => host))).toEqual(origins);
    const held = this.held.get(task) ?? new Map<number, LeasedUrl>();
    this.held.set(task, held);
    for (const url of lease.urls) {
      expect(this.settled.has(url.id)).toBe(false);
      for (const urls of this.held.values()) expect(urls.has(url.id)).toBe(false);
      expect(url.lane).toBe(this.lane(task));
      held.set(url.id, url);
    }
    for (const grant of lease.hosts) {
      const others = TASKS.filter((other) => other !== task && this.holds(other, grant.host));
      const delayMs = this.delays.get(grant.host) ?? this.settings.politeness.delayMs;
      expect(grant.delayMs).toBe(delayMs);
      if (delayMs > 0) expect(others).toEqual([]);
      expect(grant.concurrency).toBeGreaterThan(0);
      const granted = this.grants.get(grant.host) ?? new Map<string, number>();
      this.grants.set(grant.host, granted.set(task, grant.concurrency));
    }
    if (lease.done) expect(this.mayBeDone(task)).toBe(true);
    if (!lease.done && lease.urls.length === 0) {
      expect(lease.pauseMs).toBeGreaterThanOrEqual(10);
      expect(lease.pauseMs).toBeLessThanOrEqual(1000);
    }
    return { count: lease.urls.length, done: lease.done, pauseMs: lease.pauseMs };
  }

  settle(task: string, outcomes: readonly Settlement['outcome'][], reports: readonly HostReport[] = []): void {
    const held = this.held.get(task) ?? new Map<number, LeasedUrl>();
    const settlements = [...held.keys()].slice(0, outcomes.length).map((id, i): Settlement => {
      const outcome = outcomes[i] ?? 'fetched';
      return outcome === 'retry' ? { id, outcome, reason: 'again', retryAt: this.now + 700 } : { id, outcome };
    });
    this.frontier.settle(task, settlements, reports, this.now);
    for (const { id, outcome } of settlements) {
      held.delete(id);
      if (outcome !== 'retry' && outcome !== 'returned') this.settled.add(id);
    }
    for (const { host, delayMs } of reports) if (delayMs !== undefined) this.delays.set(host, delayMs);
  }

  release(task: string): void {
    expect(this.frontier.release(task, this.now)).toBe(this.held.get(task)?.size ?? 0);
    this.held.delete(task);
  }

  check(): void {
    const counts = this.frontier.counts();
    const leased = [...this.held.values()].reduce((sum, urls) => sum + urls.size, 0);
    expect(counts.leased).toBe(leased);
    expect(counts.discovered).toBe(this.added);
    expect(sum(counts)).toBe(counts.discovered);
    expect(counts.fetched + counts.leased).toBeLessThanOrEqual(this.settings.maxPages);
    expect(this.frontier.idle()).toBe(counts.queued + counts.leased === 0);
    for (const [host, granted] of this.grants) {
      let all = 0;
      for (const [task, concurrency] of granted) if (this.holds(task, host)) all += concurrency;
      // A host that was shared and then got a delay is given no one new until one task is left.
      expect(all).toBeLessThanOrEqual(this.settings.politeness.perHost);
    }
  }

  holds(task: string, host: string): boolean {
    return [...(this.held.get(task)?.values() ?? [])].some(({ url }) => url.startsWith(`${host}/`));
  }

  mayBeDone(task: string): boolean {
    const counts = this.frontier.counts();
    if (counts.fetched >= this.settings.maxPages) return true;
    return counts.leased === 0 && (this.settings.lanes > 1 || counts.queued === 0) && this.held.get(task)?.size === 0;
  }
}

function sum({ queued, leased, fetched, notModified, redirected, failed, excluded }: UrlCounts): number {
  return queued + leased + fetched + notModified + redirected + failed + excluded;
}

const task = fc.nat({ max: TASKS.length - 1 });

const outcome = fc.constantFrom<Settlement['outcome']>(
  'fetched',
  'fetched',
  'not-modified',
  'redirected',
  'failed',
  'excluded',
  'retry',
  'returned',
);

const settingsOf = (delays: readonly number[]): fc.Arbitrary<FrontierSettings> =>
  fc.record({
    lanes: fc.integer({ min: 1, max: 2 }),
    order: fc.constantFrom('bfs', 'dfs', 'priority'),
    maxPages: fc.constantFrom(Infinity, 7, 25),
    maxPagesPerHost: fc.constantFrom(Infinity, 4, 12),
    politeness: fc.record({
      delayMs: fc.constantFrom(...delays),
      perHost: fc.integer({ min: 1, max: 5 }),
      robots: fc.boolean(),
    }),
  });

const stepsOf = (lanes: number): fc.Arbitrary<Step[]> => {
  const url = fc
    .record({
      host: fc.constantFrom(...HOSTS),
      page: fc.nat({ max: 30 }),
      lane: fc.nat({ max: lanes - 1 }),
      depth: fc.nat({ max: 3 }),
      priority: fc.integer({ min: -1, max: 1 }),
    })
    .map(({ host, page, ...rest }) => newUrl(`${host}/${page}`, rest));
  const type = <T extends Step['type']>(name: T): fc.Arbitrary<T> => fc.constant(name);
  return fc.array(
    fc.oneof(
      fc.record({ type: type('add'), urls: fc.array(url, { maxLength: 20 }) }),
      fc.record({ type: type('lease'), task, want: fc.nat({ max: 8 }) }),
      fc.record({ type: type('settle'), task, outcomes: fc.array(outcome, { maxLength: 8 }) }),
      fc.record({
        type: type('learn'),
        task,
        host: fc.nat({ max: HOSTS.length - 1 }),
        delayMs: fc.option(fc.constantFrom(0, 300), { nil: undefined }),
      }),
      fc.record({ type: type('release'), task }),
      fc.record({ type: type('wait'), ms: fc.nat({ max: 1500 }) }),
    ),
    { maxLength: 60 },
  );
};

const story = settingsOf([0, 0, 200, 1000]).chain((settings) =>
  fc.record({ settings: fc.constant(settings), steps: stepsOf(settings.lanes) }),
);

function play(watched: Watched, step: Step): void {
  switch (step.type) {
    case 'add':
      watched.add(step.urls);
      break;
    case 'lease':
      watched.lease(TASKS[step.task] ?? '', step.want);
      break;
    case 'settle':
      watched.settle(TASKS[step.task] ?? '', step.outcomes);
      break;
    case 'learn': {
      const host = HOSTS[step.host] ?? '';
      const delayMs = step.delayMs === undefined ? {} : { delayMs: step.delayMs };
      watched.settle(TASKS[step.task] ?? '', [], [{ host, robots: ROBOTS, ...delayMs }]);
      break;
    }
    case 'release':
      watched.release(TASKS[step.task] ?? '');
      break;
    case 'wait':
      watched.now += step.ms;
      break;
  }
  watched.check();
}

/** All tasks work until every one is told that it is done. @returns false when that takes longer than it ever may */
function workToTheEnd(watched: Watched): boolean {
  for (let rounds = 0; rounds < 3000; rounds++) {
    let done = 0;
    let pauseMs = 1000;
    for (const name of TASKS) {
      const held = [...(watched.held.get(name)?.values() ?? [])];
      const hosts = new Set(held.map(({ url }) => new URL(url).origin));
      const reports = [...hosts].map((host) => ({
        host,
        robots: ROBOTS,
        notBefore: watched.now + (watched.delays.get(host) ?? watched.settings.politeness.delayMs),
      }));
      watched.settle(
        name,
        held.map((_, i) => (i === 2 ? 'retry' : 'fetched')),
        reports,
      );
      const lease = watched.lease(name, 4);
      if (lease.done) done++;
      else pauseMs = Math.min(pauseMs, lease.count > 0 ? 1 : lease.pauseMs);
      watched.check();
    }
    if (done === TASKS.length && watched.frontier.counts().leased === 0) return true;
    watched.now += pauseMs;
  }
  return false;
}

test('in any history each URL is in one state, and no host or page is given out beyond its limit', () => {
  fc.assert(
    fc.property(story, ({ settings, steps }) => {
      const watched = new Watched(settings);
      for (const step of steps) play(watched, step);
    }),
    { numRuns: 150 },
  );
});

test('from any state the crawl comes to its end, and nothing that may be fetched is left', () => {
  fc.assert(
    fc.property(story, ({ settings, steps }) => {
      const watched = new Watched(settings);
      for (const step of steps) play(watched, step);
      expect(workToTheEnd(watched)).toBe(true);
      const { queued, fetched } = watched.frontier.counts();
      if (fetched < settings.maxPages) expect(queued).toBe(0);
      expect(watched.frontier.limitReached()).toBe(queued > 0);
    }),
    { numRuns: 75 },
  );
});

test('where work waits there is demand, a task at work, or a time to look again', () => {
  fc.assert(
    fc.property(story, ({ settings, steps }) => {
      const watched = new Watched(settings);
      for (const step of steps) play(watched, step);
      for (const name of TASKS) watched.release(name);
      const { frontier, now } = watched;
      const { queued, fetched } = frontier.counts();
      if (queued === 0 || fetched >= settings.maxPages) return;
      const lanes = Array.from({ length: settings.lanes }, (_, lane) => frontier.demand(lane, now));
      const demand = lanes.some((tasks) => tasks > 0);
      expect(demand || (frontier.nextReadyAt(now) ?? Infinity) < Infinity).toBe(true);
      // What is promised is there.
      const lane = lanes.findIndex((tasks) => tasks > 0);
      if (lane >= 0) expect(frontier.lease('new', lane, 1, now).urls).toHaveLength(1);
    }),
    { numRuns: 150 },
  );
});

test.each(['bfs', 'dfs', 'priority'] as const)('%s: a host gives its URLs in that order', (order) => {
  const page = fc.record({ depth: fc.nat({ max: 4 }), priority: fc.integer({ min: -2, max: 2 }) });
  fc.assert(
    fc.property(fc.array(page, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (pages, want) => {
      const frontier = createMemoryFrontier({
        lanes: 1,
        order,
        maxPages: Infinity,
        maxPagesPerHost: Infinity,
        politeness: { delayMs: 0, perHost: 1, robots: false },
      });
      frontier.add(
        pages.map((more, i) => newUrl(`http://a/${i}`, more)),
        0,
      );
      const got: LeasedUrl[] = [];
      for (
        let lease = frontier.lease('t', 0, want, 0);
        lease.urls.length > 0;
        lease = frontier.lease('t', 0, want, 0)
      ) {
        got.push(...lease.urls);
      }
      const byDepth = { bfs: 1, dfs: -1, priority: 0 }[order];
      const byAge = order === 'dfs' ? -1 : 1;
      const inOrder = [...got].sort(
        (a, b) => b.priority - a.priority || byDepth * (a.depth - b.depth) || byAge * (a.id - b.id),
      );
      expect(got).toHaveLength(pages.length);
      expect(got).toEqual(inOrder);
    }),
    { numRuns: 100 },
  );
});
