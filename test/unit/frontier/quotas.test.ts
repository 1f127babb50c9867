import { expect, test } from 'vitest';
import { openFrontier } from '../../../src/frontier/frontier.ts';
import type { Quotas } from '../../../src/frontier/quotas.ts';
import type { Frontier, FrontierSettings, Outcome } from '../../../src/frontier/types.ts';
import type { Store } from '../../../src/store/types.ts';
import { draw, newUrl, SETTINGS } from '../../support/frontier-contract.ts';
import { memoryHome } from '../../support/frontier-stores.ts';

const lists = (limit: number, name = 'list'): Quotas => ({
  limits: [limit],
  reasons: [`quota /${name}/`],
  of: (url) => (url.includes(`/${name}/`) ? 0 : undefined),
});

const under = (quotas: Quotas): FrontierSettings => ({ ...SETTINGS, lanes: 2, quotas });
const page = (n: number, lane = 0) => newUrl(`http://a/list/${n}`, { lane });
const other = (n: number) => newUrl(`http://a/item/${n}`);

async function settleAll(frontier: Frontier, outcome: Outcome, task = 't'): Promise<number> {
  const { urls } = await draw(frontier, task, 0, 100, 0);
  frontier.settle(
    task,
    urls.map(({ id }) => ({ id, outcome })),
    [],
    0,
  );
  return urls.length;
}

async function commit(store: Store): Promise<void> {
  await store.write(store.cut());
}

test('what is found when all places are taken is kept out with the pattern as its reason, lane by lane', async () => {
  const frontier = await openFrontier(under(lists(2)), await memoryHome().open(), 0);
  frontier.add([page(1), page(2), other(1), page(3), page(1, 1), other(2)], 0);
  expect(frontier.counts()).toMatchObject({ queued: 5, excluded: 1 });
  expect(frontier.reasons()).toEqual(new Map([['quota /list/', 1]]));
  expect(await frontier.find('http://a/list/3')).toMatchObject([
    { state: 'excluded', reason: 'quota /list/', lane: 0 },
  ]);
});

test.each<[Outcome, number]>([
  ['fetched', 0],
  ['not-modified', 0],
  ['redirected', 2],
  ['failed', 2],
  ['excluded', 2],
])('pages that end as %s leave %i places', async (outcome, places) => {
  const frontier = await openFrontier(under(lists(2)), await memoryHome().open(), 0);
  frontier.add([page(1), page(2)], 0);
  await settleAll(frontier, outcome);
  frontier.add([page(3), page(4), page(5)], 0);
  expect(frontier.counts().queued).toBe(places);
});

test('a page that is fetched again keeps its place, and needs no second', async () => {
  const home = memoryHome();
  const store = await home.open();
  const frontier = await openFrontier(under(lists(1)), store, 0);
  frontier.add([page(1)], 0);
  await settleAll(frontier, 'fetched');
  await commit(store);
  const ready = (): Promise<void> => commit(store);
  expect(await frontier.requeue({ state: 'fetched' }, 0, ready)).toBe(1);
  await settleAll(frontier, 'failed');
  frontier.add([page(2), page(3)], 0);
  expect(frontier.counts()).toMatchObject({ queued: 1, excluded: 1 });
});

test('places are as they were when another process goes on', async () => {
  const home = memoryHome();
  const store = await home.open();
  const frontier = await openFrontier(under(lists(3)), store, 0);
  frontier.add([page(1), page(2)], 0);
  await settleAll(frontier, 'fetched');
  frontier.add([page(3)], 0);
  await commit(store);
  const next = await openFrontier(under(lists(3)), await home.open(), 0);
  next.add([page(4)], 0);
  expect(next.counts()).toMatchObject({ queued: 1, fetched: 2, excluded: 1 });
  // A higher limit holds from then on; another pattern counts from nothing.
  const higher = await openFrontier(under(lists(4)), await home.open(), 0);
  expect(higher.add([page(5), page(6)], 0)).toBe(2);
  expect(higher.counts()).toMatchObject({ queued: 2, excluded: 1 });
  const renamed = await openFrontier(under(lists(1, 'item')), await home.open(), 0);
  renamed.add([other(1), other(2), page(7)], 0);
  expect(renamed.counts()).toMatchObject({ queued: 3, excluded: 1 });
});
