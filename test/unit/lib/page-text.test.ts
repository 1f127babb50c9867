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

test('bytes give the same texts as the string that they are', () => {
  fc.assert(
    fc.property(parts, fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 20 }), (words, cuts) => {
      const text = PageText.ofUtf8(Buffer.from(words.join('')));
      const plain = PageText.of(words.join(''));
      for (const [a, b] of cuts) {
        const [from, to] = a < b ? [a, b] : [b, a];
        const [before, inside] = [words.slice(0, from).join(''), words.slice(from, to).join('')];
        const at = Buffer.byteLength(before);
        expect(text.slice(at, at + Buffer.byteLength(inside))).toBe(inside);
        expect(plain.slice(before.length, before.length + inside.length)).toBe(inside);
      }
      expect(text.whole).toBe(plain.whole);
      expect(text.characters).toHaveLength(Buffer.byteLength(plain.whole));
    }),
  );
});

test('ASCII stands where it is, in bytes and in text', () => {
  const text = PageText.ofUtf8(Buffer.from('é<b>日</b>'));
  expect(text.characters.indexOf('<b>')).toBe(2);
  expect(text.slice(5, 8)).toBe('日');
  expect(text.slice(0, 12)).toBe('é<b>日</b>');
});

test('broken bytes are U+FFFD, in a part as in the whole', () => {
  const text = PageText.ofUtf8(Buffer.from([0x61, 0xe6, 0x97, 0x3c, 0xff]));
  expect(text.whole).toBe('a\ufffd<\ufffd');
  expect(text.slice(0, 3)).toBe('a\ufffd');
  expect(text.slice(4, 5)).toBe('\ufffd');
});
