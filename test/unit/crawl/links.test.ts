import { expect, test } from 'vitest';
import { createLinkRouter, type LinkRouter } from '../../../src/crawl/links.ts';
import { normalizeExtractors } from '../../../src/extract/normalize.ts';
import type { ExtractedLink } from '../../../src/extract/types.ts';
import { fingerprint } from '../../../src/lib/fingerprint.ts';
import type { Work } from '../../../src/crawl/work.ts';

const NOW = Date.UTC(2026, 5, 1);
const SEED = 'https://e.org/';
const TRAPS = {
  pathRepeats: 2,
  pathDepth: 20,
  params: 30,
  paramRepeats: 2,
  escapes: 1,
  counter: 10_000,
  yearsAhead: 2,
  yearsBack: 20,
};

const RULE = { css: 'a', allow: [], deny: [], priority: 0 };

type Routing = Pick<Work, 'scope' | 'dropParams' | 'traps' | 'lanes' | 'extractors' | 'follow'>;

const router = (work: Partial<Routing> = {}): Promise<LinkRouter> =>
  createLinkRouter(
    {
      scope: { within: 'host', allow: [], deny: [], maxDepth: 3, maxUrlLength: 2083 },
      dropParams: [],
      traps: TRAPS,
      lanes: [{ name: 'crawler', extractors: [] }],
      extractors: [],
      follow: [RULE],
      ...work,
    },
    NOW,
  );

/** As extraction gives it. */
function linkTo(url: string): ExtractedLink {
  const words = new Uint32Array(2);
  fingerprint(url, 0, words, 0);
  const [high = 0, low = 0] = words;
  return { url, priority: 0, high, low };
}

const route = (by: LinkRouter, urls: readonly string[]) => by.route(urls.map(linkTo), SEED, 0, () => false);

test('a trapped link is sent with the rule that puts it aside, not dropped', async () => {
  const { links, excluded, fingerprints } = route(await router(), ['https://e.org/a', 'https://e.org/?q=&q=&q=']);
  expect(links.map(({ url, parked }) => [url, parked])).toEqual([
    ['https://e.org/a', undefined],
    ['https://e.org/?q=&q=&q=', 'param_repeats 2'],
  ]);
  expect(excluded).toEqual([]);
  expect(fingerprints).toHaveLength(4);
});

test('what scope keeps out is no trap', async () => {
  const { links, excluded } = route(await router(), ['https://other.org/?q=&q=&q=']);
  expect(links).toEqual([]);
  expect(excluded).toEqual([{ url: 'https://other.org/?q=&q=&q=', reason: 'within host' }]);
});

test('nothing is a trap where the job switches the rules off', async () => {
  const { links } = route(await router({ traps: null }), ['https://e.org/?q=&q=&q=']);
  expect(links.map(({ parked }) => parked)).toEqual([undefined]);
});

test('dropped parameters are gone before a URL is judged', async () => {
  const { links } = route(await router({ dropParams: ['q'] }), ['https://e.org/?q=&q=&q=', 'https://e.org/?q=&x&x&x']);
  expect(links.map(({ url, parked }) => [url, parked])).toEqual([
    ['https://e.org/', undefined],
    ['https://e.org/?x&x&x', 'param_repeats 2'],
  ]);
});

test.each([
  ['two rules of the job', { follow: [RULE, RULE] }],
  [
    'a rule of the job and one of an extractor',
    {
      extractors: normalizeExtractors({ page: { fields: { title: 'h1' }, follow: true } }, ({ what }) =>
        expect.fail(what),
      ),
    },
  ],
  ['dropped parameters', { dropParams: ['x'] }],
])('a URL that comes twice by %s is sent once', async (_, work) => {
  const { links, fingerprints } = route(await router(work), ['https://e.org/a', 'https://e.org/b', 'https://e.org/a']);
  expect(links.map(({ url }) => url)).toEqual(['https://e.org/a', 'https://e.org/b']);
  expect(fingerprints).toHaveLength(4);
});

test('a link brings its fingerprint, that of the URL as it goes to the frontier', async () => {
  const words = new Uint32Array(2);
  const { links } = route(await router({ dropParams: ['utm'] }), ['https://e.org/a', 'https://e.org/?utm=1']);
  expect(links).toHaveLength(2);
  for (const { url, high, low } of links) {
    fingerprint(url, 0, words, 0);
    expect([high, low]).toEqual([...words]);
  }
});
