import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageText } from '../../../src/lib/page-text.ts';

const parts = fc.array(
  fc.oneof(
    fc.constantFrom('a', '<b>', ' ', 'é', '日', '😀', '\ufeff'),
    fc.integer({ min: 1, max: 3000 }).map((n) => 'x'.repeat(n)),
  ),
  { maxLength: 12 },
);

test('bytes and the string that they are give the same texts at the same places', () => {
  fc.assert(
    fc.property(parts, fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 20 }), (words, cuts) => {
      const text = PageText.ofUtf8(Buffer.from(words.join('')));
      const plain = PageText.of(words.join(''));
      for (const [a, b] of cuts) {
        const [from, to] = a < b ? [a, b] : [b, a];
        const inside = words.slice(from, to).join('');
        const at = Buffer.byteLength(words.slice(0, from).join(''));
        expect(text.slice(at, at + Buffer.byteLength(inside))).toBe(inside);
        expect(plain.slice(at, at + Buffer.byteLength(inside))).toBe(inside);
      }
      expect(text.whole).toBe(words.join(''));
      expect(text.bytes).toEqual(plain.bytes);
    }),
  );
});

test('bytes that are known to be ASCII are that', () => {
  const text = PageText.ofAscii(Buffer.from('<b>x</b>'));
  expect(text.slice(3, 4)).toBe('x');
  expect(text.whole).toBe('<b>x</b>');
});

test('broken bytes are U+FFFD, in a part as in the whole', () => {
  const text = PageText.ofUtf8(Buffer.from([0x61, 0xe6, 0x97, 0x3c, 0xff]));
  expect(text.whole).toBe('a\ufffd<\ufffd');
  expect(text.slice(0, 3)).toBe('a\ufffd');
  expect(text.slice(4, 5)).toBe('\ufffd');
});
