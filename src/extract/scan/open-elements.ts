/** The elements that are open while a page is scanned, as htmlparser2 would have them, and those made of them. */
import type { Element } from 'domhandler';
import type { Sorter } from '../dom/registry.ts';
import { ScannedDocument, ScannedElement, type Content, type Place } from './element.ts';
import type { Marks } from './marks.ts';
import type { Source } from './source.ts';
import type { TagName } from './tag-names.ts';
import { BUILD, LINK } from './wanted.ts';

export type Attributes = Record<string, string>;

/** An open element. */
interface Open extends Place {
  /** When somebody wanted it. */
  element: ScannedElement | undefined;
  /** The mark that hides its content; -1 when it is seen. */
  hidden: number;
  /** Number of its last child so far, -1 for none. */
  last: number;
}

export class OpenElements {
  readonly root: ScannedDocument;
  readonly slots: Element[][];
  depth = 0;
  readonly #source: Source;
  readonly #marks: Marks;
  readonly #sorter: Sorter;
  /** Selectors ask what is beside an element. */
  readonly #siblings: boolean;
  /** Reused: the first `depth` are open. */
  readonly #open: Open[] = [];
  /** So many of the open elements have their parent. */
  #linked = 0;
  /** Elements so far. */
  #count = 0;
  /** Number of the last element that is in no other. */
  #last = -1;
  readonly #foreign: boolean[] = [];
  #foreignDepth = 0;

  constructor(source: Source, sorter: Sorter, siblings: boolean) {
    this.root = new ScannedDocument(source);
    this.slots = sorter.slots();
    this.#source = source;
    this.#marks = source.marks;
    this.#sorter = sorter;
    this.#siblings = siblings;
  }

  /** Nothing is open any more. @param at where the page ends */
  end(at: number): void {
    this.closeDownTo(0, at);
    this.#source.keepLast(-1, this.#last);
  }

  close(tag: TagName, at: number): void {
    if (tag.foreign !== undefined) this.#leave();
    const { name } = tag;
    if (tag.isVoid) {
      if (name === 'br') this.#madeUp(tag, at);
      return;
    }
    for (let i = this.depth - 1; i >= 0; i--) {
      const open = this.#open[i]?.tag;
      if (open === tag || (!tag.isKnown && open?.name === name)) {
        this.closeDownTo(i, at);
        return;
      }
    }
    if (name === 'p') this.#madeUp(tag, at);
  }

  /** `</p>` and `</br>` without their start tags stand for empty elements. */
  #madeUp(tag: TagName, at: number): void {
    this.#marks.part();
    this.empty(tag, -1, at, tag.wanted, undefined);
    if (!tag.isVoid) this.#marks.part();
  }

  /** One of these is open still. */
  hasOneOf(elements: readonly Element[]): boolean {
    for (let i = 0; i < this.depth; i++) {
      const element = this.#open[i]?.element;
      if (element !== undefined && elements.includes(element)) return true;
    }
    return false;
  }

  endBefore(ended: number, at: number): void {
    let depth = this.depth;
    while (depth > 0 && ((this.#open[depth - 1]?.tag.bit ?? 0) & ended) !== 0) depth--;
    if (depth < this.depth) this.closeDownTo(depth, at);
  }

  closeDownTo(depth: number, at: number): void {
    for (let i = this.depth - 1; i >= depth; i--) {
      const open = this.#open[i];
      if (open === undefined) continue;
      const { element } = open;
      if (element !== undefined) {
        element.contentEnd = at;
        element.endIndex = this.#count - 1;
        element.marksEnd = this.#marks.length;
        open.element = undefined;
      }
      if (this.#siblings) this.#source.keepLast(open.number, open.last);
      if (open.hidden >= 0) this.#marks.shown(open.hidden);
      else if (open.tag.partsWords) this.#marks.part();
    }
    this.depth = depth;
    if (this.#linked > depth) this.#linked = depth;
  }

  push(tag: TagName, nameEnd: number, start: number, raw: boolean): void {
    const content: Content = raw ? 'raw' : this.#foreignDepth > 0 ? 'foreign' : 'markup';
    const hidden = tag.isUnseen ? this.#marks.hide() : -1;
    const number = this.#count++;
    const before = this.#siblings ? this.#follow(number) : -1;
    const marks = this.#marks.length;
    const open = this.#open[this.depth++];
    if (open === undefined) {
      this.#open.push({ tag, number, nameEnd, start, content, marks, before, hidden, element: undefined, last: -1 });
    } else {
      open.tag = tag;
      open.number = number;
      open.nameEnd = nameEnd;
      open.start = start;
      open.content = content;
      open.marks = marks;
      open.before = before;
      open.hidden = hidden;
      open.last = -1;
    }
    if (this.#siblings) this.#source.keep(number, { tag, number, nameEnd, start, content, marks, before });
  }

  /** The element of that number becomes the last child. @returns the number of the one before it */
  #follow(number: number): number {
    const parent = this.#open[this.depth - 1];
    const before = parent?.last ?? this.#last;
    if (parent === undefined) this.#last = number;
    else parent.last = number;
    return before;
  }

  /** An element without content. */
  empty(tag: TagName, nameEnd: number, start: number, wanted: number, attributes: Attributes | undefined): void {
    const number = this.#count++;
    const before = this.#siblings ? this.#follow(number) : -1;
    if ((wanted & BUILD) === 0 && !this.#siblings) return;
    const place: Place = { tag, number, nameEnd, start, content: 'markup', marks: this.#marks.length, before };
    if ((wanted & BUILD) === 0) {
      this.#source.keep(number, place);
      return;
    }
    const element = new ScannedElement(this.#source, place, attributes);
    if ((wanted & LINK) !== 0) element.parent = this.#link(this.depth);
    if (this.#siblings) this.#source.keep(number, element);
    this.#sorter.put(element, this.slots, attributes !== undefined);
  }

  /** The innermost open element. */
  buildOpen(wanted: number, attributes: Attributes | undefined): void {
    const element = this.#elementAt(this.depth - 1, attributes);
    if ((wanted & LINK) !== 0) this.#link(this.depth);
    this.#sorter.put(element, this.slots, attributes !== undefined);
  }

  /** Gives the first `depth` open elements their parents, and returns the last of them. */
  #link(depth: number): ScannedElement | ScannedDocument {
    let parent = this.#linked === 0 ? this.root : this.#elementAt(this.#linked - 1);
    while (this.#linked < depth) {
      const element = this.#elementAt(this.#linked++);
      element.parent = parent;
      parent = element;
    }
    return parent;
  }

  #elementAt(index: number, attributes?: Attributes): ScannedElement {
    const open = this.#open[index];
    if (open === undefined) throw new Error('bug: no such open element');
    if (open.element !== undefined) return open.element;
    const element = (open.element = new ScannedElement(this.#source, open, attributes));
    if (this.#siblings) this.#source.keep(open.number, element);
    return element;
  }

  /** @returns `/>` closes here */
  enter(foreign: boolean | undefined): boolean {
    if (foreign === true) this.#foreignDepth++;
    if (foreign !== undefined) this.#foreign.push(foreign);
    return this.#foreign.at(-1) === true;
  }

  #leave(): void {
    if (this.#foreign.pop() === true) this.#foreignDepth--;
  }
}
