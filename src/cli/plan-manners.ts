import type { ResolvedJob } from '../job/resolved.ts';
import { canonicalUrl, originOf } from '../lib/url.ts';
import { askRobots, type HostRobots } from './host-robots.ts';
import { jobFetcher } from './job-fetcher.ts';
import type { Terminal } from './terminal.ts';

/** How a run behaves towards one host of its seeds. */
export interface HostManners {
  /** `scheme://host:port` */
  readonly host: string;
  /** In force before adaptation; a Crawl-delay that was asked for counts in. */
  readonly delayMs: number;
  readonly perHost: number;
  readonly adapts: boolean;
  readonly robots: 'obey' | 'ignore';
  /** What the host answered; absent when it was not asked. */
  readonly robotsTxt?: RobotsAnswer | undefined;
}

export interface RobotsAnswer {
  readonly status: HostRobots['status'];
  readonly crawlDelayMs?: number | undefined;
  /** The Crawl-delay is longer than `max_crawl_delay`, which holds in its place. */
  readonly clamped?: boolean | undefined;
  readonly sitemaps: readonly string[];
  readonly seeds: readonly { readonly url: string; readonly allowed: boolean; readonly rule?: string | undefined }[];
}

/** The manners in force for each host that a seed names; with `ask` each is asked for its robots.txt. */
export async function manners(job: ResolvedJob, ask: boolean, terminal: Terminal): Promise<readonly HostManners[]> {
  const { delayMs, perHost, autoThrottle, robots, maxCrawlDelayMs } = job.politeness;
  const seeds = [...new Set(job.seeds.map((seed) => canonicalUrl(seed.url) ?? seed.url))];
  const hosts = [...new Set(seeds.map(originOf))];
  await using fetcher = ask ? jobFetcher(job) : undefined;
  const told: HostManners[] = [];
  for (const host of hosts) {
    const base = { host, delayMs, perHost, adapts: autoThrottle && delayMs > 0, robots };
    const asked =
      fetcher && (await askRobots(fetcher.fetch, host, job.politeness.userAgent, terminal.now(), terminal.interrupted));
    if (!asked) {
      told.push(base);
      continue;
    }
    const { crawlDelayMs = 0 } = asked;
    const obeyed = robots === 'obey' ? Math.min(crawlDelayMs, maxCrawlDelayMs) : 0;
    const own = seeds.filter((url) => originOf(url) === host);
    told.push({
      ...base,
      delayMs: Math.max(delayMs, obeyed),
      adapts: autoThrottle && Math.max(delayMs, obeyed) > 0,
      robotsTxt: {
        status: asked.status,
        crawlDelayMs: asked.crawlDelayMs,
        clamped: crawlDelayMs > maxCrawlDelayMs || undefined,
        sitemaps: asked.sitemaps,
        seeds: own.map((url) => {
          const rule = asked.forbids(url);
          return { url, allowed: rule === undefined, rule };
        }),
      },
    });
  }
  return told;
}
