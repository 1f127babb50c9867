/**
 * Where the text of a page stands in its source, noted while the page is scanned: so the text of any element is put together
 * without reading tags a second time, however often elements overlap.
 */
import { DomUtils, parseDocument } from 'htmlparser2';
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

/** The text of marks, not collapsed. @param from index of the first one among `words`; @param to behind the last one */
export function textOfMarks(source: PageText, words: Int32Array, first: number, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += MARK) {
    const one = words[first + at] ?? 0;
    const other = words[first + at + 1] ?? 0;
    if (one >= 0) text += decodeText(source.slice(one, other));
    else if (one === PART) text += ' ';
    else if (one === HIDE) at = (other < 0 ? to : other) - MARK;
    else if (one === TAIL) text += gather(parseDocument(source.slice(other, source.bytes.length)), undefined);
    else text += rawText(source, RAW - one, other);
  }
  return text;
}

/** The content of all text nodes of marks, hidden ones too, with nothing between them. */
export function contentOfMarks(source: PageText, words: Int32Array, first: number, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += MARK) {
    const one = words[first + at] ?? 0;
    const other = words[first + at + 1] ?? 0;
    if (one >= 0) text += decodeText(source.slice(one, other));
    else if (one === TAIL) text += DomUtils.textContent(parseDocument(source.slice(other, source.bytes.length)));
    else if (one <= RAW) text += rawText(source, RAW - one, other);
  }
  return text;
}

function rawText(source: PageText, code: number, to: number): string {
  const raw = source.slice(code >> 1, to);
  return (code & 1) === 0 ? raw : titleText(raw);
}
