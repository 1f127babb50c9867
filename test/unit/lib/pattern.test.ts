import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, patternTrap } from '../../../src/lib/pattern.ts';

const on = (path: string): string => (path.includes('://') ? path : `https://example.org${path}`);

describe('globs', () => {
  test.each<[pattern: string, takes: string[], leaves: string[]]>([
    ['/guide/**', ['/guide/', '/guide/a', '/guide/a/b.html', '/guide/a?x=/y'], ['/guide', '/en/guide/a', '/?/guide/']],
    ['/guide/*', ['/guide/', '/guide/a', '/guide/a?b=/c'], ['/guide/a/b', '/guide']],
    ['**/print/**', ['/print/', '/a/print/b', '/a/print/?q'], ['/printer/', '/a?x=/print/', '/a/print']],
    ['print/**', ['/print/', '/a/print/b'], ['/blueprint/x', '/a?/print/']],
    ['**.pdf', ['/a.pdf', '/a/b.pdf?x=1'], ['/a.pdf/', '/a?f=b.pdf']],
    ['*.pdf', ['/a.pdf', '/a/b.pdf?x=1'], ['/a.pdf/', '/a.pdfx']],
    ['/*.pdf', ['/a.pdf'], ['/a/b.pdf']],
    ['/about', ['/about', '/about?x'], ['/about/', '/about/x', '/x/about']],
    ['about', ['/about', '/x/about'], ['/xabout']],
    ['/', ['/', '/?q=1'], ['/a']],
    ['**', ['/', '/a?b'], []],
    ['/**', ['/', '/a?b'], []],
    ['/p/{a,b}/*', ['/p/a/1', '/p/b/2'], ['/p/c/1', '/p/{a,b}/1']],
    ['/{a,b{c,d}}', ['/a', '/bc', '/bd'], ['/b', '/c']],
    ['/x{,.html}', ['/x', '/x.html'], ['/x.htm']],
    ['{/a,b}', ['/a', '/b', '/x/b'], ['/x/a']],
    ['/search?q=*', ['/search?q=1', '/search?q='], ['/search', '/search?p=1&q=2', '/search?q=a/b']],
    ['?sort=*', ['/?sort=a', '/x/y?sort=b'], ['/?a=1&sort=b']],
    ['**?**page=1**', ['/?page=1', '/a?x=2&page=10'], ['/page=1', '/?page=2']],
    ['https://example.org/a/**', ['/a/b'], ['http://example.org/a/b', '/b']],
    ['*://EXAMPLE.org/a', ['/a', 'http://example.org/a'], ['/b', '/a?x=1', 'http://example.org:81/a']],
    ['https://example.org', ['/'], ['/a', 'https://example.org.evil/']],
    [
      'https://*.example.org/**',
      ['https://a.example.org/x'],
      ['https://example.org/x', 'https://evil.org/a.example.org/'],
    ],
    ['https://**', ['/', '/a'], ['http://example.org/']],
    ['/über uns/**', ['/%C3%BCber%20uns/x'], ['/ueber']],
    ['/%7euser/*', ['/~user/x'], []],
    ['/a*b*c/**/d', ['/abc/d/d', '/axbxc/1/2/d'], ['/abc/d', '/a/bc/x/d']],
    ['/*/a*/**x', ['/1/a2/x', '/1/a/y/zx'], ['/1/2/a/x']],
  ])('%s', (pattern, takes, leaves) => {
    const test = compilePattern(pattern);
    expect(takes.filter((p) => !test(on(p)))).toEqual([]);
    expect(leaves.filter((p) => test(on(p)))).toEqual([]);
  });

  test('a glob means what its regular expression means', { timeout: 30_000 }, () => {
    const glob = fc
      .array(fc.constantFrom('**', '*', '/', 'a', 'b', 'ab', '.'), { maxLength: 9 })
      .map((p) => `/${p.join('').replace(/\*{3,}/g, '**')}`);
    const path = fc.array(fc.constantFrom('/', 'a', 'b', 'ab', '.'), { maxLength: 12 }).map((p) => `/${p.join('')}`);
    fc.assert(
      fc.property(
        glob.filter((g) => g.length < 3 || !g.endsWith('/')),
        path,
        (g, p) => {
          const source = g.replace(/\*\*|\*|\./g, (m) => (m === '**' ? '.*' : m === '*' ? '[^/]*' : '\\.'));
          expect(compilePattern(g)(on(`${p}?/a`))).toBe(new RegExp(`^${source}$`).test(p));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('many stars do not blow up', () => {
    const test = compilePattern(`/${'*a'.repeat(30)}*/${'**a'.repeat(30)}x`);
    expect(test(on(`/${'a'.repeat(1000)}/${'a'.repeat(1000)}`))).toBe(false);
  });
});

describe('regular expressions', () => {
  test.each<[string, string, boolean]>([
    ['/\\?(.*&)?version=/', '/x?a=1&version=2', true],
    ['/\\?(.*&)?version=/', '/x?aversion=2', false],
    ['/^https:/', '/', true],
    ['/(?i)PRINT/', '/print', true],
    ['/\\.pdf$/', '/a.pdf?x', false],
    ['/p/', '/top', true],
  ])('%s on %s: %s', (pattern, path, want) => {
    expect(compilePattern(pattern)(on(path))).toBe(want);
  });
});

test.each([
  ['/(a/', 'bad regular expression /(a/: missing closing ): `(a`'],
  ['/(?=a)/', 'bad regular expression /(?=a)/'],
  ['/a{b', 'unbalanced braces in pattern /a{b'],
  ['/a}b{', 'unbalanced braces in pattern /a}b{'],
  ['/a}b', 'unbalanced braces in pattern /a}b'],
  [`/${'{a,b}'.repeat(9)}`, 'has more than 256 alternatives'],
])('%s is refused with its reason', (pattern, what) => {
  expect(() => compilePattern(pattern)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(what) }),
  );
});

test.each([
  ['/p/', /regular expression and finds "p" anywhere/],
  ['/docs/v1.2/', /write \/docs\/v1\.2\/\*\*/],
  ['/(a|b)/i', /take no flags: write \/\(\?i\)…\//],
  ['/a#top', /without their fragment/],
  ['.*\\.pdf', /looks like a regular expression/],
  ['^/a', /looks like a regular expression/],
  ['/(a|b)/**', /looks like a regular expression/],
])('%s gets a warning', (pattern, want) => {
  expect(patternTrap(pattern)).toMatch(want);
});

test.each(['/guide/**', '/p/*', '**/print/**', '/\\/p\\//', '/a|b/', '/', '/x/{a,b}', '*.pdf', '/search?q=*', '/p/i'])(
  '%s gets no warning',
  (pattern) => {
    expect(patternTrap(pattern)).toBeUndefined();
  },
);
