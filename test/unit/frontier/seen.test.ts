import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FingerprintSet } from '../../../src/frontier/seen.ts';

const word = fc.oneof(
  fc.constantFrom(0, 1, 0xffff_ffff, 0x8000_0000),
  fc.nat({ max: 40 }),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);

test('it holds what a Set holds', () => {
  // A low word of 0 stands for "empty" inside, and is stored as another: not told apart from that one, on purpose.
  const pair = fc.tuple(
    word,
    word.filter((low) => low !== 0),
  );
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 400 }), (pairs) => {
      const model = new Set<string>();
      const set = new FingerprintSet();
      for (const [high, low] of pairs) {
        const key = `${high} ${low}`;
        expect(set.has(high, low)).toBe(model.has(key));
        expect(set.add(high, low)).toBe(!model.has(key));
        model.add(key);
      }
      expect(set.size).toBe(model.size);
      for (const [high, low] of pairs) expect(set.has(high, low)).toBe(true);
    }),
  );
});

test('many at once are what they are one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.tuple(word, word), { maxLength: 50 }), { maxLength: 9 }), (batches) => {
      const one = new FingerprintSet();
      const many = new FingerprintSet();
      const known = new Uint8Array(50);
      for (const batch of batches) {
        const prints = Uint32Array.from(batch.flat());
        many.hasEach(prints, batch.length, known);
        expect([...known.subarray(0, batch.length)]).toEqual(batch.map(([high, low]) => (one.has(high, low) ? 1 : 0)));
        const added = batch.filter(([high, low]) => one.add(high, low)).length;
        expect(many.addEach(prints, batch.length)).toBe(added);
      }
      expect(many.size).toBe(one.size);
    }),
  );
});

test('fingerprints with a low word of 0 are kept too', () => {
  const set = new FingerprintSet();
  expect([set.has(0, 0), set.add(0, 0), set.add(0, 0), set.has(0, 0)]).toEqual([false, true, false, true]);
  expect([set.add(6, 0), set.add(6, 0)]).toEqual([true, false]);
});

test('half a million entries stay, at no more than 16 bytes each', () => {
  const set = new FingerprintSet();
  const mixed = (n: number): [number, number] => [
    Math.imul(n, 0x9e3779b1) >>> 0,
    Math.imul(n ^ 0x5bd1e995, 0x85ebca6b) >>> 0,
  ];
  for (let n = 1; n <= 500_000; n++) set.add(...mixed(n));
  expect(set.size).toBe(500_000);
  expect(set.bytes() / set.size).toBeLessThanOrEqual(16.5);
  let missing = 0;
  for (let n = 1; n <= 500_000; n++) if (!set.has(...mixed(n))) missing++;
  expect(missing).toBe(0);
});
