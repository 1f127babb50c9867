/** Parsing: HTML to a tree of domhandler nodes, its elements numbered in document order and sorted into slots. */
import { DomHandler, Element, hasChildren, isTag, Text, type Document, type ParentNode } from 'domhandler';
import { Parser as HtmlParser } from 'htmlparser2';
import type { PageText } from '../../lib/page-text.ts';
import type { KnownLink } from '../types.ts';
import type { Slot, Sorted, Sorter } from './registry.ts';
import type { Selector } from './selector.ts';
import { textOf } from './text.ts';

/**
 * A parsed page. Every element's `startIndex` is its number in document order, its `endIndex` that of its last
 * descendant: domhandler keeps both members for source positions, which nobody asks for here.
 */
export interface Dom {
  readonly root: Document;
  readonly slots: readonly Slot[];
  /** A quicker way to links, where there is one. */
  readonly links?: LinkFinder | undefined;
}

/** The addresses that all elements of some slots have in an attribute. */
export interface LinkQuery {
  readonly slots: readonly number[];
  readonly attribute: string;
}

export interface FoundLink {
  /** Canonical. */
  readonly url: string;
  /** The words of its fingerprint. */
  readonly high: number;
  readonly low: number;
}

/**
 * Links against a base, each once, in document order, without those that are known. Undefined when they are to be read from the
 * elements.
 */
export type LinkFinder = (query: LinkQuery, base: string, known: KnownLink | undefined) => FoundLink[] | undefined;

/** How far a page must be read: to the end of the first match of each of these, wherever they are. */
export interface Until {
  readonly firsts: readonly Selector[];
  /** Of `<base href>`, which may be anywhere, when somebody asks for the page's base. */
  readonly base: Selector | undefined;
}

/**
 * Never throws: any text is a document.
 *
 * @param until may be passed over; without it, a page is read to its end
 */
export type Parse = (html: PageText, until?: Until) => Dom;

/** How pages are parsed for those slots. */
export type Parser = (sorter: Sorter) => Parse;

/**
 * Deeper elements stand beside each other: browsers cap their trees too (Blink at 512), and functions that call themselves
 * for children need a bound.
 */
const TREE_DEPTH_MAX = 1000;

/** Reading ends where more elements are open. The parser's time grows with their square; no page that means well comes near. */
const OPEN_MAX = 20_000;

class SortingHandler extends DomHandler {
  readonly slots: Sorted[];
  readonly #sorter: Sorter;
  #count = 0;
  #parser: HtmlParser | undefined;

  constructor(sorter: Sorter) {
    super();
    this.#sorter = sorter;
    this.slots = sorter.slots();
  }

  override onparserinit(parser: HtmlParser): void {
    super.onparserinit(parser);
    this.#parser = parser;
  }

  override onopentag(name: string, attribs: Record<string, string>): void {
    const element = new Element(name, attribs);
    const parent = this.tagStack.at(-1);
    const open = this.tagStack.length;
    this.addNode(element);
    element.startIndex = element.endIndex = this.#count++;
    this.#sorter.put(element, this.slots);
    // past the bound, the parent takes the place of its child, so that the next one becomes its child as well
    this.tagStack.push(open > TREE_DEPTH_MAX && parent !== undefined ? parent : element);
    if (open > OPEN_MAX) this.#parser?.pause();
  }

  override onclosetag(): void {
    this.#close(this.tagStack.at(-1));
    super.onclosetag();
  }

  /** Ends what is still open, which the parser does itself unless it was stopped. */
  override onend(): void {
    for (const open of this.tagStack) this.#close(open);
    super.onend();
  }

  #close(node: ParentNode | undefined): void {
    if (node !== undefined && isTag(node)) node.endIndex = this.#count - 1;
  }
}

/** htmlparser2: forgiving and fast, but without HTML5's rules for moving misplaced nodes. */
export const parseFast: Parser = (sorter) => (html) => {
  const handler = new SortingHandler(sorter);
  new HtmlParser(handler).end(html.whole);
  handler.onend(); // a second time does no harm; the parser does not get there when it was stopped
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
      child.startIndex = child.endIndex = count++;
      sorter.put(child, slots);
      if (open.length > TREE_DEPTH_MAX) flatten(child);
      open.push({ parent: child, next: 0 });
    } else if (hasChildren(child)) {
      open.push({ parent: child, next: 0 });
    }
  }
  return { root, slots };
}

/** Nothing but text below this element. */
function flatten(element: Element): void {
  const text = new Text(textOf(element, undefined));
  text.parent = element;
  element.children = [text];
}
