import type { AnyNode, ChildNode, Document, Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { PageText } from '../../lib/page-text.ts';
import { parseFast } from '../dom/document.ts';
import { ANY_TAG, elementsOf, Registry } from '../dom/registry.ts';
import { attributesByParser, valueOf } from './attributes.ts';
import { ScannedDocument, ScannedElement } from './element.ts';
import { ATTRIBUTE, ELEMENT } from './kernel.ts';
import { contentOfMarks, textOfMarks } from './marks.ts';
import type { Reader } from './reader.ts';

// Past this many times the page's length, reading contents one by one costs more than the tree of the page.
const READ_MAX = 2;

/** What the kernel knows of a page, as the elements of the page ask for it. */
export class Source {
  readonly text: PageText;
  readonly root: ScannedDocument;
  readonly #reader: Reader;
  readonly #elements = new Map<number, ScannedElement>();
  #tree: readonly Element[] | undefined;
  #document: Document | undefined;
  #read = 0;
  readonly #siblings = new Map<number, ScannedElement[]>();
  #removed: ReadonlySet<AnyNode> | undefined;
  #removedInOrder: readonly ScannedElement[] = [];

  constructor(text: PageText, reader: Reader) {
    this.text = text;
    this.#reader = reader;
    this.root = new ScannedDocument(this);
  }

  /** One of the numbers of an element. */
  fact(number: number, which: (typeof ELEMENT)[keyof typeof ELEMENT]): number {
    return this.#words()[this.#reader.elementAt(number) + which] ?? 0;
  }

  element(number: number): ScannedElement {
    let element = this.#elements.get(number);
    if (element === undefined) {
      element = new ScannedElement(this, number, this.#reader.nameOf(this.fact(number, ELEMENT.tag)));
      this.#elements.set(number, element);
    }
    return element;
  }

  /** All elements of the page, in document order, as the other back end has them. */
  get tree(): readonly Element[] {
    this.#parse();
    return this.#tree ?? [];
  }

  get document(): Document {
    return this.#parse();
  }

  /** Text not collapsed, between two places of marks. */
  marked(from: number, to: number): string {
    return textOfMarks(this.text, this.#words(), this.#reader.markAt(0), from, to);
  }

  /** Likewise, without the text of elements that come one after the other. */
  markedWithout(removed: readonly ScannedElement[], from: number, to: number): string {
    let text = '';
    let at = from;
    for (const { outerMarks, outerMarksEnd } of removed) {
      // what is inside of something removed is gone already
      if (outerMarks < at) continue;
      text += this.marked(at, outerMarks);
      at = outerMarksEnd;
    }
    return text + this.marked(at, to);
  }

  /** All text between two places of marks, scripts included. */
  content(from: number, to: number): string {
    return contentOfMarks(this.text, this.#words(), this.#reader.markAt(0), from, to);
  }

  /** The place behind the last mark. */
  get markCount(): number {
    return this.#reader.markCount;
  }

  attribute(number: number, name: string): string | null {
    const range = this.#attributes(number);
    if (range === undefined) return attributesByParser(this.#tagBehind(number))[name] ?? null;
    const words = this.#words();
    const wanted = this.#reader.tables.attributeNumbers.get(name) ?? -1;
    for (let i = range.from; i < range.to; i++) {
      const at = this.#reader.attributeAt(i);
      if ((words[at + ATTRIBUTE.name] ?? -1) !== wanted || (wanted < 0 && this.#nameAt(at) !== name)) continue;
      return valueOf(this.#valueAt(at)) ?? attributesByParser(this.#tagBehind(number))[name] ?? null;
    }
    return null;
  }

  attributes(number: number): Record<string, string> {
    const range = this.#attributes(number);
    if (range === undefined) return attributesByParser(this.#tagBehind(number));
    const attributes: Record<string, string> = {};
    for (let i = range.from; i < range.to; i++) {
      const at = this.#reader.attributeAt(i);
      const name = this.#nameAt(at);
      if (Object.hasOwn(attributes, name)) continue;
      const value = valueOf(this.#valueAt(at));
      if (value === undefined) return attributesByParser(this.#tagBehind(number));
      attributes[name] = value;
    }
    return attributes;
  }

  /** The nodes between two places with nothing open before them. */
  nodes(start: number, end: number): ChildNode[] | undefined {
    this.#read += end - start;
    if (this.#read > READ_MAX * this.text.bytes.length) return undefined;
    return parseDocument(this.text.slice(start, end)).children;
  }

  /** An element with all elements beside it, in document order. */
  siblings(number: number): ScannedElement[] {
    const parent = this.fact(number, ELEMENT.parent);
    const known = this.#siblings.get(parent);
    if (known !== undefined) return known;
    const all: ScannedElement[] = [];
    const last = parent < 0 ? this.#reader.lastOfAll : this.fact(parent, ELEMENT.lastChild);
    for (let at = last; at >= 0; at = this.fact(at, ELEMENT.before)) all.push(this.element(at));
    all.reverse();
    this.#siblings.set(parent, all);
    return all;
  }

  /** Those of the removed elements that lie inside of this one, or of the page, in document order. */
  inOrder(removed: ReadonlySet<AnyNode>, element?: ScannedElement): readonly ScannedElement[] {
    if (this.#removed !== removed) {
      this.#removed = removed;
      this.#removedInOrder = [...removed].filter((node) => node instanceof ScannedElement).sort(byNumber);
    }
    if (element === undefined) return this.#removedInOrder;
    const from = this.#removedInOrder.findIndex((one) => (one.startIndex ?? 0) > (element.startIndex ?? 0));
    if (from < 0) return [];
    const to = this.#removedInOrder.findIndex((one) => (one.startIndex ?? 0) > (element.endIndex ?? 0));
    return this.#removedInOrder.slice(from, to < 0 ? undefined : to);
  }

  /** Of the memory in which the kernel has the page. */
  #words(): Int32Array {
    if (this.#reader.text !== this.text) throw new Error('bug: another page was read since');
    return this.#reader.words;
  }

  /** Undefined when there is no room to note them. */
  #attributes(number: number): { readonly from: number; readonly to: number } | undefined {
    const from = this.fact(number, ELEMENT.attributes);
    if (from >= 0) return { from, to: this.fact(number, ELEMENT.attributesEnd) };
    return this.#reader.attributesBehind(this.fact(number, ELEMENT.nameEnd));
  }

  #nameAt(attribute: number): string {
    const words = this.#words();
    const known = this.#reader.tables.attributes[words[attribute + ATTRIBUTE.name] ?? -1];
    if (known !== undefined) return known;
    return this.text
      .slice(words[attribute + ATTRIBUTE.nameStart] ?? 0, words[attribute + ATTRIBUTE.nameEnd] ?? 0)
      .toLowerCase();
  }

  #valueAt(attribute: number): string {
    const words = this.#words();
    return this.text.slice(words[attribute + ATTRIBUTE.valueStart] ?? 0, words[attribute + ATTRIBUTE.valueEnd] ?? 0);
  }

  /** The start tag of an element, from behind its name on. */
  #tagBehind(number: number): string {
    const nameEnd = this.fact(number, ELEMENT.nameEnd);
    this.#reader.attributesBehind(nameEnd);
    return this.text.slice(nameEnd, this.#reader.tagEnd);
  }

  #parse(): Document {
    if (this.#document !== undefined) return this.#document;
    const registry = new Registry();
    const all = registry.slot('any', '', ANY_TAG);
    const { root, slots } = parseFast(registry.sorter())(this.text);
    this.#tree = elementsOf(slots[all]);
    return (this.#document = root);
  }
}

function byNumber(a: ScannedElement, b: ScannedElement): number {
  return (a.startIndex ?? 0) - (b.startIndex ?? 0);
}
