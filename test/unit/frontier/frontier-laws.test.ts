import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFrontier } from '../../../src/frontier/frontier.ts';
import type { LeasedUrl } from '../../../src/frontier/types.ts';
import { draw, newUrl, SETTINGS } from '../../support/frontier-contract.ts';
import { diskHome, memoryHome, type StoreHome } from '../../support/frontier-stores.ts';
import { play, storyOf, workToTheEnd } from '../../support/frontier-stories.ts';
import { TASKS, Watched } from '../../support/watched-frontier.ts';

const HOMES = [
  { name: 'in memory', open: (): Promise<StoreHome> => Promise.resolve(memoryHome()), runs: 150 },
  { name: 'on disk', open: diskHome, runs: 25 },
];

describe.each(HOMES)('$name', { timeout: 60_000 }, ({ open, runs }) => {
  test('in any history each URL is in one state, and no host or page is given out beyond its limit', () =>
    fc.assert(
      fc.asyncProperty(storyOf(false), async ({ settings, steps }) => {
        await using home = await open();
        const watched = await Watched.open(settings, home);
        for (const step of steps) await play(watched, step);
      }),
      { numRuns: runs },
    ));

  test('killed at any point, it goes on from the last written commit: nothing is lost, nothing is there twice', () =>
    fc.assert(
      fc.asyncProperty(storyOf(true), async ({ settings, steps }) => {
        await using home = await open();
        const watched = await Watched.open(settings, home);
        for (const step of steps) await play(watched, step);
        watched.cut();
        for (let i = 0; i < steps.length; i++) await watched.write();
        await watched.kill([]);
        watched.check();
      }),
      { numRuns: runs },
    ));

  test('from any state the crawl comes to its end, and nothing that may be fetched is left', () =>
    fc.assert(
      fc.asyncProperty(storyOf(true), async ({ settings, steps }) => {
        await using home = await open();
        const watched = await Watched.open(settings, home);
        for (const step of steps) await play(watched, step);
        expect(await workToTheEnd(watched)).toBe(true);
        const { queued, fetched } = watched.frontier.counts();
        if (fetched < settings.maxPages) expect(queued).toBe(0);
        expect(watched.frontier.limitReached()).toBe(queued > 0);
      }),
      { numRuns: Math.ceil(runs / 2) },
    ));
});

test('where work waits there is demand, a task at work, or a time to look again', () =>
  fc.assert(
    fc.asyncProperty(storyOf(true), async ({ settings, steps }) => {
      const watched = await Watched.open(settings, memoryHome());
      for (const step of steps) await play(watched, step);
      for (const name of TASKS) watched.release(name);
      const { frontier, now } = watched;
      const { queued, fetched } = frontier.counts();
      if (queued === 0 || fetched >= settings.maxPages) return;
      const lanes = Array.from({ length: settings.lanes }, (_, lane) => frontier.demand(lane, now));
      const demand = lanes.some((tasks) => tasks > 0);
      expect(demand || (frontier.nextReadyAt(now) ?? Infinity) < Infinity).toBe(true);
      // What is promised is there.
      const lane = lanes.findIndex((tasks) => tasks > 0);
      if (lane >= 0) expect((await draw(frontier, 'new', lane, 1, now)).urls).toHaveLength(1);
    }),
    { numRuns: 150 },
  ));

describe.each([1000, 0])('%i URLs in memory', (hotUrls) => {
  test.each(['bfs', 'dfs', 'priority'] as const)('%s: a host gives its URLs in that order', (order) => {
    const page = fc.record({ depth: fc.nat({ max: 4 }), priority: fc.integer({ min: -2, max: 2 }) });
    const politeness = { delayMs: 0, perHost: 1, robots: false };
    const settings = { ...SETTINGS, order, politeness, hotUrls };
    return fc.assert(
      fc.asyncProperty(fc.array(page, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (pages, want) => {
        const frontier = await openFrontier(settings, await memoryHome().open(), 0);
        frontier.add(
          pages.map((more, i) => newUrl(`http://a/${i}`, more)),
          0,
        );
        const got: LeasedUrl[] = [];
        for (;;) {
          const { urls } = await draw(frontier, 't', 0, want, 0);
          if (urls.length === 0) break;
          got.push(...urls);
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
});
