import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BytePages } from '../../../src/frontier/byte-pages.ts';

test('records come back as they were, whatever is freed between', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 100 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constant('x'.repeat(3000)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 100 }), (steps) => {
      const pages = new BytePages();
      const kept: { readonly text: string; readonly bytes: number; readonly address: number }[] = [];
      for (const [text, free] of steps) {
        const bytes = Buffer.byteLength(text);
        kept.push({ text, bytes, address: pages.put(Buffer.from(text)) });
        const first = free ? kept.shift() : undefined;
        if (first !== undefined) pages.free(first.address, first.bytes);
        for (const { text, bytes, address } of kept) expect(pages.get(address, bytes).toString()).toBe(text);
      }
    }),
  );
});

test('freed room is used again, so that a long crawl does not grow', () => {
  const pages = new BytePages();
  for (let i = 0; i < 100_000; i++) {
    const text = `/section/${i}/page`;
    pages.free(pages.put(Buffer.from(text)), text.length);
  }
  expect(pages.bytes()).toBe(1024 * 1024);
});

test('a record longer than a page has one of its own', () => {
  const pages = new BytePages();
  const long = 'é'.repeat(1_000_000);
  const small = pages.put(Buffer.from('small'));
  const address = pages.put(Buffer.from(long));
  const other = pages.put(Buffer.from('other'));
  expect(pages.get(address, 2_000_000).toString() === long).toBe(true);
  expect([small, other].map((at) => pages.get(at, 5).toString())).toEqual(['small', 'other']);
});
