import { positionOf } from './source.ts';

/** Helpers that read one line of broken YAML, where no parser can help: what was meant as one value, and the line with it quoted. */

/** The line of `start` with the text from `start` to `end` quoted, trimmed. */
export function fixedLine(text: string, start: number, end: number): string {
  const { lineText, lineStart } = positionOf(text, start);
  const stop = Math.min(end - lineStart, lineText.length);
  const value = lineText.slice(start - lineStart, stop);
  return `${lineText.slice(0, start - lineStart)}${quoted(value)}${lineText.slice(stop)}`.trim().replace(/^- /, '');
}

/** Double quotes unless the text has some, or a backslash, which only single quotes keep as it is. */
export function quoted(value: string): string {
  return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}

/** How many `{` and `[` of the line are open before `offset`; quoted text does not count. */
export function flowDepth(text: string, offset: number): number {
  const { lineStart } = positionOf(text, offset);
  const before = text.slice(lineStart, offset).replaceAll(/"(?:\\.|[^"\\])*"|'[^']*'/g, '');
  let depth = 0;
  // Only brackets that can open or close a value count: `${`, `[href]` inside a selector and `:is(` do not begin a line's flow.
  for (const [, bracket] of before.matchAll(/(?:(?<=^|[\s:,[{-])([{[])|([}\]]))/g)) depth += bracket ? 1 : -1;
  return Math.max(0, depth);
}

/** Where the plain text that begins at `start` ends: at the line's end or comment, in a flow at its next `,` `]` or `}` outside brackets. */
export function plainEnd(text: string, start: number, inFlow: boolean, limit = text.length): number {
  const newline = text.indexOf('\n', start);
  const stop = Math.min(limit, newline < 0 ? text.length : newline);
  let depth = 0;
  let end = start;
  for (; end < stop; end++) {
    const c = text[end] ?? '';
    if (c === '#' && end > start && /\s/.test(text[end - 1] ?? '')) break;
    if (!inFlow) continue;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && --depth < 0) break;
    else if (c === ',' && depth === 0) break;
  }
  return end - (/\s*$/.exec(text.slice(start, end))?.[0].length ?? 0);
}

/** Where the value begins in which `offset` lies: after `key: `, `- `, `[`, `{` or `, ` on the same line. */
export function valueStart(text: string, offset: number): number {
  const { lineStart } = positionOf(text, offset);
  const before = text.slice(lineStart, offset);
  const lead = /^.*(?::\s+|^\s*-\s+|[[{,]\s*)/.exec(before)?.[0].length ?? /^\s*/.exec(before)?.[0].length ?? 0;
  return lineStart + lead;
}
