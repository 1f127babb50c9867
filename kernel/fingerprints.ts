/** Fingerprints of texts in ASCII: `src/lib/fingerprint.ts` says what they are, and is the same for strings. */

export let high: u32 = 0;
export let low: u32 = 0;

export function fingerprint(at: i32, length: i32): void {
  let a: u32 = 0;
  let b: u32 = 0;
  let i: i32 = 0;
  for (; i + 4 <= length; i += 4) {
    a ^= scrambleHigh(pairAt(at + i));
    a = (rotl<u32>(a, 19) + b) * 5 + 0x561ccd1b;
    b ^= scrambleLow(pairAt(at + i + 2));
    b = (rotl<u32>(b, 17) + a) * 5 + 0x0bcaa747;
  }
  const rest = length - i;
  if (rest > 2) b ^= scrambleLow(load<u8>(at + i + 2));
  if (rest > 1) a ^= scrambleHigh(pairAt(at + i));
  else if (rest > 0) a ^= scrambleHigh(load<u8>(at + i));
  a ^= length;
  b ^= length;
  a += b;
  b += a;
  a = avalanche(a);
  b = avalanche(b);
  a += b;
  b += a;
  high = a;
  low = b;
}

/** Two characters, as 16 bits each. */
function pairAt(at: i32): u32 {
  return (load<u8>(at) as u32) | ((load<u8>(at + 1) as u32) << 16);
}

function scrambleHigh(units: u32): u32 {
  return rotl<u32>(units * 0x239b961b, 15) * 0xab0e9789;
}

function scrambleLow(units: u32): u32 {
  return rotl<u32>(units * 0xab0e9789, 16) * 0x38b34ae5;
}

function avalanche(word: u32): u32 {
  let h = word;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
