import { selectAll } from 'css-select';
import { isTag, type AnyNode, type Element } from 'domhandler';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFast, type Dom, type Parser } from '../../../src/extract/dom/document.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { loadHtml5 } from '../../../src/extract/dom/html5.ts';
import { Registry } from '../../../src/extract/dom/registry.ts';
import { pageScope, within, without } from '../../../src/extract/dom/scope.ts';
import { compileSelector, type Selector } from '../../../src/extract/dom/selector.ts';
import { randomHtml, randomSelector } from './random-html.ts';

function prepare(html: string, css: readonly string[], parse: Parser = parseFast): { dom: Dom; selectors: Selector[] } {
  const registry = new Registry();
  const selectors = css.map((one) => compileSelector(one, registry));
  return { dom: parse(registry.sorter())(PageText.of(html)), selectors };
}

const ids = (elements: readonly Element[]): (string | undefined)[] => elements.map(({ attribs }) => attribs['id']);

const PAGE = `
<main id=m><section id=s class="box wide"><p id=p1>a</p><p id=p2 class=k>b<b id=b1>c</b></p></section>
<ul id=u><li id=l1><ul id=v><li id=l2>x</ul><li id=l3 class="k k">y</ul></main><p id=p3>z`;

describe('inside a context', () => {
  test.each([
    ['section', 'p', ['p1', 'p2']],
    ['section', 'main p', []],
    ['section', '> p', ['p1', 'p2']],
    ['section', '> b', []],
    ['section', ':scope > p > b', ['b1']],
    ['section', ':scope', ['s']],
    ['section', '', ['s']],
    ['section', ':scope.wide', ['s']],
    ['section', ':scope.narrow', []],
    ['section', '+ ul', ['u']],
    ['section', '~ ul li', ['l1', 'l2', 'l3']],
    ['section', 'section', []],
    ['#p1', '+ p', ['p2']],
    ['#u', 'ul > li', ['l2']],
    ['#u', '> li', ['l1', 'l3']],
    ['#u', 'li:has(> ul)', ['l1']],
    ['#u', 'li:has(ul li)', ['l1']],
    ['', 'li:has(li)', ['l1']],
    ['', 'li:has(li li, ul)', ['l1']],
    ['', 'p:has(+ .k)', ['p1']],
    ['', 'p:has(~ .k b)', ['p1']],
    ['', 'section:has(~ ul .k)', ['s']],
    ['', 'section:has(:scope > p), p:has(:scope)', ['s']],
    ['', 'ul:has(li:not(:has(ul)))', ['u', 'v']],
    ['', 'p:not(:has(b))', ['p1', 'p3']],
    ['', ':is(p, li):is(:has(b), .k)', ['p2', 'l3']],
    ['', 'li:not(:has(ul), ul ul li)', ['l3']],
    ['', 'p:icontains(B)', ['p2']],
    ['', 'p:contains("bc")', ['p2']],
    ['#u', ':is(li.k, ul)', ['v', 'l3']],
    ['', 'p, li', ['p1', 'p2', 'l1', 'l2', 'l3', 'p3']],
    ['', '> main', ['m']],
    ['', '.k', ['p2', 'l3']],
    ['', 'P.k', ['p2']],
    ['', '[ID=s]', ['s']],
    ['', 'p:contains(a)', ['p1']],
    ['', '#m #b1', ['b1']],
    ['', 'li.K', []],
  ])('%j: %j', (context, css, want) => {
    const { dom, selectors } = prepare(PAGE, [context === '' ? 'main' : context, css]);
    const scope = pageScope(dom);
    const element = selectors[0]?.first(scope);
    const at = context === '' || !element ? scope : within(scope, element);
    expect(ids(selectors[1]?.all(at) ?? [])).toEqual(want);
    expect(selectors[1]?.first(at)?.attribs['id']).toBe(want[0]);
  });

  test('what is removed does not match, and neither does what is in it', () => {
    const { dom, selectors } = prepare(PAGE, ['#p2, #v', 'b, p, li']);
    const scope = pageScope(dom);
    const less = without(scope, selectors[0]?.all(scope) ?? []);
    expect(ids(selectors[1]?.all(less) ?? [])).toEqual(['p1', 'l1', 'l3', 'p3']);
    expect(ids(selectors[1]?.all(scope) ?? [])).toHaveLength(7);
  });
});

test.each(['.a..b', 'a >', '> ', 'a:nope', 'a::before', 'a || b', '[a', 'ns|a', ':nth-child(x)'])(
  '%j is refused when compiled',
  (css) => {
    expect(() => compileSelector(css, new Registry())).toThrow();
  },
);

test('on a page, selectors find what css-select finds', () => {
  fc.assert(
    fc.property(randomHtml, fc.array(randomSelector, { minLength: 1, maxLength: 4 }), (html, css) => {
      const { dom, selectors } = prepare(html, css);
      const scope = pageScope(dom);
      selectors.forEach((selector, i) => {
        const want = selectAll<AnyNode, Element>(css[i] ?? '', dom.root);
        const got = selector.all(scope);
        expect(got.length).toBe(want.length);
        expect(got.every((element, at) => element === want[at])).toBe(true);
        expect(selector.first(scope)).toBe(want[0] ?? null);
      });
    }),
    { numRuns: 60 },
  );
}, 30_000);

test('inside any element, selectors find what css-select finds with that scope', async () => {
  const html5 = await loadHtml5();
  fc.assert(
    fc.property(randomHtml, randomSelector, fc.boolean(), (html, css, fast) => {
      const { dom, selectors } = prepare(html, ['*', css], fast ? parseFast : html5);
      const scope = pageScope(dom);
      for (const context of selectors[0]?.all(scope) ?? []) {
        // `:scope ` by hand: css-select adds it only to elements that have a parent element
        const scoped = css
          .split(', ')
          .map((one) => `:scope ${one}`)
          .join(', ');
        const want = selectAll<AnyNode, Element>(scoped, context, { context });
        expect(selectors[1]?.all(within(scope, context)).map((element) => element.startIndex)).toEqual(
          want.filter((element) => isTag(element) && element !== context).map((element) => element.startIndex),
        );
      }
    }),
    { numRuns: 60 },
  );
}, 30_000);
