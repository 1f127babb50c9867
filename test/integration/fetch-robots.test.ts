import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { parseRobots, ROBOTS_MAX_BYTES } from '../../src/fetch/robots.ts';
import { fetchRobots } from '../../src/fetch/robots-file.ts';
import { testFetcher } from '../support/fetcher.ts';
import { rawServer } from '../support/raw-server.ts';
import { site } from '../support/site.ts';

const NOW = 1_000_000;
const HOUR = 3600 * 1000;
const RULES = 'User-agent: *\nDisallow: /x\n';
const status =
  (code: number): RequestListener =>
  (_, response) =>
    response.writeHead(code).end(RULES);
const to =
  (location: string, code = 302): RequestListener =>
  (_, response) =>
    response.writeHead(code, { location }).end();
/** A redirect chain of `hops` that ends at the rules. */
const chain = (hops: number): Record<string, string | RequestListener> => ({
  '/robots.txt': to('/r1'),
  ...Object.fromEntries(Array.from({ length: hops - 1 }, (_, i) => [`/r${i + 1}`, to(`r${i + 2}`, 301)])),
  [`/r${hops}`]: RULES,
});

test.each<[name: string, pages: Record<string, string | RequestListener>, want: string, hours: number]>([
  ['a file is its rules', { '/robots.txt': RULES }, 'rules', 24],
  ['an empty file too', { '/robots.txt': '' }, 'rules', 24],
  ['404 allows all', {}, 'allow-all', 24],
  ['401 allows all', { '/robots.txt': status(401) }, 'allow-all', 24],
  ['410 allows all', { '/robots.txt': status(410) }, 'allow-all', 24],
  ['500 shuts the site for an hour', { '/robots.txt': status(500) }, 'disallow-all', 1],
  ['503 shuts the site for an hour', { '/robots.txt': status(503) }, 'disallow-all', 1],
  ['a redirect is followed', chain(1), 'rules', 24],
  ['so are five', chain(5), 'rules', 24],
  ['six are as good as none', chain(6), 'allow-all', 24],
  ['a circle too', { '/robots.txt': to('/robots.txt') }, 'allow-all', 24],
  ['a redirect to a broken server shuts the site', { '/robots.txt': to('/r'), '/r': status(502) }, 'disallow-all', 1],
  ['a redirect to nowhere', { '/robots.txt': to('mailto:a@b.example') }, 'allow-all', 24],
  ['a redirect without target', { '/robots.txt': status(302) }, 'allow-all', 24],
])('%s', async (_, pages, want, hours) => {
  await using server = await site(pages);
  await using fetcher = testFetcher();
  const robots = await fetchRobots(fetcher.fetch, server.url, NOW);
  expect(robots).toMatchObject({ status: want, expiresAt: NOW + hours * HOUR });
  if (want === 'allow-all') expect(robots.text).toBe('');
  if (want === 'disallow-all') expect(robots.text).toMatch(/^http 50\d$/);
});

test('a redirect may lead to another host', async () => {
  await using other = await site({ '/robots.txt': RULES });
  await using server = await site({ '/robots.txt': to(`${other.url}/robots.txt`) });
  await using fetcher = testFetcher();
  expect((await fetchRobots(fetcher.fetch, server.url, NOW)).text).toBe(RULES);
});

test('no answer shuts the site for an hour', async () => {
  await using server = await rawServer((socket) => socket.destroy());
  await using fetcher = testFetcher();
  expect(await fetchRobots(fetcher.fetch, server.url, NOW)).toEqual({
    status: 'disallow-all',
    text: expect.stringMatching(/^connect: /),
    expiresAt: NOW + HOUR,
  });
});

test('it is UTF-8, whatever the server says', async () => {
  await using server = await site({
    '/robots.txt': (_, response) => {
      response.setHeader('content-type', 'text/plain; charset=koi8-r').end('\ufeffUser-agent: *\nDisallow: /ü');
    },
  });
  await using fetcher = testFetcher();
  const { text } = await fetchRobots(fetcher.fetch, server.url, NOW);
  expect(parseRobots(text, 'a').allows('http://x/%C3%BC').allowed).toBe(false);
});

test('of a long file the first 500 KiB are kept, up to a whole line', async () => {
  const filler = `#${'ä'.repeat(ROBOTS_MAX_BYTES / 2 - 20)}\n`;
  await using server = await site({ '/robots.txt': `${RULES}${filler}Disallow: /private/and/more\n`.repeat(2) });
  await using fetcher = testFetcher();
  expect((await fetchRobots(fetcher.fetch, server.url, NOW)).text).toBe((RULES + filler).trimEnd());
});

test('aborting ends it with the reason', async () => {
  await using server = await rawServer((socket) => socket.resume());
  await using fetcher = testFetcher();
  const controller = new AbortController();
  const fetching = fetchRobots(fetcher.fetch, server.url, NOW, controller.signal);
  setTimeout(() => controller.abort('enough'), 30);
  await expect(fetching).rejects.toBe('enough');
});
