import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRobots, productTokenOf, ROBOTS_MAX_BYTES } from '../../../src/fetch/robots.ts';

const allowed = (text: string, path: string, agent = 'FooBot'): boolean =>
  parseRobots(text, agent).allows(`http://foo.bar${path}`).allowed;
const all = (...rules: string[]): string => `User-agent: *\n${rules.join('\n')}\n`;

describe('the longest match decides (RFC 9309 §2.2.2 and §5)', () => {
  test.each<[rules: string[], path: string, want: boolean]>([
    [[], '/', true],
    [['Disallow:'], '/', true],
    [['Disallow: /'], '/', false],
    [['Disallow: /'], '/robots.txt', true],
    [['Disallow: /x'], '/x/page.html', false],
    [['Disallow: /x'], '/y', true],
    [['Allow: /x/page.html', 'Disallow: /x/'], '/x/page.html', true],
    [['Disallow: /x/', 'Allow: /x/page.html'], '/x/page.html', true],
    [['Disallow: /x/page.html', 'Allow: /x/'], '/x/page.html', false],
    [['Disallow: /x/', 'Allow: /x/'], '/x/page.html', true],
    [['Disallow: ', 'Allow: '], '/x', true],
    [['Disallow: /', 'Allow: /'], '/x', true],
    [['Disallow: /x', 'Allow: /x/'], '/x', false],
    [['Disallow: /x', 'Allow: /x/'], '/x/', true],
    [['Allow: /p', 'Disallow: /'], '/page', true],
    [['Allow: /folder', 'Disallow: /folder'], '/folder/page', true],
    [['Allow: /page', 'Disallow: /*.htm'], '/page.htm', false],
    [['Allow: /page', 'Disallow: /*.ph'], '/page.php5', true],
    [['Allow: /$', 'Disallow: /'], '/', true],
    [['Allow: /$', 'Disallow: /'], '/page.htm', false],
    [['Disallow: *', 'Allow: /example/page/', 'Disallow: /example/page/disallowed.gif'], '/example/page/', true],
    [['Allow: /example/page/', 'Disallow: /example/page/disallowed.gif'], '/example/page/disallowed.gif', false],
    [['Disallow: *.gif$', 'Allow: /example/'], '/publications/pic.gif', false],
    [['Disallow: /x'], '/', true],
    [['Disallow: x'], '/x', true],
  ])('%j: %s allowed is %s', (rules, path, want) => {
    expect(allowed(all(...rules), path)).toBe(want);
  });
});

describe('* and $ (RFC 9309 §2.2.3)', () => {
  test.each<[pattern: string, takes: string[], leaves: string[]]>([
    [
      '/fish',
      ['/fish', '/fish.html', '/fish/salmon', '/fishheads/x', '/fish.php?id=a'],
      ['/Fish', '/catfish', '/?id=fish'],
    ],
    ['/fish*', ['/fish', '/fish.html'], ['/Fish.asp', '/catfish']],
    ['/fish/', ['/fish/', '/fish/?id=a', '/fish/salmon'], ['/fish', '/fish.html', '/animals/fish/']],
    [
      '/*.php',
      ['/index.php', '/folder/filename.php', '/f.php?p', '/any.php.file.html', '/x.php/'],
      ['/', '/windows.PHP'],
    ],
    ['/*.php$', ['/filename.php', '/folder/filename.php'], ['/filename.php?p', '/filename.php/', '/filename.php5']],
    ['/fish*.php', ['/fish.php', '/fishheads/catfish.php?p'], ['/Fish.PHP']],
    ['/a*b*c$', ['/abc', '/axbxc', '/abcbc'], ['/ab', '/acb', '/abcx']],
    ['/foo/bar?qux=taz', ['/foo/bar?qux=taz&tata=1'], ['/foo/bar?taz']],
    ['/a$b', ['/a$b', '/a$bc'], ['/a', '/ab']],
    ['/a%2Ab', ['/a*b', '/a%2Ab', '/a%2ab'], ['/axb', '/ab']],
    ['/a%24', ['/a$', '/a$b'], ['/a']],
    ['/***x$', ['/x', '/a/x'], ['/xy']],
    ['/$', ['/'], ['/a', '/?a']],
  ])('%s', (pattern, takes, leaves) => {
    const text = all(`Disallow: ${pattern}`);
    expect(takes.filter((path) => allowed(text, path))).toEqual([]);
    expect(leaves.filter((path) => !allowed(text, path))).toEqual([]);
  });

  test('a pattern means what its regular expression means', { timeout: 30_000 }, () => {
    const chars = fc.array(fc.constantFrom('*', '/', 'a', 'b', 'ab', '?'), { maxLength: 8 });
    fc.assert(
      fc.property(chars, fc.boolean(), chars, (pattern, anchored, path) => {
        const p = `/${pattern.join('')}`;
        const subject = `/${path.join('').replaceAll('*', 'a')}`;
        const source = p.replace(/\*|\?/g, (c) => (c === '*' ? '.*' : '\\?'));
        expect(allowed(all(`Disallow: ${p}${anchored ? '$' : ''}`), subject)).toBe(
          !new RegExp(`^${source}${anchored ? '$' : ''}`).test(subject),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

describe('percent-encoding does not matter (RFC 9309 §2.2.2)', () => {
  test.each([
    ['/foo/bar/ツ', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%E3%83%84', '/foo/bar/ツ'],
    ['/foo/bar/%e3%83%84', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ['/foo/bar/baz', '/foo/bar/%62a%7a'],
    ['/~joe', '/%7Ejoe'],
    ['/a%2Fb', '/a%2fb'],
    ['/a b', '/a%20b'],
    ['/100%', '/100%'],
  ])('%s takes %s', (pattern, path) => {
    expect(allowed(all(`Disallow: ${pattern}`), path)).toBe(false);
  });

  test('an encoded slash is no slash', () => {
    expect(allowed(all('Disallow: /a%2Fb'), '/a/b')).toBe(true);
  });
});

describe('groups (RFC 9309 §2.2.1)', () => {
  const merged =
    'User-agent: a\nDisallow: /x\n\nUser-agent: b\nDisallow: /y\n\nUser-agent: A/2.0 (+http://a)\nDisallow: /z\n';
  const shared = 'User-agent: a\nUser-agent: b\nDisallow: /\n\nUser-agent: *\nAllow: /\n';

  test.each<[name: string, text: string, agent: string, path: string, want: boolean]>([
    ['a group of its name', merged, 'A', '/x', false],
    ['all groups of its name', merged, 'a', '/z', false],
    ['not those of others', merged, 'a', '/y', true],
    ['no group at all', merged, 'c', '/x', true],
    ['the first of two names', shared, 'a', '/', false],
    ['the second of two names', shared, 'B', '/', false],
    ['* for the others', shared, 'c', '/', true],
    ['its own group, not also *', 'User-agent: *\nDisallow: /x\nUser-agent: a\nDisallow: /y', 'a', '/x', true],
    ['its own group, although empty', 'User-agent: *\nDisallow: /\nUser-agent: a\n', 'a', '/x', true],
    [
      'several groups for *',
      'User-agent: *\nDisallow: /x\nUser-agent: b\nUser-agent: *\nDisallow: /y',
      'a',
      '/x',
      false,
    ],
    ['not a name that only begins alike', 'User-agent: foo\nDisallow: /', 'foobot', '/', true],
    ['a name before a space', 'User-agent: Foo Bar\nDisallow: /', 'foo', '/', false],
    ['rules before any group are for nobody', 'Disallow: /\nUser-agent: b\nAllow: /', 'a', '/', true],
    [
      'other lines end no list of names',
      'User-agent: a\nSitemap: http://x/\nFoo: bar\nUser-agent: b\nDisallow: /',
      'a',
      '/',
      false,
    ],
    ['Crawl-delay ends it', 'User-agent: *\nCrawl-delay: 5\nUser-agent: bad\nDisallow: /', 'a', '/', true],
  ])('%s', (_, text, agent, path, want) => {
    expect(allowed(text, path, agent)).toBe(want);
  });
});

describe('lines', () => {
  const rules = ['User-Agent: *', 'Disallow: /x', 'ALLOW:/x/y'];
  test.each([['\n'], ['\r'], ['\r\n'], ['\n\n\r\n']])('end with %j', (end) => {
    const text = rules.join(end);
    expect([allowed(text, '/x'), allowed(text, '/x/y')]).toEqual([false, true]);
  });

  test.each([
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /x'],
    ['comments', '# a\nUser-agent: * # all\n# b\nDisallow: /x#y'],
    ['white space', '  User-agent\t:\t*  \n\tDisallow :  /x  '],
    ['common misspellings', 'useragent: *\nDissallow: /x'],
    ['no line end at the end', 'User-agent:*\nDisallow:/x'],
    ['rubbish', '<html>\n::\n:\u0000\nUser-agent: *\nno colon\nconstructor: x\nDisallow: /x'],
  ])('with %s', (_, text) => {
    expect([allowed(text, '/x'), allowed(text, '/')]).toEqual([false, true]);
  });

  test('a page of HTML is no rule', () => {
    expect(allowed('<!doctype html><title>404: not found</title>', '/')).toBe(true);
  });

  test('past 500 KiB nothing is read, and no line that is cut', () => {
    const start = 'User-agent: *\nDisallow: /x\n';
    const filler = `${'#'.repeat(ROBOTS_MAX_BYTES - start.length - 12)}\n`;
    const text = `${start}${filler}Disallow: /private/\nDisallow: /y\n`;
    expect([allowed(text, '/x'), allowed(text, '/'), allowed(text, '/private/'), allowed(text, '/y')]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  const anyText = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => String.fromCharCode(...units));
  test('any text can be read', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, path) => {
        expect(typeof allowed(`${text}\nUser-agent: *\nDisallow: /${path}`, `/${path}`)).toBe('boolean');
      }),
    );
  });
});

test('the line that decided is told', () => {
  const robots = parseRobots(all('Disallow: /*/print$', 'Allow: /a'), 'FooBot');
  expect(robots.allows('http://foo.bar/b/print')).toEqual({ allowed: false, rule: 'Disallow: /*/print$' });
  expect(robots.allows('http://foo.bar/a')).toEqual({ allowed: true, rule: 'Allow: /a' });
  expect(robots.allows('http://foo.bar/b')).toEqual({ allowed: true });
  expect(robots.allows('http://foo.bar')).toEqual({ allowed: true });
});

test.each<[text: string, want: number | undefined]>([
  ['User-agent: *\nCrawl-delay: 10', 10_000],
  ['User-agent: *\nCrawl-delay: 0.5', 500],
  ['User-agent: *\nCrawl-delay: .5', 500],
  ['User-agent: *\nCrawl-delay: 0', undefined],
  ['User-agent: *\nCrawl-delay: -1', undefined],
  ['User-agent: *\nCrawl-delay: soon', undefined],
  ['User-agent: *\nCrawl-delay: 2\nDisallow: /\nCrawl-delay: 3', 3000],
  ['User-agent: *\nCrawl-delay: 2\nUser-agent: FooBot\nCrawl-delay: 1', 1000],
  ['User-agent: *\nCrawl-delay: 2\nUser-agent: FooBot\nDisallow: /x', undefined],
])('the crawl delay of %j', (text, want) => {
  expect(parseRobots(text, 'FooBot').crawlDelayMs).toBe(want);
});

test('sitemaps are those of the whole file', () => {
  const text = 'Sitemap: http://x/a.xml\nUser-agent: b\nDisallow: /\nsite-map: http://x/b.xml#c\nSitemap:';
  expect(parseRobots(text, 'FooBot').sitemaps).toEqual(['http://x/a.xml', 'http://x/b.xml']);
});

test.each([
  ['docs-bot/1.0 (+https://example.org/bot)', 'docs-bot'],
  ['pinspider', 'pinspider'],
  ['', ''],
])('the product token of %j', (userAgent, want) => {
  expect(productTokenOf(userAgent)).toBe(want);
});
