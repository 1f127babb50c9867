import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEAL_BYTES, Sealer } from '../../../src/store/seal.ts';

const key = fc.array(fc.nat(255), { maxLength: 40 }).map((units) => String.fromCharCode(...units));
const value = fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ minLength: 4080, maxLength: 5000 }));

/** As it is stored: the binding copies what it is given. */
function stored(sealer: Sealer, name: string, bytes: Uint8Array): { readonly key: Buffer; readonly value: Buffer } {
  return { key: Buffer.from(sealer.key(name)), value: Buffer.from(sealer.seal(bytes)) };
}

test('what was sealed opens with its key, by any sealer', () => {
  const sealer = new Sealer();
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { maxLength: 8 }), (entries) => {
      const all = entries.map(([name, bytes]) => ({ name, bytes, ...stored(sealer, name, bytes) }));
      for (const one of all) {
        expect(one.key.toString('latin1')).toBe(one.name);
        expect(one.value).toHaveLength(one.bytes.length + SEAL_BYTES);
        for (const reader of [sealer, new Sealer()]) {
          expect(Buffer.from(one.bytes).equals(reader.open(one.name, one.value) ?? Buffer.from('refused'))).toBe(true);
        }
      }
    }),
  );
});

test('a value with a flipped bit does not open, nor one that is cut short or under another key', () => {
  const sealer = new Sealer();
  fc.assert(
    fc.property(key, key, fc.uint8Array({ maxLength: 70 }), fc.nat(), (name, other, bytes, where) => {
      const { value: sealed } = stored(sealer, name, bytes);
      const flipped = Buffer.from(sealed);
      const bit = where % (8 * flipped.length);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(sealer.open(name, flipped)).toBeUndefined();
      expect(sealer.open(name, sealed.subarray(0, where % sealed.length))).toBeUndefined();
      if (other !== name) expect(sealer.open(other, sealed)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('zeros at the end count', () => {
  const sealer = new Sealer();
  const checks = [0, 1, 2, 3, 4].map((zeros) => {
    const { value: sealed } = stored(sealer, 'k', new Uint8Array(zeros));
    return sealed.readUInt32LE(zeros);
  });
  expect(new Set(checks).size).toBe(checks.length);
});
