/** The addresses of elements that were hit, as URLs, each once. */
import {
  ELEMENT_ATTRIBUTES,
  ELEMENT_ATTRIBUTES_END,
  ELEMENT_SIZE,
  ATTRIBUTE_SIZE,
  attributes,
  elements,
  hits,
  page,
} from './layout';
import { fingerprint, high, low } from './fingerprints';
import { next as nextHit } from './hits';
import { join } from './urls';

/** URLs found so far: where each stands, its length, and the words of its fingerprint. Set by the program. */
export let found: i32 = 0;
export let foundCount: i32 = 0;
const FOUND_SIZE: i32 = 16;
/** A table of fingerprints, zeros at first; the number of its slots, a power of two, less one. */
export let seen: i32 = 0;
export let seenMask: i32 = 0;
/** Where the next URL is written. */
export let urls: i32 = 0;

/** The next hit to look at. */
let cursor: i32 = 0;

export function beginLinks(): void {
  cursor = hits;
  foundCount = 0;
}

/**
 * Goes on through the hits of two slots.
 *
 * @param name number of the attribute that has the address; an element without it has no link
 * @returns the number of an element whose address the program has to read, and to `add`, before it goes on; -1 at the end
 */
export function findLinks(slot: i32, other: i32, name: i32): i32 {
  while (cursor < nextHit) {
    const hit = load<i32>(cursor);
    const number = load<i32>(cursor, 4);
    cursor += 8;
    if (hit !== slot && hit !== other) continue;
    const element = elements + number * ELEMENT_SIZE;
    const from = load<i32>(element, ELEMENT_ATTRIBUTES);
    if (from < 0) return number;
    const attribute = attributeIn(from, load<i32>(element, ELEMENT_ATTRIBUTES_END), name);
    if (attribute === 0) continue;
    const length = join(page + load<i32>(attribute, 12), page + load<i32>(attribute, 16), urls);
    if (length < 0) return number;
    fingerprint(urls, length);
    if (add(high, low)) {
      const entry = found + foundCount++ * FOUND_SIZE;
      store<i32>(entry, urls);
      store<i32>(entry, length, 4);
      store<u32>(entry, high, 8);
      store<u32>(entry, low, 12);
      urls += length;
    }
  }
  return -1;
}

/** @returns whether it was not there before */
export function add(one: u32, other: u32): bool {
  let i = (other as i32) & seenMask;
  let slot = seen + (i << 3);
  while (load<u32>(slot) !== 0 || load<u32>(slot, 4) !== 0) {
    if (load<u32>(slot) === one && load<u32>(slot, 4) === other) return false;
    i = (i + 1) & seenMask;
    slot = seen + (i << 3);
  }
  store<u32>(slot, one);
  store<u32>(slot, other, 4);
  return true;
}

function attributeIn(from: i32, to: i32, name: i32): i32 {
  const end = attributes + to * ATTRIBUTE_SIZE;
  for (let at = attributes + from * ATTRIBUTE_SIZE; at < end; at += ATTRIBUTE_SIZE) {
    if (load<i32>(at, 8) === name) return at;
  }
  return 0;
}
