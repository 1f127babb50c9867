import { isTag, isText, type AnyNode, type Document } from 'domhandler';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { loadHtml5 } from '../../../src/extract/dom/html5.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { parseFast } from '../../../src/extract/dom/document.ts';
import { Registry } from '../../../src/extract/dom/registry.ts';
import { innerHtml, PARTS_WORDS, textOf } from '../../../src/extract/dom/text.ts';
import { randomHtml } from './random-html.ts';

/** The definition, written the slow way. */
function naive(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!('children' in node)) return '';
  const inner = node.children
    .filter((child) => !(isTag(child) && ['script', 'style', 'template'].includes(child.name)))
    .map(naive)
    .join('');
  return isTag(node) && PARTS_WORDS.has(node.name) ? ` ${inner} ` : inner;
}

const squeeze = (text: string): string =>
  text
    .split(/\s/)
    .filter((word) => word !== '')
    .join(' ');

test('the text of any tree is what the definition says', () => {
  fc.assert(
    fc.property(randomHtml, (html) => {
      const root = parseDocument(html);
      const pending: AnyNode[] = [root];
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        if (!('children' in node)) continue;
        expect(textOf(node, undefined)).toBe(squeeze(naive(node)));
        pending.push(...node.children);
      }
    }),
  );
});

describe('text', () => {
  test.each([
    ['<h1>  A <b>b</b>c\n d </h1>', 'A bc d'],
    ['First<br>Last', 'First Last'],
    ['<p>one</p><p>two</p>', 'one two'],
    ['<td>1</td><td>2</td>', '1 2'],
    ['a\u00a0\u2003b', 'a b'],
    ['x<script>1</script><style>2</style><!-- 3 -->y', 'xy'],
    ['caf&eacute; &lt;3', 'café <3'],
    ['a<wbr>b<span>c</span>', 'abc'],
  ])('of %j', (html, want) => {
    expect(textOf(parseDocument(html), undefined)).toBe(want);
  });
});

describe('inner HTML', () => {
  test.each([
    [
      '<a href="/?a=1&amp;b=%22" title=\'"q"\'>x &lt; y&nbsp;</a>',
      '<a href="/?a=1&amp;b=%22" title="&quot;q&quot;">x &lt; y&nbsp;</a>',
    ],
    ['<br><img src=a>', '<br><img src="a">'],
    ['<script>a < b && c</script>', '<script>a < b && c</script>'],
    ['<!-- c --><p hidden>é', '<!-- c --><p hidden="">é</p>'],
  ])('of %j', (html, want) => {
    expect(innerHtml(parseDocument(html), undefined)).toBe(want);
  });

  test('parsed again it is the same', async () => {
    const parse = await loadHtml5();
    const body = (html: string): Document => parse(new Registry().sorter())(PageText.of(html)).root;
    fc.assert(
      fc.property(randomHtml, (html) => {
        const once = innerHtml(parseFast(new Registry().sorter())(PageText.of(html)).root, undefined);
        expect(innerHtml(parseDocument(once), undefined)).toBe(once);
        expect(textOf(body(innerHtml(body(html), undefined)), undefined)).toBe(textOf(body(html), undefined));
      }),
    );
  });
});
