import { isIPv4 } from 'node:net';
import { canonicalQuery } from './url-query.ts';

/** A base that joining by string tests can start from, taken apart once for all links of its page. */
export interface PlainBase {
  readonly base: string;
  /** Where its path, query or fragment begins. */
  readonly path: number;
  /** Where its query begins, or would; -1 when the path is not plain. */
  readonly query: number;
  /** Where its fragment begins, or would. */
  readonly end: number;
  /** Up to the last slash of its path, that included. */
  readonly folder: string;
}

/** Undefined when scheme, host and port are not spelt canonically, or not for certain. */
export function plainBase(base: string): PlainBase | undefined {
  const path = authorityEnd(base);
  if (path < 0) return undefined;
  const hash = base.indexOf('#', path);
  const end = hash < 0 ? base.length : hash;
  const query = base.charCodeAt(path) === SLASH ? tailQuery(base, path, end) : -1;
  return { base, path, query, end, folder: query < 0 ? '' : base.slice(0, base.lastIndexOf('/', query - 1) + 1) };
}

/**
 * By string tests alone, where they cannot differ from the URL parser; undefined = let the parser judge. Nine of ten links of
 * real pages are plain, and the parser costs several times as much.
 */
export function joinPlain(href: string, base: PlainBase | undefined, drop: readonly string[]): string | undefined {
  const hash = href.indexOf('#');
  const ref = hash < 0 ? href : href.slice(0, hash);
  if (isAbsolute(ref)) return absolutePlain(ref, drop);
  if (base === undefined) return undefined;
  if (ref.charCodeAt(0) === SLASH) {
    const { base: url, path } = base;
    if (ref.charCodeAt(1) === SLASH) return absolutePlain(url.slice(0, url.indexOf('/')) + ref, drop);
    return withTail(url.slice(0, path), ref, drop);
  }
  return fromPlainBase(ref, base, drop);
}

/** It needs no base, and the parser is not needed to see that. */
export function isAbsolute(href: string): boolean {
  return href.startsWith('http://') || href.startsWith('https://');
}

function fromPlainBase(ref: string, plain: PlainBase, drop: readonly string[]): string | undefined {
  const { base, path, query, end } = plain;
  if (query < 0) return undefined;
  if (ref === '') return base.slice(0, query) + canonicalQuery(base.slice(query + 1, end), drop);
  if (ref.charCodeAt(0) === QUESTION) {
    return tailQuery(ref, 0, ref.length) < 0 ? undefined : base.slice(0, query) + canonicalQuery(ref.slice(1), drop);
  }
  // A colon in the first segment may end a scheme.
  const colon = ref.indexOf(':');
  if (colon >= 0) {
    const slash = ref.indexOf('/');
    if (slash < 0 || colon < slash) return undefined;
  }
  if (ref.charCodeAt(0) !== DOT) return withTail(plain.folder, ref, drop);
  let directory = plain.folder.length - 1;
  let at = 0;
  for (;;) {
    if (ref.startsWith('../', at)) {
      if (directory > path) directory = base.lastIndexOf('/', directory - 1);
      at += 3;
    } else if (ref.startsWith('./', at)) at += 2;
    else break;
  }
  return withTail(base.slice(0, directory + 1), ref.slice(at), drop);
}

function absolutePlain(url: string, drop: readonly string[]): string | undefined {
  const path = authorityEnd(url);
  if (path < 0) return undefined;
  if (path === url.length) return `${url}/`;
  if (url.charCodeAt(path) === QUESTION) return withTail(`${url.slice(0, path)}/`, url.slice(path), drop);
  const query = tailQuery(url, path, url.length);
  if (query < 0) return undefined;
  return query === url.length ? url : url.slice(0, query) + canonicalQuery(url.slice(query + 1), drop);
}

/** An origin or a folder, then the rest of the path and the query. */
function withTail(start: string, tail: string, drop: readonly string[]): string | undefined {
  const query = tailQuery(tail, 0, tail.length, start.charCodeAt(start.length - 1));
  if (query < 0) return undefined;
  return query === tail.length
    ? start + tail
    : start + tail.slice(0, query) + canonicalQuery(tail.slice(query + 1), drop);
}

const SLASH = 0x2f;
const QUESTION = 0x3f;
const COLON = 0x3a;
const DOT = 0x2e;

const IN_HOST = 1;
const IN_PATH = 2;
const IN_QUERY = 4;

// Characters that the URL parser leaves as they are: a-z, digits and hyphen in hosts (capitals and others are mapped); not `%`, whose
// spelling may change; not `'` in queries, where it becomes %27.
const PLAIN = new Uint8Array(128);
for (const c of 'abcdefghijklmnopqrstuvwxyz0123456789-.') PLAIN[c.charCodeAt(0)] = IN_HOST | IN_PATH | IN_QUERY;
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_~!$&()*+,;=:@/') PLAIN[c.charCodeAt(0)] = IN_PATH | IN_QUERY;
for (const c of "'") PLAIN[c.charCodeAt(0)] = IN_PATH;
for (const c of '?[]|') PLAIN[c.charCodeAt(0)] = IN_QUERY;

/** A bit for each part in which a character, by its number, is plain. */
export function plainParts(): Uint8Array {
  return PLAIN.slice();
}

/** Where the path, query or fragment begins if scheme, host and port are spelt canonically; -1 when that is not certain. */
function authorityEnd(url: string): number {
  const start = url.startsWith('https://') ? 8 : url.startsWith('http://') ? 7 : -1;
  if (start < 0) return -1;
  let at = start;
  let label = start;
  for (; at < url.length; at++) {
    const c = url.charCodeAt(at);
    if (c > 127 || ((PLAIN[c] ?? 0) & IN_HOST) === 0) break;
    if (c === DOT) {
      // Empty labels and punycode, which may be invalid, are the parser's.
      if (at === label) return -1;
      label = at + 1;
    } else if (at === label && c === 0x78 && url.startsWith('xn--', at)) return -1;
  }
  // A last label that begins with a digit may be a number, which makes the host an IPv4 address in one of many spellings.
  if (at === label || at - start > 63) return -1;
  const digit = url.charCodeAt(label);
  if (digit >= 0x30 && digit <= 0x39 && !isIPv4(url.slice(start, at))) return -1;
  if (url.charCodeAt(at) === COLON) {
    const port = at + 1;
    let number = 0;
    for (at = port; at < url.length && at - port < 6; at++) {
      const c = url.charCodeAt(at);
      if (c < 0x30 || c > 0x39) break;
      number = number * 10 + c - 0x30;
    }
    if (at === port || url.charCodeAt(port) === 0x30 || number > 65535 || number === (start === 8 ? 443 : 80))
      return -1;
  }
  const next = url.charCodeAt(at);
  return at === url.length || next === SLASH || next === QUESTION || next === 0x23 ? at : -1;
}

/** Index of the `?` in a plain path and query between `from` and `end`, `end` when there is none; -1 when not plain. */
function tailQuery(url: string, from: number, end: number, before = 0): number {
  let at = from;
  let previous = before;
  for (; at < end; at++) {
    const c = url.charCodeAt(at);
    if (c > 127 || ((PLAIN[c] ?? 0) & IN_PATH) === 0) break;
    if (c === DOT && previous === SLASH) return -1; // perhaps a dot segment
    previous = c;
  }
  if (at === end) return end;
  if (url.charCodeAt(at) !== QUESTION) return -1;
  for (let i = at + 1; i < end; i++) {
    const c = url.charCodeAt(i);
    if (c > 127 || ((PLAIN[c] ?? 0) & IN_QUERY) === 0) return -1;
  }
  return at;
}
