/** Whether the scan and the tree read the same from real pages. */
import { parseFast, type Dom } from '../src/extract/dom/document.ts';
import { Registry } from '../src/extract/dom/registry.ts';
import { pageScope, within, without } from '../src/extract/dom/scope.ts';
import { compileSelector } from '../src/extract/dom/selector.ts';
import { innerHtml, textOf } from '../src/extract/dom/text.ts';
import { scanFor } from '../src/extract/scan/scan.ts';
import type { Page } from '../src/extract/types.ts';

interface Check {
  readonly selectors: number;
  readonly differences: readonly string[];
}

const SELECTORS_MAX = 400;
const WORDS = ['the', 'a b', 'é', '.'];
const REMOVED = 'a, p + p, li:nth-child(even), tr:first-child';

/** All names, classes and ids that occur, alone and joined; texts with parts of the page taken out, too. */
export function checkPages(pages: readonly Page[]): Check {
  const css = selectorsOf(pages);
  const registry = new Registry();
  const selectors = css.map((one) => compileSelector(one, registry));
  const removed = compileSelector(REMOVED, registry);
  const sorter = registry.sorter();
  const scan = scanFor(sorter);
  const differences: string[] = [];
  for (const { html, url } of pages) {
    const [tree, scanned] = [parseFast(sorter)(html), scan(html)];
    for (const selector of selectors) {
      const expected = read(tree);
      const found = read(scanned);
      if (found !== expected)
        differences.push(`${url} ${selector.css}\n    tree ${expected.slice(0, 300)}\n    scan ${found.slice(0, 300)}`);

      function read(dom: Dom): string {
        const scope = pageScope(dom);
        const first = selector.first(scope);
        const inside =
          first === null ? [] : selectors.slice(0, 20).map((other) => other.all(within(scope, first)).length);
        const matches = selector.all(scope).map((element, i) => {
          const text = i < 5 ? textOf(element, undefined) : '';
          const markup = i < 2 ? innerHtml(element, undefined) : '';
          return [element.startIndex, element.endIndex, element.name, { ...element.attribs }, text, markup];
        });
        const rest = without(scope, inside.length === 0 ? [] : removed.all(scope));
        const left = selector.all(rest).slice(0, 3);
        return JSON.stringify([inside, matches, left.map((element) => textOf(element, rest.removed))]);
      }
    }
  }
  return { selectors: css.length, differences };
}

function selectorsOf(pages: readonly Page[]): string[] {
  const names = new Set<string>();
  const classes = new Set<string>();
  const ids = new Set<string>();
  for (const page of pages) {
    const html = page.html.whole;
    for (const [, name = ''] of html.matchAll(/<([a-zA-Z][a-zA-Z0-9]*)/g)) names.add(name.toLowerCase());
    for (const [, value = ''] of html.matchAll(/ class="([^"]*)"/g))
      for (const one of value.split(/\s+/)) classes.add(one);
    for (const [, id = ''] of html.matchAll(/ id="([^"]*)"/g)) if (ids.size < 60) ids.add(id);
  }
  const plain = (found: Iterable<string>): string[] => [...found].filter((name) => /^[a-zA-Z][\w-]*$/.test(name));
  const [tags, dots, hashes] = [
    plain(names),
    plain(classes).map((name) => `.${name}`),
    plain(ids).map((id) => `#${id}`),
  ];
  const joined = tags.flatMap((tag, i) => [
    `${tags[(i * 7 + 3) % tags.length] ?? ''} ${tag}`,
    `${tags[(i * 5 + 1) % tags.length] ?? ''} > ${tag}`,
    `${dots[i % dots.length] ?? '*'} ${tag}`,
    `${tag}:not([class])`,
    `${tags[(i * 3 + 2) % tags.length] ?? ''} + ${tag}`,
    `${tag} ~ ${dots[(i * 3) % dots.length] ?? '*'}`,
    `${tag}:nth-child(${(i % 4) + 1})`,
    `${tag}:nth-last-of-type(2n+${i % 3})`,
    `${tag}:has(${tags[(i * 3 + 1) % tags.length] ?? ''})`,
    `${tag}:not(:has(> ${dots[(i * 7 + 2) % dots.length] ?? '*'}))`,
    `${tag}:contains("${WORDS[i % WORDS.length] ?? ''}")`,
  ]);
  const fixed = [
    '*',
    'a[href]',
    'a[href^=http]',
    '[href$=".html"]',
    'link[rel~=next]',
    'td, th',
    ':scope > html',
    'ul > li > a',
    '[class*=e]',
    ':root > :last-child',
    'p:first-of-type',
    'td:empty, a:not(:empty)',
    'li:not(ul li:has(ul), :empty)',
    'td:only-child, li:not(:last-child)',
  ];
  return [...fixed, ...tags, ...hashes, ...joined, ...dots].slice(0, SELECTORS_MAX);
}
