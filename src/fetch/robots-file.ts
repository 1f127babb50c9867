import { canonicalUrl } from '../lib/url.ts';
import { ROBOTS_MAX_BYTES } from './robots.ts';
import { type Fetch, FetchError, type FetchResponse } from './types.ts';

/** robots.txt of an origin, as it holds until `expiresAt` (epoch ms). */
export interface RobotsFile {
  readonly status: 'rules' | 'allow-all' | 'disallow-all';
  /** The file when `rules`; why there is none when `disallow-all`; else ''. */
  readonly text: string;
  readonly expiresAt: number;
}

// RFC 9309 §2.3.1.2: at least five hops.
const REDIRECTS_MAX = 5;

// RFC 9309 §2.4: no longer than a day.
const KEEP_MS = 24 * 3600 * 1000;
// A server that cannot be reached may be back soon.
const KEEP_UNREACHABLE_MS = 3600 * 1000;

/**
 * Fetches robots.txt of `origin` and says what it means (RFC 9309 §2.3.1): an answer is its rules, 4xx or too many redirects mean that there
 * are none, 5xx and no answer that nothing may be fetched. Rejects only when `signal` aborts, with its reason.
 */
export async function fetchRobots(
  fetch: Fetch,
  origin: string,
  now: number,
  signal?: AbortSignal,
): Promise<RobotsFile> {
  let url: string | undefined = `${origin}/robots.txt`;
  for (let hop = 0; url !== undefined && hop <= REDIRECTS_MAX; hop++) {
    const response: FetchResponse | FetchError = await answerOf(fetch, url, signal);
    if (response instanceof FetchError || response.status >= 500) {
      const text =
        response instanceof FetchError ? `${response.failure}: ${response.message}` : `http ${response.status}`;
      return { status: 'disallow-all', text, expiresAt: now + KEEP_UNREACHABLE_MS };
    }
    if (response.status >= 200 && response.status < 300) {
      return { status: 'rules', text: textOf(response.body), expiresAt: now + KEEP_MS };
    }
    const location: string | undefined = response.status < 400 ? response.headers['location'] : undefined;
    url = location === undefined ? undefined : canonicalUrl(location, url);
  }
  return { status: 'allow-all', text: '', expiresAt: now + KEEP_MS };
}

async function answerOf(
  fetch: Fetch,
  url: string,
  signal: AbortSignal | undefined,
): Promise<FetchResponse | FetchError> {
  try {
    return await fetch({ url, headers: { accept: 'text/plain,*/*;q=0.5' } }, signal);
  } catch (error) {
    if (error instanceof FetchError) return error;
    throw error;
  }
}

/** UTF-8, whatever the server says (RFC 9309 §2.3), and only as much as is read of it. */
function textOf(body: Buffer): string {
  if (body.length <= ROBOTS_MAX_BYTES) return body.toString();
  const end = Math.max(body.lastIndexOf('\n', ROBOTS_MAX_BYTES), body.lastIndexOf('\r', ROBOTS_MAX_BYTES));
  return body.toString('utf8', 0, Math.max(end, 0));
}
