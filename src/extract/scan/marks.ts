/**
 * Where the text of a page stands in its source, noted while the page is scanned: so the text of any element is put together
 * without reading tags a second time, however often elements overlap.
 */
import { parseDocument } from 'htmlparser2';
import type { PageText } from '../../lib/page-text.ts';
import { gather } from '../dom/text.ts';
import { decodeText, titleText } from './entities.ts';

/** Numbers of a mark. Two that are not negative: a text, where it begins and where it ends. */
export const MARK = 2;
/** White space between two words. */
const PART = -1;
/** Nobody sees what follows up to the mark whose place is the second number; -1 while that is open. */
const HIDE = -2;
/** From the second number on, the page ends as the parser thinks best. */
const TAIL = -3;
/** And below: text whose references do not count, or do so by the rules of a title; the second number is where it ends. */
const RAW = -4;

/** Marks of one page; a place among them is an even number. */
export class Marks {
  /** Place of the next mark. */
  length = 0;
  readonly #text: PageText;
  readonly #html: string;
  #marks: Int32Array;
  /** There is no `&` between these two places of the source. */
  #plainFrom = 0;
  #plainTo = -1;

  constructor(text: PageText) {
    this.#text = text;
    this.#html = text.characters;
    // about what well-made pages need, so that few grow it
    this.#marks = new Int32Array((this.#html.length >> 3) + 64);
  }

  text(from: number, to: number): void {
    if (to > from) this.#put(from, to);
  }

  /** @param isTitle references count there */
  raw(from: number, to: number, isTitle: boolean): void {
    if (to > from) this.#put(RAW - (from * 2 + (isTitle ? 1 : 0)), to);
  }

  part(): void {
    this.#put(PART, 0);
  }

  tail(from: number): void {
    if (from < this.#html.length) this.#put(TAIL, from);
  }

  /** @returns for `shown` */
  hide(): number {
    this.#put(HIDE, -1);
    return this.length - MARK;
  }

  /** Ends what `hide` began. */
  shown(hidden: number): void {
    this.#marks[hidden + 1] = this.length;
  }

  /** The text of the marks between two places, not collapsed. */
  read(from: number, to: number): string {
    const source = this.#text;
    const marks = this.#marks;
    let text = '';
    for (let at = from; at < to; at += MARK) {
      const first = marks[at] ?? 0;
      const second = marks[at + 1] ?? 0;
      if (first >= 0)
        text += this.#isPlain(first, second) ? source.slice(first, second) : decodeText(source.slice(first, second));
      else if (first === PART) text += ' ';
      else if (first === HIDE) at = (second < 0 ? to : second) - MARK;
      else if (first === TAIL) text += gather(parseDocument(source.slice(second, this.#html.length)), undefined);
      else text += this.#rawText(RAW - first, second);
    }
    return text;
  }

  #rawText(code: number, to: number): string {
    const raw = this.#text.slice(code >> 1, to);
    return (code & 1) === 0 ? raw : titleText(raw);
  }

  /** Whether there are no references to resolve: the next `&` is looked for only behind the last one found. */
  #isPlain(from: number, to: number): boolean {
    if (from < this.#plainFrom || from > this.#plainTo) {
      this.#plainFrom = from;
      const ampersand = this.#html.indexOf('&', from);
      this.#plainTo = ampersand < 0 ? this.#html.length : ampersand;
    }
    return to <= this.#plainTo;
  }

  #put(first: number, second: number): void {
    if (this.length + MARK > this.#marks.length) {
      const more = new Int32Array(this.#marks.length * 2);
      more.set(this.#marks);
      this.#marks = more;
    }
    this.#marks[this.length] = first;
    this.#marks[this.length + 1] = second;
    this.length += MARK;
  }
}
