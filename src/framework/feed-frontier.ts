import type { Sparse } from '../feed/messages.ts';
import {
  type Answer,
  type Facts,
  type Host,
  type HostNews,
  type Page,
  PageOutcome,
  type Request,
  type Robots,
  RobotsStatus,
} from '../feed/messages.generated.ts';
import type {
  HostGrant,
  HostReport,
  HostRobots,
  Lease,
  LeasedUrl,
  NewUrl,
  PageFacts,
  Settlement,
} from '../frontier/types.ts';
import { unreachable } from '../lib/errors.ts';

/** Translation between the feed's messages and the frontier's values: the two know nothing of each other. */

const ROBOTS_WORDS = {
  rules: RobotsStatus.RULES,
  'allow-all': RobotsStatus.ALLOW_ALL,
  'disallow-all': RobotsStatus.DISALLOW_ALL,
};

/** @param told robots.txt versions (by expiry) that the task has already, by host; brought up to date */
export function answerOf(lease: Lease, seq: number, told: Map<string, number>): Sparse<Answer> {
  return {
    seq,
    requests: lease.urls.map((url, i) => requestOf(url, lease.urls[i - 1])),
    hosts: lease.hosts.map((grant) => hostOf(grant, told)),
    done: lease.done,
    pause_ms: lease.pauseMs,
  };
}

/** @param before the one before it in the answer: most come from one seed, which is told once */
function requestOf(url: LeasedUrl, before: LeasedUrl | undefined): Sparse<Request> {
  const { id, depth, seed, attempt, redirects, to, method, headers, body, facts } = url;
  const known = facts && {
    etag: facts.etag,
    last_modified: facts.lastModified,
    content: facts.contentHash,
  };
  return {
    id,
    url: url.url,
    depth,
    seed: seed === before?.seed ? undefined : seed,
    attempt,
    redirects,
    to,
    method,
    headers,
    body,
    facts: known,
  };
}

function hostOf(grant: HostGrant, told: Map<string, number>): Sparse<Host> {
  const { host, concurrency, robots } = grant;
  const fresh = robots !== undefined && told.get(host) !== robots.expiresAt;
  if (fresh) told.set(host, robots.expiresAt);
  return {
    host,
    concurrency,
    delay_ms: grant.delayMs,
    not_before: grant.notBefore,
    ...(fresh && { robots: { status: ROBOTS_WORDS[robots.status], text: robots.text, expires_at: robots.expiresAt } }),
  };
}

const OUTCOMES = {
  [PageOutcome.NOT_MODIFIED]: 'not-modified',
  [PageOutcome.REDIRECTED]: 'redirected',
  [PageOutcome.FAILED]: 'failed',
  [PageOutcome.EXCLUDED]: 'excluded',
} as const;

/** All members are named, so that all settlements are of one shape: put together from parts they cost four times as much to make and read. */
export function settlementOf(page: Page, seedOf: (id: number) => string): Settlement {
  const { id, outcome, reason } = page;
  const links = page.links.length > 0 ? newUrlsOf(page, seedOf) : undefined;
  const excluded = page.excluded.length > 0 ? page.excluded : undefined;
  const status = page.status > 0 ? page.status : undefined;
  const facts = page.facts && factsOf(page.facts);
  const hostFault = isHostFault(page) ? true : undefined;
  switch (outcome) {
    case PageOutcome.RETRY:
      return {
        id,
        outcome: 'retry',
        reason,
        retryAt: page.retry_at,
        links,
        excluded,
        status,
        facts,
        hostFault,
      };
    case PageOutcome.RETURNED:
    case PageOutcome.FETCHED:
      return {
        id,
        outcome: outcome === PageOutcome.FETCHED ? 'fetched' : 'returned',
        reason: undefined,
        retryAt: undefined,
        links,
        excluded,
        status,
        facts,
        hostFault,
      };
    case PageOutcome.NOT_MODIFIED:
    case PageOutcome.REDIRECTED:
    case PageOutcome.FAILED:
    case PageOutcome.EXCLUDED:
      return {
        id,
        outcome: OUTCOMES[outcome],
        reason,
        retryAt: undefined,
        links,
        excluded,
        status,
        facts,
        hostFault,
      };
    default:
      return unreachable(outcome);
  }
}

/** The server did not answer, or said that it cannot. What is wrong with the page alone (too large, 404) is not the host's. */
function isHostFault({ outcome, status, reason }: Page): boolean {
  if (outcome !== PageOutcome.FAILED && outcome !== PageOutcome.RETRY) return false;
  return status >= 500 || /^(?:dns|connect|tls|timeout|reset):/.test(reason);
}

function factsOf({ etag, last_modified, content }: Facts): PageFacts {
  const [high, low] = content;
  return {
    ...(etag && { etag }),
    ...(last_modified && { lastModified: last_modified }),
    ...(high !== undefined && low !== undefined && { contentHash: [high, low] }),
  };
}

function newUrlsOf(page: Page, seedOf: (id: number) => string): NewUrl[] {
  return page.links.map((link) => ({
    url: link.url,
    lane: link.lane,
    depth: link.depth,
    seed: link.seed || seedOf(page.id),
    priority: link.priority,
    redirects: link.redirects,
    to: link.to || undefined,
    parked: link.parked === '' ? undefined : `trap: ${link.parked}`,
    high: link.high,
    low: link.low,
  }));
}

export function hostReportOf(news: HostNews): HostReport {
  return {
    host: news.host,
    ...(news.not_before > 0 && { notBefore: news.not_before }),
    ...(news.has_delay && { delayMs: news.delay_ms }),
    ...(news.robots && { robots: robotsOf(news.robots) }),
  };
}

function robotsOf(robots: Robots): HostRobots {
  const status =
    robots.status === RobotsStatus.RULES
      ? 'rules'
      : robots.status === RobotsStatus.ALLOW_ALL
        ? 'allow-all'
        : 'disallow-all';
  return { status, text: robots.text, expiresAt: robots.expires_at };
}
