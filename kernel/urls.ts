/**
 * Addresses of links made absolute, where string tests can tell that the result is canonical: `src/lib/url-plain.ts` is the same for
 * strings, and says why. All others are left to the program.
 */
import { find } from './bytes';

/** What each of the first 128 characters may be in; no `&`, which may begin a reference. Set by the program. */
export let characters: i32 = 0;

/** The URL against which links are read: where it stands, and how long its parts are. */
let base: i32 = 0;
/** Scheme, host and port. */
let baseOrigin: i32 = 0;
/** Up to the last slash of its path. */
let baseFolder: i32 = 0;
/** Up to its query. */
let baseQuery: i32 = 0;
/** Up to its fragment. */
let baseEnd: i32 = 0;

export function setBase(at: i32, origin: i32, folder: i32, query: i32, end: i32): void {
  base = at;
  baseOrigin = origin;
  baseFolder = folder;
  baseQuery = query;
  baseEnd = end;
}

const IN_HOST: i32 = 1;
const IN_PATH: i32 = 2;
const IN_QUERY: i32 = 4;

const SLASH: i32 = 0x2f;
const QUESTION: i32 = 0x3f;
const COLON: i32 = 0x3a;
const DOT: i32 = 0x2e;

/** Writes the URL that is written from `from` to `to` to `out`. @returns its length; -1 when the program has to judge */
export function join(from: i32, to: i32, out: i32): i32 {
  const hash = find(from, to, 0x23);
  const end = hash < 0 ? to : hash;
  if (isAbsolute(from, end)) return absolute(from, end, out);
  if (from === end) return baseEnd === baseQuery ? copy(out, base, baseQuery) : -1;
  const first: i32 = load<u8>(from);
  if (first === SLASH) {
    if (from + 1 < end && load<u8>(from + 1) === SLASH) return -1;
    return withTail(out, baseOrigin, from, end, 0);
  }
  if (first === QUESTION) {
    if (!isPlain(from + 1, end, IN_QUERY)) return -1;
    copy(out, base, baseQuery);
    return from + 1 === end ? baseQuery : baseQuery + copy(out + baseQuery, from, end - from);
  }
  if (mayHaveScheme(from, end)) return -1;
  let folder = baseFolder;
  let at = from;
  if (first === DOT) {
    for (;;) {
      if (startsWithDots(at, end, 2)) {
        if (folder - 1 > baseOrigin) folder = parentOf(folder);
        at += 3;
      } else if (startsWithDots(at, end, 1)) at += 2;
      else break;
    }
  }
  return withTail(out, folder, at, end, SLASH);
}

function isAbsolute(from: i32, end: i32): bool {
  // `http`, and then `://` or `s://`
  if (end - from < 7 || load<u32>(from) !== 0x70747468) return false;
  const at = load<u8>(from + 4) === 0x73 ? from + 5 : from + 4;
  return at + 3 <= end && load<u8>(at) === COLON && load<u8>(at + 1) === SLASH && load<u8>(at + 2) === SLASH;
}

function absolute(from: i32, end: i32, out: i32): i32 {
  const path = authorityEnd(from, end);
  if (path < 0) return -1;
  const origin = path - from;
  copy(out, from, origin);
  if (path < end && load<u8>(path) === SLASH) {
    if (!isTail(path, end, 0)) return -1;
    return origin + copy(out + origin, path, lengthOf(path, end));
  }
  if (path < end && !isPlain(path + 1, end, IN_QUERY)) return -1;
  store<u8>(out + origin, SLASH);
  return origin + 1 + copy(out + origin + 1, path, lengthOf(path, end));
}

/** Where path or query begin if scheme, host and port are spelt canonically; -1 when that is not certain. */
function authorityEnd(from: i32, end: i32): i32 {
  const isSecure = load<u8>(from + 4) === 0x73;
  const start = isSecure ? from + 8 : from + 7;
  let at = start;
  let label = start;
  for (; at < end; at++) {
    const code: i32 = load<u8>(at);
    if (!isIn(code, IN_HOST)) break;
    // Empty labels and punycode, which may be invalid, are the parser's.
    if (code === DOT) {
      if (at === label) return -1;
      label = at + 1;
    } else if (at === label && end - at >= 4 && load<u32>(at) === 0x2d2d6e78) return -1;
  }
  if (at === label || at - start > 63) return -1;
  const digit: i32 = load<u8>(label);
  const isPort = at < end && load<u8>(at) === COLON;
  if (isPort) {
    const port = at + 1;
    let number: i32 = 0;
    for (at = port; at < end && at - port < 6; at++) {
      const code: i32 = load<u8>(at);
      if (code < 0x30 || code > 0x39) break;
      number = number * 10 + code - 0x30;
    }
    if (at === port || load<u8>(port) === 0x30 || number > 65535 || number === (isSecure ? 443 : 80)) return -1;
  }
  if (at < end && load<u8>(at) !== SLASH && load<u8>(at) !== QUESTION) return -1;
  // A last label that begins with a digit may be a number, and the host an IPv4 address in one of many spellings, unless it is the base's.
  if (digit >= 0x30 && digit <= 0x39 && !isOriginOfBase(from, at)) return -1;
  return at;
}

function isOriginOfBase(from: i32, end: i32): bool {
  if (end - from !== baseOrigin) return false;
  for (let i = 0; i < baseOrigin; i++) if (load<u8>(from + i) !== load<u8>(base + i)) return false;
  return true;
}

/** A part of the base, then the rest of the path and the query. @param before the last character of that part */
function withTail(out: i32, part: i32, from: i32, end: i32, before: i32): i32 {
  if (!isTail(from, end, before)) return -1;
  copy(out, base, part);
  return part + copy(out + part, from, lengthOf(from, end));
}

/** A plain path, and perhaps a plain query. */
function isTail(from: i32, end: i32, before: i32): bool {
  let previous = before;
  for (let at = from; at < end; at++) {
    const code: i32 = load<u8>(at);
    if (!isIn(code, IN_PATH)) return code === QUESTION && isPlain(at + 1, end, IN_QUERY);
    if (code === DOT && previous === SLASH) return false; // perhaps a dot segment
    previous = code;
  }
  return true;
}

/** An empty query loses its `?`. */
function lengthOf(from: i32, end: i32): i32 {
  if (end === from || load<u8>(end - 1) !== QUESTION) return end - from;
  return find(from, end, QUESTION) === end - 1 ? end - 1 - from : end - from;
}

function isPlain(from: i32, end: i32, part: i32): bool {
  for (let at = from; at < end; at++) if (!isIn(load<u8>(at), part)) return false;
  return true;
}

function isIn(code: i32, part: i32): bool {
  return code < 0x80 && (load<u8>(characters + code) & part) !== 0;
}

/** A colon in the first segment may end a scheme. */
function mayHaveScheme(from: i32, end: i32): bool {
  for (let at = from; at < end; at++) {
    const code: i32 = load<u8>(at);
    if (code === SLASH) return false;
    if (code === COLON) return true;
  }
  return false;
}

/** So many dots, and a slash. */
function startsWithDots(at: i32, end: i32, dots: i32): bool {
  if (at + dots >= end || load<u8>(at + dots) !== SLASH || load<u8>(at) !== DOT) return false;
  return dots === 1 || load<u8>(at + 1) === DOT;
}

/** Length of the folder that a folder is in. */
function parentOf(folder: i32): i32 {
  let length = folder - 1;
  while (length > baseOrigin && load<u8>(base + length - 1) !== SLASH) length--;
  return length;
}

function copy(out: i32, from: i32, length: i32): i32 {
  memory.copy(out, from, length);
  return length;
}
