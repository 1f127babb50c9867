import type { KeyPath } from '../extract/types.ts';
import type { Place } from './source.ts';

/**
 * A job as written, with the place of every key and value. Files that extend one another and flags are merged as trees, so
 * that a fault found at the end still points into the text it came from.
 */
export type Tree = ScalarTree | ListTree | MapTree;

export interface ScalarTree {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly place: Place;
  /** Variables were filled in: the value is not what the source shows, and may stand for a number or boolean. */
  readonly substituted?: boolean;
}

export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}

export interface MapTree {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly place: Place;
}

export interface MapEntry {
  readonly key: Place;
  readonly value: Tree;
}

/** The plain data of a tree. */
export function toData(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(toData);
    case 'map': {
      const data: Record<string, unknown> = {};
      for (const [key, entry] of tree.entries)
        // `__proto__` is a key like any other, never the prototype.
        Object.defineProperty(data, key, {
          value: toData(entry.value),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      return data;
    }
  }
}

/** `over` laid on `under`: maps merge key by key, everything else replaces. Keys keep the order of `under`. */
export function mergeTrees(under: Tree, over: Tree): Tree {
  if (under.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(under.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below ? { key: entry.key, value: mergeTrees(below.value, entry.value) } : entry);
  }
  return { kind: 'map', entries, place: over.place };
}

/** The node at a path; undefined when the path leads nowhere. */
export function nodeAt(tree: Tree, path: KeyPath): Tree | undefined {
  let node: Tree | undefined = tree;
  for (const step of path) node = node && childOf(node, step);
  return node;
}

/** The text of a path as people write it: `extractors.board.fields.thumbs[0]`. */
export function pathText(path: KeyPath): string {
  return path.map((s, i) => (typeof s === 'number' ? `[${s}]` : i === 0 ? s : `.${s}`)).join('');
}

/** The tree with the node at `path` replaced; `undefined` when a list or single value is in the way of the path. */
export function withNode(tree: Tree | undefined, path: KeyPath, node: Tree, place: Place): Tree | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  if (typeof step === 'number') {
    const items = tree === undefined ? [] : tree.kind === 'list' ? [...tree.items] : undefined;
    if (!items || step > items.length) return undefined;
    const child = withNode(items[step], rest, node, place);
    if (!child) return undefined;
    items[step] = child;
    return { kind: 'list', items, place: tree?.place ?? place };
  }
  const empty = tree === undefined || (tree.kind === 'scalar' && tree.value === null);
  const entries = empty ? new Map<string, MapEntry>() : tree.kind === 'map' ? new Map(tree.entries) : undefined;
  if (!entries) return undefined;
  const child = withNode(entries.get(step)?.value, rest, node, place);
  if (!child) return undefined;
  entries.set(step, { key: entries.get(step)?.key ?? place, value: child });
  return { kind: 'map', entries, place: tree?.place ?? place };
}

/** Every scalar of the tree replaced by what `change` makes of it. */
export function mapScalars(
  tree: Tree,
  change: (scalar: ScalarTree, path: KeyPath) => ScalarTree,
  path: KeyPath = [],
): Tree {
  switch (tree.kind) {
    case 'scalar':
      return change(tree, path);
    case 'list':
      return { ...tree, items: tree.items.map((item, i) => mapScalars(item, change, [...path, i])) };
    case 'map': {
      const entries = new Map<string, MapEntry>();
      for (const [key, { key: place, value }] of tree.entries)
        entries.set(key, { key: place, value: mapScalars(value, change, [...path, key]) });
      return { ...tree, entries };
    }
  }
}

function childOf(node: Tree, step: string | number): Tree | undefined {
  if (node.kind === 'list') return typeof step === 'number' ? node.items[step] : undefined;
  return node.kind === 'map' ? node.entries.get(String(step))?.value : undefined;
}
