import { isTag, type Element } from 'domhandler';
import { Sorted, type Slot } from './registry.ts';

/** Elements of a slot, from one index to another. */
export interface Candidates {
  readonly slot: Slot;
  readonly from: number;
  readonly to: number;
}

export function whole(slot: Slot): Candidates {
  return { slot, from: 0, to: slot.length };
}

export function only(element: Element): Candidates {
  return { slot: Sorted.of(element), from: 0, to: 1 };
}

/** Those inside of an element. */
export function inside(slot: Slot, context: Element): Candidates {
  const from = lowerBound(slot, (context.startIndex ?? 0) + 1);
  return { slot, from, to: Math.max(from, lowerBound(slot, (context.endIndex ?? -1) + 1)) };
}

/** Those behind an element, up to the end of what it is in. */
export function behind(slot: Slot, context: Element): Candidates {
  const { parent } = context;
  const from = lowerBound(slot, (context.endIndex ?? -1) + 1);
  const to = parent === null || !isTag(parent) ? slot.length : lowerBound(slot, (parent.endIndex ?? -1) + 1);
  return { slot, from, to: Math.max(from, to) };
}

function lowerBound(slot: Slot, least: number): number {
  let low = 0;
  let high = slot.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slot.orderAt(middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
