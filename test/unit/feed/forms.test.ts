import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCodec, type FeedCodec, reportCodec, tableCodec } from '../../../src/feed/messages.ts';
import type { Answer, Report } from '../../../src/feed/messages.generated.ts';

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 100, maxLength: 400 }) },
  { weight: 1, arbitrary: fc.constantFrom('ä'.repeat(64), 'x'.repeat(127), 'x'.repeat(128), '€'.repeat(43)) },
);
const whole = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const real = fc.double({ noNaN: true }).map((value) => value + 0); // -0 is the default 0
const bytes = fc.uint8Array({ maxLength: 200 });
const words = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 4 });
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 4 });
/** Any member may be missing. */
const sparse = <T extends object>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const facts = sparse({ etag: text, last_modified: text, content: words });
const robots = sparse({ status: fc.constantFrom(0, 1, 2, 3), text, expires_at: real });
const row = sparse({ extractor: whole, json: bytes, key: words, filled: bytes, content: words });
const link = sparse({
  url: text,
  lane: whole,
  depth: whole,
  priority: fc.integer(),
  to: text,
  redirects: whole,
  seed: text,
  parked: text,
  high: whole,
  low: whole,
});
const page = sparse({
  id: whole,
  outcome: fc.constantFrom(0, 1, 2, 3, 4, 5, 6),
  reason: text,
  retry_at: real,
  status: whole,
  bytes: whole,
  elapsed_ms: whole,
  records: few(row),
  links: few(link),
  invalid: few(sparse({ extractor: whole, errors: few(text) })),
  skipped: few(whole),
  excluded: few(sparse({ url: text, reason: text })),
  facts,
});
const news = sparse({ host: text, not_before: real, delay_ms: whole, robots, has_delay: fc.boolean() });
const report = sparse({ task_id: text, seq: whole, pages: few(page), hosts: few(news), want: whole });

const name = fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom('__proto__', 'constructor'));
const request = sparse({
  id: whole,
  url: text,
  depth: whole,
  seed: text,
  attempt: whole,
  redirects: whole,
  to: text,
  method: text,
  headers: fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }),
  body: text,
  facts,
});
const host = sparse({ host: text, concurrency: whole, delay_ms: whole, not_before: real, robots });
const answer = sparse({
  seq: whole,
  requests: few(request),
  hosts: few(host),
  done: fc.boolean(),
  pause_ms: whole,
  give_back: fc.boolean(),
});

/** What the table of fields makes of the same. */
const kinds: readonly {
  kind: string;
  value: fc.Arbitrary<object>;
  own: FeedCodec<object>;
  table: FeedCodec<object>;
}[] = [
  {
    kind: 'reports',
    value: report,
    own: reportCodec,
    table: tableCodec<Report>('Report'),
  },
  {
    kind: 'answers',
    value: answer,
    own: answerCodec,
    table: tableCodec<Answer>('Answer'),
  },
];

/** The message, with absent members that may be absent left out as the table does; or that it is none. */
function read(codec: FeedCodec<object>, encoded: Uint8Array): unknown {
  try {
    return codec.decode(encoded);
  } catch (error) {
    expect(error).toMatchObject({ code: 'FEED_MESSAGE' });
    return 'refused';
  }
}

describe.each(kinds)('$kind', ({ value, own, table }) => {
  test('are the bytes that the table of their fields gives', () => {
    fc.assert(
      fc.property(value, (message) => {
        expect(Buffer.compare(own.encode(message), table.encode(message))).toBe(0);
      }),
    );
  });

  test('read as the table of their fields reads them', () => {
    fc.assert(
      fc.property(value, (message) => {
        const encoded = table.encode(message);
        expect(own.decode(encoded)).toEqual(table.decode(encoded));
      }),
    );
  });

  test('read as the table reads them when they stand behind others in one buffer', () => {
    fc.assert(
      fc.property(value, bytes, (message, before) => {
        const encoded = table.encode(message);
        const whole = Buffer.concat([before, encoded, before]);
        const part = whole.subarray(before.length, before.length + encoded.length);
        expect(own.decode(part)).toEqual(table.decode(encoded));
      }),
      { numRuns: 30 },
    );
  });

  test('that came in two pieces are merged as the table merges them', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const both = Buffer.concat([table.encode(one), table.encode(other)]);
        expect(own.decode(both)).toEqual(table.decode(both));
      }),
      { numRuns: 50 },
    );
  });

  test('that are cut short are refused, or read as the table reads the rest', () => {
    fc.assert(
      fc.property(value, fc.double({ min: 0, max: 1, noNaN: true }), (message, where) => {
        const encoded = table.encode(message);
        const part = encoded.subarray(0, Math.floor(where * encoded.length));
        expect(read(own, part)).toEqual(read(table, part));
      }),
    );
  });

  test('pass over fields of a later version', () => {
    const later = [
      0xf0, 0x07, 0x96, 0x01, 0xf9, 0x07, 1, 2, 3, 4, 5, 6, 7, 8, 0x82, 0x08, 2, 9, 9, 0x8d, 0x08, 1, 2, 3, 4,
    ];
    fc.assert(
      fc.property(value, (message) => {
        const encoded = table.encode(message);
        expect(own.decode(Buffer.concat([Buffer.from(later), encoded]))).toEqual(table.decode(encoded));
      }),
      { numRuns: 30 },
    );
  });

  test('of any bytes are refused with FEED_MESSAGE, or read', () => {
    fc.assert(
      fc.property(value, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }), (message, changes) => {
        const garbled = Buffer.from(table.encode(message));
        for (const [at, byte] of changes) if (garbled.length > 0) garbled[at % garbled.length] = byte;
        read(own, garbled);
      }),
    );
  });
});

test.each([
  { name: 'a field of the wrong kind', bytes: [0x0d, 1, 2, 3, 4] },
  { name: 'a field without number', bytes: [0x00, 1] },
  { name: 'a number that does not end', bytes: [0x10, ...Array<number>(11).fill(0x80), 1] },
  { name: 'a block longer than the message', bytes: [0x1a, 0x7f, 8, 1] },
  { name: 'a text that runs out of its page', bytes: [0x1a, 0x02, 0x1a, 0x09, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  { name: 'a group', bytes: [0xf3, 0x07] },
])('a report with $name is refused', ({ bytes: wrong }) => {
  expect(() => reportCodec.decode(Buffer.from(wrong))).toThrow(expect.objectContaining({ code: 'FEED_MESSAGE' }));
});

test('repeated numbers may stand one by one', () => {
  const row = [0x42, 15, 0x1d, 1, 0, 0, 0, 0x1d, 2, 0, 0, 0, 0x2d, 3, 0, 0, 0];
  const page = [0x1a, row.length + 4, ...row, 0x58, 7, 0x58, 8];
  expect(reportCodec.decode(Buffer.from(page)).pages).toMatchObject([
    { skipped: [7, 8], records: [{ key: [1, 2], content: [3] }] },
  ]);
});
