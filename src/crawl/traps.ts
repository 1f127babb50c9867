import { compileNumberTraps } from './trap-numbers.ts';

/** Limits past which a URL looks like one of endlessly many that a site makes up. */
export interface TrapSettings {
  /** How often a run of path segments may follow itself; one segment may stand twice as often, anywhere. */
  readonly pathRepeats: number;
  readonly pathDepth: number;
  readonly params: number;
  /** How often the same `name=value` may stand in a query; the same name with any value four times as often. */
  readonly paramRepeats: number;
  /** How often what is escaped may have been escaped again: `%252F` once, `amp;amp;` twice. */
  readonly escapes: number;
  /** Highest number of a page of a list; offsets may be 100 times as high. */
  readonly counter: number;
  /** Years from now to dates in URLs; back only in those that speak of a calendar. */
  readonly yearsAhead: number;
  readonly yearsBack: number;
}

/** The rule that takes a canonical URL for a trap, in stable words with its limit: `path_repeats 2`; undefined for ordinary ones. */
export type Traps = (url: string) => string | undefined;

const SLASH = 0x2f;
const QUESTION = 0x3f;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const SEMICOLON = 0x3b;
const ZERO = 0x30;
const NINE = 0x39;

/** The shortest run of segments that may not repeat as a run. */
const RUN_MIN = 2;
const ANYWHERE = 2;
const ANY_VALUE = 4;
/** Segments and parameters of which duplicates are looked for; URLs with more are looked at by the slow way. */
const PIECES_MAX = 64;

/**
 * Compiles the trap rules. Each decides by the URL alone, so that every executor says the same of it whenever and wherever it is found; only
 * dates are held against the year of `now` (ms since the epoch).
 *
 * One pass over the characters finds what any rule could object to, and nearly all URLs are done with then: the router asks for every link.
 */
export function compileTraps(settings: TrapSettings, now: number): Traps {
  const { pathRepeats, pathDepth, params, paramRepeats, escapes } = settings;
  const numbers = compileNumberTraps(settings, now);
  const repeatsFrom = Math.min(RUN_MIN * (pathRepeats + 1), ANYWHERE * pathRepeats + 1);
  const hashes = new Int32Array(PIECES_MAX);

  return (url) => {
    const path = url.indexOf('/', 8);
    if (path < 0) return undefined;
    const length = url.length;
    let query = -1;
    // Pieces are segments of the path, then parts of the query; each leaves a hash.
    let pieces = 0;
    let segments = 0;
    let hash = 0;
    let escaped = false;
    let digits = 0;
    let number = 0;
    let beforeNumber = SLASH;
    let previous = SLASH;
    let high = false;
    let odd = false;
    for (let at = path + 1; ; at++) {
      const c = at < length ? url.charCodeAt(at) : -1;
      if (c >= ZERO && c <= NINE) {
        if (digits === 0) beforeNumber = previous;
        digits++;
        number = number * 10 + c - ZERO;
      } else if (digits > 0) {
        const alone = beforeNumber === EQUALS || beforeNumber === SLASH;
        high ||= numbers.isHigh(number, alone);
        odd ||= numbers.isOddYear(number, digits, alone);
        digits = 0;
        number = 0;
      }
      if (c === -1 || (query < 0 ? c === SLASH || c === QUESTION : c === AMPERSAND)) {
        // A slash at the end of the path ends the last segment and begins none.
        if (query >= 0 || c === SLASH || previous !== SLASH) hashes[pieces++ & (PIECES_MAX - 1)] = hash;
        hash = 0;
        if (query < 0) segments = pieces;
        if (c === QUESTION) query = at;
        if (c === -1) break;
      } else {
        hash = (Math.imul(hash, 31) + c) | 0;
        if (c === PERCENT || c === SEMICOLON) escaped = true;
      }
      previous = c;
    }
    if (segments > pathDepth) return `path_depth ${pathDepth}`;
    const parts = pieces - segments;
    if (parts > params) return `params ${params}`;
    if (segments >= repeatsFrom && (pieces > PIECES_MAX || twice(hashes, 0, segments))) {
      const end = query < 0 ? length : query;
      if (pathRepeat(url.slice(path + 1, end).split('/', segments), pathRepeats)) return `path_repeats ${pathRepeats}`;
    }
    if (parts > paramRepeats) {
      const suspect = parts > ANY_VALUE * paramRepeats || pieces > PIECES_MAX || twice(hashes, segments, pieces);
      if (suspect && paramRepeat(url.slice(query + 1).split('&'), paramRepeats)) return `param_repeats ${paramRepeats}`;
    }
    if (escaped && escapedAgain(url, path) > escapes) return `escapes ${escapes}`;
    return (
      (high ? numbers.counterTrap(url.slice(path)) : undefined) ?? (odd ? numbers.dateTrap(url.slice(path)) : undefined)
    );
  };
}

function twice(hashes: Int32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    for (let j = i + 1; j < to; j++) if (hashes[i] === hashes[j]) return true;
  }
  return false;
}

function pathRepeat(segments: readonly string[], times: number): boolean {
  if (segments.some((segment) => count(segments, segment) > ANYWHERE * times)) return true;
  for (let run = RUN_MIN; run * (times + 1) <= segments.length; run++) {
    // So many segments in a row are the same as those one run further on.
    let same = 0;
    for (let i = 0; i + run < segments.length; i++) {
      same = segments[i] === segments[i + run] ? same + 1 : 0;
      if (same === run * times) return true;
    }
  }
  return false;
}

function paramRepeat(parts: readonly string[], times: number): boolean {
  if (parts.some((part) => count(parts, part) > times)) return true;
  if (parts.length <= ANY_VALUE * times) return false;
  const names = parts.map((part) => part.split('=', 1)[0] ?? '');
  return names.some((name) => count(names, name) > ANY_VALUE * times);
}

function count(texts: readonly string[], text: string): number {
  let found = 0;
  for (const other of texts) if (other === text) found++;
  return found;
}

/** How often the most escaped part of a URL was escaped again: as percent-encoding, as an entity, or in turn as both. */
function escapedAgain(url: string, from: number): number {
  let most = 0;
  for (let at = url.indexOf('%25', from); at >= 0; at = url.indexOf('%25', at + 1)) {
    let end = at + 3;
    while (url.startsWith('25', end)) end += 2;
    const layers = (end - at - 1) / 2;
    // `%25` is an escape itself when it stands for a percent sign, and escapes an escape when digits follow.
    most = Math.max(most, isHex(url.charCodeAt(end)) && isHex(url.charCodeAt(end + 1)) ? layers : layers - 1);
  }
  // Looked for as text first: a search by expression costs ten times as much.
  if (!url.includes('amp', from)) return most;
  for (const [entities] of url.slice(from).matchAll(/(?:amp(?:;|%(?:25)*3B))+/g)) {
    const ends = entities.match(/;|3B/g)?.length ?? 0;
    const layers = entities.match(/25/g)?.length ?? 0;
    most = Math.max(most, ends + layers);
  }
  return most;
}

function isHex(c: number): boolean {
  return (c >= ZERO && c <= NINE) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}
