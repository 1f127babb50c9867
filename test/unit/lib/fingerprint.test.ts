import { expect, test } from 'vitest';
import { fingerprint } from '../../../src/lib/fingerprint.ts';

function of(text: string, seed = 0): readonly [high: number, low: number] {
  const out = new Uint32Array(2);
  fingerprint(text, seed, out, 0);
  return [out[0] ?? 0, out[1] ?? 0];
}

const hex = (text: string, seed = 0): string =>
  of(text, seed)
    .map((w) => w.toString(16).padStart(8, '0'))
    .join('');

test('values are those of the first release: they are stored on disk', () => {
  expect(
    ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'https://example.org/', 'https://example.org/ü?q=1'].map((t) => hex(t)),
  ).toMatchInlineSnapshot(`
    [
      "0000000000000000",
      "fbdfb87c25488a37",
      "b74b7df5b73746e3",
      "5dabb84cc156f132",
      "e6023a1bed0f923a",
      "03e4dcc0c8006a13",
      "ecc9c6d02702a360",
      "cb5b5490c410bb74",
    ]
  `);
  expect(hex('https://example.org/', 1)).toMatchInlineSnapshot(`"e1cf1391359e6012"`);
});

test('it writes two words at the index and nothing else', () => {
  const out = new Uint32Array(4).fill(7);
  fingerprint('abc', 0, out, 1);
  expect([...out]).toEqual([7, ...of('abc'), 7]);
});

test('lengths, trailing zeros and halves of surrogates tell texts apart', () => {
  const texts = ['', '\0', '\0\0', 'a', 'a\0', 'a\0\0', '\ud800', '\udc00', '😀', 'ab', 'ba', 'aabb', 'bbaa'];
  expect(new Set(texts.map((t) => hex(t))).size).toBe(texts.length);
});

test('one changed bit of the text changes every bit of the fingerprint half of the time', () => {
  const flips = new Uint32Array(64);
  let trials = 0;
  for (let n = 0; n < 400; n++) {
    const text = `https://example.org/docs/page-${n * 7919}.html?p=${n}`;
    const [high, low] = of(text);
    for (let at = n % 5; at < text.length; at += 5) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
        const [h, l] = of(text.slice(0, at) + changed + text.slice(at + 1));
        trials++;
        for (let i = 0; i < 32; i++) {
          flips[i] = (flips[i] ?? 0) + (((high ^ h) >>> i) & 1);
          flips[32 + i] = (flips[32 + i] ?? 0) + (((low ^ l) >>> i) & 1);
        }
      }
    }
  }
  const ratios = [...flips].map((f) => f / trials);
  expect(Math.min(...ratios)).toBeGreaterThan(0.48);
  expect(Math.max(...ratios)).toBeLessThan(0.52);
});

test('two million URLs of one shape: no two alike, and each word spreads as if by chance', { timeout: 30_000 }, () => {
  const count = 2_000_000;
  const out = new Uint32Array(2 * count);
  for (let i = 0; i < count; i++) {
    fingerprint(`https://shop.example/c/${i % 1000}/p/${i}?page=${i & 7}`, 0, out, 2 * i);
  }
  const alike = (word: number): number => {
    const words = Uint32Array.from({ length: count }, (_, i) => out[2 * i + word] ?? 0).sort();
    let same = 0;
    for (let i = 1; i < count; i++) if (words[i] === words[i - 1]) same++;
    return same;
  };
  // By chance n²/2³³ = 466 pairs of one word are alike, give or take 22.
  for (const word of [0, 1]) {
    expect(alike(word)).toBeGreaterThan(350);
    expect(alike(word)).toBeLessThan(580);
  }
  const whole = new BigUint64Array(out.buffer).sort();
  let same = 0;
  for (let i = 1; i < count; i++) if (whole[i] === whole[i - 1]) same++;
  expect(same).toBe(0);
});
