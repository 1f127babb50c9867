/** The URL cases of the Web Platform Tests against the one spelling that pinspider gives a link. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { joinPlain, plainBase } from '../../src/lib/url-plain.ts';
import { canonicalUrl, linkJoiner } from '../../src/lib/url.ts';

type Case = readonly [input: string, base: string | null, href: string | null];

const CASES = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/url/urltestdata.json'), 'utf8')) as unknown[]
).filter(isCase);

function isCase(value: unknown): value is Case {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [input, ...others]: unknown[] = value;
  return typeof input === 'string' && others.every((one) => one === null || typeof one === 'string');
}

/** An address as the URL parser writes it, spelt canonically without a short cut. */
function spelt(href: string): string | undefined {
  const url = new URL(href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = url.username = url.password = '';
  return canonicalUrl(` ${url.href}`);
}

test('each case gives the address that the standard says', () => {
  const wrong = CASES.flatMap(([input, base, href]) => {
    const expected = href === null ? undefined : spelt(href);
    const found = canonicalUrl(input, base ?? undefined);
    return found === expected ? [] : [{ input, base, expected, found }];
  });
  expect(CASES.length).toBeGreaterThan(600);
  expect(wrong).toEqual([]);
});

test('on every base, the short cut gives what the URL parser gives', () => {
  const bases = new Set(CASES.flatMap(([, base]) => base ?? []).filter((base) => /^https?:/.test(base)));
  bases.add('https://example.org/a/b/c.html?q=1#f').add('http://127.0.0.1:8080/');
  let taken = 0;
  const wrong: unknown[] = [];
  for (const base of bases) {
    const plain = plainBase(base);
    const join = linkJoiner(base);
    for (const [input] of CASES) {
      if (join(input) !== canonicalUrl(input, base)) wrong.push({ input, base });
      const found = joinPlain(input, plain, []);
      if (found === undefined) continue;
      taken++;
      const expected = spelt(new URL(input, base).href);
      if (found !== expected) wrong.push({ input, base, expected, found });
    }
  }
  expect(taken).toBeGreaterThan(500);
  expect(wrong).toEqual([]);
});
