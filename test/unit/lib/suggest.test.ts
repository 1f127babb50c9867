import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, distance, suggest } from '../../../src/lib/suggest.ts';

test.each([
  { a: '', b: '', want: 0 },
  { a: 'abc', b: '', want: 3 },
  { a: 'dealy', b: 'delay', want: 1 },
  { a: 'delyMs', b: 'delay', want: 3 },
  { a: 'kitten', b: 'sitting', want: 3 },
  { a: 'ca', b: 'abc', want: 3 },
])('distance of "$a" and "$b" is $want', ({ a, b, want }) => {
  expect(distance(a, b)).toBe(want);
});

test('distance is symmetric, zero only for equal words, and never more than the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      const d = distance(a, b);
      expect(distance(b, a)).toBe(d);
      expect(d === 0).toBe(a === b);
      expect(d).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

const keys = ['delay', 'per_host', 'robots', 'max_depth', 'max_pages', 'css'];

test.each([
  { word: 'dealy', want: 'delay' },
  { word: 'maxDepth', want: 'max_depth' },
  { word: 'max-page', want: 'max_pages' },
  { word: 'ROBOTS', want: 'robots' },
  { word: 'cs', want: 'css' },
  { word: 'x', want: undefined },
  { word: 'proxies', want: undefined },
])('"$word" suggests $want', ({ word, want }) => {
  expect(suggest(word, keys)).toBe(want);
});

test('a suggestion reads as a question', () => {
  expect(didYouMean('robot', keys)).toBe('did you mean "robots"?');
  expect(didYouMean('zzzzzz', keys)).toBeUndefined();
});
