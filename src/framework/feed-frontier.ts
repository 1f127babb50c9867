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
    requests: lease.urls.map(requestOf),
    hosts: lease.hosts.map((grant) => hostOf(grant, told)),
    done: lease.done,
    pause_ms: lease.pauseMs,
  };
}

function requestOf(url: LeasedUrl): Sparse<Request> {
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
    seed,
    attempt,
    redirects,
    to,
    method,
    headers,
    body,
    ...(known && { facts: known }),
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

export function settlementOf(page: Page, seedOf: (id: number) => string): Settlement {
  const { reason } = page;
  const common = brought(page, seedOf);
  switch (page.outcome) {
    case PageOutcome.RETURNED:
      return { ...common, outcome: 'returned' };
    case PageOutcome.FETCHED:
      return { ...common, outcome: 'fetched' };
    case PageOutcome.NOT_MODIFIED:
      return { ...common, outcome: 'not-modified', reason };
    case PageOutcome.REDIRECTED:
      return { ...common, outcome: 'redirected', reason };
    case PageOutcome.FAILED:
      return { ...common, outcome: 'failed', reason };
    case PageOutcome.EXCLUDED:
      return { ...common, outcome: 'excluded', reason };
    case PageOutcome.RETRY:
      return { ...common, outcome: 'retry', reason, retryAt: page.retry_at };
    default:
      return unreachable(page.outcome);
  }
}

/** What a page brought besides its own end. */
function brought(
  page: Page,
  seedOf: (id: number) => string,
): Omit<Extract<Settlement, { outcome: 'returned' }>, 'outcome'> {
  return {
    id: page.id,
    ...(page.links.length > 0 && { links: newUrlsOf(page, seedOf) }),
    ...(page.excluded.length > 0 && { excluded: page.excluded }),
    ...(page.status > 0 && { status: page.status }),
    ...(page.facts && { facts: factsOf(page.facts) }),
    ...(isHostFault(page) && { hostFault: true }),
  };
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
    ...(link.to && { to: link.to }),
    ...(link.parked && { parked: `trap: ${link.parked}` }),
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
