/**
 * A page read forward: goes from `<` to `<`, keeps the names of open elements as htmlparser2 would, and makes elements only
 * where a selector of the plan may want one. The result is what the tree would be, without all that nobody asks for.
 */
import type { Element } from 'domhandler';
import { parseFast, type Dom, type Parse } from '../dom/document.ts';
import type { Sorter } from '../dom/registry.ts';
import { endsName, isLetter, isSpace } from './characters.ts';
import { declarationEnd } from './declaration.ts';
import { ScannedDocument, ScannedElement, type Content, type Place } from './element.ts';
import type { Marks } from './marks.ts';
import { keyStep } from './name-table.ts';
import { rawTextEnd } from './raw-text.ts';
import { Source } from './source.ts';
import { StartTag } from './start-tag.ts';
import { TagNames, type TagName } from './tag-names.ts';
import { BUILD, LINK, type Wanted } from './wanted.ts';

/** Deeper pages are left to the tree, which has its own bounds for them. */
const OPEN_MAX = 500;

/** A parser for a plan whose selectors are all scannable and want no more than this. */
export function scanFor(wanted: Wanted): Parse {
  const names = new TagNames(wanted);
  const startTag = new StartTag();
  return (html, sorter) => new Scan(html, wanted, names, startTag, sorter).run() ?? parseFast(html, sorter);
}

type Attributes = Record<string, string>;

/** An open element. */
interface Open extends Place {
  /** When somebody wanted it. */
  element: ScannedElement | undefined;
  /** The mark that hides its content; -1 when it is seen. */
  hidden: number;
  /** Number of its last child so far, -1 for none. */
  last: number;
}

class Scan {
  readonly #html: string;
  readonly #source: Source;
  readonly #marks: Marks;
  readonly #root: ScannedDocument;
  readonly #names: TagNames;
  readonly #sorter: Sorter;
  readonly #startTag: StartTag;
  readonly #slots: Element[][];
  /** Selectors ask what is before an element. */
  readonly #siblings: boolean;
  /** Reused: the first `#depth` are open. */
  readonly #open: Open[] = [];
  #depth = 0;
  /** So many of the open elements have their parent. */
  #linked = 0;
  /** Elements so far. */
  #count = 0;
  /** Up to here all text is marked. */
  #done = 0;
  /** Number of the last element that is in no other. */
  #last = -1;
  readonly #foreign: boolean[] = [];
  #foreignDepth = 0;

  constructor(html: string, wanted: Wanted, names: TagNames, startTag: StartTag, sorter: Sorter) {
    this.#html = html;
    this.#source = new Source(html, startTag);
    this.#marks = this.#source.marks;
    this.#root = new ScannedDocument(this.#source);
    this.#names = names;
    this.#sorter = sorter;
    this.#startTag = startTag;
    this.#slots = sorter.slots();
    this.#siblings = wanted.siblings;
  }

  /** Undefined when the page is too deep. */
  run(): Dom | undefined {
    const html = this.#html;
    let at = html.indexOf('<');
    while (at >= 0) {
      const code = html.charCodeAt(at + 1);
      let next: number;
      if (isLetter(code)) next = this.#startTagAt(at);
      else if (code === 0x2f) next = this.#endTagAt(at);
      else if (code === 0x21) next = this.#skipped(at, declarationEnd(html, at));
      else if (code === 0x3f) next = this.#skipped(at, html.indexOf('>', at + 2));
      else next = at;
      if (next < 0) break;
      if (this.#depth > OPEN_MAX) return undefined;
      at = html.indexOf('<', next + 1);
    }
    this.#marks.tail(this.#done);
    this.#closeDownTo(0, html.length);
    return { root: this.#root, slots: this.#slots };
  }

  /** What is neither tag nor text. */
  #skipped(lt: number, end: number): number {
    this.#text(lt);
    if (end >= 0) this.#done = end + 1;
    return end;
  }

  /** Marks the text before a `<`. */
  #text(lt: number): void {
    this.#marks.text(this.#done, lt);
    this.#done = lt;
  }

  /** @returns the last character of the tag (and of raw text with its end tag); -1 when the page ends before */
  #startTagAt(lt: number): number {
    const html = this.#html;
    this.#text(lt);
    let at = lt + 1;
    let code = html.charCodeAt(at);
    let key = 0;
    while (!endsName(code)) {
      key = keyStep(key, code);
      if (++at >= html.length) return -1;
      code = html.charCodeAt(at);
    }
    const tag = this.#names.at(html, lt + 1, at, key);
    if (tag.ends !== 0) this.#endBefore(tag.ends, lt);

    let end = at;
    let wanted = tag.wanted;
    let selfClosing = false;
    let attributes: Attributes | undefined;
    if (code !== 0x3e) {
      const startTag = this.#startTag;
      if (tag.looks === undefined) startTag.skip(html, at);
      else startTag.read(html, at, tag.looks);
      end = startTag.end;
      if (end < 0) return -1;
      selfClosing = startTag.selfClosing;
      if (tag.looks !== undefined) {
        // as they are at hand, and decide what it is wanted for; else they are read when somebody asks
        if ((startTag.wanted & BUILD) !== 0) attributes = startTag.attributes(html);
        wanted |= startTag.wanted;
      }
    }
    this.#done = end + 1;
    if (tag.partsWords) this.#marks.part();
    if (tag.isVoid) {
      this.#empty(tag, at, end + 1, wanted, attributes);
      return end;
    }
    if (tag.foreign !== undefined) this.#enter(tag.foreign);
    const closes = selfClosing && this.#foreign.at(-1) === true;
    const raw = tag.isRaw && !selfClosing;
    this.#push(tag, at, end + 1, raw ? 'raw' : this.#foreignDepth > 0 ? 'foreign' : 'markup');
    if ((wanted & BUILD) !== 0) this.#buildOpen(wanted, attributes);
    if (closes) this.#closeDownTo(this.#depth - 1, end + 1);
    return raw ? this.#rawText(tag, end + 1) : end;
  }

  #rawText(tag: TagName, from: number): number {
    const html = this.#html;
    const end = rawTextEnd(html, from, tag.name);
    this.#done = end < 0 ? html.length : end;
    if (!tag.isUnseen) this.#marks.raw(from, this.#done, tag.name === 'title');
    if (end < 0) return -1;
    this.#close(tag, end);
    const gt = html.indexOf('>', end + 2 + tag.name.length);
    if (gt >= 0) this.#done = gt + 1;
    return gt;
  }

  #endTagAt(lt: number): number {
    const html = this.#html;
    let at = lt + 2;
    let code = html.charCodeAt(at);
    while (isSpace(code)) code = html.charCodeAt(++at);
    // `</>` is text
    if (code === 0x3e) return at;
    if (!isLetter(code)) return this.#skipped(lt, html.indexOf('>', at + 1));
    const start = at;
    let key = 0;
    while (code !== 0x3e && !isSpace(code)) {
      key = keyStep(key, code);
      if (++at >= html.length) return this.#skipped(lt, -1);
      code = html.charCodeAt(at);
    }
    this.#text(lt);
    this.#close(this.#names.at(html, start, at, key), lt);
    const gt = code === 0x3e ? at : html.indexOf('>', at);
    if (gt >= 0) this.#done = gt + 1;
    return gt;
  }

  #close(tag: TagName, at: number): void {
    if (tag.foreign !== undefined) this.#leave();
    const { name } = tag;
    if (tag.isVoid) {
      if (name === 'br') this.#madeUp(tag, at);
      return;
    }
    for (let i = this.#depth - 1; i >= 0; i--) {
      const open = this.#open[i]?.tag;
      if (open === tag || (!tag.isKnown && open?.name === name)) {
        this.#closeDownTo(i, at);
        return;
      }
    }
    if (name === 'p') this.#madeUp(tag, at);
  }

  /** `</p>` and `</br>` without their start tags stand for empty elements. */
  #madeUp(tag: TagName, at: number): void {
    this.#marks.part();
    this.#empty(tag, -1, at, tag.wanted, undefined);
    if (!tag.isVoid) this.#marks.part();
  }

  #endBefore(ended: number, at: number): void {
    let depth = this.#depth;
    while (depth > 0 && ((this.#open[depth - 1]?.tag.bit ?? 0) & ended) !== 0) depth--;
    if (depth < this.#depth) this.#closeDownTo(depth, at);
  }

  #closeDownTo(depth: number, at: number): void {
    for (let i = this.#depth - 1; i >= depth; i--) {
      const open = this.#open[i];
      if (open === undefined) continue;
      const { element } = open;
      if (element !== undefined) {
        element.contentEnd = at;
        element.endIndex = this.#count - 1;
        element.marksEnd = this.#marks.length;
        open.element = undefined;
      }
      if (open.hidden >= 0) this.#marks.shown(open.hidden);
      else if (open.tag.partsWords) this.#marks.part();
    }
    this.#depth = depth;
    if (this.#linked > depth) this.#linked = depth;
  }

  #push(tag: TagName, nameEnd: number, start: number, content: Content): void {
    const hidden = tag.isUnseen ? this.#marks.hide() : -1;
    const number = this.#count++;
    const before = this.#siblings ? this.#follow(number) : -1;
    const marks = this.#marks.length;
    const open = this.#open[this.#depth++];
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
    const parent = this.#open[this.#depth - 1];
    const before = parent?.last ?? this.#last;
    if (parent === undefined) this.#last = number;
    else parent.last = number;
    return before;
  }

  /** An element without content. */
  #empty(tag: TagName, nameEnd: number, start: number, wanted: number, attributes: Attributes | undefined): void {
    const number = this.#count++;
    const before = this.#siblings ? this.#follow(number) : -1;
    if ((wanted & BUILD) === 0 && !this.#siblings) return;
    const place: Place = { tag, number, nameEnd, start, content: 'markup', marks: this.#marks.length, before };
    if ((wanted & BUILD) === 0) {
      this.#source.keep(number, place);
      return;
    }
    const element = new ScannedElement(this.#source, place, attributes);
    if ((wanted & LINK) !== 0) element.parent = this.#link(this.#depth);
    if (this.#siblings) this.#source.keep(number, element);
    this.#sorter.put(element, this.#slots, attributes !== undefined);
  }

  /** The innermost open element. */
  #buildOpen(wanted: number, attributes: Attributes | undefined): void {
    const element = this.#elementAt(this.#depth - 1, attributes);
    if ((wanted & LINK) !== 0) this.#link(this.#depth);
    this.#sorter.put(element, this.#slots, attributes !== undefined);
  }

  /** Gives the first `depth` open elements their parents, and returns the last of them. */
  #link(depth: number): ScannedElement | ScannedDocument {
    let parent = this.#linked === 0 ? this.#root : this.#elementAt(this.#linked - 1);
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

  #enter(foreign: boolean): void {
    this.#foreign.push(foreign);
    if (foreign) this.#foreignDepth++;
  }

  #leave(): void {
    if (this.#foreign.pop() === true) this.#foreignDepth--;
  }
}
