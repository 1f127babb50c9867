import { parseRobots, productTokenOf } from '../fetch/robots.ts';
import { fetchRobots, type RobotsFile } from '../fetch/robots-file.ts';
import type { Fetch } from '../fetch/types.ts';

/** What a host's robots.txt says to one crawler. */
export interface HostRobots {
  readonly status: RobotsFile['status'];
  readonly crawlDelayMs: number | undefined;
  readonly sitemaps: readonly string[];
  /** The rule that forbids a URL, in words; undefined when it is allowed. */
  forbids(url: string): string | undefined;
}

/**
 * Asks a host for its robots.txt, whether or not the job obeys it.
 *
 * @param origin `scheme://host:port`
 * @param userAgent of the job; its first product is the name that counts
 * @param now ms since the epoch
 */
export async function askRobots(
  fetch: Fetch,
  origin: string,
  userAgent: string,
  now: number,
  signal: AbortSignal,
): Promise<HostRobots> {
  const { status, text } = await fetchRobots(fetch, origin, now, signal);
  const rules = parseRobots(status === 'rules' ? text : '', productTokenOf(userAgent));
  return {
    status,
    crawlDelayMs: rules.crawlDelayMs,
    sitemaps: rules.sitemaps,
    forbids(url) {
      if (status === 'disallow-all')
        return `${origin}/robots.txt could not be fetched (${text}), so nothing is allowed`;
      const { allowed, rule } = rules.allows(url);
      return allowed ? undefined : `${origin}/robots.txt says ${rule ?? 'Disallow'}`;
    },
  };
}
