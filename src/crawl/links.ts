import type { ExtractedLink, KnownLink } from '../extract/types.ts';
import { fingerprint } from '../lib/fingerprint.ts';
import { compilePattern } from '../lib/pattern.ts';
import { canonicalUrl } from '../lib/url.ts';
import { loadDomainOf } from './registrable-domain.ts';
import { compileScope } from './scope.ts';
import { compileTraps } from './traps.ts';
import type { Work } from './work.ts';

/** A link that goes to the frontier: canonical, in scope. */
export interface RoutedLink {
  readonly url: string;
  readonly lane: number;
  readonly depth: number;
  readonly priority: number;
  readonly to?: string | undefined;
  /** The trap rule for which it is put aside; absent when it is to be fetched. */
  readonly parked?: string | undefined;
  /** The URL's fingerprint, so that the frontier need not read the URL to know whether it has it. Absent: it computes it. */
  readonly high?: number | undefined;
  readonly low?: number | undefined;
}

/** A link that stays out, and the rule that says so. */
export interface ExcludedLink {
  readonly url: string;
  readonly reason: string;
}

export interface RoutedLinks {
  readonly links: readonly RoutedLink[];
  /** Links that a rule keeps out: on this way, for another seed or nearer to one they may be let in. */
  readonly excluded: readonly ExcludedLink[];
  /** Fingerprints to confirm once the report is answered. */
  readonly fingerprints: readonly number[];
}

export interface LinkRouter {
  /**
   * Whether a link that is found on such a page would be routed nowhere, told from its fingerprint alone; undefined when that
   * takes its URL.
   */
  readonly knownTo: (seed: string, stored: KnownLink) => KnownLink | undefined;
  /** @param depth of the page on which the links were found */
  readonly route: (links: readonly ExtractedLink[], seed: string, depth: number, stored: KnownLink) => RoutedLinks;
  /** Lanes that shall fetch a URL, given the extractor that a rule chose. */
  readonly lanesOf: (url: string, to?: string) => readonly number[];
  /** The rule that keeps a URL out, or undefined. */
  readonly excludedBy: (url: string, seed: string, depth: number) => string | undefined;
  /** The trap rule that puts a URL in scope aside, or undefined. */
  parkedBy(url: string): string | undefined;
}

/**
 * Compiles scope, trap rules and extractor patterns of a job into one function from links to frontier entries.
 *
 * @param now ms since the epoch, against which trap rules hold dates in URLs
 */
export async function createLinkRouter(
  work: Pick<Work, 'scope' | 'dropParams' | 'traps' | 'lanes' | 'extractors' | 'follow'>,
  now: number,
): Promise<LinkRouter> {
  // The list of public suffixes is large: only jobs that need it load it.
  const excludedBy = compileScope(work.scope, work.scope.within === 'domain' ? await loadDomainOf() : undefined);
  const parkedBy = work.traps === null ? () => undefined : compileTraps(work.traps, now);
  const lanesOf = compileLanes(work);
  const options = { dropParams: work.dropParams };
  const words = new Uint32Array(4);
  // A rule gives each URL once; several, or parameters that are dropped, may give it again.
  const rules = work.extractors.reduce((sum, { follow }) => sum + follow.length, work.follow.length);
  const mayRepeat = rules > 1 || options.dropParams.length > 0;

  return {
    lanesOf,
    excludedBy,
    parkedBy,
    knownTo(seed, stored) {
      // what is fingerprinted has its parameters
      if (options.dropParams.length > 0) return undefined;
      // what lies too deep may come in on a shorter way
      if (work.scope.maxDepth !== null) return stored;
      const salt = saltOf(seed);
      return (high, low) => stored(high, low) || stored((high ^ salt) >>> 0, low);
    },
    route(links, seed, depth, stored) {
      const routed: RoutedLink[] = [];
      const excluded: ExcludedLink[] = [];
      const fingerprints: number[] = [];
      const onPage = new Set<string>();
      const salt = saltOf(seed);
      for (const link of links) {
        // Extraction gives canonical URLs; only parameters to drop may still be in them.
        const url = options.dropParams.length === 0 ? link.url : canonicalUrl(link.url, undefined, options);
        if (url === undefined || (mayRepeat && onPage.has(url))) continue;
        if (mayRepeat) onPage.add(url);
        let { high, low } = link;
        if (url !== link.url) {
          fingerprint(url, 0, words, 0);
          [high = 0, low = 0] = words;
        }
        if (stored(high, low)) continue;
        const rule = excludedBy(url, seed, depth + 1);
        if (rule === undefined) {
          const parked = parkedBy(url);
          for (const lane of lanesOf(url, link.to)) {
            routed.push({ url, lane, depth: depth + 1, priority: link.priority, to: link.to, parked, high, low });
          }
          fingerprints.push(high, low);
        } else {
          // What is out of one seed's scope may be in another's, so the memory of exclusions is per seed.
          const salted = (high ^ salt) >>> 0;
          if (stored(salted, low)) continue;
          excluded.push({ url, reason: rule });
          fingerprints.push(salted, low);
        }
      }
      return { links: routed, excluded, fingerprints };
    },
  };
}

/** A URL goes to each executor one of whose extractors matches it; one that none wants is still read for its links, by the first. */
export function compileLanes(work: Pick<Work, 'lanes' | 'extractors' | 'follow'>): LinkRouter['lanesOf'] {
  const tests = work.lanes.map((lane) =>
    work.extractors
      .filter((extractor) => lane.extractors.includes(extractor.name))
      .map((extractor) => extractor.match.map(compilePattern)),
  );
  const all = work.lanes.map((_, lane) => lane);
  const everything = tests.every((lane) => lane.some((patterns) => patterns.length === 0));
  const matching = (url: string): readonly number[] => {
    if (everything) return all;
    const lanes = all.filter((lane) =>
      tests[lane]?.some((patterns) => patterns.length === 0 || patterns.some((matches) => matches(url))),
    );
    return lanes.length === 0 && work.follow.length > 0 ? [0] : lanes;
  };
  return (url, to) =>
    to === undefined ? matching(url) : all.filter((lane) => work.lanes[lane]?.extractors.includes(to));
}

function saltOf(seed: string): number {
  const words = new Uint32Array(2);
  fingerprint(seed, 1, words, 0);
  return words[0] ?? 0;
}
