import { beforeAll, describe, expect, test } from 'vitest';
import { loadDomainOf, type DomainOf } from '../../../src/crawl/registrable-domain.ts';
import { compileScope, type ScopeSettings } from '../../../src/crawl/scope.ts';

const OPEN: ScopeSettings = { within: 'any', allow: [], deny: [], maxDepth: null, maxUrlLength: 2083 };
const SEED = 'https://docs.example.co.uk/guide/start.html?x=/y/';

let domainOf: DomainOf;
beforeAll(async () => {
  domainOf = await loadDomainOf();
});

describe('within', () => {
  test.each<[within: ScopeSettings['within'], seed: string, url: string, isIn: boolean]>([
    ['host', SEED, 'https://docs.example.co.uk/', true],
    ['host', SEED, 'http://docs.example.co.uk/other', true],
    ['host', SEED, 'https://docs.example.co.uk:8443/', false],
    ['host', SEED, 'https://example.co.uk/', false],
    ['host', SEED, 'https://docs.example.co.uk.evil.org/', false],
    ['host', SEED, 'https://evil.org/?u=https://docs.example.co.uk/', false],
    ['host', 'http://127.0.0.1:8080/', 'http://127.0.0.1:8080/a', true],
    ['host', 'http://127.0.0.1:8080/', 'http://127.0.0.1:8081/a', false],
    ['host', 'http://127.0.0.1:80800/', 'http://127.0.0.1:8080/a', false],
    ['seed', SEED, 'https://docs.example.co.uk/guide/', true],
    ['seed', SEED, 'http://docs.example.co.uk/guide/a/b?c', true],
    ['seed', SEED, 'https://docs.example.co.uk/guide', false],
    ['seed', SEED, 'https://docs.example.co.uk/', false],
    ['seed', SEED, 'https://docs.example.co.uk/guides/', false],
    ['seed', 'https://e.org/', 'https://e.org/a', true],
    ['seed', 'https://e.org/a/', 'https://e.org/a/b', true],
    ['seed', 'https://e.org/a', 'https://e.org/b', true],
    ['domain', SEED, 'https://www.example.co.uk/', true],
    ['domain', SEED, 'http://example.co.uk:8080/', true],
    ['domain', SEED, 'https://other.co.uk/', false],
    ['domain', SEED, 'https://notexample.co.uk/', false],
    ['domain', 'https://a.github.io/', 'https://b.github.io/', false],
    ['domain', 'https://amazonaws.com/', 'https://bucket.s3.amazonaws.com/', false],
    ['domain', 'http://127.0.0.1/', 'http://127.0.0.1:81/', true],
    ['domain', 'http://127.0.0.1/', 'http://127.0.0.2/', false],
    ['domain', 'http://[::1]/', 'http://[::1]:81/', true],
    ['domain', 'http://localhost/', 'http://localhost/a', true],
    ['any', SEED, 'http://elsewhere.example/', true],
  ])('%s of %s: %s is in: %s', (within, seed, url, isIn) => {
    expect(compileScope({ ...OPEN, within }, domainOf)(url, seed, 0)).toBe(isIn ? undefined : `within ${within}`);
  });

  test('each URL is held against its own seed', () => {
    const scope = compileScope({ ...OPEN, within: 'host' });
    expect(scope('https://a.example/1', 'https://a.example/', 1)).toBeUndefined();
    expect(scope('https://a.example/1', 'https://b.example/', 1)).toBe('within host');
    expect(scope('https://b.example/1', 'https://b.example/', 1)).toBeUndefined();
  });

  test('the domain is compared without the list only by mistake', () => {
    expect(() => compileScope({ ...OPEN, within: 'domain' })).toThrow(/^bug: /);
  });
});

test.each<[name: string, settings: Partial<ScopeSettings>, url: string, depth: number, want: string | undefined]>([
  ['a denied URL', { deny: ['**/print/**'] }, 'https://e.org/a/print/b', 1, 'deny **/print/**'],
  ['the first deny rule that matches', { deny: ['/b/**', '/a/**', '**'] }, 'https://e.org/a/x', 1, 'deny /a/**'],
  ['deny over allow', { allow: ['/a/**'], deny: ['/\\?/'] }, 'https://e.org/a/?x', 1, 'deny /\\?/'],
  ['an allowed URL', { allow: ['/a/**', '/b/**'] }, 'https://e.org/b/x', 1, undefined],
  ['a URL that no rule allows', { allow: ['/a/**', '/b/**'] }, 'https://e.org/c/x', 1, 'not allowed'],
  ['the greatest depth', { maxDepth: 6 }, 'https://e.org/', 6, undefined],
  ['one step deeper', { maxDepth: 6 }, 'https://e.org/', 7, 'max_depth 6'],
  ['a seed alone', { maxDepth: 0 }, 'https://e.org/', 1, 'max_depth 0'],
  ['depth comes last', { maxDepth: 6, deny: ['/**'] }, 'https://e.org/', 7, 'deny /**'],
  ['the longest URL', { maxUrlLength: 16 }, 'https://e.org/12', 1, undefined],
  ['a longer one', { maxUrlLength: 16 }, 'https://e.org/123', 1, 'max_url_length 16'],
])('%s', (_, settings, url, depth, want) => {
  expect(compileScope({ ...OPEN, ...settings })(url, 'https://e.org/', depth)).toBe(want);
});

test('a bad pattern is refused when the scope is compiled', () => {
  expect(() => compileScope({ ...OPEN, deny: ['/(/'] })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});
