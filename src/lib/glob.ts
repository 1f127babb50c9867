import { PinspiderError } from './errors.ts';
import { normalizePercent } from './url-query.ts';

type UrlTest = (url: string) => boolean;

/** Which part of a URL a glob is held against. */
type Part = 'url' | 'path' | 'path-and-query';

// A glob with more alternatives than this is a mistake; each costs a test for every link.
const ALTERNATIVES_MAX = 256;

/** The test of a glob; `compilePattern` tells the grammar. @throws {PinspiderError} CONFIG_INVALID for unbalanced braces */
export function globTest(text: string): UrlTest {
  const tests = alternatives(text, text).map(oneGlob);
  const [only] = tests;
  return tests.length === 1 && only ? only : (url) => tests.some((test) => test(url));
}

/** `a{b,c}` → `ab`, `ac`; braces may nest. */
function alternatives(text: string, whole: string): string[] {
  const open = text.indexOf('{');
  if (open < 0) {
    if (text.includes('}')) throw unbalanced(whole);
    return [text];
  }
  if (text.slice(0, open).includes('}')) throw unbalanced(whole);
  const middles: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < text.length; at++) {
    const c = text[at];
    if (c === '{') depth++;
    else if (c === '}') depth--;
    if (depth === 0 || (depth === 1 && c === ',')) {
      middles.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth > 0) continue;
    const all = middles.flatMap((m) => alternatives(text.slice(0, open) + m + text.slice(from), whole));
    if (all.length > ALTERNATIVES_MAX) {
      const what = `pattern ${whole} has more than ${ALTERNATIVES_MAX} alternatives`;
      throw new PinspiderError({ code: 'CONFIG_INVALID', what, mend: 'use * or a regular expression' });
    }
    return all;
  }
  throw unbalanced(whole);
}

function unbalanced(glob: string): PinspiderError {
  const what = `unbalanced braces in pattern ${glob}`;
  return new PinspiderError({
    code: 'CONFIG_INVALID',
    what,
    mend: 'write alternatives as {a,b}, and a brace itself as %7B or %7D',
  });
}

function oneGlob(written: string): UrlTest {
  const part = written.includes('://') ? 'url' : written.includes('?') ? 'path-and-query' : 'path';
  return compiled(anchored(spelled(written), part).replace(/\*{3,}/g, '**'), part);
}

/** Literals as canonical URLs spell them. */
function spelled(glob: string): string {
  return normalizePercent(glob.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[^!-~]+|["<>]/gu, encodeURIComponent));
}

function anchored(glob: string, part: Part): string {
  if (part === 'url') {
    const [, scheme = '', host = '', rest = ''] = /^(.*?:\/\/)([^/?]*)(.*)$/.exec(glob) ?? [];
    return (
      scheme.toLowerCase() + host.toLowerCase() + (rest.startsWith('/') || host.endsWith('**') ? rest : `/${rest}`)
    );
  }
  if (glob.startsWith('/') || glob.startsWith('**')) return glob;
  return glob.startsWith('?') ? `**${glob}` : `**/${glob}`;
}

/** Common shapes as string tests, which cost a tenth of the general matcher. */
function compiled(glob: string, part: Part): UrlTest {
  const startOf = part === 'url' ? () => 0 : pathStart;
  const endOf = part === 'path' ? pathEnd : (url: string) => url.length;
  const [first = '', second = '', third] = glob.split('**');
  const simple = !glob.replaceAll('**', '').includes('*');
  if (simple && first === glob) {
    return (url) => {
      const start = startOf(url);
      return endOf(url, start) - start === glob.length && url.startsWith(glob, start);
    };
  }
  if (simple && second === '' && third === undefined) return (url) => url.startsWith(first, startOf(url));
  if (simple && first === '' && third === undefined) {
    return (url) => {
      const start = startOf(url);
      const end = endOf(url, start);
      return end - start >= second.length && url.endsWith(second, end);
    };
  }
  if (glob === `**${second}**` && simple) {
    return (url) => {
      const start = startOf(url);
      const found = url.indexOf(second, start);
      return found >= 0 && found + second.length <= endOf(url, start);
    };
  }
  return (url) => {
    const start = startOf(url);
    return globTakes(glob, url, start, endOf(url, start));
  };
}

function pathStart(url: string): number {
  const path = url.indexOf('/', url.indexOf('://') + 3);
  return path < 0 ? url.length : path;
}

function pathEnd(url: string, start: number): number {
  const query = url.indexOf('?', start);
  return query < 0 ? url.length : query;
}

const STAR = 0x2a;
const SLASH = 0x2f;

/**
 * Whether `glob` takes all of `text` between `start` and `end`. On a mismatch the last `*` takes one character more; where it may not,
 * the last `**` does. Earlier wildcards need never be tried again: leaving as much as possible to the later one
 * loses nothing. So the work is bounded by glob × text², whatever the pattern.
 */
function globTakes(glob: string, text: string, start: number, end: number): boolean {
  let at = start;
  let g = 0;
  let star = -1; // index in the glob after the last `*`, and where in the text it ends so far
  let starAt = 0;
  let deep = -1; // the same for the last `**`
  let deepAt = 0;
  for (;;) {
    if (glob.charCodeAt(g) === STAR) {
      if (glob.charCodeAt(g + 1) === STAR) {
        g += 2;
        deep = g;
        deepAt = at;
        star = -1;
      } else {
        g++;
        star = g;
        starAt = at;
      }
      continue;
    }
    if (at === end) {
      if (g === glob.length) return true;
    } else if (g < glob.length && glob.charCodeAt(g) === text.charCodeAt(at)) {
      g++;
      at++;
      continue;
    }
    if (star >= 0 && starAt < end && text.charCodeAt(starAt) !== SLASH) {
      at = ++starAt;
      g = star;
    } else if (deep >= 0 && deepAt < end) {
      at = ++deepAt;
      g = deep;
      star = -1;
    } else return false;
  }
}
