/**
 * A page read forward: goes from `<` to `<`, keeps the names of open elements as htmlparser2 would, and makes elements only
 * where a selector of the plan may want one. The result is what the tree would be, without all that nobody asks for.
 */
import { parseFast, type Dom, type Parse } from '../dom/document.ts';
import type { Sorter } from '../dom/registry.ts';
import type { Element } from 'domhandler';
import { isSpace } from './characters.ts';
import { ScannedDocument, ScannedElement, Source, type Content } from './element.ts';
import { rawTextEnd } from './raw-text.ts';
import { StartTag } from './start-tag.ts';
import { hashStep, TagNames, type TagName } from './tag-names.ts';
import { BUILD, LINK, type Wanted } from './wanted.ts';

/** Deeper pages are left to the tree, which has its own bounds for them. */
const OPEN_MAX = 500;

/** A parser for a plan whose selectors are all scannable and want no more than this. */
export function scanFor(wanted: Wanted): Parse {
  const names = new TagNames(wanted.names.keys(), (name) => (wanted.names.get(name) ?? 0) | wanted.all);
  return (html, sorter) => new Scan(html, names, wanted, sorter).run() ?? parseFast(html, sorter);
}

/** An open element. */
interface Open {
  tag: TagName;
  /** These as in `Place`. */
  number: number;
  attributes: number;
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

  constructor(html: string, names: TagNames, wanted: Wanted, sorter: Sorter) {
    this.#html = html;
    this.#source = new Source(html);
    this.#root = new ScannedDocument(this.#source);
    this.#names = names;
    this.#sorter = sorter;
    this.#startTag = new StartTag(wanted);
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
    while (code !== 0x3e && code !== 0x2f && !isSpace(code)) {
      if (at >= html.length) return -1;
      hash = hashStep(hash, code);
      code = html.charCodeAt(++at);
    }
    const tag = this.#names.at(html, lt + 1, at, hash);
    if (tag.ends !== undefined) this.#endBefore(tag.ends, lt);

    let end = at;
    let wanted = tag.wanted;
    let selfClosing = false;
    if (code !== 0x3e) {
      const startTag = this.#startTag;
      startTag.read(html, at);
      end = startTag.end;
      wanted |= startTag.wanted;
      selfClosing = startTag.selfClosing;
      if (end < 0) return -1;
    }
    const number = this.#count++;
    if (tag.isVoid) {
      if ((wanted & BUILD) !== 0) this.#build(tag, number, at, end + 1, wanted);
      return end;
    }
    if (tag.foreign !== undefined) this.#enter(tag.foreign);
    const closes = selfClosing && this.#foreign.at(-1) === true;
    const raw = tag.isRaw && !selfClosing;
    this.#push(tag, number, at, end + 1, raw ? 'raw' : this.#foreignDepth > 0 ? 'foreign' : 'markup');
    if ((wanted & BUILD) !== 0) this.#buildOpen(wanted);
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
      if (at >= html.length) return -1;
      hash = hashStep(hash, code);
      code = html.charCodeAt(++at);
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
      if (this.#open[i]?.tag.name === name) {
        this.#closeDownTo(i, at);
        return;
      }
    }
    if (name === 'p') this.#madeUp(tag, at);
  }

  /** `</p>` and `</br>` without their start tags stand for empty elements. */
  #madeUp(tag: TagName, at: number): void {
    const number = this.#count++;
    if ((tag.wanted & BUILD) !== 0) this.#build(tag, number, 0, at, tag.wanted);
  }

  #endBefore(ended: ReadonlySet<string>, at: number): void {
    for (let top = this.#open[this.#depth - 1]; top !== undefined; top = this.#open[this.#depth - 1]) {
      if (!ended.has(top.tag.name)) return;
      this.#closeDownTo(this.#depth - 1, at);
    }
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

  #push(tag: TagName, number: number, attributes: number, start: number, content: Content): void {
    const open = this.#open[this.#depth++];
    if (open === undefined) {
      this.#open.push({ tag, number, attributes, start, content, element: undefined });
      return;
    }
    open.tag = tag;
    open.number = number;
    open.attributes = attributes;
    open.start = start;
    open.content = content;
  }

  /** An element without content. */
  #build(tag: TagName, number: number, attributes: number, start: number, wanted: number): void {
    const element = new ScannedElement(this.#source, tag.name, { number, attributes, start, content: 'markup' });
    if ((wanted & LINK) !== 0) element.parent = this.#link(this.#depth);
    this.#sorter.put(element, this.#slots);
  }

  /** The innermost open element. */
  #buildOpen(wanted: number): void {
    const element = this.#elementAt(this.#depth - 1);
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

  #elementAt(index: number): ScannedElement {
    const open = this.#open[index];
    if (open === undefined) throw new Error('bug: no such open element');
    return (open.element ??= new ScannedElement(this.#source, open.tag.name, {
      number: open.number,
      attributes: open.attributes,
      start: open.start,
      content: open.content,
    }));
  }

  #enter(foreign: boolean): void {
    this.#foreign.push(foreign);
    if (foreign) this.#foreignDepth++;
  }

  #leave(): void {
    if (this.#foreign.pop() === true) this.#foreignDepth--;
  }
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a && code < 0x80;
}

/** The last character of `<!…>`: a comment, `<![CDATA[` or anything else; -1 when the page ends before. */
function declarationEnd(html: string, lt: number): number {
  if (html.startsWith('--', lt + 2)) {
    // `<!-->` is a whole comment
    const end = html.indexOf('-->', lt + 2);
    return end < 0 ? -1 : end + 2;
  }
  if (html.startsWith('[CDATA[', lt + 2)) {
    const end = html.indexOf(']]>', lt + 9);
    return end < 0 ? -1 : end + 2;
  }
  const code = html.charCodeAt(lt + 2);
  if (code === 0x5b) return html.indexOf('>', cdataMismatch(html, lt + 3));
  // The parser does not look at the character behind `<!`, nor at the next one behind `<!-`.
  return html.indexOf('>', code === 0x2d ? lt + 4 : lt + 3);
}

/** `<![CD>`: the first character that is not as in `CDATA[` may end the declaration already. */
function cdataMismatch(html: string, from: number): number {
  let at = from;
  while (html.charCodeAt(at) === 'CDATA['.charCodeAt(at - from)) at++;
  return at;
}
