import { expect, test } from 'vitest';
import { contentFingerprint } from '../../../src/lib/content-fingerprint.ts';

test('it is the beginning of the SHA-256, and never another, since it is stored', () => {
  // FIPS 180-4, the example "abc": ba7816bf 8f01cfea 414140de …
  expect(contentFingerprint(Buffer.from('abc'))).toEqual([0xba7816bf, 0x8f01cfea]);
  expect(contentFingerprint(new Uint8Array())).toEqual([0xe3b0c442, 0x98fc1c14]);
});

test('a view into a larger buffer counts as its own bytes alone', () => {
  expect(contentFingerprint(Buffer.from('xabcx').subarray(1, 4))).toEqual(contentFingerprint(Buffer.from('abc')));
});
