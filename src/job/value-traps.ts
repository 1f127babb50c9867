import { isScalar, type YAMLSeq } from 'yaml';
import type { KeyPath } from '../extract/types.ts';
import { fixedLine, flowDepth, plainEnd } from './yaml-line.ts';

/** A slip that YAML reads as something else than was meant, with its place. */
export interface Trap {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly mend: string;
  /** A guess: what stands before it may be the reason. */
  readonly vague?: boolean;
}

/** `*x` and `**\/p/**` are aliases to YAML, of which no one told what they stand for. */
export function aliasTrap(text: string, start: number): Trap {
  const end = plainEnd(text, start, flowDepth(text, start) > 0);
  const written = text.slice(start, end);
  const mend = `quote globs that start with *: ${fixedLine(text, start, end)}`;
  return { start, end, what: `${written} reads as a YAML alias`, mend };
}

/** `css: #main`: everything after # is a comment, so that the value is empty. Only where # touches a word: `# note` is meant. */
export function emptyByComment(text: string, offset: number, key: string | number | undefined): Trap | undefined {
  const rest = /^:?[ \t]*(#[^\s#][^\n]*)/.exec(text.slice(offset, offset + 200));
  if (!rest?.[1]) return undefined;
  const start = offset + rest[0].length - rest[1].length;
  return commentTrap(text, start, typeof key === 'string' ? key : undefined);
}

/** The comment at `start` was meant as a selector. */
export function commentTrap(text: string, start: number, key?: string, inFlow = flowDepth(text, start) > 0): Trap {
  const lineEnd = text.indexOf('\n', start);
  const end = plainEnd(text, start, inFlow, lineEnd < 0 ? text.length : lineEnd);
  const subject =
    key === undefined ? 'empty selector' : `empty selector: "${key}" has no value, since # begins a comment`;
  return { start, end, what: subject, mend: `quote selectors that start with #: ${fixedLine(text, start, end)}` };
}

/** Names that are attributes and no elements: `[href]` without quotes was hardly meant as "all <href> elements". */
const ATTRIBUTES =
  /^(?:[A-Za-z_][\w:-]*\s*[~|^$*]?=.*|(?:data|aria)-[\w-]+|id|class|href|src|alt|rel|itemprop|property)$/;

/** `a: [id=x]` is a list to YAML, that is "all matches of the selector id=x". */
export function listOfOneAttribute(node: YAMLSeq, path: KeyPath, text: string): Trap | undefined {
  const [item] = node.items;
  if (!node.flow || node.items.length !== 1 || !path.includes('fields')) return undefined;
  if (!isScalar(item) || item.type !== 'PLAIN' || typeof item.value !== 'string' || !ATTRIBUTES.test(item.value))
    return undefined;
  const [start, end] = node.range ?? [0, 0];
  const what = `[${item.value}] reads as a list: all matches of the selector ${item.value}`;
  return { start, end, what, mend: `quote attribute selectors: ${fixedLine(text, start, end)}` };
}
