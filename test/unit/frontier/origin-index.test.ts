import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OriginIndex } from '../../../src/frontier/origin-index.ts';

// Few hashes, so that many stand behind one another and over the end of the table.
const hash = fc.constantFrom(0, 1, 61, 62, 63, 0xffffffff);
const step = fc.record({ hash, slot: fc.nat({ max: 30 }), isThere: fc.boolean() });

test('it finds what is in it, whatever came and went', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const index = new OriginIndex();
      const hashes = new Map<number, number>();
      for (const { hash, slot, isThere } of steps) {
        const known = hashes.get(slot);
        if (known !== undefined) index.delete(known, slot);
        hashes.delete(slot);
        if (isThere) {
          index.add(hash, slot);
          hashes.set(slot, hash);
        }
        for (const [other, itsHash] of hashes) expect(index.find(itsHash, (found) => found === other)).toBe(other);
        expect(index.find(hash, (found) => !hashes.has(found))).toBeUndefined();
        expect(index.size).toBe(hashes.size);
      }
    }),
  );
});

test('it grows', () => {
  const index = new OriginIndex();
  const hashOf = (slot: number): number => Math.imul(slot, 0x9e3779b1) >>> 0;
  for (let slot = 0; slot < 10_000; slot++) index.add(hashOf(slot), slot);
  for (let slot = 0; slot < 10_000; slot++) expect(index.find(hashOf(slot), (found) => found === slot)).toBe(slot);
  expect(() => {
    index.delete(1, 1);
  }).toThrow('bug');
});
