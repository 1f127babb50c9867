import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createLinkRouter } from '../../src/crawl/links.ts';
import { type CrawledPage, crawlPage, type CrawlRequest } from '../../src/crawl/page.ts';
import type { Work } from '../../src/crawl/work.ts';
import { compilePlan } from '../../src/extract/plan.ts';
import { contentFingerprint } from '../../src/lib/content-fingerprint.ts';
import { testFetcher } from '../support/fetcher.ts';
import { site } from '../support/site.ts';

const NOW = Date.UTC(2026, 5, 1);
const HTML = '<title>t</title><a href=/next>n</a><a href="/?q=&q=&q=">t</a>';
const CONTENT = contentFingerprint(Buffer.from(HTML));
const DATE = 'Tue, 12 Mar 2024 08:00:00 GMT';

const WORK: Work = {
  job: 'j',
  lane: 0,
  lanes: [{ name: 'crawler', extractors: [] }],
  extractors: [],
  follow: [{ css: 'a[href]::attr(href)', allow: [], deny: [], priority: 0 }],
  parser: 'fast',
  scope: { within: 'host', allow: [], deny: [], maxDepth: null, maxUrlLength: 2083 },
  dropParams: [],
  traps: {
    pathRepeats: 2,
    pathDepth: 20,
    params: 30,
    paramRepeats: 2,
    escapes: 1,
    counter: 10_000,
    yearsAhead: 2,
    yearsBack: 20,
  },
  recrawl: true,
  politeness: {
    robots: 'obey',
    relNofollow: 'ignore',
    delayMs: 0,
    perHost: 1,
    autoThrottle: false,
    maxCrawlDelayMs: 0,
    userAgent: 'test-bot/1.0',
  },
  fetch: {
    timeoutMs: 20_000,
    connectTimeoutMs: 10_000,
    headers: {},
    http2: false,
    maxBody: 5_000_000,
    verifyTls: true,
    allowPrivate: true,
    namedHosts: [],
    retries: { times: 0, backoffMs: 1, maxMs: 1, on: [] },
    rate: null,
  },
};

/** Crawls one page of a site that answers as told. @returns how it ended, and the headers of the request */
async function crawled(
  listener: RequestListener,
  request: Partial<CrawlRequest> = {},
  work: Partial<Work> = {},
): Promise<{ page: CrawledPage; asked: IncomingHttpHeaders }> {
  let asked: IncomingHttpHeaders = {};
  await using server = await site({
    '/': (incoming, response) => {
      asked = incoming.headers;
      response.setHeader('content-type', 'text/html');
      listener(incoming, response);
    },
  });
  await using fetcher = testFetcher();
  const own = { ...WORK, ...work };
  const context = {
    work: own,
    fetch: fetcher.fetch,
    plan: await compilePlan({ extractors: own.extractors, follow: own.follow, parser: own.parser }),
    router: await createLinkRouter(own, NOW),
    now: () => NOW,
    random: () => 0.5,
    task: 't',
    stored: () => false,
  };
  const url = `${server.url}/`;
  const page = await crawlPage(
    { url, seed: url, depth: 0, attempt: 0, redirects: 0, ...request },
    context,
    new AbortController().signal,
  );
  return { page, asked };
}

const sendPage: RequestListener = (_, response) => {
  response.setHeader('etag', 'W/"1"').setHeader('last-modified', DATE).end(HTML);
};

describe('a first visit', () => {
  test('is unconditional and learns what the next one needs', async () => {
    const { page, asked } = await crawled(sendPage);
    expect(asked).not.toHaveProperty('if-none-match');
    expect(asked).not.toHaveProperty('if-modified-since');
    expect(page).toMatchObject({
      outcome: 'fetched',
      facts: { etag: 'W/"1"', lastModified: DATE, content: CONTENT },
    });
  });

  test('learns nothing where the job does not come again', async () => {
    const { page } = await crawled(sendPage, {}, { recrawl: false });
    expect(page).toMatchObject({ outcome: 'fetched', facts: undefined });
  });

  test('tells nothing of the content of what is not read', async () => {
    const { page } = await crawled((_, response) => {
      response.setHeader('content-type', 'image/png').setHeader('etag', '"p"').end('png');
    });
    expect(page).toMatchObject({ outcome: 'fetched', facts: { etag: '"p"' } });
    expect(page).not.toHaveProperty('facts.content');
  });
});

describe('another visit', () => {
  test('is conditional, with the validators as they were given', async () => {
    const { page, asked } = await crawled((_, response) => response.writeHead(304, { etag: '"1"' }).end(), {
      facts: { etag: 'W/"1"', lastModified: DATE, content: CONTENT },
    });
    expect(asked).toMatchObject({ 'if-none-match': 'W/"1"', 'if-modified-since': DATE });
    expect(page).toMatchObject({
      outcome: 'not-modified',
      transfer: { status: 304, bytes: 0 },
      facts: { etag: '"1"', lastModified: DATE, content: CONTENT },
    });
  });

  test('of a page without validators finds the same content', async () => {
    const { page, asked } = await crawled(sendPage, { facts: { content: CONTENT } });
    expect(asked).not.toHaveProperty('if-none-match');
    expect(page).toMatchObject({
      outcome: 'not-modified',
      reason: 'same content',
      transfer: { status: 200, bytes: HTML.length },
      facts: { etag: 'W/"1"', content: CONTENT },
    });
  });

  test('of a page that changed reads it', async () => {
    const { page } = await crawled(sendPage, { facts: { etag: '"0"', content: [1, 2] } });
    expect(page).toMatchObject({ outcome: 'fetched', facts: { etag: 'W/"1"', content: CONTENT } });
    expect(page.outcome === 'fetched' && page.links.map(({ parked }) => parked)).toEqual([
      undefined,
      'param_repeats 2',
    ]);
  });

  test('of a page that is gone fails', async () => {
    const { page } = await crawled((_, response) => response.writeHead(410).end(), { facts: { etag: '"1"' } });
    expect(page).toMatchObject({ outcome: 'failed', reason: 'http 410' });
  });

  test('of a seed with a body of its own is unconditional', async () => {
    const { asked } = await crawled(sendPage, { method: 'POST', body: 'q=1', facts: { etag: '"1"' } });
    expect(asked).not.toHaveProperty('if-none-match');
  });

  test("keeps a seed's own condition", async () => {
    const { asked } = await crawled(sendPage, { headers: { 'if-none-match': '"mine"' }, facts: { etag: '"1"' } });
    expect(asked).toMatchObject({ 'if-none-match': '"mine"' });
  });
});

describe('links', () => {
  const count = ({ page }: { page: CrawledPage }): number => (page.outcome === 'fetched' ? page.links.length : -1);
  const tagged =
    (tag: string): RequestListener =>
    (_, response) =>
      response.setHeader('x-robots-tag', tag).end(HTML);

  test.each([
    ['noindex, nofollow', 'obey', 0],
    ['test-bot: none', 'obey', 0],
    ['other-bot: nofollow', 'obey', 2],
    ['nofollow', 'ignore', 2],
  ] as const)('of a page with X-Robots-Tag "%s", robots: %s: %d', async (tag, robots, links) => {
    const politeness = { ...WORK.politeness, robots };
    expect(count(await crawled(tagged(tag), {}, { politeness }))).toBe(links);
  });

  test('a redirect into a trap is put aside', async () => {
    const { page } = await crawled((_, response) => response.writeHead(302, { location: '/a/b/a/b/a/b/' }).end());
    expect(page).toMatchObject({ outcome: 'redirected', links: [{ parked: 'path_repeats 2' }] });
  });
});
