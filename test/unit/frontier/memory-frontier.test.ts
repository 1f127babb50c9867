import { expect, test } from 'vitest';
import { createMemoryFrontier } from '../../../src/frontier/memory-frontier.ts';
import { frontierContract, newUrl, SETTINGS } from '../../support/frontier-contract.ts';

frontierContract('memory', createMemoryFrontier);

test('settled URLs are counted by reason', () => {
  const frontier = createMemoryFrontier({ ...SETTINGS, maxPagesPerHost: 1 });
  frontier.add([newUrl('http://a/1'), newUrl('http://a/2'), newUrl('http://b/1')], 0);
  const lease = frontier.lease('t', 0, 9, 0);
  const outcome = (url: string): 'fetched' | 'failed' => (url === 'http://b/1' ? 'failed' : 'fetched');
  frontier.settle(
    't',
    lease.urls.map(({ id, url }) => ({ id, outcome: outcome(url), ...(url === 'http://b/1' && { reason: 'dns' }) })),
    [],
    0,
  );
  expect(Object.fromEntries(frontier.reasons())).toEqual({ max_pages_per_host: 1, dns: 1 });
});

test('a table shows the hosts with most waiting', () => {
  const frontier = createMemoryFrontier({ ...SETTINGS, politeness: { delayMs: 500, perHost: 1, robots: true } });
  frontier.add(
    ['http://a/1', 'http://b/1', 'http://b/2', 'http://b/3', 'http://c/1'].map((url) => newUrl(url)),
    0,
  );
  frontier.lease('t', 0, 1, 0);
  expect(frontier.describe(1)).toEqual([
    { host: 'http://b', queued: 3, leased: 0, fetched: 0, delayMs: 500, notBefore: 0, tasks: [] },
  ]);
  expect(frontier.describe(9).find(({ host }) => host === 'http://a')?.tasks).toEqual(['t']);
});
