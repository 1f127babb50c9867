/**
 * A page read forward: goes from `<` to `<`, keeps the names of open elements as htmlparser2 would, and notes where elements,
 * their attributes and the texts of the page stand. The result is what the tree would be, without making any of it.
 */
import { find, isLetter, isSpace } from './bytes';
import {
  beginElements,
  close,
  closeDownTo,
  count,
  depth,
  empty,
  endBefore,
  enter,
  hasRoomForElements,
  hasRoomForForeign,
  isOpen,
  push,
  setAttributes,
  tagEntry,
} from './elements';
import { beginElement, beginHits, dropElement, hitAll, isHit, next as nextHit } from './hits';
import {
  ATTRIBUTE_SIZE,
  attributes,
  hitsEnd,
  hitsOfTag,
  marksEnd,
  openMax,
  page,
  pageEnd,
  PARTS_WORDS,
  RAW,
  TAG_ENDS,
  TAG_LOOKS,
  TAG_NAME,
  TAG_NAME_LENGTH,
  TAG_SLOTS,
  TITLE,
  UNSEEN,
  VOID,
} from './layout';
import { beginMarks, hasRoom, part, rawText, tail, text } from './marks';
import { keyStep, tagAt } from './names';
import { beginAttributes, dropAttributes, nextAttribute, overflow, read, selfClosing, skip, tagEnd } from './start-tag';

export * from './layout';
export { count, depth, lastOfAll } from './elements';
export { next as nextHit } from './hits';
export { next as nextMark } from './marks';
export { nextAttribute, tagEnd } from './start-tag';
export { add, beginLinks, findLinks, found, foundCount, seen, seenMask, urls } from './links';
export { base, baseEnd, baseFolder, baseOrigin, baseQuery, characters } from './urls';

/** How reading came to an end, or a stop. */
const DONE: i32 = 0;
/** What was to be waited for is there. */
const PAUSED: i32 = 1;
/** A list is full: the page is to be read again with longer ones. */
const FULL: i32 = 2;
/** Too many elements are open. */
const DEEP: i32 = 3;

/** Up to here all text is marked. */
let done: i32 = 0;
/** Where the next `<` is looked for. */
let cursor: i32 = 0;

export function begin(): void {
  beginElements();
  beginHits();
  beginMarks();
  beginAttributes();
  done = page;
  cursor = page;
}

/**
 * Goes on reading.
 *
 * @param pauseAt address behind a hit: a pause behind the tag that brings it; -1 for none
 * @param pauseBehind number of an element: a pause behind its end; -1 for none
 */
export function run(pauseAt: i32, pauseBehind: i32): i32 {
  for (let at = find(cursor, pageEnd, 0x3c); at >= 0; at = find(at + 1, pageEnd, 0x3c)) {
    // closing an element takes a mark, and so do the text before a tag, the tag itself, and the end of the page
    if (!hasRoom(depth + 8, marksEnd) || !hasRoomForElements(2) || nextHit + (hitsOfTag << 3) > hitsEnd) return FULL;
    if (!hasRoomForForeign()) return DEEP;
    const code: i32 = load<u8>(at + 1);
    let last = at;
    if (isLetter(code)) last = startTagAt(at);
    else if (code === 0x2f) last = endTagAt(at);
    else if (code === 0x21) last = skipped(at, declarationEnd(at));
    else if (code === 0x3f) last = skipped(at, find(at + 2, pageEnd, 0x3e));
    if (last < 0) break;
    at = last;
    if (overflow) return FULL;
    if (depth > openMax) return DEEP;
    if ((pauseAt >= 0 && nextHit >= pauseAt) || (pauseBehind >= 0 && !isOpen(pauseBehind))) {
      cursor = at + 1;
      return PAUSED;
    }
  }
  if (overflow) return FULL;
  tail(done, pageEnd);
  end(pageEnd - page);
  return DONE;
}

/** Nothing is open any more. @param at place where the page ends */
export function end(at: i32): void {
  closeDownTo(0, page + at);
}

/** Place behind which the reading stands. */
export function place(): i32 {
  return cursor - page;
}

/**
 * Reads the attributes of the start tag whose name ends at a place, behind all that were kept.
 *
 * @returns how many; -1 when there is no room for them. `tagEnd` is where the tag ends.
 */
export function attributesAt(nameEnd: i32): i32 {
  const first = nextAttribute;
  const before = overflow;
  read(page + nameEnd, 0, -1);
  const found = overflow && !before ? -1 : (nextAttribute - first) / ATTRIBUTE_SIZE;
  dropAttributes(first);
  return found;
}

/** What is neither tag nor text. */
function skipped(lt: i32, last: i32): i32 {
  textTo(lt);
  if (last >= 0) done = last + 1;
  return last;
}

/** Marks the text before a `<`. */
function textTo(lt: i32): void {
  text(done, lt);
  done = lt;
}

/** @returns the last byte of the tag (and of raw text with its end tag); -1 when the page ends before */
function startTagAt(lt: i32): i32 {
  textTo(lt);
  let at = lt + 1;
  let code: i32 = load<u8>(at);
  let key: i32 = 0;
  let codes: i32 = 0;
  while (!endsName(code)) {
    key = keyStep(key, code);
    codes |= code;
    if (++at >= pageEnd) return -1;
    code = load<u8>(at);
  }
  const tag = tagAt(lt + 1, at, key, codes);
  const entry = tagEntry(tag);
  const ends = load<i32>(entry, TAG_ENDS);
  if (ends !== 0) endBefore(ends, lt);

  const element = count;
  beginElement();
  hitAll(load<i32>(entry, TAG_SLOTS), element);
  let last = at;
  let closing: bool = false;
  let from: i32 = 0;
  let to: i32 = 0;
  if (code !== 0x3e) {
    const looks = load<i32>(entry, TAG_LOOKS);
    const first = nextAttribute;
    if (looks === 0) skip(at);
    else read(at, looks, element);
    last = tagEnd;
    if (last < 0) {
      dropElement();
      return -1;
    }
    closing = selfClosing;
    from = -1;
    if (looks !== 0) {
      if (isHit()) {
        from = (first - attributes) / ATTRIBUTE_SIZE;
        to = (nextAttribute - attributes) / ATTRIBUTE_SIZE;
      } else {
        dropAttributes(first);
      }
    }
  }
  const flags = load<i32>(entry);
  done = last + 1;
  if ((flags & PARTS_WORDS) !== 0) part();
  if ((flags & VOID) !== 0) {
    empty(tag, at, last + 1);
    setAttributes(element, from, to);
    return last;
  }
  const closes: bool = enter(flags) && closing;
  const raw = (flags & RAW) !== 0 && !closing;
  push(tag, flags, at, last + 1, raw);
  setAttributes(element, from, to);
  if (closes) closeDownTo(depth - 1, last + 1);
  return raw ? rawTextAt(tag, entry, flags, last + 1) : last;
}

/** `<a>`, `<a/`, `<a `: the name of a start tag is over. */
function endsName(code: i32): bool {
  return code <= 0x3e && (code === 0x3e || code === 0x2f || isSpace(code));
}

function rawTextAt(tag: i32, entry: i32, flags: i32, from: i32): i32 {
  const length = load<i32>(entry, TAG_NAME_LENGTH);
  const isTitle = (flags & TITLE) !== 0;
  const last = rawTextEnd(from, load<i32>(entry, TAG_NAME), length, isTitle);
  done = last < 0 ? pageEnd : last;
  if ((flags & UNSEEN) === 0) rawText(from, done, isTitle);
  if (last < 0) return -1;
  close(tag, last);
  const gt = find(last + 2 + length, pageEnd, 0x3e);
  if (gt >= 0) done = gt + 1;
  return gt;
}

/**
 * Where the text of a raw element ends: at `</name` and then white space or `>`, in any case.
 * Written as htmlparser2's tokenizer goes, one character at a time while an end tag may have begun, because for it
 * U+001C and U+000F are as good as `<` and `/` there.
 *
 * @param from behind the `>` of the start tag
 * @returns the address of the end tag; -1 when the page ends before
 */
function rawTextEnd(from: i32, name: i32, length: i32, isTitle: bool): i32 {
  let matched = 0;
  for (let at = from; at < pageEnd; at++) {
    const code: i32 = load<u8>(at);
    if (matched === length + 2) {
      if (isSpace(code) || code === 0x3e) return at - matched;
      matched = 0;
    }
    const wanted: i32 = matched === 0 ? 0x3c : matched === 1 ? 0x2f : load<u8>(name + matched - 2);
    if ((code | 0x20) === wanted) matched++;
    else if (matched > 0) matched = code === 0x3c ? 1 : 0;
    else if (!isTitle) {
      // outside of a title, only a true `<` is looked for from here
      at = find(at + 1, pageEnd, 0x3c);
      if (at < 0) return -1;
      matched = 1;
    }
  }
  return -1;
}

function endTagAt(lt: i32): i32 {
  let at = lt + 2;
  let code: i32 = load<u8>(at);
  while (isSpace(code)) code = load<u8>(++at);
  // `</>` is text
  if (code === 0x3e) return at;
  if (!isLetter(code)) return skipped(lt, find(at + 1, pageEnd, 0x3e));
  const start = at;
  let key: i32 = 0;
  let codes: i32 = 0;
  while (code !== 0x3e && !isSpace(code)) {
    key = keyStep(key, code);
    codes |= code;
    if (++at >= pageEnd) return skipped(lt, -1);
    code = load<u8>(at);
  }
  textTo(lt);
  close(tagAt(start, at, key, codes), lt);
  const gt = code === 0x3e ? at : find(at, pageEnd, 0x3e);
  if (gt >= 0) done = gt + 1;
  return gt;
}

/** The last byte of `<!…>`: a comment, `<![CDATA[` or anything else; -1 when the page ends before. */
function declarationEnd(lt: i32): i32 {
  const code: i32 = load<u8>(lt + 2);
  if (code === 0x2d) {
    // `<!-->` is a whole comment
    if (load<u8>(lt + 3) === 0x2d) return tripleEnd(lt + 2, 0x2d);
    // The parser does not look at the character behind `<!`, nor at the next one behind `<!-`.
    return find(lt + 4, pageEnd, 0x3e);
  }
  if (code !== 0x5b) return find(lt + 3, pageEnd, 0x3e);
  // `<![CD>`: the first character that is not as in `CDATA[` may end the declaration already.
  let at = lt + 3;
  for (let i = 0; i < 6; i++, at++) if (load<u8>(at) !== cdataCode(i)) return find(at, pageEnd, 0x3e);
  return tripleEnd(at, 0x5d);
}

/** Of `CDATA[`. */
function cdataCode(i: i32): i32 {
  if (i === 0) return 0x43;
  if (i === 1) return 0x44;
  if (i === 5) return 0x5b;
  return i === 3 ? 0x54 : 0x41;
}

/** The `>` behind the first two such bytes that have one. */
function tripleEnd(from: i32, byte: i32): i32 {
  for (let at = find(from, pageEnd, byte); at >= 0; at = find(at + 1, pageEnd, byte)) {
    if (load<u8>(at + 1) === byte && load<u8>(at + 2) === 0x3e) return at + 2;
  }
  return -1;
}
