/** Links of a page by its follow rules, and whether the page wants them followed. */
import type { Element } from 'domhandler';
import { fingerprint } from '../../lib/fingerprint.ts';
import { linkJoiner, parseUrl } from '../../lib/url.ts';
import { compilePattern } from '../../lib/pattern.ts';
import { parseSelection } from '../grammar.ts';
import type { FollowRule } from '../spec.ts';
import type { ExtractedLink, KnownLink } from '../types.ts';
import type { FoundLink, LinkQuery } from './document.ts';
import { compileReading } from './reading.ts';
import type { Registry } from './registry.ts';
import { within, type Scope } from './scope.ts';
import { compileSelector, type Selector } from './selector.ts';
import { attributeOf } from './self-reading.ts';
import type { Run } from '../run.ts';

export interface LinkRule {
  /** Absolute http(s) URLs without fragment, each once, in document order. */
  links(scope: Scope, run: Run): ExtractedLink[];
}

/** @param relNofollow links with `rel=nofollow` are not followed */
export function compileLinkRule(rule: FollowRule, registry: Registry, relNofollow: boolean): LinkRule {
  const addresses = compileAddresses(rule.css, registry, relNofollow ? isFollowed : undefined);
  const allow = rule.allow.map(compilePattern);
  const deny = rule.deny.map(compilePattern);
  const { to, priority } = rule;
  const wanted = (url: string): boolean =>
    (allow.length === 0 || allow.some((pattern) => pattern(url))) && !deny.some((pattern) => pattern(url));
  return {
    links: (scope, run) => {
      const { query, read } = addresses;
      const quick = query && scope.dom.links?.(query, run.context.base, run.page.known);
      const found: ExtractedLink[] = [];
      for (const { url, high, low } of quick ?? resolved(read(scope, run), run.context.base, run.page.known))
        if (wanted(url)) found.push({ url, to, priority, high, low });
      return found;
    },
  };
}

/** URLs of addresses, each once, without those that are known. */
function resolved(written: readonly string[], base: string, known: KnownLink | undefined): FoundLink[] {
  const urls = new Set<string>();
  const join = linkJoiner(base);
  // Most links of a page are there twice, or differ in nothing but the fragment; comparing them as written is cheaper than
  // resolving them. What is resolved has its fragment: white space before that counts, at the end it would not.
  const addresses = new Map<string, string>();
  for (const address of written) addresses.set(withoutFragment(address), address);
  const words = new Uint32Array(2);
  const found: FoundLink[] = [];
  for (const address of addresses.values()) {
    const url = join(address);
    if (url === undefined || urls.has(url)) continue;
    urls.add(url);
    fingerprint(url, 0, words, 0);
    const [high = 0, low = 0] = words;
    if (known?.(high, low) !== true) found.push({ url, high, low });
  }
  return found;
}

function withoutFragment(address: string): string {
  const hash = address.indexOf('#');
  return hash < 0 ? address : address.slice(0, hash);
}

interface Addresses {
  /** What is read, when it is but an attribute of all matches. */
  readonly query: LinkQuery | undefined;
  readonly read: (scope: Scope, run: Run) => string[];
}

/**
 * What is read of each match; without a reading its `href`, or those of the links inside when it has none.
 *
 * @param followed which matches count; all when undefined
 */
function compileAddresses(
  written: string,
  registry: Registry,
  followed: ((element: Element) => boolean) | undefined,
): Addresses {
  const { css, read } = parseSelection(written);
  const selector = compileSelector(css.text, registry);
  const all = (scope: Scope): Element[] => selector.all(scope).filter((element) => followed?.(element) ?? true);
  const queryOf = (attribute: string): LinkQuery | undefined =>
    followed === undefined && selector.slots !== undefined ? { slots: selector.slots, attribute } : undefined;
  if (read !== undefined) {
    const reading = compileReading(read, []);
    const values = (scope: Scope, run: Run): string[] =>
      all(scope)
        .map((element) => reading.read(element, scope, run))
        .filter((value) => typeof value === 'string');
    return { query: read.kind === 'attr' ? queryOf(read.name) : undefined, read: values };
  }
  if (css.text === LINKS || css.text === 'a[href]')
    return { query: queryOf('href'), read: (scope) => hrefsOf(all(scope)) };
  const inside = compileSelector(LINKS, registry);
  const hrefs = (scope: Scope): string[] =>
    hrefsOf(
      selector.all(scope).flatMap((element) => {
        const links = attributeOf(element, 'href') === null ? inside.all(within(scope, element)) : [element];
        return followed === undefined ? links : links.filter(followed);
      }),
    );
  return { query: undefined, read: hrefs };
}

/** All links of a page, or of an element in it. */
const LINKS = 'a[href], area[href]';

function hrefsOf(elements: readonly Element[]): string[] {
  return elements.map((element) => attributeOf(element, 'href') ?? '');
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
  const url = parseUrl(href, pageUrl);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : pageUrl;
}
