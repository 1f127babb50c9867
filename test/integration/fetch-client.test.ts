import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf, testFetcher } from '../support/fetcher.ts';
import { rawServer } from '../support/raw-server.ts';
import { site } from '../support/site.ts';

const tls = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures/tls', name));
const certificate = { key: tls('key.pem'), cert: tls('cert.pem') };
const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, headers, url } = request;
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
  });
};

describe('an exchange', () => {
  test('gives status, headers, body, sizes and time', async () => {
    await using server = await site({
      '/': (_, response) => {
        response.writeHead(404, { 'Content-Type': 'text/html', 'X-A': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] });
        response.write('<h1>');
        setTimeout(() => response.end('gone</h1>'), 20);
      },
    });
    await using fetcher = testFetcher();
    const response = await fetcher.fetch({ url: `${server.url}/` });
    expect(response).toMatchObject({
      status: 404,
      headers: { 'content-type': 'text/html', 'x-a': '1, 2', 'set-cookie': 'a=1, b=2' },
      body: Buffer.from('<h1>gone</h1>'),
      wireBytes: 13,
    });
    expect(response.elapsedMs).toBeGreaterThan(10);
  });

  test('sends our headers, those of the job over them, those of the request over all', async () => {
    await using server = await site({ '/x?y': echo });
    await using fetcher = testFetcher({ headers: { Accept: 'text/html', 'X-Job': 'job', 'X-Both': 'job' } });
    const { body } = await fetcher.fetch({
      url: `${server.url}/x?y#z`,
      method: 'POST',
      headers: { 'x-both': 'request', 'Content-Type': 'text/plain' },
      body: 'hello',
    });
    expect(JSON.parse(body.toString())).toMatchObject({
      method: 'POST',
      url: '/x?y',
      body: 'hello',
      headers: {
        'user-agent': 'test-bot/1.0',
        accept: 'text/html',
        'accept-encoding': 'gzip, deflate, br',
        'x-job': 'job',
        'x-both': 'request',
        'content-type': 'text/plain',
      },
    });
  });

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('%s with %i has no body, whatever its headers say', async (method, status) => {
    await using server = await site({
      '/': (_, response) => response.writeHead(status, { 'content-encoding': 'gzip', 'content-length': '99' }).end(),
    });
    await using fetcher = testFetcher();
    expect(await fetcher.fetch({ url: `${server.url}/`, method })).toMatchObject({ status, body: Buffer.alloc(0) });
  });

  test('informational answers are passed over', async () => {
    await using server = await site({
      '/': (_, response) => {
        response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('whole'));
      },
    });
    await using fetcher = testFetcher();
    const { status, headers, body } = await fetcher.fetch({ url: `${server.url}/` });
    expect([status, headers['link'], body.toString()]).toEqual([200, undefined, 'whole']);
  });

  test('a body that ends with its connection is whole', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nold but whole'));
    await using fetcher = testFetcher();
    expect((await fetcher.fetch({ url: server.url })).body.toString()).toBe('old but whole');
  });
});

describe('connections', () => {
  test('are kept and used again', async () => {
    const server = createHttpServer((_, response) => response.end('x')).listen(0, '127.0.0.1');
    let connections = 0;
    server.on('connection', () => connections++);
    await once(server, 'listening');
    await using fetcher = testFetcher();
    const { port } = server.address() as AddressInfo;
    for (let i = 0; i < 10; i++) await fetcher.fetch({ url: `http://127.0.0.1:${port}/` });
    // Two, since the first may still be winding up when the next request comes.
    expect(connections).toBeLessThanOrEqual(2);
    server.closeAllConnections();
    server.close();
  });

  test('one that the server closed while it was idle is replaced unseen', async () => {
    await using server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx');
        setTimeout(() => socket.end(), 5);
      });
    });
    await using fetcher = testFetcher();
    for (let i = 0; i < 5; i++) {
      await fetcher.fetch({ url: server.url });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(server.connections()).toBe(5);
  });

  test('a thousand requests at once share them', async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error): unknown => warnings.push(warning.message);
    process.on('warning', onWarning);
    let open = 0;
    let most = 0;
    const server = createHttpServer((request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open--;
        response.end(request.url);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await using fetcher = testFetcher({ connectionsPerOrigin: 50 });
    const { signal } = new AbortController();
    const bodies = await Promise.all(
      Array.from({ length: 1000 }, async (_, i) => {
        const { body } = await fetcher.fetch({ url: `http://127.0.0.1:${port}/${i}` }, signal);
        return body.toString();
      }),
    );
    expect(bodies).toEqual(Array.from({ length: 1000 }, (_, i) => `/${i}`));
    expect(most).toBeLessThanOrEqual(50);
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
    server.closeAllConnections();
    server.close();
  });

  test('what is under way is rejected when the fetcher is disposed of', async () => {
    await using server = await rawServer(() => undefined);
    const fetcher = testFetcher();
    const fetching = failureOf(fetcher.fetch({ url: server.url }));
    await fetcher[Symbol.asyncDispose]();
    expect((await fetching).failure).toBe('connect');
  });
});

describe('aborting', () => {
  test('rejects with the reason, whatever it is, and tells the server', async () => {
    const closed: Promise<unknown>[] = [];
    await using server = await rawServer((socket) => {
      closed.push(once(socket, 'close'));
      socket.resume();
    });
    await using fetcher = testFetcher();
    const controller = new AbortController();
    const fetching = fetcher.fetch({ url: server.url }, controller.signal);
    setTimeout(() => controller.abort('enough'), 50);
    await expect(fetching).rejects.toBe('enough');
    await Promise.all(closed);
  });

  test('ends a body under way and what waits for a connection', async () => {
    await using server = await rawServer((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    });
    await using fetcher = testFetcher({ connectionsPerOrigin: 1 });
    const controller = new AbortController();
    const both = [1, 2].map(() => fetcher.fetch({ url: server.url }, controller.signal));
    setTimeout(() => controller.abort(), 100);
    const results = await Promise.allSettled(both);
    expect(results.map((r) => r.status === 'rejected' && r.reason === controller.signal.reason)).toEqual([true, true]);
  });

  test('a signal that has aborted before starts nothing', async () => {
    await using server = await rawServer(() => undefined);
    await using fetcher = testFetcher();
    await expect(fetcher.fetch({ url: server.url }, AbortSignal.abort('before'))).rejects.toBe('before');
    expect(server.connections()).toBe(0);
  });
});

describe('failures', () => {
  test.each<[name: string, bytes: string, failure: string]>([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'protocol'],
    ['a bad status line', 'HTTP/1.1 ABC Nonsense\r\n\r\n', 'protocol'],
    ['a body shorter than said', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort', 'protocol'],
    [
      'a body shorter than said, connection: close',
      'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nx',
      'protocol',
    ],
    ['chunks that end too soon', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', 'protocol'],
    ['chunks that are none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'protocol'],
    ['headers without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`, 'protocol'],
    ['half of the headers', 'HTTP/1.1 200 OK\r\nX: y', 'connect'],
    ['nothing', '', 'connect'],
  ])('%s', async (_, bytes, failure) => {
    await using server = await rawServer((socket) => socket.once('data', () => socket.end(bytes)));
    await using fetcher = testFetcher();
    expect(await failureOf(fetcher.fetch({ url: server.url }))).toMatchObject({ failure });
  });

  test('a reset before the answer is a failed connection, one within it a broken answer', async () => {
    await using server = await rawServer((socket) => {
      socket.once('data', (chunk) => {
        if (!chunk.toString().startsWith('GET /body')) socket.resetAndDestroy();
        else
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx', () =>
            setTimeout(() => socket.resetAndDestroy(), 20),
          );
      });
    });
    await using fetcher = testFetcher();
    expect(await failureOf(fetcher.fetch({ url: `${server.url}/` }))).toMatchObject({ failure: 'connect' });
    expect(await failureOf(fetcher.fetch({ url: `${server.url}/body` }))).toMatchObject({ failure: 'protocol' });
  });

  test('a closed port refuses', async () => {
    const { url } = await (async () => {
      await using server = await rawServer(() => undefined);
      return server;
    })();
    await using fetcher = testFetcher();
    expect(await failureOf(fetcher.fetch({ url }))).toMatchObject({
      failure: 'connect',
      message: expect.stringMatching('ECONNREFUSED'),
    });
  });

  test('a name that does not exist', async () => {
    await using fetcher = testFetcher();
    expect(await failureOf(fetcher.fetch({ url: 'http://no-such-host.invalid/' }))).toMatchObject({ failure: 'dns' });
  });

  test.each(['ftp://example.org/', 'nonsense', ''])('%j is no URL to fetch', async (url) => {
    await using fetcher = testFetcher();
    expect(await failureOf(fetcher.fetch({ url }))).toMatchObject({ failure: 'protocol' });
  });

  test('credentials of a URL are not shown', async () => {
    await using fetcher = testFetcher();
    const { message } = await failureOf(fetcher.fetch({ url: 'ftp://user:secret@example.org/' }));
    expect(message).toBe('not an http(s) URL: ftp://example.org/');
  });

  test('a header that cannot be sent', async () => {
    await using fetcher = testFetcher();
    const fetching = fetcher.fetch({ url: 'http://127.0.0.1:1/', headers: { 'x-bad': 'a\nb' } });
    expect(await failureOf(fetching)).toMatchObject({ failure: 'protocol', message: expect.stringMatching('x-bad') });
  });
});

describe('time limits', () => {
  test('no answer', async () => {
    await using server = await rawServer((socket) => socket.resume());
    await using fetcher = testFetcher({ timeoutMs: 150 });
    expect(await failureOf(fetcher.fetch({ url: server.url }))).toEqual({
      failure: 'timeout',
      message: 'no whole response within 150 ms (fetch.timeout)',
    });
  });

  test('a body that drips', async () => {
    await using server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const drip = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(drip));
      });
    });
    await using fetcher = testFetcher({ timeoutMs: 200 });
    expect(await failureOf(fetcher.fetch({ url: server.url }))).toEqual({
      failure: 'timeout',
      message: 'no whole body within 200 ms (fetch.timeout)',
    });
  });

  test('a handshake that does not go on', async () => {
    await using server = await rawServer((socket) => socket.resume());
    await using fetcher = testFetcher({ connectTimeoutMs: 100 });
    expect(await failureOf(fetcher.fetch({ url: `https://127.0.0.1:${server.port}/` }))).toMatchObject({
      failure: 'timeout',
      message: expect.stringMatching(/connect/i),
    });
  });
});

describe('TLS', () => {
  test('a certificate that nobody vouches for is refused, unless the job says otherwise', async () => {
    const server = createHttpsServer(certificate, (_, response) => response.end('private')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await using strict = testFetcher();
    await using lax = testFetcher({ rejectUnauthorized: false });
    expect(await failureOf(strict.fetch({ url }))).toMatchObject({
      failure: 'tls',
      message: expect.stringMatching('self-signed'),
    });
    expect((await lax.fetch({ url })).body.toString()).toBe('private');
    server.closeAllConnections();
    server.close();
  });

  test('a server without TLS', async () => {
    await using server = await site({});
    await using fetcher = testFetcher();
    const url = server.url.replace('http:', 'https:');
    expect(await failureOf(fetcher.fetch({ url }))).toMatchObject({ failure: 'tls' });
  });

  test('HTTP/2 when the job allows it, HTTP/1.1 otherwise', async () => {
    const server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
      response.setHeader('X-A', ['1', '2']);
      response.end(request.httpVersion);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await using two = testFetcher({ rejectUnauthorized: false, http2: true });
    await using one = testFetcher({ rejectUnauthorized: false });
    expect(await two.fetch({ url })).toMatchObject({
      status: 200,
      body: Buffer.from('2.0'),
      headers: { 'x-a': '1, 2' },
    });
    expect((await one.fetch({ url })).body.toString()).toBe('1.1');
    await Promise.all([one[Symbol.asyncDispose](), two[Symbol.asyncDispose]()]);
    server.close();
  });
});

describe('the guard', () => {
  test.each([
    ['http://127.0.0.1:PORT/', '127.0.0.1 is a private address'],
    ['http://127.1:PORT/', '127.0.0.1 is a private address'],
    ['http://0x7f000001:PORT/', '127.0.0.1 is a private address'],
    ['http://localhost:PORT/', 'localhost leads to the private address'],
    ['http://[::1]:PORT/', '::1 is a private address'],
    ['http://[::ffff:127.0.0.1]:PORT/', '::ffff:7f00:1 is a private address'],
    ['https://127.0.0.1:PORT/', '127.0.0.1 is a private address'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254 is a private address'],
  ])('refuses %s', async (url, message) => {
    await using server = await rawServer(() => undefined);
    await using fetcher = testFetcher({ allowPrivate: false });
    expect(await failureOf(fetcher.fetch({ url: url.replace('PORT', String(server.port)) }))).toEqual({
      failure: 'private-address',
      message: expect.stringContaining(message),
    });
    expect(server.connections()).toBe(0);
  });

  test('lets through what a seed names, by that name only', async () => {
    await using server = await site({ '/': 'hi' });
    await using fetcher = testFetcher({ allowPrivate: false, namedHosts: ['127.0.0.1'] });
    expect((await fetcher.fetch({ url: `${server.url}/` })).body.toString()).toBe('hi');
    const byName = fetcher.fetch({ url: `${server.url.replace('127.0.0.1', 'localhost')}/` });
    expect(await failureOf(byName)).toMatchObject({ failure: 'private-address' });
  });

  test('lets a named host lead anywhere', async () => {
    await using server = await site({ '/': 'hi' });
    await using fetcher = testFetcher({ allowPrivate: false, namedHosts: ['localhost'] });
    const { body } = await fetcher.fetch({ url: `${server.url.replace('127.0.0.1', 'localhost')}/` });
    expect(body.toString()).toBe('hi');
  });
});

test('credentials of the job go to the hosts that its seeds name, and to nobody else', async () => {
  const seen: (string | undefined)[] = [];
  const answer: RequestListener = (request, response) => {
    seen.push(request.headers.authorization);
    response.end(String(request.headers['x-kind']));
  };
  await using named = await site({ '/': answer });
  const port = new URL(named.url).port;
  const headers = { Authorization: 'Bearer t', 'X-Kind': 'plain' };
  await using fetcher = testFetcher({ headers, namedHosts: ['127.0.0.1'] });
  const there = await fetcher.fetch({ url: `${named.url}/` });
  const elsewhere = await fetcher.fetch({ url: `http://localhost:${port}/` });
  expect([there, elsewhere].map((r) => r.body.toString())).toEqual(['plain', 'plain']);
  expect(seen).toEqual(['Bearer t', undefined]);
});

test('a large body that is not wanted is not read: the response is there at once, and the sender is cut off', async () => {
  let sent = 0;
  let onCut: () => void = () => undefined;
  const cut = new Promise<void>((resolve) => (onCut = resolve));
  const endless: RequestListener = (_, response) => {
    response.setHeader('content-type', 'application/zip');
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
    };
    response.on('drain', more);
    response.on('close', () => onCut());
    more();
  };
  await using server = await site({ '/': endless });
  await using fetcher = testFetcher();
  const response = await fetcher.fetch({
    url: `${server.url}/`,
    wantsBody: (_, headers) => headers['content-type'] === 'text/html',
  });
  expect(response).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  await cut;
  expect(sent).toBeLessThan(50_000_000);
});

test('a small body that is not wanted is read all the same: that is cheaper than a new connection', async () => {
  await using server = await site({ '/': 'small' });
  await using fetcher = testFetcher();
  const response = await fetcher.fetch({ url: `${server.url}/`, wantsBody: () => false });
  expect(response.body.toString()).toBe('small');
});
