/**
 * A page read forward: goes from `<` to `<`, keeps the names of open elements as htmlparser2 would, and notes where elements,
 * their attributes and the texts of the page stand. The result is what the tree would be, without making any of it.
 */
import { find, isLetter, isSpace } from './bytes';
import { declarationEnd } from './declarations';
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
import { tell } from './findings';
import { beginElement, beginHits, dropElement, hitAll, isHit, next as nextHit } from './hits';
import {
  ATTRIBUTE_SIZE,
  attributes,
  endPage,
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
  VOID,
} from './layout';
import { beginMarks, hasRoom, part, rawText, tail, text } from './marks';
import { keyStep, tagAt } from './names';
import { rawTextEnd } from './raw-text';
import {
  beginAttributes,
  dropAttributes,
  forgetAttributes,
  nextAttribute,
  overflow,
  read,
  selfClosing,
  skip,
  tagEnd,
} from './start-tag';

export * from './layout';
export { tagEnd } from './start-tag';
export { add, beginLinks, findLinks } from './links';
export { characters, setBase } from './urls';

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

/** A page that stands in memory up to there. */
export function begin(end: i32): void {
  endPage(end);
  beginElements();
  beginHits();
  beginMarks();
  beginAttributes();
  done = page;
  cursor = page;
}

/**
 * Goes on reading, and tells what is found.
 *
 * @param pauseAt address behind a hit: a pause behind the tag that brings it; -1 for none
 * @param pauseBehind number of an element: a pause behind its end; -1 for none
 */
export function run(pauseAt: i32, pauseBehind: i32): i32 {
  const how = goOn(pauseAt, pauseBehind);
  tell(cursor - page);
  return how;
}

function goOn(pauseAt: i32, pauseBehind: i32): i32 {
  for (let at = find(cursor, pageEnd, 0x3c); at >= 0; at = find(at + 1, pageEnd, 0x3c)) {
    // closing an element takes a mark, by this tag or at the end of the page; so do a text and the tag itself
    if (!hasRoom(2 * depth + 16, marksEnd) || !hasRoomForElements(2) || nextHit + (hitsOfTag << 3) > hitsEnd)
      return FULL;
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
  closeDownTo(0, pageEnd);
  return DONE;
}

/** The page ends where the reading stands: nothing is open any more. */
export function stop(): void {
  closeDownTo(0, cursor);
  tell(cursor - page);
}

/**
 * Reads the attributes of the start tag whose name ends at a place, behind all that were kept.
 *
 * @returns how many; -1 when there is no room for them. `tagEnd` is where the tag ends.
 */
export function attributesAt(nameEnd: i32): i32 {
  const first = nextAttribute;
  read(page + nameEnd, 0, -1);
  const found = overflow ? -1 : (nextAttribute - first) / ATTRIBUTE_SIZE;
  forgetAttributes(first);
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
  rawText(from, done, isTitle);
  if (last < 0) return -1;
  close(tag, last);
  const gt = find(last + 2 + length, pageEnd, 0x3e);
  if (gt >= 0) done = gt + 1;
  return gt;
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
