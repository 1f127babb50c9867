import type { Extraction, KnownLink, Plan } from '../extract/types.ts';
import { decodeText } from '../fetch/charset.ts';
import { conditionOf, validatorsOf } from '../fetch/conditional.ts';
import { decideRetry, parseRetryAfter } from '../fetch/retry.ts';
import { type Fetch, FetchError, type FetchResponse } from '../fetch/types.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { ExcludedLink, LinkRouter, RoutedLink } from './links.ts';
import { nofollowOf } from './nofollow.ts';
import { factsOf, hasSameContent, type PageFacts } from './page-facts.ts';
import type { Work } from './work.ts';

/** One URL to crawl, as leased. */
export interface CrawlRequest {
  readonly url: string;
  readonly seed: string;
  readonly depth: number;
  /** How many times it was tried before. */
  readonly attempt: number;
  /** How many redirects led here. */
  readonly redirects: number;
  readonly to?: string | undefined;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Of its last fetch: when given, only a page that has changed counts as fetched. */
  readonly facts?: PageFacts | undefined;
}

/** A redirect's target, to be added to the frontier. */
export interface RedirectLink extends RoutedLink {
  readonly redirects: number;
  /** A seed that moves takes its scope along. */
  readonly seed: string;
}

/** How one request ended: a value, never an exception. Times in ms since the epoch. */
export type CrawledPage =
  | {
      readonly outcome: 'fetched';
      readonly transfer: Transfer;
      readonly extraction: Extraction | undefined;
      readonly links: readonly RoutedLink[];
      readonly excluded: readonly ExcludedLink[];
      readonly fingerprints: readonly number[];
      /** Where the job asks for them. */
      readonly facts?: PageFacts | undefined;
    }
  | {
      /** The server says so, or what it sent is what is known. Records and links are those of the fetch before. */
      readonly outcome: 'not-modified';
      readonly transfer: Transfer;
      readonly reason?: string | undefined;
      readonly facts?: PageFacts | undefined;
    }
  | {
      readonly outcome: 'redirected';
      readonly transfer: Transfer;
      readonly reason: string;
      readonly links: readonly RedirectLink[];
    }
  | { readonly outcome: 'failed'; readonly transfer?: Transfer | undefined; readonly reason: string }
  | {
      readonly outcome: 'retry';
      readonly transfer?: Transfer | undefined;
      readonly reason: string;
      readonly retryAt: number;
      /** The server asked for silence: the whole host waits until `retryAt`. */
      readonly holdHost: boolean;
    };

export interface Transfer {
  readonly status: number;
  /** Body bytes on the wire. */
  readonly bytes: number;
  readonly elapsedMs: number;
}

export interface PageContext {
  readonly work: Work;
  readonly fetch: Fetch;
  readonly plan: Plan;
  readonly router: LinkRouter;
  readonly now: () => number;
  readonly random: () => number;
  /** Task id, for `from: task` and ambient fields. */
  readonly task: string;
  readonly stored: KnownLink;
}

const MAX_REDIRECTS = 10;
const HTML_TYPES = /^\s*(?:text\/html|application\/xhtml\+xml|text\/xml|application\/xml)\b/i;

/** Takes one request all its way: fetch, interpret, decode, extract, route links. Rejects only when `signal` aborts. */
export async function crawlPage(
  request: CrawlRequest,
  context: PageContext,
  signal: AbortSignal,
): Promise<CrawledPage> {
  let response: FetchResponse;
  try {
    const { url, method, body } = request;
    response = await context.fetch({ url, method, headers: headersOf(request), body, wantsBody }, signal);
  } catch (error) {
    if (error instanceof FetchError) return afterFailure(request, context, error);
    throw error;
  }
  const transfer = { status: response.status, bytes: response.wireBytes, elapsedMs: response.elapsedMs };
  const { status } = response;
  if (status >= 200 && status < 300) return read(request, context, response, transfer);
  if (status === 304) {
    // A 304 may bring newer validators for what is known (RFC 9110 §15.4.5).
    const { facts } = request;
    return {
      outcome: 'not-modified',
      transfer,
      ...(facts && { facts: { ...facts, ...validatorsOf(response.headers) } }),
    };
  }
  const location = response.headers['location'];
  if (status >= 300 && status < 400 && location) return redirect(request, context, status, location, transfer);
  return afterStatus(request, context, response, transfer);
}

/** A seed's own headers win. Only a GET can be answered with "not modified" (RFC 9110 §13.1.2). */
function headersOf({ facts, headers, method = 'GET' }: CrawlRequest): CrawlRequest['headers'] {
  if (facts === undefined || method.toUpperCase() !== 'GET') return headers;
  return { ...conditionOf(facts), ...headers };
}

/** Archives, pictures and films are not downloaded to be thrown away; the bodies of other statuses are small, and connections dear. */
function wantsBody(status: number, headers: Readonly<Record<string, string>>): boolean {
  return status >= 300 || isPage(status, headers);
}

/** Whether there is anything to extract. */
function isPage(status: number, headers: Readonly<Record<string, string>>): boolean {
  const type = headers['content-type'];
  return status >= 200 && status < 300 && (type === undefined || HTML_TYPES.test(type));
}

function read(request: CrawlRequest, context: PageContext, response: FetchResponse, transfer: Transfer): CrawledPage {
  const { work, plan, router } = context;
  const nothing = { links: [], excluded: [], fingerprints: [] };
  const type = response.headers['content-type'];
  if (!isPage(response.status, response.headers)) {
    const facts = work.recrawl ? validatorsOf(response.headers) : undefined;
    return { outcome: 'fetched', transfer, extraction: undefined, ...nothing, facts };
  }
  const facts = work.recrawl ? factsOf(response) : undefined;
  if (facts !== undefined && hasSameContent(facts, request.facts)) {
    return { outcome: 'not-modified', transfer, reason: 'same content', facts };
  }
  const extraction = plan.extract({
    url: request.url,
    seed: request.seed,
    depth: request.depth,
    status: response.status,
    headers: response.headers,
    html: decodeText(response.body, type, work.fetch.charset).text,
    fetchedAt: context.now(),
    job: work.job,
    task: context.task,
    to: request.to,
    known: router.knownTo(request.seed, context.stored),
  });
  if (extraction.failure !== undefined) return { outcome: 'failed', transfer, reason: extraction.failure };
  const asked = nofollowOf({ nofollow: extraction.nofollow, headers: response.headers }, work.politeness);
  const followed = asked === undefined ? extraction.links : [];
  const routed = followed.length > 0 ? router.route(followed, request.seed, request.depth, context.stored) : nothing;
  return { outcome: 'fetched', transfer, extraction, ...routed, facts };
}

/** The target goes through the frontier like any link: its host's delay, robots.txt and scope hold for it too. */
function redirect(
  request: CrawlRequest,
  { work, router }: PageContext,
  status: number,
  location: string,
  transfer: Transfer,
): CrawledPage {
  const url = canonicalUrl(location, request.url, { dropParams: work.dropParams });
  const reason = `${status} to ${url ?? location}`;
  if (url === undefined) return { outcome: 'failed', transfer, reason: `redirected to ${location}, no http address` };
  if (request.redirects >= MAX_REDIRECTS)
    return { outcome: 'failed', transfer, reason: `more than ${MAX_REDIRECTS} redirects` };
  const seed = request.depth === 0 ? url : request.seed;
  const rule = router.excludedBy(url, seed, request.depth);
  if (rule !== undefined)
    return { outcome: 'redirected', transfer, reason: `${reason}, out of scope: ${rule}`, links: [] };
  const parked = router.parkedBy(url);
  const { depth, redirects, to } = request;
  return {
    outcome: 'redirected',
    transfer,
    reason,
    links: [{ url, lane: work.lane, depth, priority: 0, to, redirects: redirects + 1, seed, parked }],
  };
}

function afterStatus(
  request: CrawlRequest,
  context: PageContext,
  response: FetchResponse,
  transfer: Transfer,
): CrawledPage {
  const { status } = response;
  const now = context.now();
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
  const decision = decideRetry(
    context.work.fetch.retries,
    { attempt: request.attempt, status, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    context.random(),
  );
  const reason = `http ${status}`;
  if (!decision.retry) return { outcome: 'failed', transfer, reason };
  const holdHost = retryAfterMs !== undefined || status === 429 || status === 503;
  return { outcome: 'retry', transfer, reason, retryAt: now + decision.delayMs, holdHost };
}

function afterFailure(request: CrawlRequest, context: PageContext, error: FetchError): CrawledPage {
  const { failure } = error;
  const reason = `${failure}: ${error.message}`;
  const decision = decideRetry(context.work.fetch.retries, { attempt: request.attempt, failure }, context.random());
  if (!decision.retry) return { outcome: 'failed', reason };
  return {
    outcome: 'retry',
    reason,
    retryAt: context.now() + decision.delayMs,
    holdHost: failure === 'connect' || failure === 'dns',
  };
}
