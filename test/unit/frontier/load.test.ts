import { expect, test } from 'vitest';
import { openFrontier } from '../../../src/frontier/frontier.ts';
import type { Frontier, NewUrl } from '../../../src/frontier/types.ts';
import type { Store } from '../../../src/store/types.ts';
import { draw, newUrl, SETTINGS as CONTRACT } from '../../support/frontier-contract.ts';
import { memoryHome } from '../../support/frontier-stores.ts';

const SETTINGS = {
  ...CONTRACT,
  politeness: { delayMs: 0, perHost: 8, robots: false },
  hostFailures: { backOffAfter: 1, giveUpAfter: 1 },
  hotUrls: 0,
};

async function open(settings = SETTINGS): Promise<{ readonly frontier: Frontier; readonly store: Store }> {
  const store = await memoryHome().open();
  return { frontier: await openFrontier(settings, store, 0), store };
}

const pages = (host: string, count: number, lane = 0): NewUrl[] =>
  Array.from({ length: count }, (_, i) => newUrl(`http://${host}/${i}`, { lane, depth: i === 0 ? 0 : 5 }));

const hostOf = (url: string): string => new URL(url).hostname;

test('what lies between two queues on disk and is not to be read keeps neither from being read', async () => {
  const { frontier, store } = await open();
  frontier.add([...pages('a', 3), ...pages('given-up', 500), ...pages('c', 3)], 0);
  const { urls } = await draw(frontier, 'first', 0, 600, 0);
  const isFault = ({ url }: NewUrl): boolean => hostOf(url) === 'given-up';
  const [fault, ...rest] = urls.toSorted((a, b) => Number(isFault(b)) - Number(isFault(a)));
  frontier.settle('first', [{ id: fault?.id ?? -1, outcome: 'failed', reason: 'x', hostFault: true }], [], 0);
  expect(frontier.release('first', 0)).toBe(rest.length);
  await store.write(store.cut());

  // One that comes meanwhile is read or waits, not both.
  const reading = frontier.prepare('second', 0, 10, 0);
  frontier.add([newUrl('http://c/3', { depth: 1 })], 0);
  await reading;
  const first = frontier.lease('second', 0, 10, 0).urls;
  const { urls: last } = await draw(frontier, 'second', 0, 10, 0);
  expect([...first, ...last].map(({ url }) => url).toSorted()).toEqual(
    [...pages('a', 3), ...pages('c', 4)].map(({ url }) => url),
  );
  expect(first.length).toBeGreaterThanOrEqual(6);
  expect(frontier.counts()).toMatchObject({ queued: 0, leased: 7, failed: 500 });
});

test('one lease takes what waits of many hosts, each of its own lane', async () => {
  const { frontier, store } = await open({ ...SETTINGS, lanes: 2 });
  for (let host = 0; host < 50; host++) {
    frontier.add([...pages(`host${host}`, 5), ...pages(`host${host}`, 3, 1)], 0);
    await store.write(store.cut());
  }
  const both = [await draw(frontier, 'zero', 0, 250, 0), await draw(frontier, 'one', 1, 250, 0)];
  expect(both.map(({ urls }) => urls.length)).toEqual([250, 150]);
  expect(both.map(({ urls }) => new Set(urls.map(({ lane }) => lane)))).toEqual([new Set([0]), new Set([1])]);
});

test('URLs added to some of the queues while they are read together come in their turn', async () => {
  const { frontier, store } = await open();
  for (const host of ['a', 'b', 'c']) frontier.add(pages(host, 20), 0);
  await store.write(store.cut());
  const reading = frontier.prepare('task', 0, 60, 0);
  frontier.add([newUrl('http://b/first', { priority: 1 }), newUrl('http://c/last', { depth: 9 })], 0);
  await reading;
  const got: string[] = [];
  for (;;) {
    const { urls } = await draw(frontier, 'task', 0, 60, 0);
    if (urls.length === 0) break;
    got.push(...urls.map(({ url }) => url));
  }
  const of = (host: string): string[] => got.filter((url) => hostOf(url) === host);
  const twenty = (host: string): string[] => pages(host, 20).map(({ url }) => url);
  expect(of('a')).toEqual(twenty('a'));
  expect(of('b')).toEqual(['http://b/first', ...twenty('b')]);
  expect(of('c')).toEqual([...twenty('c'), 'http://c/last']);
});

test.each([
  { name: 'stays leased', outcome: undefined, times: 1 },
  { name: 'is settled', outcome: 'fetched', times: 1 },
  { name: 'is given back', outcome: 'returned', times: 2 },
] as const)('a URL among those that are read that is leased and $name meanwhile is there once', async (how) => {
  const { frontier, store } = await open();
  const at = (name: string, depth: number): NewUrl => newUrl(`http://a/${name}`, { depth });
  frontier.add([at('leased', 5)], 0);
  const first = await draw(frontier, 'first', 0, 1, 0);
  frontier.add([...Array.from({ length: 9 }, (_, i) => at(`early-${i}`, 1)), at('late', 6)], 0);
  await store.write(store.cut());
  const got = [...first.urls];
  const id = got[0]?.id ?? -1;
  got.push(...frontier.lease('second', 0, 20, 0).urls);
  const reading = frontier.prepare('second', 0, 20, 0);
  if (how.outcome !== undefined) frontier.settle('first', [{ id, outcome: how.outcome }], [], 0);
  await reading;
  for (;;) {
    got.push(...frontier.lease('second', 0, 20, 0).urls);
    const { urls } = await draw(frontier, 'second', 0, 20, 0);
    if (urls.length === 0) break;
    got.push(...urls);
  }
  const early = Array.from({ length: 9 }, (_, i) => `http://a/early-${i}`);
  const again = how.times === 2 ? ['http://a/leased'] : [];
  expect(got.map(({ url }) => url)).toEqual(['http://a/leased', ...early, ...again, 'http://a/late']);
});

test('a host of which nothing is in memory keeps its turn when a lease finds it so', async () => {
  const { frontier, store } = await open();
  frontier.add([...pages('a', 3), ...pages('b', 3)], 0);
  await store.write(store.cut());
  // Two tasks, so that each is to take one of the hosts.
  for (const task of ['other', 'task']) expect(frontier.lease(task, 0, 1, 0)).toMatchObject({ urls: [], done: false });
  expect((await draw(frontier, 'task', 0, 1, 0)).urls.map(({ url }) => hostOf(url))).toEqual(['a']);
});
