import type { Work } from '../crawl/work.ts';
import type { ResolvedJob } from '../job/resolved.ts';

/** The compiled job part for one executor kind, as it travels to executors. */
export function workOf(job: ResolvedJob, lane: number): Work {
  const { fetch, politeness, scope } = job;
  return {
    job: job.name,
    lane,
    lanes: job.executors.map(({ name, extractors }) => ({ name, extractors })),
    extractors: job.extractors,
    follow: job.follow,
    parser: job.parser,
    scope: {
      within: scope.within,
      allow: scope.allow,
      deny: scope.deny,
      maxDepth: scope.maxDepth,
      maxUrlLength: scope.maxUrlLength,
    },
    dropParams: job.frontier.dropParams,
    traps: job.frontier.traps,
    recrawl: job.frontier.recrawl !== null,
    politeness: {
      robots: politeness.robots,
      relNofollow: politeness.relNofollow,
      delayMs: politeness.delayMs,
      perHost: politeness.perHost,
      autoThrottle: politeness.autoThrottle,
      maxCrawlDelayMs: politeness.maxCrawlDelayMs,
      userAgent: politeness.userAgent,
    },
    fetch: {
      timeoutMs: fetch.timeoutMs,
      connectTimeoutMs: fetch.connectTimeoutMs,
      headers: fetch.headers,
      http2: fetch.http2,
      maxBody: fetch.maxBody,
      verifyTls: fetch.tls.verify,
      charset: fetch.charset,
      allowPrivate: fetch.allowPrivate,
      namedHosts: namedHosts(job),
      retries: fetch.retries,
      rate: fetch.rate,
    },
  };
}

function namedHosts(job: ResolvedJob): string[] {
  const hosts = job.seeds.map((seed) => new URL(seed.url).hostname.replace(/^\[|\]$/g, '').toLowerCase());
  return [...new Set(hosts)];
}
