import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestsOf } from '../../../src/executor/requests.ts';
import { answerCodec } from '../../../src/feed/messages.ts';
import { answerOf } from '../../../src/framework/feed-frontier.ts';
import type { LeasedUrl } from '../../../src/frontier/types.ts';

const leased = (seeds: readonly string[]): LeasedUrl[] =>
  seeds.map((seed, id) => ({
    id,
    url: `http://h/${id}`,
    seed,
    lane: 0,
    depth: 1,
    priority: 0,
    redirects: 0,
    attempt: 0,
  }));

const sent = (seeds: readonly string[]) =>
  answerCodec.encode(answerOf({ urls: leased(seeds), hosts: [], done: false, pauseMs: 0 }, 1, new Map()));

test('every request has the seed of its URL, however the URLs of several seeds follow on each other', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('http://a/', 'http://b/', 'http://c/')), (seeds) => {
      const read = requestsOf(answerCodec.decode(sent(seeds)));
      expect(read.map(({ id, url, seed }) => ({ id, url, seed }))).toEqual(
        leased(seeds).map(({ id, url, seed }) => ({ id, url, seed })),
      );
    }),
  );
});

test('a seed that many have travels once', () => {
  const seed = `http://a/${'x'.repeat(500)}`;
  expect(sent(Array<string>(50).fill(seed)).length).toBeLessThan(50 * 40 + 600);
});
