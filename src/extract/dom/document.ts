/** Parsing: HTML to a tree of domhandler nodes, its elements numbered in document order and sorted into slots. */
import { DomHandler, Element, hasChildren, isTag, type Document, type ParentNode } from 'domhandler';
import { Parser } from 'htmlparser2';
import type { Sorter } from './registry.ts';

/**
 * A parsed page. Every element's `startIndex` is its number in document order, its `endIndex` that of its last
 * descendant: domhandler keeps both members for source positions, which nobody asks for here.
 */
export interface Dom {
  readonly root: Document;
  readonly slots: readonly (readonly Element[])[];
}

/** Never throws: any text is a document. */
export type Parse = (html: string, sorter: Sorter) => Dom;

class SortingHandler extends DomHandler {
  readonly slots: Element[][];
  readonly #sorter: Sorter;
  #count = 0;

  constructor(sorter: Sorter) {
    super();
    this.#sorter = sorter;
    this.slots = sorter.slots();
  }

  override onopentag(name: string, attribs: Record<string, string>): void {
    const element = new Element(name, attribs);
    this.addNode(element);
    this.tagStack.push(element);
    element.startIndex = this.#count++;
    this.#sorter.put(element, this.slots);
  }

  override onclosetag(): void {
    const element = this.tagStack.at(-1);
    if (element !== undefined) element.endIndex = this.#count - 1;
    super.onclosetag();
  }
}

/** htmlparser2: forgiving and fast, but without HTML5's rules for moving misplaced nodes. */
export const parseFast: Parse = (html, sorter) => {
  const handler = new SortingHandler(sorter);
  new Parser(handler).end(html);
  return { root: handler.root, slots: handler.slots };
};

/** Numbers and sorts the elements of a tree that another parser made. */
export function sortTree(root: Document, sorter: Sorter): Dom {
  const slots = sorter.slots();
  let count = 0;
  // An explicit stack: trees may be deeper than the call stack.
  const open: { readonly parent: ParentNode; next: number }[] = [{ parent: root, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.parent.children[top.next++];
    if (child === undefined) {
      if (isTag(top.parent)) top.parent.endIndex = count - 1;
      open.pop();
    } else if (isTag(child)) {
      child.startIndex = count++;
      sorter.put(child, slots);
      open.push({ parent: child, next: 0 });
    } else if (hasChildren(child)) {
      open.push({ parent: child, next: 0 });
    }
  }
  return { root, slots };
}
