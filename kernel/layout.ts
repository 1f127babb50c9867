/**
 * Where things stand in memory. The program that runs the kernel sets the exported variables; all are addresses unless they are
 * said to be something else. A place that the kernel hands out is counted from the page's first byte.
 */

/** The page's first byte, and behind its last one; sixteen zeros follow it. */
export let page: i32 = 0;
export let pageEnd: i32 = 0;

export function endPage(end: i32): void {
  pageEnd = end;
}

/** What the plan asks for, see `tables.ts` of the program. */
export let tags: i32 = 0;
export let tagNames: i32 = 0;
export let tagMask: i32 = 0;
export let attributeNames: i32 = 0;
export let attributeMask: i32 = 0;
/** How many tags the tables have: those of higher numbers are as the last one. */
export let tagCount: i32 = 0;
/** No start tag hits more often. */
export let hitsOfTag: i32 = 0;

/** Lists that grow while a page is read, and their ends. */
export let elements: i32 = 0;
export let elementsEnd: i32 = 0;
export let marks: i32 = 0;
export let marksEnd: i32 = 0;
export let attributes: i32 = 0;
export let attributesEnd: i32 = 0;
export let hits: i32 = 0;
export let hitsEnd: i32 = 0;
/** Numbers of open elements; so many fit. */
export let open: i32 = 0;
export let openMax: i32 = 0;
/** Bytes: in foreign content or not. */
export let foreign: i32 = 0;
export let foreignMax: i32 = 0;

/** A tag: flags, its bit, bits of those it ends, its slots, its looks, its name and the length of that. */
export const TAG_SIZE: i32 = 28;
export const TAG_BIT: i32 = 4;
export const TAG_ENDS: i32 = 8;
export const TAG_SLOTS: i32 = 12;
export const TAG_LOOKS: i32 = 16;
export const TAG_NAME: i32 = 20;
export const TAG_NAME_LENGTH: i32 = 24;

export const VOID: i32 = 1;
export const RAW: i32 = 2;
export const UNSEEN: i32 = 4;
export const PARTS_WORDS: i32 = 8;
export const FOREIGN: i32 = 16;
export const NATIVE: i32 = 32;
export const TITLE: i32 = 64;
export const MADE_UP: i32 = 128;

/** An element. */
export const ELEMENT_SIZE: i32 = 52;
export const ELEMENT_NAME_END: i32 = 4;
export const ELEMENT_START: i32 = 8;
export const ELEMENT_END: i32 = 12;
export const ELEMENT_MARKS: i32 = 16;
export const ELEMENT_MARKS_END: i32 = 20;
export const ELEMENT_LAST: i32 = 24;
export const ELEMENT_BEFORE: i32 = 28;
export const ELEMENT_PARENT: i32 = 32;
export const ELEMENT_LAST_CHILD: i32 = 36;
export const ELEMENT_ATTRIBUTES: i32 = 40;
export const ELEMENT_ATTRIBUTES_END: i32 = 44;
export const ELEMENT_CONTENT: i32 = 48;

/** An attribute: start and end of its name, the number of that, start and end of its value. */
export const ATTRIBUTE_SIZE: i32 = 20;
