import type { Sparse } from '../feed/messages.ts';
import {
  type Answer,
  type Host,
  type HostNews,
  type Page,
  PageOutcome,
  type Request,
  type Robots,
  RobotsStatus,
} from '../feed/messages.generated.ts';
import type { HostGrant, HostReport, HostRobots, Lease, LeasedUrl, NewUrl, Settlement } from '../frontier/types.ts';
import { fingerprint } from '../lib/fingerprint.ts';
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
  const { id, depth, seed, attempt, redirects, to, method, headers, body } = url;
  return { id, url: url.url, depth, seed, attempt, redirects, to, method, headers, body };
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

export function settlementOf(page: Page): Settlement {
  const { id, reason } = page;
  switch (page.outcome) {
    case PageOutcome.RETURNED:
      return { id, outcome: 'returned' };
    case PageOutcome.FETCHED:
      return { id, outcome: 'fetched' };
    case PageOutcome.NOT_MODIFIED:
      return { id, outcome: 'not-modified' };
    case PageOutcome.REDIRECTED:
      return { id, outcome: 'redirected', reason };
    case PageOutcome.FAILED:
      return { id, outcome: 'failed', reason };
    case PageOutcome.EXCLUDED:
      return { id, outcome: 'excluded', reason };
    case PageOutcome.RETRY:
      return { id, outcome: 'retry', reason, retryAt: page.retry_at };
    default:
      return unreachable(page.outcome);
  }
}

export function newUrlsOf(page: Page, seedOf: (id: number) => string): NewUrl[] {
  return page.links.map((link) => ({
    url: link.url,
    lane: link.lane,
    depth: link.depth,
    seed: link.seed || seedOf(page.id),
    priority: link.priority,
    redirects: link.redirects,
    ...(link.to && { to: link.to }),
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

export function fingerprintsOf(excluded: Page['excluded']): Uint32Array {
  const words = new Uint32Array(2 * excluded.length);
  for (const [i, { url }] of excluded.entries()) fingerprint(url, 0, words, 2 * i);
  return words;
}
