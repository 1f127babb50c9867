import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextPages } from '../../../src/frontier/text-pages.ts';

test('texts come back as they were, whatever is freed between', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 100 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constant('x'.repeat(3000)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 100 }), (steps) => {
      const pages = new TextPages();
      const kept: { readonly text: string; readonly bytes: number; readonly address: number }[] = [];
      for (const [text, free] of steps) {
        const bytes = Buffer.byteLength(text);
        kept.push({ text, bytes, address: pages.put(text, bytes) });
        const first = free ? kept.shift() : undefined;
        if (first !== undefined) pages.free(first.address, first.bytes);
        for (const { text, bytes, address } of kept) expect(pages.get(address, bytes)).toBe(text);
      }
    }),
  );
});

test('freed room is used again, so that a long crawl does not grow', () => {
  const pages = new TextPages();
  for (let i = 0; i < 100_000; i++) {
    const text = `/section/${i}/page`;
    pages.free(pages.put(text, text.length), text.length);
  }
  expect(pages.bytes()).toBe(1024 * 1024);
});

test('a text longer than a page has one of its own', () => {
  const pages = new TextPages();
  const long = 'é'.repeat(1_000_000);
  const small = pages.put('small', 5);
  const address = pages.put(long, 2_000_000);
  const other = pages.put('other', 5);
  expect(pages.get(address, 2_000_000) === long).toBe(true);
  expect([pages.get(small, 5), pages.get(other, 5)]).toEqual(['small', 'other']);
});
