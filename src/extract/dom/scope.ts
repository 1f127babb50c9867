import { isDocument, isTag, type AnyNode, type Document, type Element } from 'domhandler';
import type { Dom } from './document.ts';

/** Where selectors are read: a page or one element of it, without what `remove` took out. */
export interface Scope {
  readonly dom: Dom;
  readonly node: Document | Element;
  /** Elements that do not count, with all that is in them; undefined when there are none. */
  readonly removed: ReadonlySet<AnyNode> | undefined;
}

/** The whole page as a scope. */
export function pageScope(dom: Dom): Scope {
  return { dom, node: dom.root, removed: undefined };
}

/** The same page and removals, seen from one element. */
export function within(scope: Scope, node: Element): Scope {
  return { dom: scope.dom, node, removed: scope.removed };
}

/** The same place without these elements; the tree stays as it is for everyone else. */
export function without(scope: Scope, elements: readonly Element[]): Scope {
  if (elements.length === 0) return scope;
  return { ...scope, removed: new Set([...(scope.removed ?? []), ...elements]) };
}

/** True when the element is, or is inside of, something removed. */
export function isRemoved(element: Element, { removed, node }: Scope): boolean {
  if (removed === undefined) return false;
  for (let at: AnyNode | null = element; at !== null && at !== node; at = at.parent) if (removed.has(at)) return true;
  return false;
}

/** The scope's element, null for the page. */
export function elementOf(scope: Scope): Element | null {
  return isDocument(scope.node) || !isTag(scope.node) ? null : scope.node;
}
