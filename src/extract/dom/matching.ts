/** Selectors at work: which elements of a page, or inside of one of its elements, match. */
import { SelectorType, type TraversalType } from 'css-what';
import { isTag, type AnyNode, type Element } from 'domhandler';
import { behind, inside, only, whole, type Candidates } from './candidates.ts';
import type { Dom } from './document.ts';
import type { SlotKind } from './registry.ts';
import { elementOf, isRemoved, type Scope } from './scope.ts';

/** Whether an element of a page is what a compound asks for. */
export type Test = (element: Element, dom: Dom) => boolean;

/** A compound and how it hangs on the one at its left. */
export interface Step {
  readonly test: Test;
  /** Must be the context itself. */
  readonly scope: boolean;
  readonly combinator: TraversalType | null;
  /** Its test holds for any element. */
  readonly free: boolean;
}

export interface Alternative {
  /** Right to left. */
  readonly steps: readonly Step[];
  readonly slot: number;
  readonly kind: SlotKind;
  /** All elements of the slot match. */
  readonly sure: boolean;
  /** What it looks for stands behind the context, not in it. */
  readonly behind: boolean;
}

export function firstOf(alternative: Alternative, scope: Scope): Element | null {
  const { slot, from, to } = candidatesOf(alternative, scope);
  const sure = isSure(alternative, scope);
  for (let i = from; i < to; i++) {
    const element = slot.at(i);
    if (element !== undefined && (sure || accepts(alternative, element, scope))) return element;
  }
  return null;
}

export function allOf(alternative: Alternative, scope: Scope): Element[] {
  const { slot, from, to } = candidatesOf(alternative, scope);
  const sure = isSure(alternative, scope);
  const all: Element[] = [];
  for (let i = from; i < to; i++) {
    const element = slot.at(i);
    if (element !== undefined && (sure || accepts(alternative, element, scope))) all.push(element);
  }
  return all;
}

export function countOf(alternative: Alternative, scope: Scope): number {
  if (!isSure(alternative, scope)) return allOf(alternative, scope).length;
  const { from, to } = candidatesOf(alternative, scope);
  return to - from;
}

/** Something inside of the scope matches. */
export function isAny(alternative: Alternative, scope: Scope): boolean {
  const { from, to } = candidatesOf(alternative, scope);
  return from < to && (isSure(alternative, scope) || firstOf(alternative, scope) !== null);
}

function isSure({ sure }: Alternative, { removed }: Scope): boolean {
  return sure && removed === undefined;
}

function accepts({ steps }: Alternative, element: Element, scope: Scope): boolean {
  return matches(steps, 0, element, scope) && !isRemoved(element, scope);
}

/** The elements of the alternative's slot that lie where the scope lets it look. */
function candidatesOf(alternative: Alternative, scope: Scope): Candidates {
  const slot = scope.dom.slots[alternative.slot];
  if (slot === undefined) throw new Error('bug: the page was not sorted for this selector');
  const context = elementOf(scope);
  if (context === null) return whole(slot);
  if (alternative.steps[0]?.scope === true) return only(context);
  return alternative.behind ? behind(slot, context) : inside(slot, context);
}

/** Step `index` holds for `element`, and all steps at its left hold inside the context. */
function matches(steps: readonly Step[], index: number, element: Element, scope: Scope): boolean {
  const step = steps[index];
  if (step === undefined) return true;
  if (step.scope !== (element === scope.node) || !step.test(element, scope.dom)) return false;
  switch (step.combinator) {
    case null:
      return true;
    case SelectorType.Child:
      return matchesParent(steps, index + 1, element.parent, scope);
    case SelectorType.Adjacent: {
      const before = elementBefore(element);
      return before !== null && matches(steps, index + 1, before, scope);
    }
    case SelectorType.Sibling:
      if (isScopeAlone(steps[index + 1])) return isSiblingBehind(element, scope);
      for (let at = elementBefore(element); at !== null; at = elementBefore(at)) {
        if (matches(steps, index + 1, at, scope)) return true;
      }
      return false;
    case SelectorType.Descendant:
    case SelectorType.Parent: // refused when compiling
    case SelectorType.ColumnCombinator:
      for (let at = element.parent; at !== null; at = at.parent) {
        if (matchesParent(steps, index + 1, at, scope)) return true;
        if (at === scope.node) return false;
      }
      return false;
  }
}

/** As `matches`, for a parent, which may be the page itself. */
function matchesParent(steps: readonly Step[], index: number, parent: AnyNode | null, scope: Scope): boolean {
  if (parent === null) return false;
  if (isTag(parent)) return matches(steps, index, parent, scope);
  const step = steps[index];
  return step !== undefined && step.scope && parent === scope.node && step.combinator === null;
}

/** Nothing is asked but that it is the context: then no sibling need be visited. */
function isScopeAlone(step: Step | undefined): boolean {
  return step !== undefined && step.scope && step.combinator === null && step.free;
}

function isSiblingBehind({ parent, startIndex }: Element, { node }: Scope): boolean {
  return parent === node.parent && isTag(node) && (startIndex ?? 0) > (node.startIndex ?? 0);
}

function elementBefore(element: Element): Element | null {
  for (let at = element.prev; at !== null; at = at.prev) if (isTag(at)) return at;
  return null;
}
