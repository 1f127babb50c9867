import type { FetchFailure } from './types.ts';

export interface RetryPolicy {
  /** Retries after the first attempt. */
  readonly times: number;
  readonly backoffMs: number;
  /** Longest delay of our own making. */
  readonly maxMs: number;
  readonly on: readonly (number | 'network')[];
}

export interface FailedAttempt {
  /** How many times it was tried before this attempt. */
  readonly attempt: number;
  /** Exactly one of `status` and `failure`. */
  readonly status?: number | undefined;
  readonly failure?: FetchFailure | undefined;
  readonly retryAfterMs?: number | undefined;
}

export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

// A server that asks for more is taken at a day: the crawl may well be over, but no typing error parks a URL for years.
const RETRY_AFTER_MAX_MS = 24 * 3600 * 1000;

/** Failures that a second try cannot mend. */
const FINAL: readonly FetchFailure[] = ['too-large', 'private-address', 'encoding'];

/**
 * Whether and when to try again. The delay doubles with each attempt, at most `maxMs`, and is drawn from its upper half, so that URLs
 * that failed together do not return together. A server's Retry-After wins over all of that when it is longer.
 *
 * @param random in [0, 1)
 */
export function decideRetry(policy: RetryPolicy, failed: FailedAttempt, random: number): RetryDecision {
  const { attempt, status, failure, retryAfterMs = 0 } = failed;
  const may = failure === undefined ? status !== undefined && policy.on.includes(status) : mayRetry(policy, failure);
  if (!may || attempt >= policy.times) return { retry: false };
  const backoff = Math.min(policy.backoffMs * 2 ** attempt, policy.maxMs);
  const delayMs = Math.round(backoff / 2 + (backoff / 2) * random);
  return { retry: true, delayMs: Math.max(delayMs, Math.min(retryAfterMs, RETRY_AFTER_MAX_MS)) };
}

function mayRetry(policy: RetryPolicy, failure: FetchFailure): boolean {
  return policy.on.includes('network') && !FINAL.includes(failure);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HTTP_DATES: readonly RegExp[] = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[\d ]\d) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) (?<year>\d{4})$/,
];

/**
 * `Retry-After` as ms from `now` (epoch ms), at least 0; undefined when it is neither a number of seconds nor an HTTP date.
 *
 * @see RFC 9110 §10.2.3, §5.6.7
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  // Of a repeated header, joined by commas, nothing sensible can be said; a date has a comma too, so the patterns decide.
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  for (const form of HTTP_DATES) {
    const parts = form.exec(text)?.groups;
    if (parts) return untilDate(parts, now);
  }
  return undefined;
}

function untilDate(parts: Readonly<Record<string, string>>, now: number): number | undefined {
  const month = MONTHS.indexOf(parts['month'] ?? '');
  if (month < 0) return undefined;
  const [day = 0, h = 0, m = 0, s = 0] = ['day', 'h', 'm', 's'].map((name) => Number(parts[name]));
  const at = Date.UTC(fullYear(parts['year'] ?? '', now), month, day, h, m, s);
  return Math.max(0, at - now);
}

/** Two digits that seem more than 50 years ahead mean the century before (RFC 9110 §5.6.7). */
function fullYear(year: string, now: number): number {
  if (year.length === 4) return Number(year);
  const current = new Date(now).getUTCFullYear();
  const guess = current - (current % 100) + Number(year);
  return guess > current + 50 ? guess - 100 : guess;
}
