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
import { tellFound } from './findings';
import { fingerprint, high, low } from './fingerprints';
import { next as nextHit } from './hits';
import { join } from './urls';

/** URLs found so far: where each stands, its length, and the words of its fingerprint. */
let found: i32 = 0;
let foundCount: i32 = 0;
const FOUND_SIZE: i32 = 16;
/** A table of fingerprints; the number of its slots, a power of two, less one. */
let seen: i32 = 0;
let seenMask: i32 = 0;
/** Where the next URL is written. */
let urls: i32 = 0;

/** The next hit to look at. */
let cursor: i32 = 0;

/**
 * @param at where URLs found are to be noted
 * @param table for fingerprints, all zeros, of one slot more than `mask`
 * @param text where URLs are to be written
 */
export function beginLinks(at: i32, table: i32, mask: i32, text: i32): void {
  cursor = hits;
  found = at;
  foundCount = 0;
  seen = table;
  seenMask = mask;
  urls = text;
}

/**
 * Goes on through the hits of two slots.
 *
 * @param name number of the attribute that has the address; an element without it has no link
 * @returns the number of an element whose address the program has to read, and to `add`, before it goes on; -1 at the end
 */
export function findLinks(slot: i32, other: i32, name: i32): i32 {
  const asked = goOn(slot, other, name);
  tellFound(foundCount);
  return asked;
}

function goOn(slot: i32, other: i32, name: i32): i32 {
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
