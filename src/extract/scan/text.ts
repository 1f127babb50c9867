/** The text between two places of a page, without making nodes of what is there. */
import { UNSEEN } from '../dom/text.ts';
import { endsName, isLetter, isSpace } from './characters.ts';
import { declarationEnd } from './declaration.ts';
import { decodeText, titleText } from './entities.ts';
import { rawTextEnd } from './raw-text.ts';
import type { StartTag } from './start-tag.ts';
import { hashStep } from './name-table.ts';
import type { TagName, TagNames } from './tag-names.ts';

/** What a reader of texts shares with the scan of its page. */
export interface Reader {
  readonly names: TagNames;
  /** Knows what the plan wants. */
  readonly startTag: StartTag;
  /** Wants nothing. */
  readonly plainTag: StartTag;
}

/**
 * Text as `textOf` gathers it, not yet collapsed; undefined when only nodes can tell: in SVG and MathML, and where the page ends.
 */
export function gatherText(html: string, from: number, end: number, reader: Reader): string | undefined {
  return end >= html.length ? undefined : new Gathering(html, end, reader).run(from);
}

class Gathering {
  readonly #html: string;
  readonly #end: number;
  readonly #reader: Reader;
  readonly #open: TagName[] = [];
  #text = '';
  /** How many of the open elements were open when one came that nobody sees; -1 when none did. */
  #unseenFrom = -1;

  constructor(html: string, end: number, reader: Reader) {
    this.#html = html;
    this.#end = end;
    this.#reader = reader;
  }

  run(from: number): string | undefined {
    const html = this.#html;
    let done = from; // up to here all text is taken
    let at = html.indexOf('<', from);
    while (at >= 0 && at < this.#end) {
      const code = html.charCodeAt(at + 1);
      if (!isLetter(code) && code !== 0x2f && code !== 0x21 && code !== 0x3f) {
        at = html.indexOf('<', at + 1);
        continue;
      }
      this.#take(done, at);
      let next: number;
      if (isLetter(code)) next = this.#startTagAt(at);
      else if (code === 0x2f) next = this.#endTagAt(at);
      else if (code === 0x21) next = declarationEnd(html, at);
      else next = html.indexOf('>', at + 2);
      if (next < 0) return undefined;
      done = this.#isText(at, next) ? at : next + 1;
      at = html.indexOf('<', next + 1);
    }
    this.#take(done, this.#end);
    this.#closeDownTo(0);
    return this.#text;
  }

  /** `</>` and `</ >` are no tags for the parser. */
  #isText(lt: number, end: number): boolean {
    return this.#html.charCodeAt(lt + 1) === 0x2f && this.#html.slice(lt + 2, end).trim() === '';
  }

  #take(from: number, to: number): void {
    if (to > from && this.#unseenFrom < 0) this.#text += decodeText(this.#html.slice(from, to));
  }

  #startTagAt(lt: number): number {
    const html = this.#html;
    let at = lt + 1;
    let hash = 0;
    let code = html.charCodeAt(at);
    while (!endsName(code)) {
      hash = hashStep(hash, code);
      code = html.charCodeAt(++at);
    }
    const { names, plainTag } = this.#reader;
    const tag = names.at(html, lt + 1, at, hash);
    if (tag.foreign === true) return -1;
    let depth = this.#open.length;
    while (depth > 0 && ((this.#open[depth - 1]?.bit ?? 0) & tag.ends) !== 0) depth--;
    this.#closeDownTo(depth);
    let end = at;
    let selfClosing = false;
    if (code !== 0x3e) {
      plainTag.read(html, at);
      end = plainTag.end;
      selfClosing = plainTag.selfClosing;
    }
    this.#part(tag);
    if (tag.isVoid) {
      this.#part(tag);
      return end;
    }
    this.#open.push(tag);
    if (this.#unseenFrom < 0 && UNSEEN.has(tag.name)) this.#unseenFrom = this.#open.length - 1;
    if (!tag.isRaw || selfClosing) return end;
    const rawEnd = rawTextEnd(html, end + 1, tag.name);
    if (rawEnd < 0) return -1;
    const raw = html.slice(end + 1, rawEnd);
    if (this.#unseenFrom < 0) this.#text += tag.name === 'title' ? titleText(raw) : raw;
    this.#closeDownTo(this.#open.length - 1);
    return html.indexOf('>', rawEnd + 2 + tag.name.length);
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
      // The scan has been here, so the name does end; but that is known elsewhere, and without an end this would be for ever.
      if (++at >= html.length) return -1;
      code = html.charCodeAt(at);
    }
    const tag = this.#reader.names.at(html, start, at, hash);
    const index = this.#open.findLastIndex((open) => open === tag || (!tag.isKnown && open.name === tag.name));
    if (index >= 0) this.#closeDownTo(index);
    else if (tag.name === 'p' || tag.name === 'br') this.#part(tag);
    return code === 0x3e ? at : html.indexOf('>', at);
  }

  #closeDownTo(depth: number): void {
    for (let tag = this.#open[this.#open.length - 1]; tag !== undefined && this.#open.length > depth;) {
      this.#open.pop();
      if (this.#unseenFrom === this.#open.length) this.#unseenFrom = -1;
      else this.#part(tag);
      tag = this.#open[this.#open.length - 1];
    }
  }

  /** White space where a tag parts words. */
  #part(tag: TagName): void {
    if (tag.partsWords && this.#unseenFrom < 0) this.#text += ' ';
  }
}
