import type { ErrorObject } from 'ajv';
import type { KeyPath } from '../extract/types.ts';
import { pathOf } from './explain.ts';
import { nodeAt, type ScalarTree, type Tree, withNode } from './tree.ts';

/**
 * Variables give text; where the schema wants a number or a boolean and a value that came from a variable reads as one, it becomes
 * one. `errors` are those of the schema over the tree as it is.
 */
export function coerceSubstituted(tree: Tree, errors: readonly ErrorObject[]): Tree {
  let changed = tree;
  for (const error of errors) {
    if (error.keyword !== 'type') continue;
    const path = pathOf(error.instancePath, tree);
    const node = nodeAt(tree, path);
    if (node?.kind !== 'scalar' || node.substituted !== true || typeof node.value !== 'string') continue;
    const value = typed(node.value, [(error.params as { readonly type: string | readonly string[] }).type].flat());
    if (value !== undefined) changed = replaced(changed, path, { ...node, value });
  }
  return changed;
}

function typed(text: string, types: readonly string[]): number | boolean | undefined {
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  const number = types.includes('number') || types.includes('integer');
  return number && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function replaced(tree: Tree, path: KeyPath, node: ScalarTree): Tree {
  return withNode(tree, path, node, node.place) ?? tree;
}
