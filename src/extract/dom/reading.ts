import { isTag, type Document, type Element } from 'domhandler';
import type { Reading, TransformCall } from '../spec.ts';
import type { Run } from '../run.ts';
import type { Json } from '../types.ts';
import { markdownOf } from './markdown.ts';
import type { Scope } from './scope.ts';
import { attributeOf } from './self-reading.ts';
import { innerHtml, textOf } from './text.ts';

/** What is taken of one element (or the page); null when it has no such thing. */
export type Read = (node: Document | Element, scope: Scope, run: Run) => Json;

export interface CompiledReading {
  readonly read: Read;
  /** How many of the field's first transforms the reading has done. */
  readonly done: number;
}

/** `count` is of matches, not of an element: its caller counts. */
export function compileReading(reading: Reading, transforms: readonly TransformCall[]): CompiledReading {
  const first = reading.kind === 'html' ? transforms[0]?.name : undefined;
  // HTML that is parsed again at once need not be written.
  if (first === 'markdown') {
    const read: Read = (node, { removed }, { context }) => markdownOf(node, { base: context.base, removed });
    return { read, done: 1 };
  }
  if (first === 'strip_tags') return { read: readText, done: 1 };
  return { read: plain(reading), done: 0 };
}

const readText: Read = (node, { removed }) => textOf(node, removed);

function plain(reading: Reading): Read {
  switch (reading.kind) {
    case 'text':
    case 'count':
      return readText;
    case 'html':
      return (node, { removed }) => innerHtml(node, removed);
    case 'name':
      return (node) => (isTag(node) ? node.name : null);
    case 'attr':
      return (node) => (isTag(node) ? attributeOf(node, reading.name) : null);
  }
}
