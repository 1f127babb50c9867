/** Names looked up where they stand in a page. A table's slot is the number of a name and one, its address and its length; 0 for none. */
import { isNamed, lowered } from './bytes';
import { attributeNamed, tagNamed } from './host';
import { attributeMask, attributeNames, tagMask, tagNames } from './layout';

const SLOT_SIZE: i32 = 12;

/** The key of a name one byte longer; that of no byte is 0. Letter case does not count. */
export function keyStep(key: i32, code: i32): i32 {
  return key * 31 + lowered(code);
}

/** @param codes all bytes of the name, joined by `|` */
export function tagAt(from: i32, to: i32, key: i32, codes: i32): i32 {
  const number = codes < 0x80 ? numberIn(tagNames, tagMask, from, to, key) : -1;
  return number < 0 ? tagNamed(from, to) : number;
}

/** -1 when nobody asks about that name. */
export function attributeAt(from: i32, to: i32, key: i32, codes: i32): i32 {
  return codes < 0x80 ? numberIn(attributeNames, attributeMask, from, to, key) : attributeNamed(from, to);
}

function numberIn(table: i32, mask: i32, from: i32, to: i32, key: i32): i32 {
  const length = to - from;
  let i = (key ^ (key >>> 9)) & mask;
  let slot = table + i * SLOT_SIZE;
  let number = load<i32>(slot);
  while (number !== 0 && (load<i32>(slot, 8) !== length || !isNamed(from, load<i32>(slot, 4), length))) {
    i = (i + 1) & mask;
    slot = table + i * SLOT_SIZE;
    number = load<i32>(slot);
  }
  return number - 1;
}
