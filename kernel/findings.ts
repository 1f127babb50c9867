/**
 * What the program reads of a page after each step, as numbers of four bytes one behind the other: to ask for variables one by one would
 * cost it more than to read all of them.
 */
import { count, lastOfAll } from './elements';
import { next as nextHit } from './hits';
import { next as nextMark } from './marks';
import { nextAttribute } from './start-tag';

const AT: i32 = 16;
const COUNT: i32 = AT;
const LAST_OF_ALL: i32 = AT + 4;
const NEXT_HIT: i32 = AT + 8;
const NEXT_MARK: i32 = AT + 12;
const NEXT_ATTRIBUTE: i32 = AT + 16;
const PLACE: i32 = AT + 20;
const FOUND: i32 = AT + 24;

/** @param place behind which the reading stands */
export function tell(place: i32): void {
  store<i32>(COUNT, count);
  store<i32>(LAST_OF_ALL, lastOfAll);
  store<i32>(NEXT_HIT, nextHit);
  store<i32>(NEXT_MARK, nextMark);
  store<i32>(NEXT_ATTRIBUTE, nextAttribute);
  store<i32>(PLACE, place);
}

/** @param found URLs so far */
export function tellFound(found: i32): void {
  store<i32>(FOUND, found);
}
