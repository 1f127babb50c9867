import type { AnyNode, ChildNode, Document, Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { PageText } from '../../lib/page-text.ts';
import { parseFast } from '../dom/document.ts';
import { ANY_TAG, Registry } from '../dom/registry.ts';
import { ScannedElement, type Place } from './element.ts';
import { Marks } from './marks.ts';
import type { StartTag } from './start-tag.ts';

// Past this many times the page's length, reading contents one by one costs more than the tree of the page.
const READ_MAX = 2;

/** A page's source, and what was read of it so far. */
export class Source {
  readonly text: PageText;
  readonly marks: Marks;
  readonly #startTag: StartTag;
  #tree: readonly Element[] | undefined;
  #root: Document | undefined;
  #read = 0;
  /** By number, when somebody asks for siblings: elements, or how to make them. */
  readonly #places: (ScannedElement | Place)[] = [];
  /** Last children, by the number of their parent. */
  readonly #last: number[] = [];
  /** Of the page. */
  #lastOfAll = -1;
  readonly #siblings = new Map<AnyNode | null, ScannedElement[]>();
  #removed: ReadonlySet<AnyNode> | undefined;
  #removedInOrder: readonly ScannedElement[] = [];

  constructor(text: PageText, startTag: StartTag) {
    this.text = text;
    this.marks = new Marks(text);
    this.#startTag = startTag;
  }

  /** All elements of the page, in document order, as the other back end has them. */
  get tree(): readonly Element[] {
    this.#parse();
    return this.#tree ?? [];
  }

  get root(): Document {
    return this.#parse();
  }

  /** Of the start tag whose name ends at `nameEnd`; of a made-up one, which has none, when that is negative. */
  attributes(nameEnd: number): Record<string, string> {
    if (nameEnd < 0) return {};
    this.#startTag.read(this.text, nameEnd, undefined);
    return this.#startTag.attributes(this.text);
  }

  /** The nodes between two places with nothing open before them. */
  nodes(start: number, end: number): ChildNode[] | undefined {
    this.#read += end - start;
    if (this.#read > READ_MAX * this.text.characters.length) return undefined;
    return parseDocument(this.text.slice(start, end)).children;
  }

  /** Keeps an element, or how to make it, for those beside it that ask. */
  keep(number: number, one: ScannedElement | Place): void {
    this.#places[number] = one;
  }

  /** The last child of an element, or of the page when `parent` is negative; -1 for none. */
  keepLast(parent: number, last: number): void {
    if (parent < 0) this.#lastOfAll = last;
    else this.#last[parent] = last;
  }

  elementBefore({ before, parent }: ScannedElement): ScannedElement | null {
    const place = this.#places[before];
    if (place === undefined || place instanceof ScannedElement) return place ?? null;
    const element = new ScannedElement(this, place, undefined);
    element.parent = parent;
    return (this.#places[before] = element);
  }

  /** An element, whose parent is known, with all elements beside it, in document order. */
  siblings(element: ScannedElement): ScannedElement[] {
    const { parent } = element;
    const known = this.#siblings.get(parent);
    if (known !== undefined) return known;
    const last = parent instanceof ScannedElement ? (this.#last[parent.startIndex ?? 0] ?? -1) : this.#lastOfAll;
    const all: ScannedElement[] = [];
    for (let number = last; number >= 0;) {
      const place = this.#places[number];
      if (place === undefined) break;
      const one = place instanceof ScannedElement ? place : new ScannedElement(this, place, undefined);
      one.parent = parent;
      this.#places[number] = one;
      all.push(one);
      number = one.before;
    }
    all.reverse();
    this.#siblings.set(parent, all);
    return all;
  }

  /** Those of the removed elements that lie inside of this one, in document order. */
  inOrder(removed: ReadonlySet<AnyNode>, { startIndex, endIndex }: ScannedElement): readonly ScannedElement[] {
    if (this.#removed !== removed) {
      this.#removed = removed;
      this.#removedInOrder = [...removed].filter((node) => node instanceof ScannedElement).sort(byNumber);
    }
    const from = this.#removedInOrder.findIndex((one) => (one.startIndex ?? 0) > (startIndex ?? 0));
    if (from < 0) return [];
    const to = this.#removedInOrder.findIndex((one) => (one.startIndex ?? 0) > (endIndex ?? 0));
    return this.#removedInOrder.slice(from, to < 0 ? undefined : to);
  }

  #parse(): Document {
    if (this.#root !== undefined) return this.#root;
    const registry = new Registry();
    const all = registry.slot('any', '', ANY_TAG);
    const { root, slots } = parseFast(this.text, registry.sorter());
    this.#tree = slots[all] ?? [];
    return (this.#root = root);
  }
}

function byNumber(a: ScannedElement, b: ScannedElement): number {
  return (a.startIndex ?? 0) - (b.startIndex ?? 0);
}
