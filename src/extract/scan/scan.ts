/**
 * A page read forward: goes from `<` to `<`, keeps the names of open elements as htmlparser2 would, and makes elements only
 * where a selector of the plan may want one. The result is what the tree would be, without all that nobody asks for.
 */
import type { Element } from 'domhandler';
import { parseFast, type Dom, type Parse } from '../dom/document.ts';
import type { Sorter } from '../dom/registry.ts';
import { endsName, isLetter, isSpace } from './characters.ts';
import { declarationEnd } from './declaration.ts';
import { ScannedDocument, ScannedElement, Source, type Content } from './element.ts';
import { rawTextEnd } from './raw-text.ts';
import { StartTag } from './start-tag.ts';
import { hashStep } from './name-table.ts';
import { TagNames, type TagName } from './tag-names.ts';
import type { Reader } from './text.ts';
import { BUILD, LINK, type Wanted } from './wanted.ts';

/** Deeper pages are left to the tree, which has its own bounds for them. */
const OPEN_MAX = 500;

/** A parser for a plan whose selectors are all scannable and want no more than this. */
export function scanFor(wanted: Wanted): Parse {
  const names = new TagNames(wanted.names.keys(), (name) => (wanted.names.get(name) ?? 0) | wanted.all);
  const reader = { names, startTag: new StartTag(wanted.attributes), plainTag: new StartTag([]) };
  return (html, sorter) => new Scan(html, reader, sorter).run() ?? parseFast(html, sorter);
}

type Attributes = Record<string, string>;

/** An open element. */
interface Open {
  tag: TagName;
  /** These as in `Place`. */
  number: number;
  nameEnd: number;
  start: number;
  content: Content;
  /** When somebody wanted it. */
  element: ScannedElement | undefined;
}

class Scan {
  readonly #html: string;
  readonly #source: Source;
  readonly #root: ScannedDocument;
  readonly #names: TagNames;
  readonly #sorter: Sorter;
  readonly #startTag: StartTag;
  readonly #slots: Element[][];
  /** Reused: the first `#depth` are open. */
  readonly #open: Open[] = [];
  #depth = 0;
  /** So many of the open elements have their parent. */
  #linked = 0;
  /** Elements so far. */
  #count = 0;
  readonly #foreign: boolean[] = [];
  #foreignDepth = 0;

  constructor(html: string, reader: Reader, sorter: Sorter) {
    this.#html = html;
    this.#source = new Source(html, reader);
    this.#root = new ScannedDocument(this.#source);
    this.#names = reader.names;
    this.#sorter = sorter;
    this.#startTag = reader.startTag;
    this.#slots = sorter.slots();
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
      else if (code === 0x21) next = declarationEnd(html, at);
      else if (code === 0x3f) next = html.indexOf('>', at + 2);
      else next = at;
      if (next < 0) break;
      if (this.#depth > OPEN_MAX) return undefined;
      at = html.indexOf('<', next + 1);
    }
    this.#closeDownTo(0, html.length);
    return { root: this.#root, slots: this.#slots };
  }

  /** @returns the last character of the tag (and of raw text with its end tag); -1 when the page ends before */
  #startTagAt(lt: number): number {
    const html = this.#html;
    let at = lt + 1;
    let hash = 0;
    let code = html.charCodeAt(at);
    while (!endsName(code)) {
      hash = hashStep(hash, code);
      if (++at >= html.length) return -1;
      code = html.charCodeAt(at);
    }
    const tag = this.#names.at(html, lt + 1, at, hash);
    if (tag.ends !== 0) this.#endBefore(tag.ends, lt);

    let end = at;
    let wanted = tag.wanted;
    let selfClosing = false;
    const startTag = this.#startTag;
    if (code !== 0x3e) {
      startTag.read(html, at);
      end = startTag.end;
      wanted |= startTag.wanted;
      selfClosing = startTag.selfClosing;
      if (end < 0) return -1;
    }
    const number = this.#count++;
    const isWanted = (wanted & BUILD) !== 0;
    const attributes = !isWanted ? undefined : code === 0x3e ? {} : startTag.attributes(html);
    if (tag.isVoid) {
      if (attributes !== undefined) this.#build(tag, number, end + 1, wanted, attributes);
      return end;
    }
    if (tag.foreign !== undefined) this.#enter(tag.foreign);
    const closes = selfClosing && this.#foreign.at(-1) === true;
    const raw = tag.isRaw && !selfClosing;
    this.#push(tag, number, at, end + 1, raw ? 'raw' : this.#foreignDepth > 0 ? 'foreign' : 'markup');
    if (attributes !== undefined) this.#buildOpen(wanted, attributes);
    if (closes) this.#closeDownTo(this.#depth - 1, end + 1);
    return raw ? this.#rawText(tag, end + 1) : end;
  }

  #rawText(tag: TagName, from: number): number {
    const html = this.#html;
    const end = rawTextEnd(html, from, tag.name);
    if (end < 0) return -1;
    this.#close(tag, end);
    return html.indexOf('>', end + 2 + tag.name.length);
  }

  #endTagAt(lt: number): number {
    const html = this.#html;
    let at = lt + 2;
    let code = html.charCodeAt(at);
    while (isSpace(code)) code = html.charCodeAt(++at);
    if (code === 0x3e) return at;
    if (!isLetter(code)) return html.indexOf('>', at + 1);
    const start = at;
    let hash = 0;
    while (code !== 0x3e && !isSpace(code)) {
      hash = hashStep(hash, code);
      if (++at >= html.length) return -1;
      code = html.charCodeAt(at);
    }
    this.#close(this.#names.at(html, start, at, hash), lt);
    return code === 0x3e ? at : html.indexOf('>', at);
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
    const number = this.#count++;
    if ((tag.wanted & BUILD) !== 0) this.#build(tag, number, at, tag.wanted, {});
  }

  #endBefore(ended: number, at: number): void {
    let depth = this.#depth;
    while (depth > 0 && ((this.#open[depth - 1]?.tag.bit ?? 0) & ended) !== 0) depth--;
    if (depth < this.#depth) this.#closeDownTo(depth, at);
  }

  #closeDownTo(depth: number, at: number): void {
    for (let i = this.#depth - 1; i >= depth; i--) {
      const open = this.#open[i];
      if (open?.element === undefined) continue;
      open.element.contentEnd = at;
      open.element.endIndex = this.#count - 1;
      open.element = undefined;
    }
    this.#depth = depth;
    if (this.#linked > depth) this.#linked = depth;
  }

  #push(tag: TagName, number: number, nameEnd: number, start: number, content: Content): void {
    const open = this.#open[this.#depth++];
    if (open === undefined) {
      this.#open.push({ tag, number, nameEnd, start, content, element: undefined });
      return;
    }
    open.tag = tag;
    open.number = number;
    open.nameEnd = nameEnd;
    open.start = start;
    open.content = content;
  }

  /** An element without content. */
  #build(tag: TagName, number: number, start: number, wanted: number, attributes: Attributes): void {
    const place = { number, nameEnd: start, start, content: 'markup' } as const;
    const element = new ScannedElement(this.#source, tag.name, place, attributes);
    if ((wanted & LINK) !== 0) element.parent = this.#link(this.#depth);
    this.#sorter.put(element, this.#slots);
  }

  /** The innermost open element. */
  #buildOpen(wanted: number, attributes: Attributes): void {
    const element = this.#elementAt(this.#depth - 1, attributes);
    if ((wanted & LINK) !== 0) this.#link(this.#depth);
    this.#sorter.put(element, this.#slots);
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
    const { tag, number, nameEnd, start, content } = open;
    return (open.element = new ScannedElement(this.#source, tag.name, { number, nameEnd, start, content }, attributes));
  }

  #enter(foreign: boolean): void {
    this.#foreign.push(foreign);
    if (foreign) this.#foreignDepth++;
  }

  #leave(): void {
    if (this.#foreign.pop() === true) this.#foreignDepth--;
  }
}
