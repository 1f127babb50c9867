import type { KeyPath } from '../extract/types.ts';
import type { Place } from './source.ts';
import { nodeAt, type Tree } from './tree.ts';

/** Where the key at the end of `path` is written; a list item has the place of its value. */
export function keyPlace(tree: Tree, path: KeyPath): Place {
  const last = path.at(-1);
  const parent = nodeAt(tree, path.slice(0, -1));
  if (last !== undefined && parent?.kind === 'map') {
    const entry = parent.entries.get(String(last));
    if (entry) return entry.key;
  }
  const node = nodeAt(tree, path);
  if (node) return node.kind === 'scalar' || path.length === 0 ? headOf(node) : firstIn(node);
  return path.length === 0 ? tree.place : keyPlace(tree, path.slice(0, -1));
}

/**
 * Where the value at `path` is written: of a scalar itself, or the part of it that `span` (offset, length) tells; of a map or list
 * its key, since a caret under many lines helps no one. A path that leads nowhere gives the nearest key above it.
 */
export function valuePlace(tree: Tree, path: KeyPath, span?: readonly [offset: number, length: number]): Place {
  const node = nodeAt(tree, path);
  if (node?.kind !== 'scalar') return keyPlace(tree, path);
  if (node.place.start === node.place.end) return keyPlace(tree, path);
  return (span && partOf(node.value, node.place, span)) ?? node.place;
}

/** The written part of a scalar; undefined when escapes, folding or variables make text and value differ. */
function partOf(value: unknown, place: Place, [offset, length]: readonly [number, number]): Place | undefined {
  if (typeof value !== 'string') return undefined;
  const written = place.source.text.slice(place.start, place.end);
  const shift = written === value ? 0 : written.slice(1, -1) === value ? 1 : undefined;
  if (shift === undefined) return undefined;
  const start = place.start + shift + offset;
  return { source: place.source, start, end: Math.min(start + Math.max(length, 1), place.end) };
}

/** A whole document has no place of its own: its first key stands for it. */
function headOf(node: Tree): Place {
  if (node.kind === 'map') for (const entry of node.entries.values()) return entry.key;
  return node.place;
}

/** The place of the first key or item, for a map or list that is itself an item. */
function firstIn(node: Tree): Place {
  return { ...node.place, end: Math.min(node.place.end, headOf(node).end) };
}
