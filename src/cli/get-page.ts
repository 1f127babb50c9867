import { createLinkRouter } from '../crawl/links.ts';
import { crawlPage, type CrawledPage, type CrawlRequest } from '../crawl/page.ts';
import type { Page, Plan } from '../extract/types.ts';
import type { Fetch } from '../fetch/types.ts';
import { workOf } from '../framework/work.ts';
import { maskOf } from '../job/mask.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { canonicalUrl, originOf, redactUrl } from '../lib/url.ts';
import { askRobots } from './host-robots.ts';
import { jobFetcher } from './job-fetcher.ts';
import type { Terminal } from './terminal.ts';

export type Got =
  | {
      readonly outcome: 'page';
      readonly page: Page;
      readonly body: Buffer;
    }
  /** There is nothing to extract from; the reason is for people. */
  | { readonly outcome: 'none'; readonly reason: string };

const MAX_HOPS = 10;

/**
 * Fetches one page as an executor would, robots.txt and redirects included, but once: what a run would try again later is
 * told at once. What is worth knowing on the way goes to stderr.
 *
 * @param to extractor that shall treat the page, as a follow rule's `to:`
 */
export async function getPage(
  written: string,
  job: ResolvedJob,
  plan: Plan,
  terminal: Terminal,
  to?: string,
): Promise<Got> {
  const url = canonicalUrl(written, undefined, { dropParams: job.frontier.dropParams });
  if (url === undefined) return { outcome: 'none', reason: `${redactUrl(written)} is no http(s) URL` };
  await using fetcher = jobFetcher(job, [url]);
  const seed = job.seeds.find(
    (one) => canonicalUrl(one.url, undefined, { dropParams: job.frontier.dropParams }) === url,
  );
  const { method, headers, body } = seed ?? {};
  let request: CrawlRequest = {
    url,
    seed: url,
    depth: 0,
    attempt: 0,
    redirects: 0,
    to: to ?? seed?.to,
    method,
    headers,
    body,
  };
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const forbidden = await forbiddenBy(request.url, job, fetcher.fetch, terminal);
    if (forbidden !== undefined) return { outcome: 'none', reason: forbidden };
    const { crawled, ...seen } = await crawlOnce(request, job, plan, fetcher.fetch, terminal);
    if (crawled.outcome === 'redirected') {
      const [next] = crawled.links;
      if (!next) return { outcome: 'none', reason: `${request.url}: ${crawled.reason}; a run goes no further` };
      terminal.stderr.write(`${maskOf(job.secrets)(`${request.url}: ${crawled.reason}`)}\n`);
      request = {
        ...request,
        url: next.url,
        seed: next.seed,
        redirects: next.redirects,
        method: undefined,
        body: undefined,
      };
      continue;
    }
    const { page, body: bytes } = seen;
    if (crawled.outcome === 'fetched' && page && bytes) return { outcome: 'page', page, body: bytes };
    return { outcome: 'none', reason: `${request.url}: ${whyNothing(crawled, seen.type)}` };
  }
  throw new Error('bug: more redirects than a page follows');
}

async function forbiddenBy(
  url: string,
  job: ResolvedJob,
  fetch: Fetch,
  terminal: Terminal,
): Promise<string | undefined> {
  const { robots, userAgent } = job.politeness;
  if (robots === 'ignore') return undefined;
  const rules = await askRobots(fetch, originOf(url), userAgent, terminal.now(), terminal.interrupted);
  const rule = rules.forbids(url);
  return rule === undefined
    ? undefined
    : `${url} is not fetched: ${rule}; --set politeness.robots=ignore fetches it all the same`;
}

interface Crawled {
  readonly crawled: CrawledPage;
  /** The page as the plan saw it. */
  readonly page?: Page | undefined;
  readonly body?: Buffer | undefined;
  readonly type?: string | undefined;
}

async function crawlOnce(
  request: CrawlRequest,
  job: ResolvedJob,
  plan: Plan,
  fetch: Fetch,
  { now, random, interrupted }: Terminal,
): Promise<Crawled> {
  const work = workOf(job, 0);
  const seen: { page?: Page; body?: Buffer; type?: string | undefined } = {};
  const crawled = await crawlPage(
    request,
    {
      work,
      fetch: async (...call) => {
        const response = await fetch(...call);
        seen.body = response.body;
        seen.type = response.headers['content-type'];
        return response;
      },
      plan: {
        ...plan,
        extract: (page) => {
          seen.page = page;
          // With `invalid: fail` a page that was fetched would pass for one that was not.
          return { ...plan.extract(page), failure: undefined };
        },
      },
      router: await createLinkRouter(work, now()),
      now,
      random,
      task: 'try',
      stored: () => false,
    },
    interrupted,
  );
  return { crawled, ...seen };
}

function whyNothing(crawled: CrawledPage, type: string | undefined): string {
  switch (crawled.outcome) {
    case 'retry':
      return `${crawled.reason}; a run would try again later`;
    case 'failed':
    case 'redirected':
      return crawled.reason;
    case 'not-modified':
      return 'http 304, and so without a page';
    case 'fetched':
      return `${type ?? 'its content'} is not HTML: a run extracts nothing from it`;
  }
}
