import { type HostSlot, withCrawlDelay } from '../crawl/host-slot.ts';
import { type Robots, RobotsStatus } from '../feed/messages.generated.ts';
import { parseRobots, type Robots as RobotsRules } from '../fetch/robots.ts';
import type { RobotsFile } from '../fetch/robots-file.ts';

/** A host's robots.txt as this task holds it. Times in ms since the epoch. */
export interface HostRobots {
  readonly status: RobotsFile['status'];
  readonly rules: RobotsRules | undefined;
  /** Why it could not be had, when `disallow-all`. */
  readonly why: string;
  readonly expiresAt: number;
}

const STATUSES = {
  rules: RobotsStatus.RULES,
  'allow-all': RobotsStatus.ALLOW_ALL,
  'disallow-all': RobotsStatus.DISALLOW_ALL,
} as const;

/** As it travels to the scheduler, which keeps it for other tasks. */
export function robotsMessage(file: RobotsFile): Robots {
  return { status: STATUSES[file.status], text: file.text, expires_at: file.expiresAt };
}

/** As the scheduler tells it; undefined when it knows nothing. */
export function heldRobots(robots: Robots | undefined, productToken: string): HostRobots | undefined {
  switch (robots?.status) {
    case RobotsStatus.RULES:
      return { status: 'rules', rules: parseRobots(robots.text, productToken), why: '', expiresAt: robots.expires_at };
    case RobotsStatus.ALLOW_ALL:
      return { status: 'allow-all', rules: undefined, why: '', expiresAt: robots.expires_at };
    case RobotsStatus.DISALLOW_ALL:
      return { status: 'disallow-all', rules: undefined, why: robots.text, expiresAt: robots.expires_at };
    case RobotsStatus.UNKNOWN:
    case undefined:
      return undefined;
  }
}

/** The rule that forbids a URL, in words; undefined when it is allowed. */
export function disallowedBy(robots: HostRobots | undefined, url: string): string | undefined {
  if (robots?.status === 'disallow-all') return `robots.txt could not be fetched (${robots.why})`;
  const verdict = robots?.rules?.allows(url);
  return verdict && !verdict.allowed ? `robots.txt: ${verdict.rule ?? 'Disallow'}` : undefined;
}

/** The slot of a host that asks for a delay of its own. */
export function withRobotsDelay(slot: HostSlot, robots: HostRobots, maxCrawlDelayMs: number): HostSlot {
  const crawlDelayMs = robots.rules?.crawlDelayMs;
  return crawlDelayMs === undefined ? slot : withCrawlDelay(slot, crawlDelayMs, maxCrawlDelayMs).slot;
}
