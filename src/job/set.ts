import type { KeyPath } from '../extract/types.ts';
import type { Faults } from './fault.ts';
import { parseFlagValue } from './parse.ts';
import type { Place, Source } from './source.ts';
import { pathText, type Tree, withNode } from './tree.ts';

/** One `--set path=value`, read. */
export interface Setting {
  readonly path: KeyPath;
  readonly value: Tree;
}

/** A source that is a flag of the command line, shown whole. */
export function flagSource(name: string, folder: string, rank: number): Source {
  return { name, folder, text: name, rank, flag: true };
}

/** The whole of a flag, as a place. */
export function flagPlace(source: Source): Place {
  return { source, start: 0, end: source.text.length };
}

/** Reads `scope.max_pages=5` or `seeds[0]=https://x.example/`; the value is YAML. Undefined with the fault told. */
export function readSetting(written: string, source: Source, faults: Faults): Setting | undefined {
  const place = flagPlace(source);
  const equals = written.indexOf('=');
  const path = equals < 0 ? undefined : pathOf(written.slice(0, equals));
  if (!path) {
    faults.error(
      place,
      'this is not path=value',
      'write e.g. --set scope.max_pages=100 or --set seeds[0]=https://example.org/',
    );
    return undefined;
  }
  const value = parseFlagValue(source, written.slice(equals + 1), place, faults);
  return value && { path, value };
}

/** The tree with the setting made; a fault when a single value is in the way of the path. */
export function applySetting(tree: Tree, { path, value }: Setting, faults: Faults): Tree {
  const set = withNode(tree, path, value, value.place);
  if (set) return set;
  faults.error(
    value.place,
    `there is nothing at ${pathText(path)} to set`,
    'lists count from [0] and grow by one at a time',
  );
  return tree;
}

function pathOf(text: string): KeyPath | undefined {
  if (!/^[^.[\]\s]+(?:\.[^.[\]\s]+|\[\d+\])*$/.test(text)) return undefined;
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((m) => (m[1] === undefined ? (m[2] ?? '') : Number(m[1])));
}
