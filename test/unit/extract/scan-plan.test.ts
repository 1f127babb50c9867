import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFast } from '../../../src/extract/dom/document.ts';
import { compilePlan, planWith, type PlanOptions } from '../../../src/extract/plan.ts';
import { homePage, profilePage } from '../../../src/cli/demo/page.ts';
import { USERS } from '../../../src/cli/demo/profiles.ts';
import { decodeText } from '../../../src/extract/scan/entities.ts';
import { Parser } from 'htmlparser2';
import type { Plan } from '../../../src/extract/types.ts';
import { optionsOf, page } from './support.ts';
import { oddSelector, oddHtml } from './scan-html.ts';

/** The plan that scans, and the same with a tree. */
async function bothOf(options: PlanOptions): Promise<readonly [scan: Plan, tree: Plan]> {
  const scan = await compilePlan(options);
  expect(scan.backEnd).toEqual({ kind: 'scan' });
  return [scan, planWith(options, () => parseFast, { kind: 'dom', because: 'to compare' })];
}

/** All kinds of sources, one of each and more. */
const WIDE = {
  match: [],
  key: 'title',
  invalid: 'keep',
  follow: ['nav a', { css: '.k a[href]::attr(href)', to: 'x' }, 'li'],
  fields: {
    title: 'title',
    url: { from: 'url' },
    named: { meta: 'description', default: '-' },
    metas: { meta: 'og:image', list: true },
    first: { css: 'p.k, li', required: true },
    texts: { css: 'p, td, li', list: true },
    markup: 'div::html',
    notes: 'ul | markdown',
    code: { css: 'pre, div > pre, div.language-ts | markdown', list: true },
    tagged: 'article *::name',
    hrefs: { css: 'a::attr(href)', list: true, type: 'url' },
    count: '.l::count',
    either: { first_of: ['h1', 'h2', { const: 'none' }] },
    kind: {
      case: [
        { css: '.k .l', then: 'nested' },
        { css: 'table', then: 'tabular' },
      ],
      else: 'plain',
    },
    only: { css: 'td', when: { css: 'table' } },
    rows: {
      each: 'tr',
      fields: { cells: { css: 'td, > th', list: true }, text: { from: 'text' }, own: '::attr(class)' },
    },
    lists: {
      each: 'ul > li',
      fields: { links: { each: 'a', fields: { to: '::attr(href)', text: '::text' } }, html: '::html' },
    },
    second: 'li:nth-child(2), p:first-of-type + *',
    last: { css: 'ul > li:last-child', list: true, remove: 'b, .k > a' },
    rest: { css: 'div', remove: 'p + p', fields: { texts: { css: 'p, li', list: true }, own: '::text' } },
    looks: { css: 'div:has(> p), li:contains(t), td:not(:empty)', list: true },
    whole: { from: 'text', remove: 'p, ul' },
    word: { regex: '(\\w+ words)' },
    box: { css: 'div', fields: { inner: 'div', regex: { regex: '(\\w+)' } } },
  },
};

/** With a base in it, anywhere. */
const pageOf = fc
  .tuple(oddHtml, fc.constantFrom('', '<base href="/b/">', '<BASE href=http://y.test/>', '<based>'), oddHtml)
  .map((parts) => parts.join(''));

describe('a plan gives the same, scanned or as a tree', () => {
  test('on any page', async () => {
    const [scan, tree] = await bothOf(
      optionsOf({ x: WIDE, each: { each: 'li, td', fields: { a: 'a', t: '::text' } } }, true),
    );
    fc.assert(
      fc.property(oddHtml, (html) => {
        expect(scan.extract(page(html))).toEqual(tree.extract(page(html)));
      }),
      { numRuns: 400 },
    );
  }, 30_000);

  test('where first matches are all that is asked for, and reading may end early', async () => {
    const reading = fc.constantFrom('', '::html', '::attr(class)', '::name');
    const field = fc.oneof(
      fc.tuple(oddSelector, reading).map(([css, read]) => css + read),
      fc.constantFrom('title', 'a::attr(href)', '#i', '.k .l', { css: 'a::attr(href)', type: 'url', default: '-' }),
      oddSelector.map((css) => ({ const: 1, when: { not: css } })),
      oddSelector.map((css) => ({ case: [{ css, then: 'b::name' }], else: { from: 'url' } })),
      oddSelector.map((css) => ({ first_of: [css, 'h1', 'td'] })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 3 }), fc.array(pageOf, { maxLength: 5 }), async (fields, pages) => {
        const named = Object.fromEntries(fields.map((one, i) => [`f${i}`, one]));
        const [scan, tree] = await bothOf(optionsOf({ x: { fields: { url: { from: 'url' }, ...named } } }));
        for (const html of pages) expect(scan.extract(page(html))).toEqual(tree.extract(page(html)));
      }),
      { numRuns: 400 },
    );
  }, 30_000);

  const folder = join(import.meta.dirname, '../../../fixtures');
  test.each(readdirSync(folder).filter((file) => file.endsWith('.html')))('on %s', async (file) => {
    const [scan, tree] = await bothOf(optionsOf({ x: WIDE }, true));
    const html = readFileSync(join(folder, file), 'utf8');
    const extraction = scan.extract(page(html));
    expect(extraction).toEqual(tree.extract(page(html)));
    expect(extraction.records).not.toEqual([]);
  });
});

test('and on the pages of the demo site', { timeout: 30_000 }, async () => {
  const [scan, tree] = await bothOf(optionsOf({ x: WIDE }, true));
  for (const html of [homePage(USERS), ...USERS.map((user) => profilePage(user, new Map()))]) {
    expect(scan.extract(page(html))).toEqual(tree.extract(page(html)));
  }
});

describe('what a plan reads its pages with', () => {
  test.each([
    [{ f: 'nav > a.k[href^=http]:not(.l, #i)' }, undefined],
    [{ f: { from: 'html' } }, undefined],
    [{ f: { each: 'li', fields: { t: { from: 'text' }, all: '::text' } } }, undefined],
    [{ f: 'li:nth-of-type(2n+1), :root > p:last-child' }, undefined],
    [{ f: { css: 'p', when: { css: 'a ~ b' }, remove: '.ad' } }, undefined],
    [{ f: { each: 'li', fields: { t: 'h2 + p' } } }, undefined],
    [{ f: 'li:empty, p:contains(x)' }, undefined],
    [{ f: { each: 'li:has(p)', fields: { t: 'h2:not(:has(p))' } } }, undefined],
    [{ f: { css: 'p:not(.a *)', when: { css: 'a:parent' } } }, undefined],
    [{ f: { css: 'p', remove: 'p:has(b)' } }, undefined],
    [{ f: { from: 'text' } }, undefined],
    [{ f: { regex: 'x(.)' } }, undefined],
    [{ f: { css: 'p::html', remove: '.ad' } }, 'markup is read without ".ad"'],
    [{ f: { each: 'li', fields: { t: { from: 'html', remove: 'b' } } } }, 'markup is read without "b"'],
    [{ f: { first_of: ['p', { css: '| markdown', remove: 'b' }] } }, 'markup is read without "b"'],
    [{ f: { first_of: ['p', '::html'] } }, 'a field reads the markup of the whole page'],
  ])('%j', async (fields, because) => {
    const plan = await compilePlan(optionsOf({ x: { fields } }));
    expect(plan.backEnd).toEqual(because === undefined ? { kind: 'scan' } : { kind: 'dom', because });
  });

  test('the html5 parser makes a tree', { timeout: 30_000 }, async () => {
    const plan = await compilePlan(optionsOf({ x: { fields: { f: 'p' } } }, undefined, 'html5'));
    expect(plan.backEnd).toEqual({ kind: 'dom', because: 'the html5 parser makes a tree' });
  });

  const two = {
    hard: { match: ['/hard/**'], fields: { f: { css: 'p::html', remove: 'b' } } },
    easy: { match: ['/easy/**'], fields: { f: 'p' }, follow: ['p > a'] },
  };
  test('an extractor that needs trees leaves the pages of others alone', { timeout: 30_000 }, async () => {
    const because = 'markup is read without "b"';
    const options = optionsOf(two, true);
    const plan = await compilePlan(options);
    expect(plan.backEnd).toEqual({ kind: 'mixed', trees: [{ extractor: 'hard', because }] });
    const tree = planWith(options, () => parseFast, { kind: 'dom', because: 'to compare' });
    fc.assert(
      fc.property(oddHtml, fc.constantFrom('hard', 'easy', 'other'), (html, path) => {
        const one = { ...page(html), url: `https://x.test/${path}/` };
        expect(plan.extract(one)).toEqual(tree.extract(one));
      }),
    );
  });

  test('unless it takes all pages', { timeout: 30_000 }, async () => {
    const plan = await compilePlan(optionsOf({ ...two, hard: { fields: two.hard.fields } }));
    expect(plan.backEnd).toMatchObject({ kind: 'dom' });
  });
});

test('references are read as the parser reads them', { timeout: 30_000 }, () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '&',
      '&#',
      '&#x',
      ';',
      '=',
      'amp',
      'AMP',
      'lt',
      'nbsp',
      'not',
      'notin',
      'copysr',
      'sup1',
      'frac12',
      'x',
      '38',
      '80',
      'D800',
      '0',
      ' ',
    ),
    fc.stringMatching(/^&[a-zA-Z]{1,7};?$/),
  );
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (written) => {
      let parsed = '';
      new Parser({ ontext: (data) => (parsed += data) }).end(written);
      expect(decodeText(written)).toBe(parsed);
    }),
    { numRuns: 2000 },
  );
});
