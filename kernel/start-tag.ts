/** Reads start tags, one at a time: where they end, what their attributes hit, and the attributes themselves. */
import { find, isSpace } from './bytes';
import { hitByValue } from './hits';
import { ATTRIBUTE_SIZE, attributes, attributesEnd, page, pageEnd } from './layout';
import { attributeAt, keyStep } from './names';

/** Its `>`; -1 when the page ends before. */
export let tagEnd: i32 = -1;
/** It ended in `/>`. */
export let selfClosing: bool = false;
/** Behind the last attribute kept. */
export let nextAttribute: i32 = 0;
/** An attribute found no room. */
export let overflow: bool = false;
/** Attributes are kept. */
let keeping: bool = true;

export function beginAttributes(): void {
  nextAttribute = attributes;
  overflow = false;
}

/** Those from there on are not kept after all. */
export function dropAttributes(from: i32): void {
  nextAttribute = from;
}

/** Likewise, and it does not matter whether there was room. */
export function forgetAttributes(from: i32): void {
  nextAttribute = from;
  overflow = false;
}

/** Finds the end of a tag nobody asks about. @param from behind its name */
export function skip(from: i32): void {
  selfClosing = false;
  let at = from;
  let before: i32 = 0x20;
  for (let code: i32 = load<u8>(at); code !== 0x3e; code = load<u8>(++at)) {
    if (code !== 0x3d) {
      if (code > 0x2f || code === 0x22 || code === 0x2d || code === 0x20 || code === 0x0a) {
        before = code;
        continue;
      }
      if (code === 0x2f && load<u8>(at + 1) === 0x3e) {
        tagEnd = at + 1;
        selfClosing = true;
        return;
      }
      // the zeros at the end of the page come here as well
      walk(from);
      return;
    }
    const quote: i32 = load<u8>(at + 1);
    // `=` behind white space or a slash is a name, or follows one: rare enough to be read in full
    if (before <= 0x2f || before === 0x3d) {
      walk(from);
      return;
    }
    if (quote === 0x22 || quote === 0x27) {
      at = find(at + 2, pageEnd, quote);
      if (at < 0) {
        tagEnd = -1;
        return;
      }
    } else if (isSpace(quote) || quote === 0x3e) {
      walk(from);
      return;
    } else {
      at = unquotedEnd(at + 1) - 1;
    }
    before = 0x20;
  }
  tagEnd = at;
}

/** Likewise, whatever the tag is made of. */
function walk(from: i32): void {
  keeping = false;
  read(from, 0, -1);
  keeping = true;
}

/**
 * Keeps all attributes.
 *
 * @param from behind the name of the tag
 * @param looks how many names of attributes, and what is asked about each; 0 when nothing is
 */
export function read(from: i32, looks: i32, element: i32): void {
  tagEnd = -1;
  const first = nextAttribute;
  let at = from;
  for (;;) {
    let code: i32 = load<u8>(at);
    while (isSpace(code)) code = load<u8>(++at);
    let slash = false;
    if (code === 0x2f) {
      slash = true;
      do code = load<u8>(++at);
      while (isSpace(code));
      if (code === 0x2f) continue;
    }
    if (code === 0x3e) {
      tagEnd = at;
      selfClosing = slash;
      return;
    }
    const start = at++; // any character begins a name, even "="
    let key = keyStep(0, code);
    let codes = code;
    if (at >= pageEnd) return;
    code = load<u8>(at);
    while (!endsAttribute(code)) {
      key = keyStep(key, code);
      codes |= code;
      if (++at >= pageEnd) return;
      code = load<u8>(at);
    }
    const nameEnd = at;
    while (isSpace(code)) code = load<u8>(++at);
    let valueStart = nameEnd;
    let valueEnd = nameEnd;
    if (code === 0x3d) {
      code = load<u8>(++at);
      while (isSpace(code)) code = load<u8>(++at);
      if (code === 0x22 || code === 0x27) {
        valueStart = at + 1;
        valueEnd = find(valueStart, pageEnd, code);
        if (valueEnd < 0) return;
        at = valueEnd + 1;
      } else {
        valueStart = at;
        valueEnd = at = unquotedEnd(at);
      }
    }
    const name = attributeAt(start, nameEnd, key, codes);
    // without room it is not known which attributes were there before; the page will be read again
    if (looks !== 0 && name >= 0 && !overflow) look(looks, name, first, valueStart, valueEnd, element);
    if (keeping) keep(start, nameEnd, name, valueStart, valueEnd);
    if (at >= pageEnd) return;
  }
}

/** The name of an attribute is over. */
function endsAttribute(code: i32): bool {
  return code <= 0x3e && (code === 0x3e || code === 0x3d || code === 0x2f || isSpace(code));
}

function look(looks: i32, name: i32, first: i32, valueStart: i32, valueEnd: i32, element: i32): void {
  const count = load<i32>(looks);
  for (let i = 0; i < count; i++) {
    const entry = looks + 4 + (i << 3);
    if (load<i32>(entry) !== name) continue;
    // the first of two attributes of one name counts
    for (let kept = first; kept < nextAttribute; kept += ATTRIBUTE_SIZE) if (load<i32>(kept, 8) === name) return;
    hitByValue(load<i32>(entry, 4), valueStart, valueEnd, element);
    return;
  }
}

function keep(start: i32, end: i32, name: i32, valueStart: i32, valueEnd: i32): void {
  const at = nextAttribute;
  if (at + ATTRIBUTE_SIZE > attributesEnd) {
    overflow = true;
    return;
  }
  store<i32>(at, start - page);
  store<i32>(at, end - page, 4);
  store<i32>(at, name, 8);
  store<i32>(at, valueStart - page, 12);
  store<i32>(at, valueEnd - page, 16);
  nextAttribute = at + ATTRIBUTE_SIZE;
}

/** The `>` or white space behind a value without quotes, or the end of the page. */
function unquotedEnd(from: i32): i32 {
  let at = from;
  for (let code: i32 = load<u8>(at); code !== 0x3e && !isSpace(code); code = load<u8>(at)) {
    if (++at >= pageEnd) return at;
  }
  return at;
}
