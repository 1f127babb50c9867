/** Elements that a slot of the plan takes: pairs of slot and element, in document order. */
import { isSame, isSpace } from './bytes';
import { hits } from './layout';

const SIZE: i32 = 8;

/** Kinds of tests of an attribute. */
const IS_THERE: i32 = 0;
const HAS_WORD: i32 = 1;

/** A test: its kind, the slot, a word and its length. */
const TEST_SIZE: i32 = 16;

/** Behind the last one. */
export let next: i32 = 0;
/** First one of the element that is being read. */
let own: i32 = 0;

export function beginHits(): void {
  next = hits;
}

export function beginElement(): void {
  own = next;
}

/** Whether the element that is being read was hit. */
export function isHit(): bool {
  return next > own;
}

/** There is no such element after all. */
export function dropElement(): void {
  next = own;
}

/** @param slots how many, and which */
export function hitAll(slots: i32, element: i32): void {
  if (slots === 0) return;
  const count = load<i32>(slots);
  for (let i = 1; i <= count; i++) hit(load<i32>(slots + (i << 2)), element);
}

/** @param tests how many, and which */
export function hitByValue(tests: i32, from: i32, to: i32, element: i32): void {
  const count = load<i32>(tests);
  // a reference may stand for anything, and other alphabets have white space too: the program looks at the value itself then
  let plain = -1;
  for (let i = 0; i < count; i++) {
    const test = tests + 4 + i * TEST_SIZE;
    const kind = load<i32>(test);
    const slot = load<i32>(test, 4);
    if (kind === IS_THERE) {
      hit(slot, element);
      continue;
    }
    if (plain < 0) plain = isPlain(from, to) ? 1 : 0;
    if (plain === 0) {
      hit(~slot, element);
      continue;
    }
    const word = load<i32>(test, 8);
    const length = load<i32>(test, 12);
    if (kind === HAS_WORD ? hasWord(from, to, word, length) : to - from === length && isSame(from, word, length))
      hit(slot, element);
  }
}

function isPlain(from: i32, to: i32): bool {
  for (let at = from; at < to; at++) {
    const code: i32 = load<u8>(at);
    if (code === 0x26 || code > 0x7f) return false;
  }
  return true;
}

function hasWord(from: i32, to: i32, word: i32, length: i32): bool {
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to) {
      const code: i32 = load<u8>(at);
      // to a selector, a vertical tab parts words too
      if (!isSpace(code) && code !== 0x0b) continue;
    }
    if (at - start === length && isSame(start, word, length)) return true;
    start = at + 1;
  }
  return false;
}

function hit(slot: i32, element: i32): void {
  store<i32>(next, slot);
  store<i32>(next, element, 4);
  next += SIZE;
}
