import { expect, test } from 'vitest';
import { Registry } from '../../../src/extract/dom/registry.ts';
import { pageScope } from '../../../src/extract/dom/scope.ts';
import { compileSelector } from '../../../src/extract/dom/selector.ts';
import { textOf } from '../../../src/extract/dom/text.ts';
import { ATTRIBUTE, ATTRIBUTE_WORDS, ELEMENT, ELEMENT_WORDS, startKernel } from '../../../src/extract/scan/kernel.ts';
import { scanFor } from '../../../src/extract/scan/scan.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { readings } from './both-ways.ts';

test('the program and the kernel mean the same numbers', () => {
  const kernel = startKernel({ tagNamed: () => 0, attributeNamed: () => 0 }) as unknown as Record<
    string,
    { readonly value: number }
  >;
  const words = (name: string): number => (kernel[name]?.value ?? NaN) / 4;
  expect({
    nameEnd: words('ELEMENT_NAME_END'),
    start: words('ELEMENT_START'),
    end: words('ELEMENT_END'),
    marks: words('ELEMENT_MARKS'),
    marksEnd: words('ELEMENT_MARKS_END'),
    last: words('ELEMENT_LAST'),
    before: words('ELEMENT_BEFORE'),
    parent: words('ELEMENT_PARENT'),
    lastChild: words('ELEMENT_LAST_CHILD'),
    attributes: words('ELEMENT_ATTRIBUTES'),
    attributesEnd: words('ELEMENT_ATTRIBUTES_END'),
    content: words('ELEMENT_CONTENT'),
    tag: 0,
  }).toEqual(ELEMENT);
  expect(words('ELEMENT_SIZE')).toBe(ELEMENT_WORDS);
  expect(words('ATTRIBUTE_SIZE')).toBe(ATTRIBUTE_WORDS);
  expect(Object.keys(ATTRIBUTE)).toHaveLength(ATTRIBUTE_WORDS);
});

test.each([
  ['many elements', '<b>x</b>'.repeat(6000), 'b:last-child'],
  ['many attributes', `<b ${'a=1 b '.repeat(4000)}id=i>x</b>`, '#i'],
  ['many attributes that nobody asks about', `<u ${'a =1 b '.repeat(8000)}>x</u><b>x</b>`, 'b'],
  ['many attributes, each of them a hit', `<i ${'class=k '.repeat(40_000)}><b class=k>x</b>`, '.k'],
  ['one tag with more than there is room for', `<b ${'a=1 '.repeat(7000)}>x</b><i a=1>`, '[a]'],
  ['open elements up to the end', `${'<div>'.repeat(480)}${'<p>x<br>'.repeat(5400)}`, 'p'.concat(':last-child')],
  ['many texts', '<p>x<br>y<!-- z -->'.repeat(5000), 'p:last-child'],
  ['names nobody knows', Array.from({ length: 1000 }, (_, i) => `<x-${i}>${i}</x-${i}>`).join(''), 'x-999'],
  ['foreign content that never ends', `${'<p><svg></p>'.repeat(5000)}<path d=x /><b>x</b>`, 'b'],
])('a page of %s is read like any other', { timeout: 30_000 }, (_, html, css) => {
  const { tree, scan, scanOfBytes } = readings(html, css, css);
  expect(scan).toEqual(tree);
  expect(scanOfBytes).toEqual(tree);
});

test('a page is read after one of any size, and the one before is gone', () => {
  const registry = new Registry();
  const selector = compileSelector('i', registry);
  const scan = scanFor(registry.sorter());
  const [small, large] = [PageText.of('<i>small</i>'), PageText.of('<b a=1>x'.repeat(400).repeat(3000) + '<i>large')];
  const first = pageScope(scan(small));
  expect(selector.all(first).map((one) => textOf(one, undefined))).toEqual(['small']);
  const closed = PageText.of(`${'<b a=1>x</b>'.repeat(1_200_000)}<i>large</i>`);
  expect(selector.all(pageScope(scan(closed))).map((one) => textOf(one, undefined))).toEqual(['large']);
  expect(() => selector.all(first).map((one) => textOf(one, undefined))).toThrow('another page was read since');
  expect(selector.all(pageScope(scan(large))).length).toBeLessThan(2); // too deep for a scan: the tree ends early
  expect(selector.all(pageScope(scan(small))).map((one) => textOf(one, undefined))).toEqual(['small']);
});
