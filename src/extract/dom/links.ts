/** Links of a page by its follow rules, and whether the page wants them followed. */
import type { Element } from 'domhandler';
import { linkJoiner } from '../../lib/url.ts';
import { compilePattern } from '../../lib/pattern.ts';
import { parseSelection } from '../grammar.ts';
import type { FollowRule } from '../spec.ts';
import type { ExtractedLink } from '../types.ts';
import { attributeOf, compileReading } from './reading.ts';
import type { Registry } from './registry.ts';
import { within, type Scope } from './scope.ts';
import { compileSelector, type Selector } from './selector.ts';
import type { Run } from '../run.ts';

export interface LinkRule {
  /** Absolute http(s) URLs without fragment, each once, in document order. */
  links(scope: Scope, run: Run): ExtractedLink[];
}

/** @param relNofollow links with `rel=nofollow` are not followed */
export function compileLinkRule(rule: FollowRule, registry: Registry, relNofollow: boolean): LinkRule {
  const read = compileAddresses(rule.css, registry, relNofollow ? isFollowed : () => true);
  const allow = rule.allow.map(compilePattern);
  const deny = rule.deny.map(compilePattern);
  const { to, priority } = rule;
  const wanted = (url: string): boolean =>
    (allow.length === 0 || allow.some((pattern) => pattern(url))) && !deny.some((pattern) => pattern(url));
  return {
    links: (scope, run) => {
      const found: ExtractedLink[] = [];
      const urls = new Set<string>();
      const join = linkJoiner(run.context.base);
      // Most links of a page are there twice, or differ in nothing but the fragment; comparing them as written is cheaper than
      // resolving them.
      const addresses = new Set<string>();
      for (const address of read(scope, run)) addresses.add(withoutFragment(address));
      for (const address of addresses) {
        const url = join(address);
        if (url === undefined || urls.has(url)) continue;
        urls.add(url);
        if (wanted(url)) found.push(to === undefined ? { url, priority } : { url, to, priority });
      }
      return found;
    },
  };
}

function withoutFragment(address: string): string {
  const hash = address.indexOf('#');
  return hash < 0 ? address : address.slice(0, hash);
}

/** What is read of each match; without a reading its `href`, or those of the links inside when it has none. */
function compileAddresses(
  written: string,
  registry: Registry,
  followed: (element: Element) => boolean,
): (scope: Scope, run: Run) => string[] {
  const { css, read } = parseSelection(written);
  const selector = compileSelector(css.text, registry);
  if (read !== undefined) {
    const reading = compileReading(read, []);
    return (scope, run) => {
      const addresses: string[] = [];
      for (const element of selector.all(scope)) {
        const value = followed(element) ? reading.read(element, scope, run) : null;
        if (typeof value === 'string') addresses.push(value);
      }
      return addresses;
    };
  }
  const inside = compileSelector('a[href], area[href]', registry);
  return (scope) => {
    const addresses: string[] = [];
    const add = (element: Element, href: string): void => {
      if (followed(element)) addresses.push(href);
    };
    for (const element of selector.all(scope)) {
      const href = attributeOf(element, 'href');
      if (href !== null) add(element, href);
      else for (const link of inside.all(within(scope, element))) add(link, link.attribs['href'] ?? '');
    }
    return addresses;
  };
}

/** @see https://html.spec.whatwg.org/multipage/links.html#link-type-nofollow */
function isFollowed(element: Element): boolean {
  const rel = attributeOf(element, 'rel');
  return rel === null || !rel.toLowerCase().split(/\s+/).includes('nofollow');
}

/** True when a robots meta says `nofollow` or `none`. */
export function compileNofollow(registry: Registry): (scope: Scope) => boolean {
  const selector = compileSelector('meta[content]', registry);
  return (scope) =>
    selector.all(scope).some((meta) => {
      if (attributeOf(meta, 'name')?.trim().toLowerCase() !== 'robots') return false;
      const words = (attributeOf(meta, 'content') ?? '').toLowerCase().split(/[\s,]+/);
      return words.includes('nofollow') || words.includes('none');
    });
}

/** For `baseOf`. */
export function compileBase(registry: Registry): Selector {
  return compileSelector('base[href]', registry);
}

/** The URL against which the page's relative links resolve: the first `<base href>` that is a web address, else the page. */
export function baseOf(selector: Selector, scope: Scope, pageUrl: string): string {
  const base = selector.first(scope);
  if (base === null) return pageUrl;
  const href = (attributeOf(base, 'href') ?? '').trim();
  const url = URL.canParse(href, pageUrl) ? new URL(href, pageUrl) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : pageUrl;
}
