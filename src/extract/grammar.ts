/**
 * The grammar of a field as one string: `CSS[::reading] [| transform[:arg,...]]...`
 *
 * A `|` inside brackets, parentheses or quotes belongs to the selector. An argument ends at `,` or `|`; white space around it
 * does not count. In quotes (single or double) everything counts. A backslash stands before a quote, a
 * backslash, and outside of quotes also before `,` and `|`, to mean just that character; `\n` and `\t` are line feed and tab;
 * any other backslash is kept, so that `\d` needs no doubling.
 */
import type { Reading } from './spec.ts';

/** A fault in a part of the text. */
export class GrammarError extends Error {
  override readonly name = 'GrammarError';
  readonly span: readonly [offset: number, length: number];
  readonly mend: string | undefined;
  constructor(message: string, span: readonly [number, number], mend?: string) {
    super(message);
    this.span = span;
    this.mend = mend;
  }
}

export interface Part {
  readonly text: string;
  readonly offset: number;
}

export interface PipeCall {
  readonly name: Part;
  readonly args: readonly Part[];
}

export interface FieldText {
  readonly css: Part;
  /** Undefined when none was written: then it is the text, unless a transform asks for HTML. */
  readonly read: Reading | undefined;
  readonly pipes: readonly PipeCall[];
}

/** @throws GrammarError */
export function parseField(text: string): FieldText {
  const pipeAt = scanCss(text, (at) => text[at] === '|');
  const selection = parseSelection(text.slice(0, pipeAt));
  return { ...selection, pipes: pipeAt < text.length ? parsePipes(text, pipeAt + 1) : [] };
}

/** `CSS[::reading]`, without pipes. @throws GrammarError */
export function parseSelection(text: string): Pick<FieldText, 'css' | 'read'> {
  const at = scanCss(text, (i) => text[i] === ':' && text[i + 1] === ':');
  const css = part(text, 0, at);
  if (at === text.length) return { css, read: undefined };
  const written = text.slice(at + 2).trim();
  const span = [at, text.trimEnd().length - at] as const;
  const attr = /^attr\(\s*(['"]?)([^\s'"()<>/=]+)\1\s*\)$/i.exec(written);
  if (attr?.[2] !== undefined) return { css, read: { kind: 'attr', name: attr[2].toLowerCase() } };
  if (written === 'text' || written === 'html' || written === 'name' || written === 'count') {
    return { css, read: { kind: written } };
  }
  if (/^(attr|text|html|name|count)\b/.test(written)) {
    if (written.startsWith('attr') && !written.includes(',')) {
      throw new GrammarError(`"::${written}" names no attribute`, span, 'write ::attr(href)');
    }
    throw new GrammarError('a reading stands once, at the end of the selector', span, 'use first_of for alternatives');
  }
  throw new GrammarError(
    `unknown reading "::${written}"`,
    span,
    'there are ::text, ::attr(x), ::html, ::name and ::count',
  );
}

/** Transforms as written after a source: `trim | slice:0,3`. @throws GrammarError */
export function parsePipes(text: string, start = 0): PipeCall[] {
  const calls: PipeCall[] = [];
  let at = start;
  for (;;) {
    const nameEnd = find(text, at, ':|');
    const name = part(text, at, nameEnd);
    if (name.text === '') {
      const span = [Math.max(0, at - 1), Math.max(1, nameEnd - at)] as const;
      throw new GrammarError('a transform is missing after "|"', span);
    }
    at = nameEnd;
    const args: Part[] = [];
    while (text[at] === ':' || text[at] === ',') {
      const arg = parseArgument(text, at + 1);
      args.push(arg.part);
      at = arg.end;
    }
    calls.push({ name, args });
    if (at >= text.length) return calls;
    at++; // the pipe
  }
}

function parseArgument(text: string, from: number): { readonly part: Part; readonly end: number } {
  let at = from;
  while (isSpace(text[at])) at++;
  const quote = text[at];
  if (quote === '"' || quote === "'") return parseQuoted(text, at, quote);
  let value = '';
  const offset = at;
  let kept = 0; // length up to the last character that is no white space, or was escaped
  while (at < text.length && text[at] !== ',' && text[at] !== '|') {
    const escaped = unescape(text, at, '\\,|\'"');
    value += escaped ?? text[at] ?? '';
    at += escaped === undefined ? 1 : 2;
    if (escaped !== undefined || !isSpace(text[at - 1])) kept = value.length;
  }
  return { part: { text: value.slice(0, kept), offset }, end: at };
}

function parseQuoted(text: string, from: number, quote: string): { readonly part: Part; readonly end: number } {
  let value = '';
  let at = from + 1;
  while (at < text.length && text[at] !== quote) {
    const escaped = unescape(text, at, '\\\'"');
    value += escaped ?? text[at] ?? '';
    at += escaped === undefined ? 1 : 2;
  }
  if (at >= text.length) throw new GrammarError(`the ${quote} is not closed`, [from, text.length - from]);
  at++;
  while (isSpace(text[at])) at++;
  if (at < text.length && text[at] !== ',' && text[at] !== '|') {
    throw new GrammarError('after a quoted argument there can only be "," or "|"', [at, 1]);
  }
  return { part: { text: value, offset: from }, end: at };
}

/** What a backslash at `at` and the character after it stand for; undefined when the backslash is kept. */
function unescape(text: string, at: number, plain: string): string | undefined {
  const next = text[at + 1];
  if (text[at] !== '\\' || next === undefined) return undefined;
  if (plain.includes(next)) return next;
  if (next === 'n') return '\n';
  return next === 't' ? '\t' : undefined;
}

/** Index of the first character outside of brackets, parentheses and quotes that `stop` takes; the length if there is none. */
function scanCss(text: string, stop: (at: number) => boolean): number {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\\') at++;
    else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (depth > 0 && (character === '"' || character === "'")) quote = character;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']' || character === ')') depth--;
    else if (depth === 0 && stop(at)) return at;
  }
  return text.length;
}

function find(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && !characters.includes(text[at] ?? '')) at++;
  return at;
}

/** The text from `from` to `to` without white space around it. */
function part(text: string, from: number, to: number): Part {
  const raw = text.slice(from, to);
  return { text: raw.trim(), offset: from + (raw.length - raw.trimStart().length) };
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}
