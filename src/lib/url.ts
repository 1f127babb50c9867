import { isAbsolute, joinPlain, plainBase } from './url-plain.ts';
import { canonicalQuery, normalizePercent } from './url-query.ts';

export interface CanonicalOptions {
  /** Globs (`*` = any characters) over decoded names of query parameters that are dropped: `utm_*`, `ref`. */
  readonly dropParams?: readonly string[] | undefined;
}

const NONE: readonly string[] = [];

/**
 * The one spelling of an http(s) URL, or undefined when `href` (against `base`) is none. An absolute `href` needs no valid base.
 *
 * WHATWG URL without fragment and userinfo; percent-encoding in capitals and unreserved characters decoded (RFC 3986 §6.2.2);
 * parameters sorted by name, equal names kept in their order, when all parts of the query are `name=value`: in `?topic-5&page=2`
 * the place of a part has a meaning, so such a query keeps its order. An empty query loses its `?`. Path and trailing
 * slash are never touched. Idempotent; never throws.
 */
export function canonicalUrl(href: string, base?: string, options?: CanonicalOptions): string | undefined {
  const drop = options?.dropParams ?? NONE;
  const plain = base === undefined || isAbsolute(href) ? undefined : plainBase(base);
  return joinPlain(href, plain, drop) ?? joinAny(href, base, drop);
}

/** `canonicalUrl` for the links of one page, whose base is looked at once. */
export function linkJoiner(base: string): (href: string) => string | undefined {
  const plain = plainBase(base);
  return (href) => joinPlain(href, plain, NONE) ?? joinAny(href, base, NONE);
}

/** `scheme://host:port` of a canonical URL. */
export function originOf(url: string): string {
  const path = url.indexOf('/', 8);
  return path < 0 ? url : url.slice(0, path);
}

/** Host name or address of a canonical URL, without port; IPv6 without brackets. */
export function hostOf(url: string): string {
  const start = url.indexOf('//') + 2;
  if (url.charCodeAt(start) === 0x5b) return url.slice(start + 1, url.indexOf(']', start));
  const path = url.indexOf('/', start);
  const end = path < 0 ? url.length : path;
  const colon = url.indexOf(':', start);
  return url.slice(start, colon < 0 || colon > end ? end : colon);
}

/** The URL as it may be shown: without user name and password. Takes any text. */
export function redactUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:)?([/\\]{2})[^/?#\\]*@/i, '$1$2');
}

// Another scheme at the very start: mailto:, javascript:, data: with its 100 kB. The parser would agree, slower.
const OTHER_SCHEME = /^(?!https?:)[a-z][a-z0-9+.-]*:/i;

/** By the URL parser, for everything that is not plain. */
function joinAny(href: string, base: string | undefined, drop: readonly string[]): string | undefined {
  if (OTHER_SCHEME.test(href)) return undefined;
  const url = parseUrl(href, base) ?? (base === undefined ? undefined : parseUrl(href));
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  const { protocol, host, pathname, search } = url;
  const query = search === '' ? '' : canonicalQuery(normalizePercent(search.slice(1)), drop);
  return `${protocol}//${host}${normalizePercent(pathname)}${query}`;
}

/**
 * What the URL parser makes of a text; undefined when it is no URL. Not by `URL.canParse`: once V8 has optimized its caller, that of Node 20
 * takes characters beyond ASCII for broken ones.
 */
export function parseUrl(href: string, base?: string): URL | undefined {
  try {
    return new URL(href, base);
  } catch {
    return undefined; // no URL: the answer, not a fault
  }
}
