import { describe, expect, test } from 'vitest';
import { openFrontier } from '../../../src/frontier/frontier.ts';
import type { Frontier, FrontierSettings, Settlement, UrlStatus } from '../../../src/frontier/types.ts';
import { draw, newUrl, SETTINGS as UNSHARED } from '../../support/frontier-contract.ts';
import { memoryHome, type StoreHome } from '../../support/frontier-stores.ts';

const NOW = Date.UTC(2026, 10, 22);
const SEED = 'http://a/';
const SETTINGS = { ...UNSHARED, politeness: { delayMs: 0, perHost: 8, robots: false } };

interface Opened {
  readonly frontier: Frontier;
  readonly commit: () => Promise<void>;
}

async function open(settings: FrontierSettings = SETTINGS, home: StoreHome = memoryHome()): Promise<Opened> {
  const store = await home.open();
  return { frontier: await openFrontier(settings, store, NOW), commit: () => store.write(store.cut()) };
}

const seed = newUrl(SEED);
const child = (path: string, more = {}) => newUrl(`http://a/${path}`, { depth: 1, seed: SEED, ...more });

/** Leases one URL and settles it. */
async function settleNext(frontier: Frontier, how: (id: number) => Settlement, now = NOW): Promise<string | undefined> {
  const [url] = (await draw(frontier, 'task-1', 0, 1, now)).urls;
  if (url !== undefined) frontier.settle('task-1', [how(url.id)], [], now);
  return url?.url;
}

async function listed(frontier: Frontier, filter: Parameters<Frontier['list']>[0] = {}): Promise<UrlStatus[]> {
  const all: UrlStatus[] = [];
  for await (const status of frontier.list(filter)) all.push(status);
  return all.sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** A small crawl with a URL in each state. */
async function crawled(settings: FrontierSettings = SETTINGS, home: StoreHome = memoryHome()): Promise<Opened> {
  const opened = await open(settings, home);
  const { frontier } = opened;
  frontier.add([seed], NOW);
  const links = ['fails', 'gone-to', 'leased', 'retried', 'same', 'waits'].map((path, i) =>
    child(path, { priority: 9 - i }),
  );
  const parked = child('x/x/x', { parked: 'trap: repeating segments' });
  const excluded = [{ url: 'http://elsewhere/', reason: 'within: host' }];
  await settleNext(frontier, (id) => ({ id, outcome: 'fetched', status: 200, links: [...links, parked], excluded }));
  await settleNext(frontier, (id) => ({ id, outcome: 'failed', reason: 'HTTP 404', status: 404 }));
  await settleNext(frontier, (id) => ({ id, outcome: 'redirected', reason: 'to http://a/there', status: 301 }));
  await draw(frontier, 'task-2', 0, 1, NOW);
  await settleNext(frontier, (id) => ({ id, outcome: 'retry', reason: 'HTTP 503', status: 503, retryAt: NOW + 9000 }));
  await settleNext(frontier, (id) => ({ id, outcome: 'not-modified', status: 304 }));
  await opened.commit();
  return opened;
}

describe.each([
  { name: 'in the same process', again: (_: FrontierSettings, opened: Opened) => Promise.resolve(opened) },
  { name: 'opened again', again: (settings: FrontierSettings, _: Opened, home: StoreHome) => open(settings, home) },
])('$name', ({ again }) => {
  const ready = async (settings = SETTINGS): Promise<Frontier> => {
    const home = memoryHome();
    return (await again(settings, await crawled(settings, home), home)).frontier;
  };

  const common = { depth: 1, seed: SEED, redirects: 0, discoveredAt: NOW, foundOn: SEED, lane: 0 };
  test.each<[string, Partial<UrlStatus>]>([
    [SEED, { state: 'fetched', status: 200, task: 'task-1', depth: 0, settledAt: NOW, attempt: 0 }],
    ['http://a/fails', { ...common, state: 'failed', reason: 'HTTP 404', status: 404, priority: 9 }],
    ['http://a/gone-to', { ...common, state: 'redirected', reason: 'to http://a/there' }],
    ['http://a/leased', { ...common, state: 'leased', task: 'task-2' }],
    ['http://a/retried', { ...common, state: 'queued', reason: 'HTTP 503', attempt: 1, retryAt: NOW + 9000 }],
    ['http://a/same', { ...common, state: 'not_modified', status: 304 }],
    ['http://a/waits', { ...common, state: 'queued', attempt: 0 }],
    ['http://a/x/x/x', { ...common, state: 'excluded', reason: 'trap: repeating segments' }],
    ['http://elsewhere/', { ...common, lane: undefined, state: 'excluded', reason: 'within: host', task: 'task-1' }],
  ])('%s is found with all that is known of it', async (url, want) => {
    const frontier = await ready();
    expect(await frontier.find(url)).toMatchObject([{ url, ...want }]);
    expect((await listed(frontier)).filter((status) => status.url === url)).toEqual(await frontier.find(url));
  });

  test('a URL that was never met is not found', async () => {
    const frontier = await ready();
    expect(await frontier.find('http://a/never')).toEqual([]);
    expect(await frontier.find('http://never/')).toEqual([]);
  });

  test.each([
    ['queued', ['http://a/retried', 'http://a/waits']],
    ['leased', ['http://a/leased']],
    ['fetched', [SEED]],
    ['not_modified', ['http://a/same']],
    ['redirected', ['http://a/gone-to']],
    ['failed', ['http://a/fails']],
    ['excluded', ['http://a/x/x/x', 'http://elsewhere/']],
  ] as const)('%s ones are listed', async (state, want) => {
    const frontier = await ready();
    expect((await listed(frontier, { state })).map(({ url }) => url)).toEqual(want);
  });

  test('the URLs of one host are listed', async () => {
    const frontier = await ready();
    expect((await listed(frontier, { host: 'http://elsewhere' })).map(({ url }) => url)).toEqual(['http://elsewhere/']);
    expect(await listed(frontier, { host: 'http://a' })).toHaveLength(8);
    expect(await listed(frontier, { host: 'http://never' })).toEqual([]);
  });

  test('as many are listed in each state as are counted', async () => {
    const frontier = await ready({ ...SETTINGS, maxPagesPerHost: 1, hotUrls: 0 });
    const counts: Record<string, number> = {};
    for (const { state } of await listed(frontier)) counts[state] = (counts[state] ?? 0) + 1;
    const { notModified, discovered, ...rest } = frontier.counts();
    const want = Object.entries({ ...rest, not_modified: notModified }).filter(([, count]) => count > 0);
    expect(counts).toEqual(Object.fromEntries(want));
    expect(Object.values(counts).reduce((a, b) => a + b)).toBe(discovered);
  });

  test('hosts are shown', async () => {
    const frontier = await ready();
    const hosts = [];
    for await (const host of frontier.hosts()) hosts.push(host);
    expect(hosts).toMatchObject([
      { host: 'http://a', queued: 2, leased: 1, fetched: 1, failures: 0, tasks: ['task-2'] },
    ]);
  });

  test('what failed is queued again, and only that', async () => {
    const home = memoryHome();
    const { frontier, commit } = await again(SETTINGS, await crawled(SETTINGS, home), home);
    expect(await frontier.requeue({ state: 'failed' }, NOW, commit)).toBe(1);
    expect(await frontier.requeue({ state: 'failed' }, NOW, commit)).toBe(0);
    expect(frontier.counts()).toMatchObject({ discovered: 9, queued: 3, failed: 0, fetched: 1 });
    expect(frontier.reasons().get('HTTP 404')).toBeUndefined();
    expect((await draw(frontier, 'task-3', 0, 1, NOW)).urls).toMatchObject([
      { url: 'http://a/fails', depth: 1, seed: SEED, priority: 9, attempt: 0 },
    ]);
  });

  test('what a trap rule put aside can be queued; what a rule of the job keeps out stays out', async () => {
    const home = memoryHome();
    const { frontier, commit } = await again(SETTINGS, await crawled(SETTINGS, home), home);
    expect(await frontier.requeue({ state: 'excluded' }, NOW, commit)).toBe(1);
    expect(frontier.counts()).toMatchObject({ discovered: 9, queued: 3, excluded: 1 });
    expect(await frontier.find('http://a/x/x/x')).toMatchObject([{ state: 'queued' }]);
  });

  test.each([
    ['http://a', 1],
    ['http://elsewhere', 0],
    ['http://never', 0],
  ])('of one host: %s', async (host, want) => {
    const home = memoryHome();
    const { frontier, commit } = await again(SETTINGS, await crawled(SETTINGS, home), home);
    expect(await frontier.requeue({ state: 'failed', host }, NOW, commit)).toBe(want);
  });
});

describe('a host that fails', () => {
  const settings = { ...SETTINGS, hostFailures: { backOffAfter: 2, giveUpAfter: 5 } };
  const fault = (id: number): Settlement => ({ id, outcome: 'failed', reason: 'connection refused', hostFault: true });

  test('rests longer and longer, and others go on', async () => {
    const { frontier } = await open(settings);
    frontier.add(
      [...Array.from({ length: 9 }, (_, i) => newUrl(`http://down/${i}`)), newUrl('http://up/', { depth: 5 })],
      NOW,
    );
    const times: number[] = [];
    let now = NOW;
    for (let i = 0; i < 4; i++) {
      while ((await draw(frontier, 'probe', 0, 0, now)).urls.length > 0 || frontier.demand(0, now) === 0) now += 100;
      const lease = await draw(frontier, 't', 0, 1, now);
      if (lease.urls[0]?.url === 'http://up/') {
        frontier.settle('t', [{ id: lease.urls[0].id, outcome: 'fetched' }], [], now);
        i--;
        continue;
      }
      times.push(now - NOW);
      frontier.settle(
        't',
        lease.urls.map(({ id }) => fault(id)),
        [],
        now,
      );
    }
    expect(times).toEqual([0, 0, 1000, 3000]);
    expect(frontier.counts()).toMatchObject({ fetched: 1, failed: 4, queued: 5 });
  });

  test('is forgiven when it answers', async () => {
    const { frontier } = await open(settings);
    frontier.add(
      Array.from({ length: 30 }, (_, i) => newUrl(`http://a/${i}`)),
      NOW,
    );
    for (let i = 0, now = NOW; i < 20; i++, now += 60_000) {
      await settleNext(frontier, i % 4 === 3 ? (id) => ({ id, outcome: 'fetched' }) : fault, now);
    }
    expect(frontier.counts()).toMatchObject({ fetched: 5, failed: 15, queued: 10 });
  });

  test('is given up with its reason, stays so over a restart, and can be tried again', async () => {
    const home = memoryHome();
    const first = await open(settings, home);
    first.frontier.add(
      Array.from({ length: 30 }, (_, i) => newUrl(`http://a/${i}`)),
      NOW,
    );
    for (let i = 0, now = NOW; i < 5; i++, now += 60_000) {
      await settleNext(
        first.frontier,
        i === 1 ? (id) => ({ id, outcome: 'retry', reason: 'timeout', retryAt: now + 1e9, hostFault: true }) : fault,
        now,
      );
    }
    expect(first.frontier.add([newUrl('http://a/late')], NOW)).toBe(1);
    await first.commit();
    const { frontier, commit } = await open(settings, home);
    const reason = 'host given up: connection refused';
    expect(frontier.counts()).toMatchObject({ discovered: 31, queued: 0, failed: 31 });
    expect(Object.fromEntries(frontier.reasons())).toEqual({ [reason]: 27, 'connection refused': 4 });
    expect(frontier.idle()).toBe(true);
    expect(await frontier.find('http://a/29')).toMatchObject([{ state: 'failed', reason }]);
    expect(await frontier.find('http://a/late')).toMatchObject([{ state: 'failed', reason }]);
    expect(await listed(frontier, { state: 'failed' })).toHaveLength(31);
    expect(await frontier.requeue({ state: 'failed' }, NOW, commit)).toBe(31);
    expect(frontier.counts()).toMatchObject({ discovered: 31, queued: 31, failed: 0 });
    expect(Object.fromEntries(frontier.reasons())).toEqual({});
    await commit();
    const again = await open(settings, home);
    expect(again.frontier.counts()).toMatchObject({ queued: 31, failed: 0 });
    let fetched = 0;
    for (let now = NOW + 2e9; fetched < 31; now += 1000) {
      const lease = await draw(again.frontier, 't', 0, 8, now);
      again.frontier.settle(
        't',
        lease.urls.map(({ id }) => ({ id, outcome: 'fetched' })),
        [],
        now,
      );
      fetched += lease.urls.length;
    }
    expect(again.frontier.counts()).toMatchObject({ fetched: 31, queued: 0 });
  });
});

describe('recrawl', () => {
  const DAY = 86_400_000;
  const policy = { everyMs: DAY, adaptive: true };

  async function fetchAt(frontier: Frontier, now: number, more: object): Promise<void> {
    await settleNext(frontier, (id) => ({ id, outcome: 'fetched', ...more }), now);
  }

  test('a page that is due comes again with what is known of it', async () => {
    const { frontier, commit } = await open();
    frontier.add([seed], NOW);
    const facts = { etag: '"v1"', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT', contentHash: [1, 2] as const };
    await fetchAt(frontier, NOW, { facts });
    expect(await frontier.renew(policy, NOW + DAY - 1000, commit)).toBe(0);
    expect(await frontier.renew(policy, NOW + DAY, commit)).toBe(1);
    expect(frontier.counts()).toMatchObject({ discovered: 1, queued: 1, fetched: 0 });
    expect((await draw(frontier, 't', 0, 1, NOW + DAY)).urls).toMatchObject([{ url: SEED, facts }]);
  });

  test.each([
    {
      name: 'changes each time',
      outcome: { outcome: 'fetched' },
      hash: (i: number) => [i, i],
      want: [1, 0.5, 0.25, 0.125, 0.125],
    },
    { name: 'stays the same', outcome: { outcome: 'fetched' }, hash: () => [7, 7], want: [1, 2, 4, 8, 8] },
    { name: 'is not modified', outcome: { outcome: 'not-modified' }, hash: () => [7, 7], want: [1, 2, 4, 8, 8] },
    { name: 'cannot be compared', outcome: { outcome: 'fetched' }, hash: () => undefined, want: [1, 1, 1, 1, 1] },
  ])('a page that $name', async ({ outcome, hash, want }) => {
    const { frontier, commit } = await open();
    frontier.add([seed], NOW);
    await fetchAt(frontier, NOW, { facts: { etag: 'x', contentHash: hash(100) } });
    let now = NOW;
    for (const [i, days] of want.entries()) {
      expect(await frontier.renew(policy, now + days * DAY - 1000, commit)).toBe(0);
      now += days * DAY;
      expect(await frontier.renew(policy, now, commit)).toBe(1);
      await fetchAt(frontier, now, { ...outcome, facts: { etag: 'x', contentHash: hash(i) } });
    }
  });

  test('without adapting all are left alone as long', async () => {
    const { frontier, commit } = await open();
    frontier.add([seed], NOW);
    for (let i = 0; i < 4; i++) {
      await fetchAt(frontier, NOW + i * DAY, { facts: { contentHash: [1, 1] } });
      expect(await frontier.renew({ everyMs: DAY, adaptive: false }, NOW + (i + 1) * DAY, commit)).toBe(1);
    }
  });
});
