import type { Json } from '../types.ts';

/** What a transform may know besides its input. */
export interface TransformContext {
  /** Absolute URL against which relative ones resolve. */
  readonly base: string;
  /** When the page was fetched, ms since the epoch. */
  readonly now: number;
}

/** Pure and total: a value that it cannot read gives null. It never sees null. */
export type Apply = (value: Json, context: TransformContext) => Json;

export interface Argument {
  readonly name: string;
  readonly kind: 'text' | 'integer' | 'regex' | 'pairs';
  readonly optional?: boolean;
}

/** A row of the table of transforms; `docs/transforms.md` and the first test of each are made from it. */
export interface Transform {
  readonly name: string;
  readonly args: readonly Argument[];
  /** The last argument may be repeated. */
  readonly repeats?: boolean;
  /** Takes a list as a whole; without it a list is transformed item by item. */
  readonly wholeLists?: boolean;
  /** As first transform of a selector without reading, it reads the element's HTML. */
  readonly readsHtml?: boolean;
  /** Resolves URLs. */
  readonly usesBase?: boolean;
  readonly takes: string;
  readonly gives: string;
  /** One line. */
  readonly doc: string;
  readonly example: { readonly call: string; readonly from: Json; readonly to: Json };
  /** @throws Error when an argument of the right kind still makes no sense */
  readonly compile: (args: readonly Json[]) => Apply;
}

/** A transform of one text; numbers and booleans are read as their text, lists and objects give null. */
export function onText(apply: (text: string, context: TransformContext) => Json): Apply {
  return (value, context) => {
    const text = asText(value);
    return text === null ? null : apply(text, context);
  };
}

export function asText(value: Json): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** An argument as text; the checks of the table hold that it is. */
export function textArg(args: readonly Json[], index: number, otherwise = ''): string {
  const arg = args[index];
  return arg === undefined ? otherwise : (asText(arg) ?? otherwise);
}

/** An argument as integer; undefined when it was not written. */
export function integerArg(args: readonly Json[], index: number): number | undefined {
  const text = textArg(args, index);
  return text === '' ? undefined : Number(text);
}
