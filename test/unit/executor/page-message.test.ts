import { describe, expect, test } from 'vitest';
import type { CrawledPage } from '../../../src/crawl/page.ts';
import { factsOf, pageMessage } from '../../../src/executor/page-message.ts';
import { normalizeExtractors } from '../../../src/extract/normalize.ts';
import type { ExtractedRecord } from '../../../src/extract/types.ts';
import { reportCodec } from '../../../src/feed/messages.ts';
import type { Page, Request } from '../../../src/feed/messages.generated.ts';
import type { Work } from '../../../src/crawl/work.ts';

const TRANSFER = { status: 200, bytes: 1, elapsedMs: 1 };

/** The page as the scheduler reads it. */
function sent(page: CrawledPage, extractor: Readonly<Record<string, unknown>> = {}): Page {
  const fields = { id: { css: 'i', required: true }, n: 'b', at: { from: 'now' } };
  const extractors = normalizeExtractors({ x: { fields, ...extractor } }, ({ what }) => expect.fail(what));
  const message = pageMessage({ id: 7 } as Request, page, { extractors } as unknown as Work);
  const [read] = reportCodec.decode(reportCodec.encode({ pages: [message] })).pages;
  if (!read) throw new Error('no page');
  return read;
}

const fetched = (value: ExtractedRecord['value'], rest: Partial<Extract<CrawledPage, { outcome: 'fetched' }>> = {}) =>
  ({
    outcome: 'fetched',
    transfer: TRANSFER,
    extraction: {
      records: [{ extractor: 'x', value, key: 'k', filled: [true, true, true] }],
      invalid: [],
      skipped: [],
      links: [],
      nofollow: false,
    },
    links: [],
    excluded: [],
    fingerprints: [],
    ...rest,
  }) satisfies CrawledPage;

describe('what is compared of a record', () => {
  const content = (value: ExtractedRecord['value'], extractor: Readonly<Record<string, unknown>>): readonly number[] =>
    sent(fetched(value), extractor).records[0]?.content ?? [];
  const value = { id: '1', n: 'x', at: 'today' };

  test('is nothing where changes are not asked for', () => {
    expect(content(value, {})).toEqual([]);
  });

  test.each([
    [{ ...value }, true],
    [{ ...value, n: 'y' }, false],
    [{ ...value, n: null }, false],
    [{ ...value, id: 'x', n: '1' }, false],
    [{ ...value, at: 'tomorrow' }, true],
    [{ ...value, _fetched_at: 'now', _errors: ['n: required'] }, true],
  ])('%j counts as the same: %s', (other, same) => {
    const extractor = { change: { ignore: 'at' }, meta: true };
    expect(content(value, extractor)).toHaveLength(2);
    const [one, two] = [content(value, extractor), content(other, extractor)];
    expect(JSON.stringify(one) === JSON.stringify(two)).toBe(same);
  });
});

test('facts of a page come back with the next request as they were learnt', () => {
  const facts = { etag: 'W/"1"', lastModified: 'yesterday', content: [1, 0xffffffff] as const };
  const page = sent(fetched({}, { facts }));
  expect(page.facts && factsOf(page.facts)).toEqual(facts);
  const few = sent({ outcome: 'not-modified', transfer: TRANSFER, reason: 'same content', facts: { content: [0, 0] } });
  expect(few.reason).toBe('same content');
  expect(few.facts && factsOf(few.facts)).toEqual({ content: [0, 0] });
});

test('a link into a trap says so', () => {
  const link = { url: 'http://e/', lane: 0, depth: 1, priority: 0 };
  const page = sent(fetched({}, { links: [link, { ...link, parked: 'params 30' }] }));
  expect(page.links.map(({ parked }) => parked)).toEqual(['', 'params 30']);
});
