/** html5lib's tokenizer cases: the scan against htmlparser2 on each, and both against the HTML standard. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFast } from '../../src/extract/dom/document.ts';
import { PageText } from '../../src/lib/page-text.ts';
import { elementsOf, Registry } from '../../src/extract/dom/registry.ts';
import { collapse, innerHtml, textOf } from '../../src/extract/dom/text.ts';
import { readings } from '../unit/extract/both-ways.ts';

type StartTag = readonly [name: string, attributes: Readonly<Record<string, string>>];
type Case = readonly [input: string, text: string, startTags: readonly StartTag[]];

const CASES = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/html/tokenizer.json'), 'utf8')) as unknown[]
).filter(isCase);

function isCase(value: unknown): value is Case {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [input, text, tags]: unknown[] = value;
  return typeof input === 'string' && typeof text === 'string' && Array.isArray(tags);
}

const AROUND: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['<p class=k>x', ''],
  ['<p class=k>x', 'y</p>z'],
  ['<title>', '</title><b>z</b>'],
  ['<svg>', '</svg>z'],
  ['<ul><li>', '<li>y</ul>'],
];

describe('the scan reads what htmlparser2 reads', () => {
  test.each(AROUND)('between %j and %j', { timeout: 30_000 }, (before, after) => {
    expect(CASES.length).toBeGreaterThan(80);
    for (const [input] of CASES) {
      for (const css of ['*', 'p, title, li', 'a, h, b']) {
        const { tree, scan, scanOfBytes } = readings(before + input + after, css, '*');
        expect(scan, before + input + after).toEqual(tree);
        expect(scanOfBytes, before + input + after).toEqual(tree);
      }
    }
  });
});

/** Told in docs/html.md. */
const DIFFERENT: readonly string[] = [
  '<!DOCTYPE HtMl',
  '</>',
  '<!-',
  '<!DOCTYPE html PUBLIC',
  "<!DOCTYPE html PUBLIC '",
  "<!DOCTYPE html PUBLIC 'x",
  '<!DOCTYPE html ',
  'a</>bc',
  'a</><b>c',
  'a</><!--b-->c',
  'a</></b>c',
];

/** What docs/html.md tells of trees, an example each. */
test.each([
  ['<table><p>a<tr><td>b</table>', '<table><p>a<tr><td>b</td></tr></p></table>'],
  ['<table><tr><td>a</table>', '<table><tr><td>a</td></tr></table>'],
  ['<b><p>a</b>b</p>', '<b><p>a</p></b>b<p></p>'],
  ['<iframe><b>a</iframe>', '<iframe><b>a</b></iframe>'],
  ['<svg><![CDATA[a]]><linearGradient/></svg>', '<svg><!--[CDATA[a]]--><lineargradient></lineargradient></svg>'],
  ['a</p>b', 'a<p></p>b'],
  ['a\u0000b', 'a\u0000b'],
])('%j is read as %j', (html, read) => {
  expect(innerHtml(parseFast(new Registry().sorter())(PageText.of(html)).root, undefined)).toBe(read);
});

test('both read what the standard says, but where docs/html.md tells otherwise', () => {
  const different = CASES.flatMap(([input, text, startTags]) => {
    const registry = new Registry();
    const all = registry.slot('any', '');
    const { root, slots } = parseFast(registry.sorter())(PageText.of(`<main>${input}`));
    const [, ...elements] = elementsOf(slots[all]);
    const found = elements.map(({ name, attribs }) => [name, { ...attribs }]);
    const same = textOf(root, undefined).replaceAll(' ', '') === collapse(text).replaceAll(' ', '');
    return same && JSON.stringify(found) === JSON.stringify(startTags) ? [] : [input];
  });
  expect(different).toEqual(DIFFERENT);
});
