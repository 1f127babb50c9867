import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTraps, type TrapSettings } from '../../../src/crawl/traps.ts';
import { canonicalUrl } from '../../../src/lib/url.ts';

const root = join(import.meta.dirname, '../../..');
const NOW = Date.UTC(2026, 5, 1);
const DEFAULTS: TrapSettings = {
  pathRepeats: 2,
  pathDepth: 20,
  params: 30,
  paramRepeats: 2,
  escapes: 1,
  counter: 10_000,
  yearsAhead: 2,
  yearsBack: 20,
};
const traps = compileTraps(DEFAULTS, NOW);
const canonical = (url: string): string => canonicalUrl(url) ?? '';
const numbered = (count: number): string => Array.from({ length: count }, (_, i) => `p${i}=${i}`).join('&');

test.each([
  ['/', 'a root'],
  ['/index.php?topic-5&page=2', 'a part without a value'],
  ['/docs/3.11/library/asyncio-task.html', 'documentation'],
  ['/en/docs/en/latest/', 'a language twice'],
  ['/11/11/11/', 'a short date'],
  ['/tiles/0/0/0.png', 'a tile'],
  ['/1/1/1/1', 'a numbered shelf'],
  ['/src/main/java/org/apache/commons/lang/org/apache/Test.java', 'folders of Java'],
  ['/a/node_modules/b/node_modules/c/node_modules/d/node_modules/e.js', 'modules in modules'],
  ['/a/b/a/b/', 'two folders twice'],
  ['/api/v1/users/1/posts/1/comments/1/likes/1', 'nested resources'],
  ['/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/', 'twenty folders'],
  ['/s?q=hello+world&lang=en', 'a search'],
  ['/s?tag=a&tag=b&tag=c&tag=d', 'four values of a filter'],
  ['/s?a=1&b=1&c=1&d=1', 'equal values of different parameters'],
  ['/s?q=a&q=a', 'a parameter twice'],
  [`/s?${numbered(30)}`, 'thirty parameters'],
  ['/login?next=%2Faccount%3Ftab%3D1', 'a way back'],
  ['/login?next=%252Faccount', 'a way back through two doors'],
  ['/share?url=https%253A%252F%252Fe.org%252F&text=100%25', 'a shared link and a percent sign'],
  ['/?a=1&amp;b=2&amp;c=3', 'entities where ampersands were meant'],
  ['/wiki/Ramp;champ;lamp', 'words that end like an entity'],
  ['/2021/03/04/some-title', 'an article of the past'],
  ['/1985/03/', 'an archive'],
  ['/1885/03/12/front-page', 'an old newspaper'],
  ['/2027/12/31/', 'next year'],
  ['/events/2026-07-14', 'an event to come'],
  ['/events/2010-07-14', 'an event long ago'],
  ['/event/1234/5', 'an event by its number'],
  ['/calendar?month=3&year=2025', 'a month of last year'],
  ['/films?year=1935', 'films of a year'],
  ['/report-20240131.pdf', 'a dated file'],
  ['/news/2024-01-31-20240131.html', 'a dated article'],
  ['/p/some-product-123456789', 'a product'],
  ['/item?id=98765432', 'an item'],
  ['/?p=123456', 'a post by its number'],
  ['/catalogue/page/250/', 'a late page of a list'],
  ['/forum?start=90000', 'a far offset'],
  ['/rfc/rfc2045.txt', 'a document by its number'],
  ['/standards/iso-2709-1', 'a standard'],
  ['/2048/', 'a game'],
  ['/forum/2134/5/', 'a thread and its page'],
  ['/releases/v2099.1.0', 'a version'],
  ['/cve/CVE-2024-12345', 'a CVE'],
  ['/photos/12345678@N00/9876543210/', 'a photo'],
])('%s is ordinary: %s', (path) => {
  expect(traps(canonical(`https://e.org${path}`))).toBeUndefined();
});

test.each([
  ['/a/b/a/b/a/b/', 'path_repeats 2'],
  ['/x/news/sport/news/sport/news/sport/index.html', 'path_repeats 2'],
  ['/a/b/c/d/a/b/c/d/a/b/c/d', 'path_repeats 2'],
  ['/www.cnn.com/www.cnn.com/www.cnn.com/www.cnn.com/www.cnn.com', 'path_repeats 2'],
  ['/a/x/a/y/a/z/a/u/a/v', 'path_repeats 2'],
  ['/a///////b', 'path_repeats 2'],
  ['/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21', 'path_depth 20'],
  ['/a'.repeat(500), 'path_depth 20'],
  ['/?q=&q=&q=', 'param_repeats 2'],
  ['/s?sort=up&x=1&sort=up&sort=up', 'param_repeats 2'],
  ['/s?page&page&page', 'param_repeats 2'],
  ['/s?page=1&page=2&page=3&page=4&page=5&page=6&page=7&page=8&page=9', 'param_repeats 2'],
  [`/s?${numbered(31)}`, 'params 30'],
  [`/s?${numbered(200)}`, 'params 30'],
  ['/?a=1&amp;amp%253Bb=2', 'escapes 1'],
  ['/?a=1&amp%3Bamp%3Bb=2', 'escapes 1'],
  ['/?a=1&amp;amp;b=2', 'escapes 1'],
  ['/login?next=%25252Faccount', 'escapes 1'],
  ['/login?next=%2Flogin%3Fnext%3D%252Flogin%253Fnext%253D%25252F', 'escapes 1'],
  ['/a/%252525/', 'escapes 1'],
  ['/2031/05/', 'years_ahead 2'],
  ['/calendar/2031/5', 'years_ahead 2'],
  ['/events/2031-05/', 'years_ahead 2'],
  ['/agenda/20310501', 'years_ahead 2'],
  ['/view?date=2029-01-01', 'years_ahead 2'],
  ['/cal.php?month=12&year=9999', 'years_ahead 2'],
  ['/films?year=2040', 'years_ahead 2'],
  ['/events/1985-01/', 'years_back 20'],
  ['/cal.php?month=3&year=1985', 'years_back 20'],
  ['/calendar/1970/1', 'years_back 20'],
  ['/list?page=10001', 'counter 10000'],
  ['/blog/page/123456/', 'counter 10000'],
  ['/list?page=1&page=99999', 'counter 10000'],
  ['/list?offset=1000020', 'counter 10000'],
])('%s is a trap: %s', (path, rule) => {
  expect(traps(canonical(`https://e.org${path}`))).toBe(rule);
});

test.each<[setting: Partial<TrapSettings>, ordinary: string, trap: string]>([
  [{ pathRepeats: 1 }, '/a/a/b', '/a/a/a'],
  [{ pathRepeats: 3 }, '/a/b/a/b/a/b/', '/a/b/a/b/a/b/a/b/'],
  [{ pathDepth: 2 }, '/a/b/', '/a/b/c'],
  [{ params: 1 }, '/?a=1', '/?a=1&b=2'],
  [{ paramRepeats: 1 }, '/?a=1&a=2', '/?a=1&a=1'],
  [{ escapes: 0 }, '/?a=%2F', '/?a=%252F'],
  [{ escapes: 2 }, '/?a=%25252F', '/?a=%2525252F'],
  [{ counter: 7 }, '/page/7', '/page/8'],
  [{ yearsAhead: 0 }, '/2026/12/', '/2027/01/'],
  [{ yearsBack: 0 }, '/events/2026-01', '/events/2025-12'],
])('%o lets %s pass and not %s', (setting, ordinary, trap) => {
  const adjusted = compileTraps({ ...DEFAULTS, ...setting }, NOW);
  expect(adjusted(`https://e.org${ordinary}`)).toBeUndefined();
  expect(adjusted(`https://e.org${trap}`)).toMatch(/^[a-z_]+ \d+$/);
});

test('no page of the documentation sites that the benchmark crawls, nor a file of an installed package, is a trap', () => {
  const folders = readFileSync(join(root, 'bench/sites.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[3] ?? '')
    .filter((folder) => existsSync(folder));
  const urls = [...folders, join(root, 'node_modules')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
      canonical(`https://e.org/${encodeURI(file)}`),
    ),
  );
  expect(urls.length).toBeGreaterThan(2000);
  expect(urls.filter((url) => traps(url) !== undefined)).toEqual([]);
});

const segment = fc.constantFrom('a', 'b', 'news', '2031', '05', '2024', 'page', '99999', 'calendar', '%25252F', 'amp;');
const part = fc
  .tuple(
    fc.constantFrom('q', 'page', 'year', 'month', 'amp;amp;x', 'utm_source', 'ref'),
    fc.constantFrom('', '1', '5', '1985', '2031', '99999', '%252525', '2024-01-01'),
  )
  .map((pair) => pair.join('='));
const url = fc
  .tuple(fc.array(segment, { maxLength: 12 }), fc.array(part, { maxLength: 12 }))
  .map(([path, query]) => ({ path: `https://e.org/${path.join('/')}`, query }));
const joined = (path: string, query: readonly string[]): string =>
  query.length === 0 ? path : `${path}?${query.join('&')}`;

test('the order of parameters decides nothing', () => {
  fc.assert(
    fc.property(url, fc.func(fc.nat()), ({ path, query }, rank) => {
      const shuffled = query
        .map((text, i) => ({ text, place: rank(text, i) }))
        .sort((a, b) => a.place - b.place)
        .map(({ text }) => text);
      const written = traps(joined(path, query)) !== undefined;
      expect(traps(joined(path, shuffled)) !== undefined).toBe(written);
      expect(traps(canonical(joined(path, shuffled))) !== undefined).toBe(written);
    }),
  );
});

test('what is no part of a trap can come and go, as by drop_params, and the trap stays one', () => {
  fc.assert(
    fc.property(
      url,
      fc.array(fc.constantFrom('utm_a=x', 'utm_b=7', 'utm_c=y'), { maxLength: 8 }),
      ({ path, query }, more) => {
        const rule = traps(canonical(joined(path, query)));
        fc.pre(rule !== undefined);
        const grown = canonical(joined(path, [...query, ...more]));
        expect(traps(grown)).toBeDefined();
        expect(traps(canonicalUrl(grown, undefined, { dropParams: ['utm_a', 'utm_b', 'utm_c'] }) ?? '')).toBe(rule);
      },
    ),
  );
});
