import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { failureOf, testFetcher } from '../support/fetcher.ts';
import { site } from '../support/site.ts';

const SMALL = Buffer.from('<p>ä page</p>'.repeat(100));
// Random hexadecimal digits: compresses to half, so that its wire form is past what is decoded at once.
const LARGE = Buffer.from(randomBytes(400_000).toString('hex'));

/** A server that answers with these bytes and this content coding. */
function serving(bytes: Buffer, encoding?: string, chunked = false): ReturnType<typeof site> {
  return site({
    '/': (_, response) => {
      if (encoding !== undefined) response.setHeader('content-encoding', encoding);
      if (!chunked) response.setHeader('content-length', bytes.length);
      response.flushHeaders();
      response.end(bytes);
    },
  });
}

describe('content codings', () => {
  const codings: [string, (body: Buffer) => Buffer][] = [
    ['gzip', gzipSync],
    ['X-GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['deflate, gzip', (body) => gzipSync(deflateSync(body))],
    ['identity', (body) => body],
    ['gzip, identity', gzipSync],
  ];
  test.each(codings)('%s is undone', async (encoding, encode) => {
    await using fetcher = testFetcher();
    for (const body of [SMALL, LARGE]) {
      const wire = encode(body);
      await using server = await serving(wire, encoding);
      const response = await fetcher.fetch({ url: `${server.url}/` });
      expect(response.body.equals(body)).toBe(true);
      expect(response.wireBytes).toBe(wire.length);
    }
  });

  test('several gzip members are one body', async () => {
    await using server = await serving(Buffer.concat([gzipSync('one '), gzipSync('two')]), 'gzip');
    await using fetcher = testFetcher();
    expect((await fetcher.fetch({ url: `${server.url}/` })).body.toString()).toBe('one two');
  });

  test('an empty body is empty in any coding', async () => {
    await using server = await serving(Buffer.alloc(0), 'gzip');
    await using fetcher = testFetcher();
    expect((await fetcher.fetch({ url: `${server.url}/` })).body).toHaveLength(0);
  });

  test.each<[name: string, bytes: Buffer, encoding: string, message: RegExp]>([
    ['an unknown coding', SMALL, 'zstd', /unknown content coding "zstd"/],
    ['a coding that is not there', SMALL, 'gzip', /broken gzip data/],
    ['half of the data', gzipSync(SMALL).subarray(0, 20), 'gzip', /broken gzip data: unexpected end of file/],
    ['half of much data', gzipSync(LARGE).subarray(0, 300_000), 'gzip', /broken gzip data/],
    ['a wrong checksum', Buffer.concat([gzipSync(SMALL).subarray(0, -8), Buffer.alloc(8)]), 'gzip', /broken gzip data/],
    ['broken brotli', Buffer.from('no brotli at all'), 'br', /broken br data/],
    ['four codings', SMALL, 'gzip, gzip, gzip, gzip', /too many content codings/],
  ])('%s', async (_, bytes, encoding, message) => {
    await using server = await serving(bytes, encoding);
    await using fetcher = testFetcher();
    expect(await failureOf(fetcher.fetch({ url: `${server.url}/` }))).toEqual({
      failure: 'encoding',
      message: expect.stringMatching(message),
    });
  });
});

describe('the largest body', () => {
  const MAX = 100_000;
  const exact = randomBytes(MAX);
  const more = randomBytes(MAX + 1);

  test.each<[string, Buffer, string | undefined, boolean]>([
    ['with its length', exact, undefined, false],
    ['in chunks', exact, undefined, true],
    ['in gzip, which only makes it longer', gzipSync(exact), 'gzip', false],
    ['in brotli', brotliCompressSync(exact), 'br', true],
  ])('is let through %s', async (_, bytes, encoding, chunked) => {
    await using server = await serving(bytes, encoding, chunked);
    await using fetcher = testFetcher({ maxBody: MAX });
    expect((await fetcher.fetch({ url: `${server.url}/` })).body.equals(exact)).toBe(true);
  });

  test.each<[string, Buffer, string | undefined, boolean]>([
    ['with its length', more, undefined, false],
    ['in chunks', more, undefined, true],
    ['in gzip', gzipSync(more), 'gzip', false],
    ['as a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), 'gzip', false],
    ['as a brotli bomb', brotliCompressSync(Buffer.alloc(50_000_000)), 'br', true],
    ['as a bomb in a bomb', gzipSync(gzipSync(Buffer.alloc(50_000_000))), 'gzip, gzip', false],
    ['compressed, and still too large', gzipSync(LARGE), 'gzip', true],
  ])('one byte more is not, %s', async (_, bytes, encoding, chunked) => {
    await using server = await serving(bytes, encoding, chunked);
    await using fetcher = testFetcher({ maxBody: MAX });
    expect(await failureOf(fetcher.fetch({ url: `${server.url}/` }))).toEqual({
      failure: 'too-large',
      message: 'the body is larger than 100000 bytes (fetch.max_body)',
    });
  });

  test('a bomb too large to be decoded at once ends there too', async () => {
    const bomb = gzipSync(Buffer.concat([randomBytes(200_000), Buffer.alloc(50_000_000)]));
    await using server = await serving(bomb, 'gzip');
    await using fetcher = testFetcher({ maxBody: 1_000_000 });
    expect(await failureOf(fetcher.fetch({ url: `${server.url}/` }))).toMatchObject({ failure: 'too-large' });
  });

  test('an endless body ends there, and its connection', async () => {
    let closed: Promise<void> | undefined;
    await using server = await site({
      '/': (_, response) => {
        const more = setInterval(() => response.write(Buffer.alloc(20_000)), 5);
        closed = new Promise((resolve) => {
          response.on('close', () => {
            clearInterval(more);
            resolve();
          });
        });
      },
    });
    await using fetcher = testFetcher({ maxBody: MAX });
    expect(await failureOf(fetcher.fetch({ url: `${server.url}/` }))).toMatchObject({ failure: 'too-large' });
    await closed;
  });

  test('a refused body takes nothing from the next request', async () => {
    await using server = await site({
      '/large': (_, response) => response.end(more),
      '/broken': (_, response) => response.setHeader('content-encoding', 'gzip').end('x'),
      '/': 'small',
    });
    await using fetcher = testFetcher({ maxBody: MAX, connectionsPerOrigin: 1 });
    const all = await Promise.allSettled(
      ['/large', '/', '/broken', '/'].map((path) => fetcher.fetch({ url: server.url + path })),
    );
    expect(all.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
