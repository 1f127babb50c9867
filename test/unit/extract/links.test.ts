import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../../src/extract/plan.ts';
import type { Extraction } from '../../../src/extract/types.ts';
import { optionsOf, page } from './support.ts';

async function linksOf(follow: unknown, html: string): Promise<string[]> {
  const plan = await compilePlan(optionsOf({}, follow));
  return plan.extract(page(html)).links.map(({ url }) => url);
}

describe('links', () => {
  test.each<[string, unknown, string, readonly string[]]>([
    ['are absolute and without fragment', true, '<a href="b#x">1</a><a href="/c?d=1#">2</a>', ['/a/b', '/c?d=1']],
    ['come once', true, '<a href=b>1</a><a href="b#x">2</a><a href="./b">3</a>', ['/a/b']],
    [
      'go to the web only',
      true,
      '<a href="mailto:a@b">1</a><a href="javascript:x()">2</a><a href="data:,x">3</a><a href="ftp://x/">4</a><a href="tel:1">5</a><a href="http://[">6</a>',
      [],
    ],
    ['resolve against the base', true, '<base href="/z/"><a href=b>1</a>', ['/z/b']],
    [
      'resolve against the first base with an address',
      true,
      '<base target=x><base href="/z/"><base href="/y/"><a href=b>1</a>',
      ['/z/b'],
    ],
    ['ignore a base that is no web address', true, '<base href="data:,x"><a href=b>1</a>', ['/a/b']],
    ['may be empty, which is the page itself', true, '<a href="">1</a>', ['/a/page.html']],
    [
      'are read of elements that have them',
      'area[href], link[rel=next]',
      '<area href=1><link rel=next href=2><a href=3>',
      ['/a/1', '/a/2'],
    ],
    [
      'are read inside elements that have none',
      'nav',
      '<nav><a href=1>x</a><map><area href=2></map></nav><a href=3>y</a>',
      ['/a/1', '/a/2'],
    ],
    ['are read as the rule says', 'div::attr(data-url)', '<div data-url=1></div><div></div>', ['/a/1']],
    [
      'are allowed and denied by patterns',
      { allow: ['/a/**', '/x'], deny: '*.pdf' },
      '<a href=1>1</a><a href=2.pdf>2</a><a href=/x>3</a><a href=/y>4</a>',
      ['/a/1', '/x'],
    ],
    ['are none without rules', false, '<a href=1>', []],
  ])('%s', async (_, follow, html, want) => {
    expect(await linksOf(follow, html)).toEqual(want.map((path) => `https://example.org${path}`));
  });

  test('bear the priority and the extractor of their rule; each rule has its own', async () => {
    const extractors = {
      here: { match: '/a/**', follow: [{ css: '.p', to: 'there', priority: 5 }], fields: { a: 'b' } },
      there: { match: '/b/**', follow: true, fields: { a: 'b' } },
    };
    const plan = await compilePlan(optionsOf(extractors, 'a'));
    const { links } = plan.extract(page('<a class=p href=1>x</a><a href=2>y</a>'));
    expect(links.map(({ url, to, priority }) => [url, to, priority])).toEqual([
      ['https://example.org/a/1', undefined, 0],
      ['https://example.org/a/2', undefined, 0],
      ['https://example.org/a/1', 'there', 5],
    ]);
  });
});

describe('links with rel=nofollow', () => {
  const html =
    '<a href=1>1</a><a href=2 rel="noopener NoFollow">2</a><a href=3 rel=nofollower>3</a>' +
    '<p><a href=4 rel=nofollow>4</a><a href=5>5</a></p><link rel="next nofollow" href=6>';
  const urls = async (follow: unknown, parser: 'fast' | 'html5', relNofollow: boolean): Promise<readonly string[]> => {
    const plan = await compilePlan({ ...optionsOf({}, follow, parser), relNofollow });
    return plan.extract(page(html)).links.map(({ url }) => url.slice('https://example.org/a/'.length));
  };
  describe.each(['fast', 'html5'] as const)('read by the parser %s', (parser) => {
    test.each<[follow: unknown, obeyed: readonly string[], ignored: readonly string[]]>([
      [true, ['1', '3', '5'], ['1', '2', '3', '4', '5']],
      ['p', ['5'], ['4', '5']],
      ['a', ['1', '3', '5'], ['1', '2', '3', '4', '5']],
      ['link::attr(href)', [], ['6']],
    ])('%s', async (follow, obeyed, ignored) => {
      expect(await urls(follow, parser, true)).toEqual(obeyed);
      expect(await urls(follow, parser, false)).toEqual(ignored);
    });
  });
});

describe('a robots meta', () => {
  const extract = async (html: string, follow?: true): Promise<Extraction> =>
    (await compilePlan(optionsOf({}, follow))).extract(page(html));
  test.each([
    ['<meta name=robots content="NOINDEX, NoFollow">', true],
    ['<META NAME="Robots" CONTENT="none">', true],
    ['<meta name=robots content="noindex">', false],
    ['<meta name=googlebot content="nofollow">', false],
    ['<meta name=description content="nofollow">', false],
    ['', false],
  ])('%s', async (html, want) => {
    expect((await extract(html, true)).nofollow).toBe(want);
    expect((await extract(html)).nofollow).toBe(false);
  });
});
