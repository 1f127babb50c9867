import { compilePattern } from '../lib/pattern.ts';
import { hostOf } from '../lib/url.ts';
import type { DomainOf } from './registrable-domain.ts';

/** null = no limit. */
export interface ScopeSettings {
  /**
   * How far from its seed a URL may lie. `host`: same host and port, http or https. `domain`: same registrable domain, any port;
   * a host without one (an address, `localhost`) stands for itself. `seed`: as `host`, and below the folder of the seed's path.
   */
  readonly within: 'host' | 'domain' | 'seed' | 'any';
  /** Patterns (lib/pattern.ts) of which one must match; empty allows all. */
  readonly allow: readonly string[];
  /** Patterns of which none may match. */
  readonly deny: readonly string[];
  readonly maxDepth: number | null;
  readonly maxUrlLength: number;
}

/** The rule that keeps a URL out, in stable words; undefined when the URL is in scope. Both URLs are canonical. */
export type Scope = (url: string, seed: string, depth: number) => string | undefined;

type Within = (url: string, seed: string) => boolean;

// Seeds and hosts whose tests are kept; beyond, they are made anew.
const KEPT_MAX = 10_000;

/**
 * Compiles a scope. Rules are asked in the order `max_url_length`, `within`, `deny`, `allow`, `max_depth`: the last one only depends on the
 * way to a URL, so what it keeps out may come in by a shorter way.
 *
 * @param domainOf needed for `within: domain`
 * @throws {PinspiderError} CONFIG_INVALID for a bad pattern
 */
export function compileScope(settings: ScopeSettings, domainOf?: DomainOf): Scope {
  const { maxDepth, maxUrlLength } = settings;
  const within = compileWithin(settings.within, domainOf);
  const allow = settings.allow.map(compilePattern);
  const deny = settings.deny.map((text) => ({ rule: `deny ${text}`, matches: compilePattern(text) }));
  const tooLong = `max_url_length ${maxUrlLength}`;
  const outside = `within ${settings.within}`;
  const tooDeep = `max_depth ${maxDepth ?? ''}`;

  return (url, seed, depth) => {
    if (url.length > maxUrlLength) return tooLong;
    if (!within(url, seed)) return outside;
    for (const { rule, matches } of deny) if (matches(url)) return rule;
    if (allow.length > 0 && !allow.some((matches) => matches(url))) return 'not allowed';
    return maxDepth !== null && depth > maxDepth ? tooDeep : undefined;
  };
}

function compileWithin(within: ScopeSettings['within'], domainOf: DomainOf | undefined): Within {
  switch (within) {
    case 'any':
      return () => true;
    case 'host':
      return startsAs((seed) => seed.slice(seed.indexOf(':'), pathStart(seed) + 1));
    case 'seed':
      return startsAs((seed) => seed.slice(seed.indexOf(':'), seed.lastIndexOf('/', pathEnd(seed) - 1) + 1));
    case 'domain': {
      if (!domainOf) throw new Error('bug: scope within domain without the Public Suffix List');
      const siteOf = remember((host) => domainOf(host) ?? host);
      return (url, seed) => siteOf(hostOf(url)) === siteOf(hostOf(seed));
    }
  }
}

/** URLs that go on like the seed after their scheme: `://host:port/folder/`. One comparison of strings a link. */
function startsAs(partOf: (seed: string) => string): Within {
  const part = remember(partOf);
  return (url, seed) => url.startsWith(part(seed), url.indexOf(':'));
}

function remember(compute: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      if (known.size >= KEPT_MAX) known.clear();
      known.set(key, value);
    }
    return value;
  };
}

function pathStart(url: string): number {
  return url.indexOf('/', url.indexOf('//') + 2);
}

function pathEnd(url: string): number {
  const query = url.indexOf('?');
  return query < 0 ? url.length : query;
}
