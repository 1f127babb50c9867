import { positionOf } from './source.ts';
import { commentTrap, type Trap } from './value-traps.ts';
import { fixedLine, flowDepth, plainEnd, quoted, valueStart } from './yaml-line.ts';

const MEND_ANY = 'quote the value, or look at the indentation';

/** An error of the YAML parser. */
export interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
}

/** What a syntax error means to someone who writes jobs, with the line as it should be where that is plain. */
export function explainSyntax(error: YamlError, text: string): Trap {
  const [start, end] = error.pos;
  const hidden = commentAbove(text, start);
  if (hidden !== undefined) return commentTrap(text, hidden, undefined, true);
  const at = (what: string, mend: string, from = start, to = end): Trap => ({ start: from, end: to, what, mend });
  switch (error.code) {
    case 'BAD_SCALAR_START':
      return quoteValue(text, start, `a value cannot start with ${text[start] ?? ''}`);
    case 'BAD_ALIAS':
      return text[start] === '&'
        ? quoteValue(text, start, 'a value cannot start with &')
        : quoteValue(text, start, '* reads as a YAML alias', 'quote globs that start with *');
    case 'BAD_DQ_ESCAPE':
      return badEscape(text, start);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return colonInValue(text, start);
    case 'BLOCK_IN_FLOW':
      return colonInFlow(text, start);
    case 'MULTILINE_IMPLICIT_KEY':
      return missingColon(text, start);
    case 'TAB_AS_INDENT':
      return at('tabs cannot indent in YAML', 'use spaces');
    case 'BAD_INDENT':
      return /^Flow/.test(error.message)
        ? unclosed(text, start)
        : at(
            'this line is indented differently from its neighbours',
            'begin it in the same column as the keys beside it',
            lineContent(text, start),
          );
    case 'MULTIPLE_DOCS':
      return at('--- begins a second document', 'one file is one job: split it', start, start + 3);
    case 'MISSING_CHAR':
      return missingChar(error.message, text, start);
    case 'UNEXPECTED_TOKEN':
      return unexpected(error.message, text, start, end);
    default:
      return { ...at('this does not read as YAML', MEND_ANY), vague: true };
  }
}

function quoteValue(text: string, start: number, what: string, mend = 'quote it'): Trap {
  const end = plainEnd(text, start, flowDepth(text, start) > 0);
  return { start, end, what, mend: `${mend}: ${fixedLine(text, start, end)}` };
}

function badEscape(text: string, start: number): Trap {
  const { lineText, lineStart } = positionOf(text, start);
  const escape = text.slice(start, start + 2);
  const what = `${escape} is no escape in double quotes`;
  for (const match of lineText.matchAll(/"((?:\\.|[^"\\])*)"/g)) {
    const from = lineStart + match.index;
    const to = from + match[0].length;
    if (start < from || start >= to) continue;
    const plain = (match[1] ?? '').replaceAll(/\\([\\"])/g, '$1');
    return { start, end: start + 2, what, mend: `use single quotes for regexes: '${plain.replaceAll("'", "''")}'` };
  }
  return { start, end: start + 2, what, mend: 'use single quotes for regexes' };
}

function colonInValue(text: string, start: number): Trap {
  const { lineText, lineStart } = positionOf(text, start);
  const rest = lineText.slice(start - lineStart);
  if (/:(\s|$)/.test(rest)) return quoteValue(text, start, 'a value with ": " in it must be quoted', 'write');
  const key = /([^\s:][^:]*):\s*$/.exec(lineText.slice(0, start - lineStart))?.[1] ?? '';
  const end = start + rest.trimEnd().length;
  return {
    start,
    end,
    what: `"${key}" has a value and, below it, keys`,
    mend: 'keep one of the two, or take back the indentation below',
  };
}

function missingColon(text: string, start: number): Trap {
  const { lineText, lineStart } = positionOf(text, start);
  const line = lineText.slice(start - lineStart).trimEnd();
  const end = start + line.length;
  const glued = /^([\w.-]+):(\S.*)$/.exec(line);
  if (glued)
    return { start, end, what: 'a space belongs after the colon', mend: `write ${glued[1] ?? ''}: ${glued[2] ?? ''}` };
  return { start, end, what: `"${line}" has no colon`, mend: 'write "key: value"' };
}

/** A bracket without its end; often because `#` made the end a comment. */
function unclosed(text: string, offset: number): Trap {
  const open = openBracket(text, offset);
  for (const comment of text.slice(open, offset + 1).matchAll(/[:,[{]\s+(#[^\s#])/g))
    return commentTrap(text, open + comment.index + comment[0].length - 2);
  const bracket = text[open] ?? '{';
  return {
    start: open,
    end: open + 1,
    what: `${bracket} is never closed`,
    mend: `close it with ${bracket === '[' ? ']' : '}'}`,
  };
}

/** The innermost bracket that is open at `offset`. */
function openBracket(text: string, offset: number): number {
  let depth = 0;
  for (let i = Math.min(offset, text.length - 1); i >= 0; i--) {
    const c = text[i] ?? '';
    if (c === ']' || c === '}') {
      // A bracket behind # is part of the comment that hides the real one.
      if (!/(^|\s)#/.test(text.slice(text.lastIndexOf('\n', i) + 1, i))) depth++;
    } else if ((c === '[' || c === '{') && --depth < 0) return i;
  }
  return offset;
}

function missingChar(message: string, text: string, start: number): Trap {
  if (/closing/.test(message)) {
    const quote = message.includes("'") ? "'" : '"';
    const open = openQuote(text, quote);
    return {
      start: open,
      end: open + 1,
      what: `${quote} is never closed`,
      mend: `close it with ${quote}, or double it inside the text`,
    };
  }
  if (/directive/.test(message)) {
    const line = lineContent(text, Math.max(0, start - 1));
    return { start: line, end: line + 1, what: 'a key cannot start with %', mend: 'quote it' };
  }
  const before = text.slice(0, start).trimEnd().at(-1);
  if (before === ']' || before === '}') return afterBracket(text, start, before);
  if (isVariable(text, start)) return variableInFlow(text, start);
  return { start, end: start + 1, what: 'a "," or ":" is missing before this', mend: MEND_ANY, vague: true };
}

/** The first line with an odd number of quotes has the one that opens and never closes. */
function openQuote(text: string, quote: string): number {
  let offset = 0;
  for (const line of text.split('\n')) {
    const at = [
      ...line
        .replaceAll(/\\./g, '  ')
        .matchAll(new RegExp(`(?<=^|[\\s:,[{])${quote}|${quote}(?=\\s*(?:[,\\]}#]|$))`, 'g')),
    ];
    if (at.length % 2 === 1) return offset + (at.at(-1)?.index ?? 0);
    offset += line.length + 1;
  }
  return text.lastIndexOf(quote);
}

function unexpected(message: string, text: string, start: number, end: number): Trap {
  const { lineText, lineStart } = positionOf(text, start);
  const before = lineText.slice(0, start - lineStart);
  const block = /(?:^|[:\s-]\s*)([>|])\s*$/.exec(before) ?? (/[>|]/.test(text[start - 1] ?? '') ? [''] : undefined);
  if (/block scalar header|Not a YAML token/i.test(message) && block) {
    const from = lineStart + Math.max(before.lastIndexOf('>'), before.lastIndexOf('|'));
    return quoteValue(text, from, `a value cannot start with ${text[from] ?? ''}`);
  }
  if (isVariable(text, start)) return variableInFlow(text, start);
  if (text[start] === '-' && /block-seq-ind/.test(message))
    return {
      start,
      end,
      what: 'a list item cannot stand on the line of its key',
      mend: 'begin a new line before the -',
    };
  if (/^[\]}]$/.test(text.slice(start, end)))
    return {
      start,
      end,
      what: `${text.slice(start, end)} closes nothing`,
      mend: 'remove it, or quote the value',
      vague: true,
    };
  if (text[start] === ',') return { start, end, what: 'nothing stands before this comma', mend: 'remove it' };
  const last = before.trimEnd().at(-1);
  if (last === ']' || last === '}') return afterBracket(text, start, last);
  if (last === '"' || last === "'")
    return {
      start,
      end,
      what: 'text after the closing quote',
      mend: `quote the whole value, e.g. ${quoted(lineText.slice(valueStart(text, start) - lineStart).trim())}`,
    };
  return { start, end, what: 'this does not belong to what stands above', mend: MEND_ANY, vague: true };
}

/** `a: [id=x]::attr(y)`: the bracket was meant as part of a selector. */
function afterBracket(text: string, start: number, bracket: string): Trap {
  const from = openBracket(text, text.lastIndexOf(bracket, start - 1) - 1);
  const to = plainEnd(text, from, flowDepth(text, from) > 0);
  return {
    start: from,
    end: to,
    what: `text after the closing ${bracket}`,
    mend: `quote selectors that start with a bracket: ${fixedLine(text, from, to)}`,
  };
}

function lineContent(text: string, offset: number): number {
  const { lineStart, lineText } = positionOf(text, offset);
  return lineStart + (/^\s*/.exec(lineText)?.[0].length ?? 0);
}

function isVariable(text: string, start: number): boolean {
  return text[start] === '{' && text[start - 1] === '$';
}

/** `{ u: ${X:-1} }`: the brace of the variable opens a map to YAML. */
function variableInFlow(text: string, start: number): Trap {
  const from = valueStart(text, start - 1);
  const end = plainEnd(text, from, true);
  const what = 'a variable inside braces or brackets must be quoted';
  return { start: from, end, what, mend: `write ${fixedLine(text, from, end)}` };
}

/** In a list the value begins at its item, in a map behind its key. */
function colonInFlow(text: string, start: number): Trap {
  const bracket = openBracket(text, start - 1);
  const { lineStart } = positionOf(text, start);
  const item = Math.max(text.lastIndexOf(',', start - 1), bracket, lineStart) + 1;
  const from = text[bracket] === '[' ? item + (/^\s*/.exec(text.slice(item, start))?.[0].length ?? 0) : start;
  return quoteValue(text, from, 'a value with ": " in it must be quoted', 'write');
}

/** A selector on the line above that is a comment to YAML and took a comma or bracket with it: `css: #main,`. */
function commentAbove(text: string, offset: number): number | undefined {
  const { lineStart } = positionOf(text, offset);
  if (lineStart === 0) return undefined;
  const above = positionOf(text, lineStart - 1);
  const match = /^[^#]*?[:,[{]\s+(#[^\s#][^#]*[,}\]])\s*$/.exec(above.lineText);
  return match?.[1] === undefined ? undefined : above.lineStart + above.lineText.lastIndexOf(match[1]);
}
