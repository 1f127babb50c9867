import { expect, test } from 'vitest';
import { SentLinks } from '../../../src/crawl/sent-links.ts';

/** Fingerprints that fall into slots of their own, as far as there are any. */
const PAIRS = Array.from({ length: 100_000 }, (_, i): [high: number, low: number] => [
  Math.imul(i + 1, 2_654_435_761) >>> 0,
  i + 1,
]);

const countOf = (sent: SentLinks): number => PAIRS.filter((pair) => sent.has(...pair)).length;

test('what was confirmed is known, however many there are, until all is forgotten', () => {
  const sent = new SentLinks();
  for (const pair of PAIRS) sent.confirm(pair);
  expect(countOf(sent)).toBe(PAIRS.length);
  expect(PAIRS.some(([high, low]) => sent.has(low, high))).toBe(false);
  sent.forget();
  expect(countOf(sent)).toBe(0);
});

test('past its bound it forgets, and never takes one link for another', () => {
  const sent = new SentLinks(14);
  sent.confirm(PAIRS.flat());
  expect(countOf(sent)).toBe(1 << 14);
  expect(PAIRS.some(([high, low]) => sent.has(low, high))).toBe(false);
});
