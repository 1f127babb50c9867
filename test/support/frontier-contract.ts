import { describe, expect, test } from 'vitest';
import {
  type Frontier,
  type FrontierSettings,
  HOST_FAILURES,
  type HostReport,
  type Lease,
  type NewUrl,
  type Settlement,
} from '../../src/frontier/types.ts';
import { fingerprint } from '../../src/lib/fingerprint.ts';

export const SETTINGS: FrontierSettings = {
  lanes: 1,
  order: 'bfs',
  maxPages: Infinity,
  maxPagesPerHost: Infinity,
  politeness: { delayMs: 0, perHost: 2, robots: true },
  hostFailures: HOST_FAILURES,
  hotUrls: 1000,
};

export const ROBOTS = { status: 'allow-all', text: '', expiresAt: 1e15 } as const;

export function newUrl(url: string, more: Partial<NewUrl> = {}): NewUrl {
  return { url, lane: 0, depth: 0, seed: 'http://a/', priority: 0, redirects: 0, ...more };
}

function polite(delayMs: number, perHost = 2, robots = true): FrontierSettings {
  return { ...SETTINGS, politeness: { delayMs, perHost, robots } };
}

function pages(host: string, count: number, from = 0): NewUrl[] {
  return Array.from({ length: count }, (_, i) => newUrl(`http://${host}/${from + i}`));
}

function paths(lease: Lease): string[] {
  return lease.urls.map(({ url }) => new URL(url).pathname.slice(1));
}

/** All of a lease with one outcome. */
function all(lease: Lease, outcome: 'fetched' | 'returned' | 'failed' | 'excluded' = 'fetched'): Settlement[] {
  return lease.urls.map(({ id }) => ({ id, outcome }));
}

const report = (host: string, more: Partial<HostReport> = {}): HostReport => ({ host: `http://${host}`, ...more });

/** A lease as tasks get it. */
export async function draw(frontier: Frontier, task: string, lane: number, want: number, now: number): Promise<Lease> {
  await frontier.prepare(task, lane, want, now);
  return frontier.lease(task, lane, want, now);
}

/** What every frontier must do, whatever keeps it. */
export function frontierContract(name: string, open: (settings: FrontierSettings) => Promise<Frontier>): void {
  describe(`${name}: URLs`, () => {
    test('a URL counts once in its lane, and once more in another', async () => {
      const frontier = await open({ ...SETTINGS, lanes: 2 });
      expect(frontier.add([newUrl('http://a/1'), newUrl('http://a/1'), newUrl('http://a/1', { lane: 1 })], 0)).toBe(2);
      expect(frontier.add([newUrl('http://a/1', { depth: 7 })], 0)).toBe(0);
      expect(frontier.counts()).toMatchObject({ discovered: 2, queued: 2 });
    });

    test('a URL whose fingerprint is told is the same as one whose is not', async () => {
      const told = (url: string, more: Partial<NewUrl> = {}): NewUrl => {
        const words = new Uint32Array(2);
        fingerprint(url, 0, words, 0);
        return newUrl(url, { high: words[0], low: words[1], ...more });
      };
      const frontier = await open({ ...SETTINGS, lanes: 2 });
      expect(frontier.add([told('http://a/1'), newUrl('http://a/2')], 0)).toBe(2);
      expect(frontier.add([newUrl('http://a/1'), told('http://a/2'), told('http://a/2', { lane: 1 })], 0)).toBe(1);
      const lease = await draw(frontier, 't', 0, 10, 0);
      expect(paths(lease)).toEqual(['1', '2']);
      frontier.settle('t', all(lease), [], 1);
      expect(await frontier.find('http://a/1')).toMatchObject([{ url: 'http://a/1', state: 'fetched' }]);
    });

    test('a leased URL carries all that it was added with', async () => {
      const frontier = await open(SETTINGS);
      const post = { method: 'POST', headers: { 'x-a': 'b' }, body: 'é' };
      const url = newUrl('http://a:8080/ü?q=1', {
        depth: 3,
        seed: 'http://s/',
        priority: -2,
        redirects: 1,
        to: 'board',
        ...post,
      });
      frontier.add([url], 0);
      expect((await draw(frontier, 't', 0, 1, 0)).urls).toEqual([{ ...url, id: expect.any(Number), attempt: 0 }]);
    });

    test('ids are dense and never used again', async () => {
      const frontier = await open(polite(0, 2, false));
      frontier.add(pages('a', 3), 0);
      const first = await draw(frontier, 't', 0, 9, 0);
      frontier.settle('t', all(first), [], 0);
      frontier.add(pages('a', 3, 3), 0);
      const second = await draw(frontier, 't', 0, 9, 0);
      expect([...first.urls, ...second.urls].map(({ id }) => id).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    });

    test.each([
      ['fetched', { fetched: 1 }],
      ['not-modified', { notModified: 1 }],
      ['redirected', { redirected: 1 }],
      ['failed', { failed: 1 }],
      ['excluded', { excluded: 1 }],
    ] as const)('settled as %s', async (outcome, want) => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 1), 0);
      const [url] = (await draw(frontier, 't', 0, 1, 0)).urls;
      frontier.settle('t', [{ id: url?.id ?? -1, outcome, reason: 'because' }], [], 0);
      expect(frontier.counts()).toMatchObject({ discovered: 1, queued: 0, leased: 0, ...want });
      expect(frontier.idle()).toBe(true);
    });

    test('a retry waits for its time and counts an attempt', async () => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 1), 0);
      const [url] = (await draw(frontier, 't', 0, 1, 0)).urls;
      frontier.settle('t', [{ id: url?.id ?? -1, outcome: 'retry', reason: '503', retryAt: 700 }], [], 0);
      expect(frontier.counts()).toMatchObject({ queued: 1, leased: 0 });
      expect(frontier.demand(0, 699)).toBe(0);
      expect(frontier.nextReadyAt(0)).toBe(700);
      expect(await draw(frontier, 't', 0, 1, 0)).toMatchObject({ urls: [], done: false, pauseMs: 700 });
      expect((await draw(frontier, 't', 0, 1, 700)).urls).toMatchObject([{ id: url?.id, attempt: 1 }]);
    });

    test('a returned URL comes back in its place, its attempts unchanged', async () => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 4), 0);
      frontier.settle('t', all(await draw(frontier, 't', 0, 2, 0), 'returned'), [], 0);
      const lease = await draw(frontier, 't', 0, 4, 0);
      expect(paths(lease)).toEqual(['0', '1', '2', '3']);
      expect(lease.urls[0]?.attempt).toBe(0);
    });

    test('what a lost task held comes back, for others too', async () => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 3), 0);
      expect((await draw(frontier, 't', 0, 2, 0)).urls).toHaveLength(2);
      expect(frontier.release('t', 0)).toBe(2);
      expect(frontier.release('t', 0)).toBe(0);
      expect(paths(await draw(frontier, 'u', 0, 3, 0))).toEqual(['0', '1', '2']);
    });

    test.each([
      ['a URL that another task holds', 'u', (id: number) => [{ id, outcome: 'fetched' } as const]],
      [
        'a URL twice in one call',
        't',
        (id: number) => [{ id, outcome: 'fetched' } as const, { id, outcome: 'failed' } as const],
      ],
      ['a URL that no one holds', 't', () => [{ id: 77, outcome: 'fetched' } as const]],
    ])('settling %s is a bug and changes nothing', async (_, task, settlements) => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 2), 0);
      const [url] = (await draw(frontier, 't', 0, 1, 0)).urls;
      const before = frontier.counts();
      expect(() => frontier.settle(task, settlements(url?.id ?? -1), [], 0)).toThrow('bug');
      expect(frontier.counts()).toEqual(before);
    });
  });

  describe(`${name}: order on one host`, () => {
    const tree = [
      newUrl('http://a/shallow-old', { depth: 1 }),
      newUrl('http://a/deep', { depth: 2 }),
      newUrl('http://a/shallow-new', { depth: 1 }),
      newUrl('http://a/first', { depth: 3, priority: 5 }),
      newUrl('http://a/last', { depth: 0, priority: -5 }),
    ];
    test.each([
      ['bfs', ['first', 'shallow-old', 'shallow-new', 'deep', 'last']],
      ['dfs', ['first', 'deep', 'shallow-new', 'shallow-old', 'last']],
      ['priority', ['first', 'shallow-old', 'deep', 'shallow-new', 'last']],
    ] as const)('%s', async (order, want) => {
      const frontier = await open({ ...SETTINGS, order });
      frontier.add(tree, 0);
      expect(paths(await draw(frontier, 't', 0, 9, 0))).toEqual(want);
    });
  });

  describe(`${name}: politeness`, () => {
    test('a host with a delay belongs to one task, until that holds none of its URLs', async () => {
      const frontier = await open(polite(1000));
      frontier.add(pages('a', 20), 0);
      const mine = await draw(frontier, 't', 0, 1, 0);
      expect(mine.hosts).toEqual([{ host: 'http://a', concurrency: 2, delayMs: 1000, notBefore: 0 }]);
      expect((await draw(frontier, 'u', 0, 1, 0)).urls).toEqual([]);
      expect(frontier.demand(0, 0)).toBe(0);
      const more = await draw(frontier, 't', 0, 1, 0);
      frontier.settle('t', all(mine), [report('a', { notBefore: 900 })], 50);
      expect((await draw(frontier, 'u', 0, 1, 5000)).urls).toEqual([]);
      frontier.settle('t', all(more), [report('a', { notBefore: 1900 })], 950);
      expect((await draw(frontier, 'u', 0, 1, 1899)).urls).toEqual([]);
      expect((await draw(frontier, 'u', 0, 1, 1900)).hosts).toMatchObject([{ host: 'http://a', notBefore: 1900 }]);
    });

    test('a task gets work for some seconds of a host with a delay, not all of it', async () => {
      const frontier = await open(polite(1000));
      frontier.add(pages('a', 1000), 0);
      const { length } = (await draw(frontier, 't', 0, 500, 0)).urls;
      expect(length).toBeGreaterThanOrEqual(1);
      expect(length).toBeLessThanOrEqual(10);
    });

    test('a task that does not tell when the host rests leaves it the whole delay', async () => {
      const frontier = await open(polite(1000));
      frontier.add(pages('a', 3), 0);
      frontier.settle('t', all(await draw(frontier, 't', 0, 1, 0)), [], 100);
      expect(frontier.nextReadyAt(100)).toBe(1100);
      await draw(frontier, 'u', 0, 1, 1100);
      frontier.release('u', 1200);
      expect(frontier.nextReadyAt(1200)).toBe(2200);
    });

    test('what is learnt of a host is kept and travels with later leases', async () => {
      const frontier = await open(polite(1000));
      frontier.add(pages('a', 2), 0);
      const robots = { status: 'rules', text: 'User-agent: *', expiresAt: 9e9 } as const;
      frontier.settle(
        't',
        all(await draw(frontier, 't', 0, 1, 0)),
        [report('a', { notBefore: 5000, delayMs: 3000, robots })],
        0,
      );
      frontier.settle('t', [], [report('a')], 0);
      expect((await draw(frontier, 'u', 0, 1, 5000)).hosts).toEqual([
        { host: 'http://a', concurrency: 2, delayMs: 3000, notBefore: 5000, robots },
      ]);
    });

    test('a slow host holds up no other', async () => {
      const frontier = await open(polite(60_000));
      frontier.add([...pages('slow', 50), ...pages('b', 1)], 0);
      frontier.settle('t', all(await draw(frontier, 't', 0, 1, 0)), [report('slow', { notBefore: 60_000 })], 10);
      expect((await draw(frontier, 't', 0, 9, 20)).urls.map(({ url }) => url)).toEqual(['http://b/0']);
    });

    test('hosts take turns', async () => {
      const frontier = await open(polite(0, 1, false));
      frontier.add([...pages('a', 9), ...pages('b', 9), ...pages('c', 9)], 0);
      const hosts: (string | undefined)[] = [];
      for (let now = 0; now < 6; now++) {
        const lease = await draw(frontier, 't', 0, 1, now);
        frontier.settle('t', all(lease), [], now);
        hosts.push(lease.hosts[0]?.host);
      }
      expect(hosts).toEqual(['http://a', 'http://b', 'http://c', 'http://a', 'http://b', 'http://c']);
    });

    test('a host without delay belongs to one task until its robots.txt is known', async () => {
      const frontier = await open(polite(0, 2, true));
      frontier.add(pages('a', 500), 0);
      await draw(frontier, 't', 0, 4, 0);
      expect((await draw(frontier, 'u', 0, 4, 0)).urls).toEqual([]);
      frontier.settle('t', [], [report('a', { robots: ROBOTS })], 10);
      await draw(frontier, 't', 0, 4, 10);
      expect((await draw(frontier, 'u', 0, 4, 20)).hosts).toEqual([
        { host: 'http://a', concurrency: 1, delayMs: 0, notBefore: 0, robots: ROBOTS },
      ]);
    });

    test('a newcomer gets what is free; others shrink at their next lease', async () => {
      const frontier = await open(polite(0, 4, false));
      frontier.add(pages('a', 5000), 0);
      const grant = async (task: string, now: number): Promise<number | undefined> =>
        (await draw(frontier, task, 0, 64, now)).hosts[0]?.concurrency;
      expect(await grant('t', 0)).toBe(4);
      expect(await grant('u', 0)).toBeUndefined();
      expect(await grant('t', 1)).toBe(2);
      expect(await grant('u', 2)).toBe(2);
      expect(await grant('v', 3)).toBeUndefined();
      expect([await grant('t', 4), await grant('u', 4), await grant('v', 5)]).toEqual([1, 1, 2]);
      frontier.release('t', 6);
      frontier.release('u', 6);
      expect(await grant('v', 7)).toBe(4);
    });

    test('a short queue is divided by the tasks', async () => {
      const frontier = await open(polite(0, 8, false));
      frontier.add(pages('b', 1), 0);
      // All four are there: one works, three wait.
      const tasks = ['t', 'u', 'v', 'w'];
      for (const task of tasks) await draw(frontier, task, 0, 1, 0);
      frontier.add(pages('a', 40), 0);
      const sizes: number[] = [];
      for (const task of tasks) sizes.push((await draw(frontier, task, 0, 64, 0)).urls.length);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(4);
    });

    test('a lane that waits for a host gets its turn', async () => {
      const frontier = await open({ ...polite(1000), lanes: 2 });
      frontier.add(pages('a', 1000), 0);
      frontier.add(
        pages('a', 3).map((url) => ({ ...url, lane: 1 })),
        0,
      );
      let second = 0;
      const held = new Map<string, Lease>();
      for (let now = 0; now < 60_000; now += 1000) {
        for (const [lane, task] of ['t', 'u'].entries()) {
          const before = held.get(task);
          if (before !== undefined && before.urls.length > 0)
            frontier.settle(task, all(before), [report('a', { notBefore: now + 1000 })], now);
          const lease = await draw(frontier, task, lane, 1, now);
          held.set(task, lease);
          second += lane * lease.urls.length;
        }
      }
      expect(second).toBe(3);
    });
  });

  describe(`${name}: limits and ends`, () => {
    test('fetched and leased pages never pass maxPages; failed ones do not count', async () => {
      const frontier = await open({ ...SETTINGS, maxPages: 3 });
      frontier.add(pages('a', 9), 0);
      const first = await draw(frontier, 't', 0, 9, 0);
      expect(first.urls).toHaveLength(3);
      frontier.settle('t', all(first, 'failed'), [], 0);
      const second = await draw(frontier, 't', 0, 9, 0);
      expect(second.urls).toHaveLength(3);
      expect(frontier.limitReached()).toBe(false);
      expect(await draw(frontier, 't', 0, 9, 0)).toMatchObject({ urls: [], done: false });
      frontier.settle('t', all(second), [], 0);
      expect(frontier.limitReached()).toBe(true);
      expect(frontier.demand(0, 0)).toBe(0);
      expect(await draw(frontier, 't', 0, 9, 0)).toMatchObject({ urls: [], done: true });
    });

    test('URLs past maxPagesPerHost are excluded, those that come later too', async () => {
      const frontier = await open({ ...SETTINGS, maxPagesPerHost: 2 });
      frontier.add([...pages('a', 5), ...pages('b', 1)], 0);
      const lease = await draw(frontier, 't', 0, 9, 0);
      expect(lease.urls).toHaveLength(3);
      frontier.settle('t', all(lease), [], 0);
      expect(frontier.counts()).toMatchObject({ queued: 0, fetched: 3, excluded: 3 });
      expect(frontier.add(pages('a', 1, 7), 0)).toBe(1);
      expect(frontier.counts()).toMatchObject({ discovered: 7, queued: 0, fetched: 3, excluded: 4 });
    });

    test('a lane is not done while another works, since its pages may add links', async () => {
      const frontier = await open({ ...SETTINGS, lanes: 2 });
      frontier.add(pages('a', 1), 0);
      const lease = await draw(frontier, 't', 0, 1, 0);
      const waiting = await draw(frontier, 'u', 1, 1, 0);
      expect(waiting).toMatchObject({ urls: [], done: false });
      expect(waiting.pauseMs).toBeGreaterThanOrEqual(10);
      expect(waiting.pauseMs).toBeLessThanOrEqual(1000);
      frontier.settle('t', all(lease), [], 0);
      expect(await draw(frontier, 'u', 1, 1, 0)).toEqual({ urls: [], hosts: [], done: true, pauseMs: 0 });
    });

    test('a lease that wants nothing only tells whether all is done', async () => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 1), 0);
      expect(await draw(frontier, 't', 0, 0, 0)).toMatchObject({ urls: [], hosts: [], done: false });
      frontier.settle('t', all(await draw(frontier, 't', 0, 1, 0)), [], 0);
      expect(await draw(frontier, 't', 0, 0, 0)).toMatchObject({ done: true });
    });

    test('demand is one task for each host with a delay that is ready', async () => {
      const frontier = await open(polite(1000));
      frontier.add(
        ['a', 'b', 'c'].flatMap((host) => pages(host, 5)),
        0,
      );
      expect(frontier.demand(0, 0)).toBe(3);
      await draw(frontier, 't', 0, 1, 0);
      expect(frontier.demand(0, 0)).toBe(2);
    });

    test('demand for a shared host grows with its queue, up to its concurrency', async () => {
      const frontier = await open(polite(0, 3, false));
      frontier.add(pages('a', 1), 0);
      expect(frontier.demand(0, 0)).toBe(1);
      frontier.add(pages('a', 200, 1), 0);
      expect(frontier.demand(0, 0)).toBe(3);
      await draw(frontier, 't', 0, 2, 0);
      expect(frontier.demand(0, 0)).toBe(2);
    });
  });

  describe(`${name}: exclusions`, () => {
    /** Settles one page on which links were found that a rule keeps out. */
    async function exclude(frontier: Frontier, ...urls: readonly string[]): Promise<void> {
      frontier.add([newUrl(`http://pages/${Math.random()}`)], 0);
      const [page] = (await draw(frontier, 'finder', 0, 1, 0)).urls;
      const excluded = urls.map((url) => ({ url, reason: 'max_url_length' }));
      frontier.settle('finder', [{ id: page?.id ?? -1, outcome: 'fetched', excluded }], [], 0);
    }

    test('a URL that a rule keeps out counts once', async () => {
      const frontier = await open(SETTINGS);
      await exclude(frontier, 'http://a/x', 'http://a/y', 'http://a/x');
      await exclude(frontier, 'http://a/x');
      expect(frontier.counts()).toMatchObject({ discovered: 4, fetched: 2, excluded: 2 });
      expect([...frontier.reasons()]).toEqual([['max_url_length', 2]]);
    });

    test.each([0, 1])('a URL that is added in lane %i is excluded no more, and not again', async (lane) => {
      const frontier = await open({ ...SETTINGS, lanes: 2 });
      await exclude(frontier, 'http://a/x');
      expect(frontier.add([newUrl('http://a/x', { lane })], 0)).toBe(1);
      expect(frontier.counts()).toMatchObject({ discovered: 2, queued: 1, excluded: 0 });
      expect([...frontier.reasons()]).toEqual([]);
      expect(frontier.add([newUrl('http://a/x', { lane: 1 - lane })], 0)).toBe(1);
      expect(frontier.counts()).toMatchObject({ discovered: 3, queued: 2, excluded: 0 });
    });

    test('a URL that was added is not excluded', async () => {
      const frontier = await open(SETTINGS);
      frontier.add([newUrl('http://a/x')], 0);
      frontier.settle('t', all(await draw(frontier, 't', 0, 1, 0)), [], 0);
      await exclude(frontier, 'http://a/x');
      expect(frontier.counts()).toMatchObject({ discovered: 2, fetched: 2, excluded: 0 });
    });

    test('a URL that is put aside counts as excluded, and is not leased', async () => {
      const frontier = await open(SETTINGS);
      const parked = newUrl('http://a/b/b/b/b', { parked: 'trap: repeating segments' });
      expect(frontier.add([parked, parked], 0)).toBe(1);
      expect(frontier.counts()).toMatchObject({ discovered: 1, excluded: 1, queued: 0 });
      expect(await draw(frontier, 't', 0, 1, 0)).toMatchObject({ urls: [], done: true });
    });
  });

  describe(`${name}: links`, () => {
    test('a page brings its links with its settlement', async () => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 1), 0);
      const [page] = (await draw(frontier, 't', 0, 1, 0)).urls;
      const links = pages('a', 3);
      frontier.settle('t', [{ id: page?.id ?? -1, outcome: 'fetched', links, status: 200 }], [], 0);
      expect(frontier.counts()).toMatchObject({ discovered: 3, queued: 2, fetched: 1 });
    });

    test('a refused settlement brings nothing', async () => {
      const frontier = await open(SETTINGS);
      frontier.add(pages('a', 1), 0);
      const [page] = (await draw(frontier, 't', 0, 1, 0)).urls;
      const settle = (lane: number, id: number): void => {
        const links = [newUrl('http://a/new'), newUrl('http://a/other', { lane })];
        frontier.settle(
          't',
          [
            { id: page?.id ?? -1, outcome: 'fetched', links },
            { id, outcome: 'failed' },
          ],
          [],
          0,
        );
      };
      expect(() => {
        settle(0, 77);
      }).toThrow('bug');
      expect(() => {
        settle(3, page?.id ?? -1);
      }).toThrow('bug');
      expect(frontier.counts()).toMatchObject({ discovered: 1, leased: 1, fetched: 0 });
    });
  });
}
