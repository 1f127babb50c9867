/** Bytes of a page. */

/** White space of HTML: tab, line feed, form feed, carriage return, space. */
export function isSpace(code: i32): bool {
  return code <= 0x20 && (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c);
}

/** Begins a name after `<` or `</`. */
export function isLetter(code: i32): bool {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

export function lowered(code: i32): i32 {
  return code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
}

/** The next such byte at or behind `from`; -1 when there is none before `to`. Looks at up to fifteen bytes behind `to`. */
export function find(from: i32, to: i32, byte: i32): i32 {
  const wanted = i8x16.splat(byte as i8);
  for (let at = from; at < to; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found !== 0) {
      const place = at + ctz(found);
      return place < to ? place : -1;
    }
  }
  return -1;
}

/** Whether the bytes at `at` are, in any letter case, these ones, which have no capitals. */
export function isNamed(at: i32, name: i32, length: i32): bool {
  for (let i = 0; i < length; i++) {
    if (lowered(load<u8>(at + i)) !== load<u8>(name + i)) return false;
  }
  return true;
}

export function isSame(at: i32, other: i32, length: i32): bool {
  for (let i = 0; i < length; i++) {
    if (load<u8>(at + i) !== load<u8>(other + i)) return false;
  }
  return true;
}
