import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readings } from './both-ways.ts';
import { compileBase } from '../../../src/extract/dom/links.ts';
import { Registry } from '../../../src/extract/dom/registry.ts';
import { pageScope } from '../../../src/extract/dom/scope.ts';
import { compileSelector } from '../../../src/extract/dom/selector.ts';
import { scanFor } from '../../../src/extract/scan/scan.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { oddSelector, oddHtml } from './scan-html.ts';

test('the scan reads what the tree reads, whatever the page and the selectors', () => {
  const remove = fc.oneof(fc.constant(''), oddSelector);
  fc.assert(
    fc.property(oddHtml, oddSelector, oddSelector, remove, (html, outer, inner, gone) => {
      const { tree, scan, scanOfBytes } = readings(html, outer, inner, gone);
      expect(scan).toEqual(tree);
      expect(scanOfBytes).toEqual(tree);
    }),
    { numRuns: 1000 },
  );
}, 30_000);

test('the scan of bytes reads what the tree of their text reads, broken ones included', () => {
  const stray = fc.constantFrom(
    [0x80],
    [0xc3],
    [0xe6, 0x97],
    [0xf0, 0x9f, 0x98],
    [0xff],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xbc],
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(oddHtml, stray), { minLength: 1, maxLength: 3 }),
      fc.nat(),
      oddSelector,
      (parts, cut, css) => {
        const whole = Buffer.concat(parts.flatMap(([html, bytes]) => [Buffer.from(html), Buffer.from(bytes)]));
        // strays inside of tags and characters too
        const [, bytes] = parts[0] ?? [];
        const at = cut % (whole.length + 1);
        const html = Buffer.concat([whole.subarray(0, at), Buffer.from(bytes ?? []), whole.subarray(at)]);
        const { tree, scanOfBytes } = readings(html, css, '*');
        expect(scanOfBytes).toEqual(tree);
      },
    ),
    { numRuns: 500 },
  );
}, 30_000);

describe('pages that the tokenizer has rules of its own for', () => {
  test.each([
    ['an end tag that ends all inside', '<div><b><i>x</div>y'],
    ['implied ends', '<ul><li>a<li>b</ul><p>c<div>d</div><table><tr><td>1<td>2<tr><td>3</table>'],
    ['an implied end waits for the innermost', '<p>a<b>b<div>c</div></b>d</p>e'],
    ['options and controls', '<select><option>a<option>b<optgroup><option>c<input>d</select>e'],
    ['end tags of void elements', '<br>a</br>b</img>c<img>d'],
    ['a stray </p> is an empty p', '<div>a</p>b</div></p>'],
    ['duplicate attributes', '<a href=/1 HREF=/2 class=k>x</a>'],
    ['a > inside of quotes', '<a title="a>b" href=\'c>d\'>x</a>'],
    ['quotes where none belong', '<a "href=/1>x</a><a href=/2" class=k>y</a>'],
    ['raw text', '<script>"</div>" </scripty> </script ><style>a > b</style><textarea><b>&amp;</b></textarea>'],
    ['references count in a title', '<title>a &amp; b <&amp; c</title >d'],
    ['control characters in an end tag of raw text', '<script>a\u001c/script>b</script>c<title>d<\u000ftitle>e'],
    ['a self-closed script is not closed, but not raw either', '<script/><b>x</b></script>y'],
    ['in svg, /> closes', '<svg><path/><g/><title/><b>x</svg>y<div/>z'],
    ['after <svg/>, too', '<svg/><div/>a<div/>b'],
    ['comments', '<!-- <b>no</b> --><b>a</b><!--><b>b</b><!---><b>c</b><!-- x'],
    ['declarations', '<!doctype html><b>a</b><!><b>b</b>><!-x><b>c</b><!x'],
    ['CDATA is a comment', '<![CDATA[<b>no</b>]]><b>a</b><![CDA>]<b>b</b>'],
    ['processing instructions', '<?xml a="b>c"?><b>a</b><?x'],
    ['what is no tag', 'a < b <1> </> </ b> </1> <<b>c</b>'],
    ['an unclosed start tag', '<p>a<b>b<a href="x'],
    ['an unclosed start tag after its name', '<p>a<div '],
    ['an unclosed end tag', '<p>a<b>b</b'],
    ['an unclosed end tag after its name', '<p>a<b>b</b '],
    ['an unclosed self-closing tag', '<p>a<b>b<br/ '],
    ['an unclosed raw element', '<p>a<script>b</scrip'],
    ['an unclosed name', '<p>a<b>x<scri'],
    ['names in capitals', '<DIV CLASS=k><P>a</p></Div><LI>b'],
    ['a capital that only Unicode knows', '<lin\u212a>a</link><p \u212aind=1>b'],
    ['names with other characters', '<a:b.c_d>x</a:b.c_d><é>y'],
    ['an unended reference at the end', '<p>a &am'],
  ])('%s', (_, html) => {
    for (const css of ['*', 'div, b, p', 'p *', '[kind], .k', 'script, title, li']) {
      const { tree, scan, scanOfBytes } = readings(html, css, '*');
      expect(scan).toEqual(tree);
      expect(scanOfBytes).toEqual(tree);
    }
  });
});

describe('a page is left where nothing more is wanted of it', () => {
  const rows = '<li>row<p>text</p></li>';
  const head = '<title>t</title><h1>h <p class=k>x</p></h1>';
  test.each<[name: string, firsts: string[], html: string, left: number]>([
    ['behind the first of each', ['h1', 'p'], `${head}${rows.repeat(50)}`, 1],
    ['where it is closed', ['h1'], `<h1>${rows.repeat(20)}</h1>${rows.repeat(50)}`, 20],
    ['with ancestors that match', ['li > p'], `${head}${rows.repeat(50)}`, 2],
    ['never, when one is missing', ['h1', '.l'], `${head}${rows.repeat(50)}`, 51],
    ['never, when a base follows', ['h1', 'p'], `${head}${rows.repeat(50)}<Base href=/x>`, 51],
    ['when the base is known', ['h1', 'p'], `<base href=/x>${head}${rows.repeat(50)}<base href=/y>`, 1],
    ['at once, when nothing is asked for', [], `${head}${rows.repeat(50)}`, 0],
  ])('%s', (_, firsts, html, left) => {
    const registry = new Registry();
    const selectors = firsts.map((css) => compileSelector(css, registry));
    const [base, every] = [compileBase(registry), compileSelector('p', registry)];
    const dom = scanFor(registry.sorter())(PageText.of(html), { firsts: selectors, base });
    expect(every.all(pageScope(dom))).toHaveLength(left);
  });
});

test('pages too deep are read as trees', { timeout: 30_000 }, () => {
  const html = `${'<div>'.repeat(1100)}<b>x</b>`;
  const { tree, scan, scanOfBytes } = readings(html, 'b', 'b');
  expect(scan).toEqual(tree);
  expect(scanOfBytes).toEqual(tree);
});
