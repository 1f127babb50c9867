/** The elements of a page, in document order, and which of them are open, as htmlparser2 would have them. */
import { hitAll } from './hits';
import {
  ELEMENT_ATTRIBUTES,
  ELEMENT_ATTRIBUTES_END,
  ELEMENT_BEFORE,
  ELEMENT_CONTENT,
  ELEMENT_END,
  ELEMENT_LAST,
  ELEMENT_LAST_CHILD,
  ELEMENT_MARKS,
  ELEMENT_MARKS_END,
  ELEMENT_NAME_END,
  ELEMENT_PARENT,
  ELEMENT_SIZE,
  ELEMENT_START,
  elements,
  elementsEnd,
  FOREIGN,
  foreign,
  foreignMax,
  MADE_UP,
  NATIVE,
  open,
  page,
  PARTS_WORDS,
  TAG_BIT,
  TAG_SIZE,
  TAG_SLOTS,
  tagCount,
  tags,
  UNSEEN,
  VOID,
} from './layout';
import { hide, markPlace, part, shown } from './marks';

/** How the content of an element is read. */
const MARKUP: i32 = 0;
const RAW_CONTENT: i32 = 1;
const FOREIGN_CONTENT: i32 = 2;

/** The content of an open element ends there. */
const STILL_OPEN: i32 = -1;

/** So many are open. */
export let depth: i32 = 0;
/** Elements so far. */
export let count: i32 = 0;
/** Number of the last element that is in no other; -1 for none. */
export let lastOfAll: i32 = -1;
/** Entries of `foreign`, and how many of them say that `/>` closes. */
let foreigns: i32 = 0;
let foreignDepth: i32 = 0;

export function beginElements(): void {
  depth = 0;
  count = 0;
  lastOfAll = -1;
  foreigns = 0;
  foreignDepth = 0;
}

/** What is known of a tag. */
export function tagEntry(tag: i32): i32 {
  return tags + (tag < tagCount ? tag : tagCount - 1) * TAG_SIZE;
}

export function isOpen(element: i32): bool {
  return load<i32>(elements + element * ELEMENT_SIZE, ELEMENT_END) === STILL_OPEN;
}

export function hasRoomForElements(more: i32): bool {
  return elements + (count + more) * ELEMENT_SIZE <= elementsEnd;
}

/** @param contentStart behind the `>` */
export function push(tag: i32, flags: i32, nameEnd: i32, contentStart: i32, raw: bool): void {
  if ((flags & UNSEEN) !== 0) hide();
  const content = raw ? RAW_CONTENT : foreignDepth > 0 ? FOREIGN_CONTENT : MARKUP;
  const number = add(tag, nameEnd - page, contentStart - page, content);
  store<i32>(elements + number * ELEMENT_SIZE, STILL_OPEN, ELEMENT_END);
  store<i32>(open + (depth << 2), number);
  depth++;
}

/** An element without content. */
export function empty(tag: i32, nameEnd: i32, contentStart: i32): void {
  add(tag, nameEnd - page, contentStart - page, MARKUP);
}

function add(tag: i32, nameEnd: i32, contentStart: i32, content: i32): i32 {
  const number = count++;
  const element = elements + number * ELEMENT_SIZE;
  const place = markPlace();
  let parent = -1;
  let before = lastOfAll;
  if (depth > 0) {
    parent = load<i32>(open + (depth << 2) - 4);
    const above = elements + parent * ELEMENT_SIZE;
    before = load<i32>(above, ELEMENT_LAST_CHILD);
    store<i32>(above, number, ELEMENT_LAST_CHILD);
  } else {
    lastOfAll = number;
  }
  store<i32>(element, tag);
  store<i32>(element, nameEnd, ELEMENT_NAME_END);
  store<i32>(element, contentStart, ELEMENT_START);
  store<i32>(element, contentStart, ELEMENT_END);
  store<i32>(element, place, ELEMENT_MARKS);
  store<i32>(element, place, ELEMENT_MARKS_END);
  store<i32>(element, number, ELEMENT_LAST);
  store<i32>(element, before, ELEMENT_BEFORE);
  store<i32>(element, parent, ELEMENT_PARENT);
  store<i32>(element, -1, ELEMENT_LAST_CHILD);
  store<i32>(element, 0, ELEMENT_ATTRIBUTES);
  store<i32>(element, 0, ELEMENT_ATTRIBUTES_END);
  store<i32>(element, content, ELEMENT_CONTENT);
  return number;
}

/** @param from of its attributes, counted from the first one of the page; -1 when they were not kept */
export function setAttributes(element: i32, from: i32, to: i32): void {
  store<i32>(elements + element * ELEMENT_SIZE, from, ELEMENT_ATTRIBUTES);
  store<i32>(elements + element * ELEMENT_SIZE, to, ELEMENT_ATTRIBUTES_END);
}

export function close(tag: i32, at: i32): void {
  const entry = tagEntry(tag);
  const flags = load<i32>(entry);
  if ((flags & (FOREIGN | NATIVE)) !== 0) leave();
  if ((flags & VOID) === 0) {
    for (let i = depth - 1; i >= 0; i--) {
      if (load<i32>(elements + load<i32>(open + (i << 2)) * ELEMENT_SIZE) === tag) {
        closeDownTo(i, at);
        return;
      }
    }
  }
  if ((flags & MADE_UP) !== 0) makeUp(tag, entry, flags, at);
}

/** `</p>` and `</br>` without their start tags stand for empty elements. */
function makeUp(tag: i32, entry: i32, flags: i32, at: i32): void {
  part();
  hitAll(load<i32>(entry, TAG_SLOTS), count);
  empty(tag, page - 1, at);
  if ((flags & VOID) === 0) part();
}

/** Closes those of the innermost elements that a start tag ends. @param ended their bits */
export function endBefore(ended: i32, at: i32): void {
  let left = depth;
  while (left > 0) {
    const tag = load<i32>(elements + load<i32>(open + (left << 2) - 4) * ELEMENT_SIZE);
    if ((load<i32>(tagEntry(tag), TAG_BIT) & ended) === 0) break;
    left--;
  }
  if (left < depth) closeDownTo(left, at);
}

export function closeDownTo(left: i32, at: i32): void {
  for (let i = depth - 1; i >= left; i--) {
    const element = elements + load<i32>(open + (i << 2)) * ELEMENT_SIZE;
    store<i32>(element, at - page, ELEMENT_END);
    store<i32>(element, count - 1, ELEMENT_LAST);
    store<i32>(element, markPlace(), ELEMENT_MARKS_END);
    const flags = load<i32>(tagEntry(load<i32>(element)));
    if ((flags & UNSEEN) !== 0) shown(load<i32>(element, ELEMENT_MARKS));
    else if ((flags & PARTS_WORDS) !== 0) part();
  }
  depth = left;
}

/** A start tag in or out of SVG and MathML. @returns `/>` closes here */
export function enter(flags: i32): bool {
  if ((flags & (FOREIGN | NATIVE)) !== 0) {
    const isForeign = (flags & FOREIGN) !== 0 ? 1 : 0;
    store<u8>(foreign + foreigns++, isForeign);
    foreignDepth += isForeign;
  }
  return foreigns > 0 && load<u8>(foreign + foreigns - 1) === 1;
}

function leave(): void {
  if (foreigns > 0) foreignDepth -= load<u8>(foreign + --foreigns);
}

export function hasRoomForForeign(): bool {
  return foreigns < foreignMax;
}
