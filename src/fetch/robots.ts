/**
 * The robots exclusion protocol.
 *
 * @see RFC 9309, and where it is silent https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt
 */

export interface Robots {
  /** @param url absolute; `rule` is the line that decided, as written */
  allows(url: string): { readonly allowed: boolean; readonly rule?: string };
  /** What the chosen group asks for between two requests. */
  readonly crawlDelayMs?: number | undefined;
  /** As written, in order, whatever the group. */
  readonly sitemaps: readonly string[];
}

interface Rule {
  readonly allow: boolean;
  /** Characters of the normalized pattern: the longest one decides. */
  readonly length: number;
  /** Literals between the `*`. */
  readonly pieces: readonly string[];
  readonly anchored: boolean;
  readonly line: string;
}

interface Group {
  readonly rules: Rule[];
  crawlDelayMs?: number;
}

/** More than this of a file is not read (RFC 9309 §2.5 asks for at least 500 KiB). */
export const ROBOTS_MAX_BYTES = 500 * 1024;

// Spellings in the wild, too. Whoever mistyped still meant it.
const FIELDS: Readonly<Record<string, 'agent' | 'allow' | 'disallow' | 'delay' | 'sitemap'>> = {
  'user-agent': 'agent',
  useragent: 'agent',
  'user agent': 'agent',
  allow: 'allow',
  disallow: 'disallow',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
  disallaw: 'disallow',
  'crawl-delay': 'delay',
  crawldelay: 'delay',
  sitemap: 'sitemap',
  'site-map': 'sitemap',
};

/**
 * The rules of a robots.txt for one crawler: those of all groups that name it, else those of all groups for `*`, else none.
 *
 * @param productToken name of the crawler, compared without case: `pinspider`
 */
export function parseRobots(text: string, productToken: string): Robots {
  const token = productToken.toLowerCase();
  const named: Group = { rules: [] };
  const everyone: Group = { rules: [] };
  const sitemaps: string[] = [];
  let isNamed = false;
  let groups: Group[] = [];
  let inAgents = false;

  for (const line of linesOf(text)) {
    const { field, value } = line;
    if (field === 'agent') {
      if (!inAgents) groups = [];
      inAgents = true;
      // `Bot/1.0` and `Bot (+http://…)` name Bot
      const agent = (/^[^\s/]+/.exec(value)?.[0] ?? '').toLowerCase();
      if (agent === token) {
        isNamed = true;
        groups.push(named);
      } else if (agent === '*') groups.push(everyone);
    } else if (field === 'sitemap') {
      if (value !== '') sitemaps.push(value);
    } else {
      inAgents = false;
      for (const group of groups) addMember(group, field, value);
    }
  }

  const group = isNamed ? named : everyone;
  // The longest pattern decides; of two as long, the one that allows.
  const rules = group.rules.sort((a, b) => b.length - a.length || Number(b.allow) - Number(a.allow));
  return {
    allows: (url) => judge(rules, url),
    ...(group.crawlDelayMs === undefined ? {} : { crawlDelayMs: group.crawlDelayMs }),
    sitemaps,
  };
}

/** The name by which robots.txt calls a crawler: the first product of its user agent. */
export function productTokenOf(userAgent: string): string {
  return /^[^\s/]*/.exec(userAgent.trim())?.[0] ?? '';
}

interface Line {
  readonly field: (typeof FIELDS)[string];
  readonly value: string;
}

function* linesOf(text: string): Generator<Line> {
  for (const raw of cut(text)
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)) {
    const hash = raw.indexOf('#');
    const line = hash < 0 ? raw : raw.slice(0, hash);
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field !== undefined) yield { field, value: line.slice(colon + 1).trim() };
  }
}

/** Without a last line that is only there in part: half of `Disallow: /private/` would shut the whole site. */
function cut(text: string): string {
  if (text.length <= ROBOTS_MAX_BYTES) return text;
  const end = Math.max(text.lastIndexOf('\n', ROBOTS_MAX_BYTES), text.lastIndexOf('\r', ROBOTS_MAX_BYTES));
  return text.slice(0, Math.max(end, 0));
}

function addMember(group: Group, field: 'allow' | 'disallow' | 'delay', value: string): void {
  if (field === 'delay') {
    const seconds = /^\d*\.?\d+$/.test(value) ? Number(value) : 0;
    // Of several, the longest: the choice that nobody can complain about.
    if (seconds > 0) group.crawlDelayMs = Math.max(group.crawlDelayMs ?? 0, Math.round(seconds * 1000));
  } else if (value !== '') {
    group.rules.push(ruleOf(field === 'allow', value));
  }
}

function ruleOf(allow: boolean, value: string): Rule {
  const anchored = value.endsWith('$');
  const pattern = comparable(anchored ? value.slice(0, -1) : value)
    .replace(/\*+/g, '*')
    .replaceAll('$', '%24');
  const line = `${allow ? 'Allow' : 'Disallow'}: ${value}`;
  return { allow, length: pattern.length + Number(anchored), pieces: pattern.split('*'), anchored, line };
}

function judge(rules: readonly Rule[], url: string): { allowed: boolean; rule?: string } {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const path = start < 0 ? '/' : url.slice(start).replace(/#.*$/s, '');
  if (path === '/robots.txt') return { allowed: true };
  // In a pattern only %2A and %24 mean the characters themselves.
  const subject = comparable(path).replaceAll('*', '%2A').replaceAll('$', '%24');
  const rule = rules.find((candidate) => matches(candidate, subject));
  return rule ? { allowed: rule.allow, rule: rule.line } : { allowed: true };
}

/** Leftmost matches of the pieces, in order: taking the first place for each leaves the most to the next. */
function matches({ pieces, anchored }: Rule, subject: string): boolean {
  const [first = '', ...rest] = pieces;
  if (!subject.startsWith(first)) return false;
  const last = anchored ? rest.pop() : undefined;
  let at = first.length;
  for (const piece of rest) {
    const found = subject.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!anchored) return true;
  return last === undefined ? at === subject.length : subject.length - last.length >= at && subject.endsWith(last);
}

/** As paths are compared (RFC 9309 §2.2.2): what is no ASCII is percent-encoded, what is unreserved is not. */
function comparable(path: string): string {
  if (!/[^!-$&-~]/.test(path)) return path;
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^!-~]+/g, encodeURIComponent)
    .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => {
      const character = String.fromCharCode(parseInt(digits, 16));
      return /[\w.~-]/.test(character) ? character : `%${digits.toUpperCase()}`;
    });
}
