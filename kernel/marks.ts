/** Where the text of a page stands. What a mark means is said in `marks.ts` of the program. */
import { marks, page } from './layout';

const SIZE: i32 = 8;
const PART: i32 = -1;
const HIDE: i32 = -2;
const TAIL: i32 = -3;
const RAW_TEXT: i32 = -4;

/** Behind the last one. */
export let next: i32 = 0;

export function beginMarks(): void {
  next = marks;
}

/** A mark's place among them all: an even number. */
export function markPlace(): i32 {
  return (next - marks) >> 2;
}

export function text(from: i32, to: i32): void {
  if (to > from) put(from - page, to - page);
}

export function rawText(from: i32, to: i32, isTitle: bool): void {
  if (to > from) put(RAW_TEXT - ((from - page) * 2 + (isTitle ? 1 : 0)), to - page);
}

export function part(): void {
  put(PART, 0);
}

export function tail(from: i32, end: i32): void {
  if (from < end) put(TAIL, from - page);
}

export function hide(): void {
  put(HIDE, -1);
}

/** Ends what the mark before this place hides. */
export function shown(place: i32): void {
  store<i32>(marks + (place << 2) - 4, markPlace());
}

function put(first: i32, second: i32): void {
  store<i32>(next, first);
  store<i32>(next, second, 4);
  next += SIZE;
}

/** There is room for so many more. */
export function hasRoom(count: i32, end: i32): bool {
  return next + count * SIZE <= end;
}
