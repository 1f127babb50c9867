import type { ErrorObject } from 'ajv';
import type { KeyPath } from '../extract/types.ts';
import { pathOf } from './explain.ts';
import type { Tree } from './tree.ts';

/** Which parts of a job have a form that the schema finds wrong; later checks leave them alone and look at the rest. */
export interface Broken {
  /** The value at `path` has the wrong form, or one around it. */
  at(...path: KeyPath): boolean;
  /** That, or something inside it has. */
  within(...path: KeyPath): boolean;
}

export function brokenParts(errors: readonly ErrorObject[], tree: Tree): Broken {
  // A key too many leaves the others as they are.
  const paths = errors
    .filter((e) => e.keyword !== 'additionalProperties')
    .map((e) => [...pathOf(e.instancePath, tree), ...missing(e)]);
  return {
    at: (...path) => paths.some((broken) => startsWith(path, broken)),
    within: (...path) => paths.some((broken) => startsWith(path, broken) || startsWith(broken, path)),
  };
}

/** True when `path` begins with all of `head`. */
export function startsWith(path: KeyPath, head: KeyPath): boolean {
  return head.every((step, i) => path[i] === step);
}

function missing({ keyword, params }: ErrorObject): readonly string[] {
  return keyword === 'required' ? [String((params as Readonly<Record<string, unknown>>)['missingProperty'])] : [];
}
