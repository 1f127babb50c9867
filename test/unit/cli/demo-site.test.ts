import { load, type CheerioAPI } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { USERS } from '../../../src/cli/demo/profiles.ts';
import { startDemoSite } from '../../../src/cli/demo/site.ts';

async function get(url: string): Promise<CheerioAPI> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return load(await response.text());
}

const squash = (text: string): string => text.replace(/\s+/g, ' ').trim();
const firstWord = (text: string): string => squash(text).split(' ')[0] ?? '';

interface Image {
  readonly alt: string | undefined;
  readonly src: string | undefined;
}

function boardsOf($: CheerioAPI): {
  title: string;
  fullName: string;
  href: string | undefined;
  pins: string;
  cover: Image;
  thumbs: Image[];
}[] {
  const image = (selector: string, board: Parameters<CheerioAPI>[0]): Image[] =>
    $(selector, board)
      .toArray()
      .map((img) => ({ alt: $(img).attr('alt'), src: $(img).attr('src') }));
  return $('.Board:has(.boardName)')
    .toArray()
    .map((board) => ({
      title: squash($('.boardName .title', board).text()),
      fullName: squash($('.boardName .fullName', board).text()),
      href: $('a', board).first().attr('href'),
      pins: firstWord($('.PinCount', board).text()),
      cover: image('.boardCover', board)[0] ?? { alt: undefined, src: undefined },
      thumbs: image('.boardThumbs img', board),
    }));
}

describe('the profile of TechCrunch', () => {
  test('has the original header, links and counts', async () => {
    await using site = await startDemoSite();
    const $ = await get(`${site.url}/techcrunch/`);
    expect($('.UserProfileHeader').length).toBe(1);
    expect({
      name: squash($('.fixedHeaderName').text()),
      bio: squash($('.aboutText').text()),
      location: squash($('.locationWrapper').text()),
      website: $('.website').attr('href'),
      facebook: $('.facebook').attr('href'),
      twitter: $('.twitter').attr('href'),
      counts: $('.UserInfoBar li')
        .toArray()
        .map((li) => squash($(li).text())),
    }).toEqual({
      name: 'TechCrunch',
      bio: 'Breaking technology news, opinions & analysis. Pins from the people who write it.',
      location: 'San Francisco, CA',
      website: 'http://techcrunch.com/',
      facebook: 'https://www.facebook.com/techcrunch',
      twitter: 'https://twitter.com/techcrunch',
      counts: ['13 Boards', '243 Pins', '37 Likes', '1.2M Followers', '42 Following'],
    });
  });

  test('has the thirteen boards of December 2014 with their addresses and pins', async () => {
    await using site = await startDemoSite();
    const boards = boardsOf(await get(`${site.url}/techcrunch/`));
    expect(boards.map((board) => [board.title, board.href, board.pins])).toEqual([
      ['TechCrunch 2014 Holiday Gift Guide', '/techcrunch/techcrunch-2014-holiday-gift-guide/', '81'],
      ['Phones', '/techcrunch/phones/', '22'],
      ['Phablets', '/techcrunch/phablets/', '3'],
      ['Tablets', '/techcrunch/tablets/', '8'],
      ['Super Sweet Smart Watches', '/techcrunch/super-sweet-smart-watches/', '24'],
      ['Laptops', '/techcrunch/laptops/', '19'],
      ['Cameras', '/techcrunch/cameras/', '12'],
      ['Drones', '/techcrunch/drones/', '9'],
      ['Headphones', '/techcrunch/headphones/', '9'],
      ['Wearables', '/techcrunch/wearables/', '34'],
      ['3D Printing', '/techcrunch/3d-printing/', '5'],
      ['Smart Kitchen', '/techcrunch/smart-kitchen/', '8'],
      ['Smart Home', '/techcrunch/smart-home/', '9'],
    ]);
    expect(new Set(boards.map((board) => board.fullName))).toEqual(new Set(['TechCrunch']));
  });

  test('shows four thumbs a board, two for Phablets, no image twice', async () => {
    await using site = await startDemoSite();
    const boards = boardsOf(await get(`${site.url}/techcrunch/`));
    expect(boards.map((board) => board.thumbs.length)).toEqual([4, 4, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
    const images = boards.flatMap((board) => [board.cover, ...board.thumbs]);
    expect(new Set(images.map((image) => image.src)).size).toBe(13 + 50);
    expect(new Set(images.map((image) => image.alt)).size).toBe(13 + 50);
    for (const board of boards) {
      const parts = board.cover.alt?.split(' / ') ?? [];
      expect(parts).toHaveLength(3);
      expect([parts[0], parts[2]]).toEqual([board.title, 'by TechCrunch']);
    }
  });
});

describe('the site', () => {
  test.each(USERS)('the page of $name says what its data says', async (user) => {
    await using site = await startDemoSite();
    const response = await fetch(site.url + user.path);
    const text = await response.text();
    expect(text.length).toBeGreaterThan(9_000);
    expect(text.length).toBeLessThan(40_000);
    const $ = load(text);
    expect(squash($('.fixedHeaderName').text())).toBe(user.name);
    expect(squash($('.aboutText').text())).toBe(user.bio);
    expect($('.website').attr('href')).toBe(user.website);
    expect(
      $('a.userLink')
        .toArray()
        .map((a) => $(a).attr('href')),
    ).toEqual(user.follows);
    expect(boardsOf($).map(({ pins, ...board }) => ({ ...board, pins: Number(pins.replaceAll(',', '')) }))).toEqual(
      user.boards.map(({ path, ...board }) => ({ ...board, href: path })),
    );
  });

  test('every public profile is reached from TechCrunch by its user links', async () => {
    await using site = await startDemoSite();
    const found = new Set<string>();
    const queue = ['/techcrunch/'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (found.has(path)) continue;
      found.add(path);
      const response = await fetch(site.url + path);
      const $ = load(await response.text());
      queue.push(
        ...$('a.userLink')
          .map((_, a) => $(a).attr('href'))
          .toArray(),
      );
    }
    expect([...found].sort()).toEqual(
      [...USERS.map((user) => user.path), '/private/', '/ghostpins/', '/nobody-here/'].sort(),
    );
    expect(site.profiles).toEqual(USERS.map((user) => site.url + user.path));
  });

  test.each([
    { path: '/', status: 200, type: 'text/html; charset=utf-8' },
    { path: '/robots.txt', status: 200, type: 'text/plain; charset=utf-8' },
    { path: '/techcrunch/phones/', status: 200, type: 'text/html; charset=utf-8' },
    { path: '/media/techcrunch/phones/thumb-4.svg', status: 200, type: 'image/svg+xml' },
    { path: '/media/techcrunch/phablets/thumb-3.svg', status: 404, type: 'text/html; charset=utf-8' },
    { path: '/techcrunch/?lang=en', status: 200, type: 'text/html; charset=utf-8' },
    { path: '/nobody-here/', status: 404, type: 'text/html; charset=utf-8' },
    { path: '//', status: 404, type: 'text/html; charset=utf-8' },
  ])('$path is answered with $status', async ({ path, status, type }) => {
    await using site = await startDemoSite();
    const response = await fetch(site.url + path);
    await response.arrayBuffer();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
  });

  test('a path without its last slash is redirected, a suspended user has no header, POST is refused', async () => {
    await using site = await startDemoSite();
    const moved = await fetch(`${site.url}/techcrunch`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/techcrunch/']);
    const $ = await get(`${site.url}/ghostpins/`);
    expect($('.UserProfileHeader, .Board').length).toBe(0);
    const posted = await fetch(site.url, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('two runs serve the same bytes', async () => {
    await using one = await startDemoSite();
    await using two = await startDemoSite();
    for (const path of ['/techcrunch/', '/media/techcrunch/avatar.svg']) {
      const [a, b] = await Promise.all([one, two].map(async (site) => (await fetch(site.url + path)).text()));
      expect(a).toBe(b);
    }
  });

  test('a port that is taken is one clear line', async () => {
    await using site = await startDemoSite();
    const port = Number(new URL(site.url).port);
    await expect(startDemoSite({ port })).rejects.toMatchObject({
      code: 'USAGE',
      message: `127.0.0.1:${port}: the demo site cannot listen here; choose another port, or 0 for any free one`,
    });
  });
});
