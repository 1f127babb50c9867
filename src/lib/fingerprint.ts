/**
 * Writes the 64-bit fingerprint of `text` as two words, high first, to `out[at]` and `out[at + 1]`.
 *
 * MurmurHash3's mixing in two lanes of 32 bits over UTF-16 code units, four to a round: plain 32-bit arithmetic, since
 * BigInt and crypto cost ten times as much for strings as short as URLs. Among n texts a collision is expected with
 * n²/2⁶⁵: one in 370,000 crawls of ten million URLs. Not for adversaries: whoever can choose texts can make two collide.
 * Stored on disk, so its values never change.
 */
export function fingerprint(text: string, seed: number, out: Uint32Array, at: number): void {
  const length = text.length;
  let high = seed | 0;
  let low = seed | 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    high ^= scrambleHigh(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
    high = (Math.imul(((high << 19) | (high >>> 13)) + low, 5) + 0x561ccd1b) | 0;
    low ^= scrambleLow(text.charCodeAt(i + 2) | (text.charCodeAt(i + 3) << 16));
    low = (Math.imul(((low << 17) | (low >>> 15)) + high, 5) + 0x0bcaa747) | 0;
  }
  const rest = length - i;
  if (rest > 2) low ^= scrambleLow(text.charCodeAt(i + 2));
  if (rest > 1) high ^= scrambleHigh(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
  else if (rest > 0) high ^= scrambleHigh(text.charCodeAt(i));

  // Lengths keep "a" apart from "a\0"; the sums carry each lane into the other before and after the last mixing.
  high ^= length;
  low ^= length;
  high = (high + low) | 0;
  low = (low + high) | 0;
  high = avalanche(high);
  low = avalanche(low);
  high = (high + low) | 0;
  low = (low + high) | 0;
  out[at] = high;
  out[at + 1] = low;
}

function scrambleHigh(units: number): number {
  const k = Math.imul(units, 0x239b961b);
  return Math.imul((k << 15) | (k >>> 17), 0xab0e9789);
}

function scrambleLow(units: number): number {
  const k = Math.imul(units, 0xab0e9789);
  return Math.imul((k << 16) | (k >>> 16), 0x38b34ae5);
}

function avalanche(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
