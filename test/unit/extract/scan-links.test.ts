/** Links that the kernel finds and makes absolute, against those that are read from elements and joined as strings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFast } from '../../../src/extract/dom/document.ts';
import { compilePlan, planWith } from '../../../src/extract/plan.ts';
import type { ExtractedLink, KnownLink } from '../../../src/extract/types.ts';
import { fingerprint } from '../../../src/lib/fingerprint.ts';
import { canonicalUrl } from '../../../src/lib/url.ts';
import { randomBase, randomHref } from '../lib/random-url.ts';
import { optionsOf, page } from './support.ts';

const options = optionsOf({}, ['a[href]::attr(href)', '[data-to]::attr(data-to)', 'a[href], area[href]']);
const scan = await compilePlan(options);
const tree = planWith(options, () => parseFast, { kind: 'dom', because: 'to compare' });

/** Written with references, with quotes or without, or as it is. */
function attribute(href: string, way: number): string {
  const quoted = href.replaceAll('"', '&quot;');
  if (way === 0) return `"${quoted.replaceAll('&', '&amp;')}"`;
  if (way === 1 && /^[^\s"'<>=`]+$/.test(href)) return href;
  return `"${quoted}"`;
}

function linksOf(
  html: string,
  url: string,
  known?: KnownLink,
): { scan: readonly ExtractedLink[]; tree: readonly ExtractedLink[] } {
  const given = page(html, { url, known });
  return { scan: scan.extract(given).links, tree: tree.extract(given).links };
}

const CASES = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/url/urltestdata.json'), 'utf8'),
) as unknown[];
const INPUTS = CASES.flatMap((one) => (Array.isArray(one) && typeof one[0] === 'string' ? [one[0]] : []));

test.each([
  'https://example.org/a/b/c.html?q=1',
  'http://127.0.0.1:8080/',
  'http://example.org',
  'http://example.org/a//b/./c',
  'http://user@example.org/x y',
])('the cases of the Web Platform Tests, on %s', (url) => {
  expect(INPUTS.length).toBeGreaterThan(600);
  for (const way of [0, 1, 2]) {
    const html = INPUTS.map((href) => `<a href=${attribute(href, way)}>x</a>`).join('');
    const links = linksOf(html, url);
    expect(links.scan).toEqual(links.tree);
    expect(links.tree.length).toBeGreaterThan(50);
  }
});

test('any addresses, on any base', { timeout: 30_000 }, () => {
  const hrefs = fc.array(fc.tuple(randomHref, fc.constantFrom('a href', 'area href', 'p data-to'), fc.nat(2)), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(hrefs, randomBase, fc.boolean(), (written, base, inPage) => {
      const url = (inPage ? undefined : canonicalUrl(base)) ?? 'https://example.org/a/page.html';
      const html = written.map(([href, tag, way]) => `<${tag}=${attribute(href, way)}>x</${tag.charAt(0)}>`).join('');
      const links = linksOf(inPage ? `<base href="${base.replaceAll('"', '')}">${html}` : html, url);
      expect(links.scan).toEqual(links.tree);
    }),
    { numRuns: 1000 },
  );
});

test('each has the fingerprint of its URL, and known ones are left out', { timeout: 30_000 }, () => {
  const html = '<a href=x>1</a><a href=y?b=1>2</a><a href="/z?b=1&a=2">3</a><a href=x#f>4</a><a href=ü>5</a>';
  const all = linksOf(html, 'https://example.org/a/').scan;
  expect(all.map(({ url }) => url.slice(19))).toEqual([
    '/a/x',
    '/a/y?b=1',
    '/z?a=2&b=1',
    '/a/%C3%BC',
    '/a/x',
    '/a/y?b=1',
    '/z?a=2&b=1',
    '/a/%C3%BC',
  ]);
  const words = new Uint32Array(2);
  for (const { url, high, low } of all) {
    fingerprint(url, 0, words, 0);
    expect([high, low]).toEqual([...words]);
  }
  const gone = new Set(all.filter((_, i) => i % 2 === 0).map(({ high, low }) => `${high} ${low}`));
  const left = linksOf(html, 'https://example.org/a/', (high, low) => gone.has(`${high} ${low}`));
  expect(left.scan).toEqual(left.tree);
  expect(new Set(left.scan.map(({ url }) => url.slice(19)))).toEqual(new Set(['/a/y?b=1', '/a/%C3%BC']));
});
