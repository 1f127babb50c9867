import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import type { Faults } from './fault.ts';
import { keyPlace, valuePlace } from './locate.ts';
import { parseYaml } from './parse.ts';
import type { Source } from './source.ts';
import { whyUnreadable } from './unreadable.ts';
import { mergeTrees, nodeAt, toData, type Tree } from './tree.ts';

/** Numbers sources in the order in which they are read. */
export type Rank = () => number;

/**
 * Reads a job file and what it extends, merged; undefined when one of them is no YAML, with the faults told.
 * @throws {PinspiderError} CONFIG_UNREADABLE when the file itself cannot be read
 */
export async function readTree(file: string, cwd: string, faults: Faults, rank: Rank): Promise<Tree | undefined> {
  return readMerged(await readSource(file, cwd, rank), cwd, faults, rank, [file]);
}

async function readMerged(
  source: Source,
  cwd: string,
  faults: Faults,
  rank: Rank,
  chain: readonly string[],
): Promise<Tree | undefined> {
  const own = parseYaml(source, faults);
  if (own?.kind !== 'map') return undefined;
  let merged: Tree | undefined;
  let whole = true;
  for (const { path, base } of basesOf(own, source, faults)) {
    const place = valuePlace(own, path);
    if (chain.includes(base)) {
      const circle = [...chain.slice(chain.indexOf(base)), base].map((f) => shownPath(f, cwd)).join(' → ');
      faults.error(place, `a job cannot extend itself: ${circle}`, 'take one of them out');
      continue;
    }
    const under = await readSource(base, cwd, rank).catch((error: unknown) => {
      faults.error(
        place,
        `cannot read the job that this one extends: ${messageOf(error)}`,
        'the path is relative to this file',
      );
      return undefined;
    });
    const tree = under && (await readMerged(under, cwd, faults, rank, [...chain, base]));
    if (under && !tree) whole = false;
    if (tree) merged = merged ? mergeTrees(merged, tree) : tree;
  }
  if (!whole) return undefined;
  const entries = new Map(own.entries);
  entries.delete('extends');
  const rest: Tree = { ...own, entries };
  return merged ? mergeTrees(merged, rest) : rest;
}

function basesOf(own: Tree, source: Source, faults: Faults): { path: (string | number)[]; base: string }[] {
  const node = nodeAt(own, ['extends']);
  if (!node) return [];
  const written = toData(node);
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  return list.flatMap((name, i) => {
    const path = Array.isArray(written) ? ['extends', i] : ['extends'];
    if (typeof name === 'string' && name !== '') return [{ path, base: resolve(source.folder, name) }];
    faults.error(keyPlace(own, path), '"extends" takes a path or a list of paths');
    return [];
  });
}

async function readSource(file: string, cwd: string, rank: Rank): Promise<Source> {
  const name = shownPath(file, cwd);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new PinspiderError({
      code: 'CONFIG_UNREADABLE',
      where: name,
      what: whyUnreadable(error),
      cause: error,
    });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { name, folder: dirname(file), text, rank: rank(), flag: false };
  } catch (error) {
    throw new PinspiderError({
      code: 'CONFIG_UNREADABLE',
      where: name,
      what: 'not UTF-8 text',
      mend: 'save it as UTF-8',
      cause: error,
    });
  }
}

/** Relative to where the command was given, unless that leads upwards far. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith('../../') ? file : path;
}
