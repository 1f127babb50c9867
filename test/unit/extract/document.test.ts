import { isTag, type AnyNode, type Element } from 'domhandler';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { parseFast, type Dom, type Parser } from '../../../src/extract/dom/document.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { loadHtml5 } from '../../../src/extract/dom/html5.ts';
import { elementsOf, Registry } from '../../../src/extract/dom/registry.ts';
import { innerHtml, textOf } from '../../../src/extract/dom/text.ts';
import { randomHtml } from './random-html.ts';

const parsers: readonly (readonly [string, Parser])[] = [
  ['fast', parseFast],
  ['html5', await loadHtml5()],
];

function parseAll(parse: Parser, html: string): Dom {
  const registry = new Registry();
  registry.slot('any', '');
  registry.slot('class', 'k');
  return parse(registry.sorter())(PageText.of(html));
}

function descendants(root: AnyNode): Element[] {
  if (!('children' in root)) return [];
  return root.children.flatMap((child) => [...(isTag(child) ? [child] : []), ...descendants(child)]);
}

describe.each(parsers)('%s', (_, parse) => {
  test('elements are numbered in document order, and know where their content ends', () => {
    fc.assert(
      fc.property(randomHtml, (html) => {
        const { root, slots } = parseAll(parse, html);
        const all = descendants(root);
        expect(all.map(({ startIndex }) => startIndex)).toEqual(all.map((_element, i) => i));
        for (const element of all)
          expect(element.endIndex).toBe((element.startIndex ?? 0) + descendants(element).length);
        expect(slots[0]?.length).toBe(all.length);
        const withClass = all.filter(({ attribs }) => (attribs['class'] ?? '').split(/\s+/).includes('k'));
        expect(elementsOf(slots[1]).map(({ startIndex }) => startIndex)).toEqual(
          withClass.map(({ startIndex }) => startIndex),
        );
      }),
    );
  });

  test('a tree deeper than any page is cut, its text kept', () => {
    const { root, slots } = parseAll(parse, `<p>${'<i>'.repeat(3000)}deep</p>after`);
    expect(textOf(root, undefined)).toBe('deep after');
    let depth = 0;
    for (let at: AnyNode | null = elementsOf(slots[0]).at(-1) ?? null; at !== null; at = at.parent) depth++;
    expect(depth).toBeLessThan(1100);
  });
});

test('the fast tree is that of htmlparser2', () => {
  fc.assert(
    fc.property(randomHtml, (html) => {
      expect(innerHtml(parseAll(parseFast, html).root, undefined)).toBe(innerHtml(parseDocument(html), undefined));
    }),
  );
});

test('a page of nothing but open tags ends early', () => {
  const { slots } = parseAll(parseFast, '<b>'.repeat(1_000_000));
  expect(slots[0]?.length).toBeLessThan(21_000);
});
