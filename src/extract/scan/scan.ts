/**
 * A page read forward: goes from `<` to `<`, keeps the names of open elements as htmlparser2 would, and makes elements only
 * where a selector of the plan may want one. The result is what the tree would be, without all that nobody asks for.
 */
import type { PageText } from '../../lib/page-text.ts';
import { parseFast, type Dom, type Parse, type Until } from '../dom/document.ts';
import { endsName, isLetter, isSpace } from './characters.ts';
import { declarationEnd } from './declaration.ts';
import { Enough } from './enough.ts';
import type { Marks } from './marks.ts';
import { keyStep } from './name-table.ts';
import { OpenElements, type Attributes } from './open-elements.ts';
import { rawTextEnd } from './raw-text.ts';
import { Source } from './source.ts';
import { StartTag } from './start-tag.ts';
import { TagNames, type TagName } from './tag-names.ts';
import { BUILD, type Wanted } from './wanted.ts';

/** Deeper pages are left to the tree, which has its own bounds for them. */
const OPEN_MAX = 500;

/** A parser for a plan whose selectors are all scannable and want no more than this. */
export function scanFor(wanted: Wanted): Parse {
  const names = new TagNames(wanted);
  const startTag = new StartTag();
  return (text, sorter, until) => {
    const source = new Source(text, startTag);
    const open = new OpenElements(source, sorter, wanted.siblings);
    return new Scan(text, source, open, names, startTag, until).run() ?? parseFast(text, sorter);
  };
}

class Scan {
  readonly #text: PageText;
  readonly #html: string;
  readonly #names: TagNames;
  readonly #startTag: StartTag;
  readonly #marks: Marks;
  readonly #open: OpenElements;
  readonly #enough: Enough | undefined;
  /** Up to here all text is marked. */
  #done = 0;

  constructor(text: PageText, source: Source, open: OpenElements, names: TagNames, startTag: StartTag, until?: Until) {
    this.#text = text;
    this.#html = text.characters;
    this.#names = names;
    this.#startTag = startTag;
    this.#marks = source.marks;
    this.#open = open;
    this.#enough = until && new Enough(until, open, open);
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
      if (this.#open.depth > OPEN_MAX) return undefined;
      if (this.#enough?.at(html, next) === true) return this.#end(next);
      at = html.indexOf('<', next + 1);
    }
    this.#marks.tail(this.#done);
    return this.#end(html.length);
  }

  #end(at: number): Dom {
    this.#open.end(at);
    return { root: this.#open.root, slots: this.#open.slots };
  }

  /** What is neither tag nor text. */
  #skipped(lt: number, end: number): number {
    this.#textTo(lt);
    if (end >= 0) this.#done = end + 1;
    return end;
  }

  /** Marks the text before a `<`. */
  #textTo(lt: number): void {
    this.#marks.text(this.#done, lt);
    this.#done = lt;
  }

  /** @returns the last character of the tag (and of raw text with its end tag); -1 when the page ends before */
  #startTagAt(lt: number): number {
    const html = this.#html;
    this.#textTo(lt);
    let at = lt + 1;
    let code = html.charCodeAt(at);
    let key = 0;
    while (!endsName(code)) {
      key = keyStep(key, code);
      if (++at >= html.length) return -1;
      code = html.charCodeAt(at);
    }
    const tag = this.#names.at(this.#text, lt + 1, at, key);
    if (tag.ends !== 0) this.#open.endBefore(tag.ends, lt);

    let end = at;
    let wanted = tag.wanted;
    let selfClosing = false;
    let attributes: Attributes | undefined;
    if (code !== 0x3e) {
      const startTag = this.#startTag;
      if (tag.looks === undefined) startTag.skip(this.#text, at);
      else startTag.read(this.#text, at, tag.looks);
      end = startTag.end;
      if (end < 0) return -1;
      selfClosing = startTag.selfClosing;
      if (tag.looks !== undefined) {
        // as they are at hand, and decide what it is wanted for; else they are read when somebody asks
        if ((startTag.wanted & BUILD) !== 0) attributes = startTag.attributes(this.#text);
        wanted |= startTag.wanted;
      }
    }
    this.#done = end + 1;
    if (tag.partsWords) this.#marks.part();
    if (tag.isVoid) {
      this.#open.empty(tag, at, end + 1, wanted, attributes);
      if ((wanted & BUILD) !== 0) this.#enough?.made();
      return end;
    }
    const closes = this.#open.enter(tag.foreign) && selfClosing;
    const raw = tag.isRaw && !selfClosing;
    this.#open.push(tag, at, end + 1, raw);
    if ((wanted & BUILD) !== 0) {
      this.#open.buildOpen(wanted, attributes);
      this.#enough?.made();
    }
    if (closes) this.#open.closeDownTo(this.#open.depth - 1, end + 1);
    return raw ? this.#rawText(tag, end + 1) : end;
  }

  #rawText(tag: TagName, from: number): number {
    const html = this.#html;
    const end = rawTextEnd(html, from, tag.name);
    this.#done = end < 0 ? html.length : end;
    if (!tag.isUnseen) this.#marks.raw(from, this.#done, tag.name === 'title');
    if (end < 0) return -1;
    this.#open.close(tag, end);
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
    this.#textTo(lt);
    this.#open.close(this.#names.at(this.#text, start, at, key), lt);
    const gt = code === 0x3e ? at : html.indexOf('>', at);
    if (gt >= 0) this.#done = gt + 1;
    return gt;
  }
}
