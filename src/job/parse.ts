import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { KeyPath } from '../extract/types.ts';
import type { Faults } from './fault.ts';
import { type Place, positionOf, type Source } from './source.ts';
import { explainSyntax } from './syntax-traps.ts';
import { mergeTrees, type MapEntry, type MapTree, type Tree } from './tree.ts';
import { fixedLine } from './yaml-line.ts';
import { aliasTrap, emptyByComment, listOfOneAttribute, type Trap } from './value-traps.ts';

/** Each expansion of an alias counts with all that it stands for; past this a few lines would become gigabytes. */
const ALIASES_MAX = 100;

/** Reads YAML 1.2 into a tree with places. Tells what is wrong with the syntax in terms of jobs; undefined when no tree can be made. */
export function parseYaml(source: Source, faults: Faults): Tree | undefined {
  const doc = parseDocument(source.text, { prettyErrors: false, uniqueKeys: true, logLevel: 'error' });
  const tellTrap = ({ start, end, what, mend }: Trap): void => faults.error({ source, start, end }, what, mend);
  let broken = false;
  const told = new Set<number>();
  let clear = false;
  for (const error of doc.errors) {
    // Told where the keys are read, with the line of the first.
    if (error.code === 'DUPLICATE_KEY') continue;
    broken ||= error.code !== 'BAD_DQ_ESCAPE';
    // One slip makes several errors of the parser: the first of a line is the telling one.
    const trap = explainSyntax(error, source.text);
    const { line } = positionOf(source.text, trap.start);
    // Nor is a guess worth telling when something certain stands before it.
    if (told.has(line) || (trap.vague && clear)) continue;
    told.add(line);
    clear ||= !trap.vague;
    tellTrap(trap);
  }
  for (const warning of doc.warnings) {
    if (warning.code !== 'TAG_RESOLVE_FAILED') continue;
    const [start, end] = warning.pos;
    const tag = source.text.slice(start, end);
    // Nothing behind it: the tag itself was meant as the value.
    const alone = /^[ \t]*(?:$|[,\]}#\n\r])/.test(source.text.slice(end, end + 80));
    const what = alone ? `${tag} reads as a tag, which leaves no value` : `unknown tag ${tag} is ignored`;
    faults[alone ? 'error' : 'warn'](
      { source, start, end },
      what,
      `quote a value that starts with !: ${fixedLine(source.text, start, end)}`,
    );
  }
  const aliases = unresolvedAliases(doc);
  for (const offset of aliases)
    if (!told.has(positionOf(source.text, offset).line)) tellTrap(aliasTrap(source.text, offset));
  if (broken || aliases.length > 0) return undefined;
  if (bombed(doc)) {
    faults.error({ source, start: 0, end: 1 }, `aliases stand for more than ${ALIASES_MAX} values`, 'write them out');
    return undefined;
  }
  if (!isMap(doc.contents)) {
    const what = doc.contents === null || source.text.trim() === '' ? 'the file is empty' : 'a job is a map of keys';
    faults.error({ source, start: 0, end: 1 }, what, 'a job begins with "name: ..."');
    return undefined;
  }
  return new TreeMaker(doc, source, faults, tellTrap).tree(doc.contents, []);
}

/** The one value of `--set path=value`, read as YAML; undefined with the parser's trouble told. */
export function parseFlagValue(source: Source, text: string, place: Place, faults: Faults): Tree | undefined {
  const doc = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  if (doc.errors.length > 0 || unresolvedAliases(doc).length > 0 || bombed(doc)) {
    faults.error(place, 'the value does not read as YAML', 'quote it twice: once for the shell, once for YAML');
    return undefined;
  }
  const tree = new TreeMaker(doc, source, faults, () => undefined).tree(doc.contents, []);
  return atPlace(tree, place);
}

function atPlace(tree: Tree, place: Place): Tree {
  switch (tree.kind) {
    case 'scalar':
      return { ...tree, place };
    case 'list':
      return { ...tree, place, items: tree.items.map((item) => atPlace(item, place)) };
    case 'map': {
      const entries = [...tree.entries].map(
        ([key, entry]) => [key, { key: place, value: atPlace(entry.value, place) }] as const,
      );
      return { ...tree, place, entries: new Map(entries) };
    }
  }
}

function unresolvedAliases(doc: Document): number[] {
  const offsets: number[] = [];
  visit(doc, {
    Alias: (_, alias) => {
      if (!alias.resolve(doc)) offsets.push(alias.range?.[0] ?? 0);
    },
  });
  return offsets;
}

function bombed(doc: Document): boolean {
  try {
    doc.toJS({ maxAliasCount: ALIASES_MAX });
    return false;
  } catch {
    return true; // the parser is happy and every alias resolves, so this is its "Excessive alias count"
  }
}

/** Makes trees of YAML nodes. Kept between calls: what anchors stand for. */
class TreeMaker {
  readonly #doc: Document;
  readonly #source: Source;
  readonly #faults: Faults;
  readonly #tellTrap: (trap: Trap) => void;
  readonly #open = new Set<Node>();

  constructor(doc: Document, source: Source, faults: Faults, tellTrap: (trap: Trap) => void) {
    this.#doc = doc;
    this.#source = source;
    this.#faults = faults;
    this.#tellTrap = tellTrap;
  }

  tree(node: unknown, path: KeyPath): Tree {
    const place = this.#place(node);
    if (isAlias(node)) return this.#alias(node.resolve(this.#doc), place, path);
    if (isMap(node)) return this.#map(node, path);
    if (isSeq(node)) {
      const trap = listOfOneAttribute(node, path, this.#source.text);
      if (trap) this.#faults.warn({ source: this.#source, start: trap.start, end: trap.end }, trap.what, trap.mend);
      return { kind: 'list', items: node.items.map((item, i) => this.tree(item, [...path, i])), place };
    }
    const value = isScalar(node) ? node.value : null;
    if (value === null) {
      const trap = emptyByComment(this.#source.text, place.start, path.at(-1));
      if (trap) {
        this.#tellTrap(trap);
        return { kind: 'scalar', value: null, place: { ...place, start: trap.start, end: trap.end } };
      }
    }
    // An empty value with a tag has the tag's place: that is what was written.
    if (value === '' && place.start === place.end && isScalar(node) && node.tag !== undefined) {
      return { kind: 'scalar', value, place: { ...place, start: this.#source.text.lastIndexOf('!', place.start) } };
    }
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { kind: 'scalar', value: known ? value : null, place };
  }

  #alias(target: Node | undefined, place: Place, path: KeyPath): Tree {
    if (target && !this.#open.has(target)) {
      this.#open.add(target);
      const tree = this.tree(target, path);
      this.#open.delete(target);
      return tree;
    }
    this.#faults.error(place, 'this alias stands for something that it is part of', 'write the value out');
    return { kind: 'scalar', value: null, place };
  }

  #map(node: YAMLMap, path: KeyPath): MapTree {
    const entries = new Map<string, MapEntry>();
    let merged: Tree | undefined;
    for (const pair of node.items) {
      const key = this.#place(pair.key);
      if (!isScalar(pair.key) || pair.key.value === null) {
        this.#faults.error(key, 'a key must be plain text', 'quote it');
        continue;
      }
      const name = `${pair.key.value as string | number | boolean}`;
      const value = this.tree(pair.value ?? null, [...path, name]);
      // A null without a place of its own gets that of its key.
      const placed = isNode(pair.value) ? value : ({ ...value, place: key } satisfies Tree);
      if (name === '<<' && value.kind !== 'scalar') {
        // The merge key of YAML 1.1, which editors and people go on using: the earlier of several maps wins.
        for (const part of value.kind === 'list' ? value.items : [value])
          merged = merged ? mergeTrees(part, merged) : part;
        continue;
      }
      const first = entries.get(name);
      if (first) {
        const { line } = positionOf(this.#source.text, first.key.start);
        this.#faults.error(key, `key "${name}" is given twice, first on line ${line}`, 'keep one of the two');
      } else entries.set(name, { key, value: placed });
    }
    const own: MapTree = { kind: 'map', entries, place: this.#place(node) };
    if (merged?.kind !== 'map') return own;
    return { ...own, entries: new Map([...merged.entries, ...entries]) };
  }

  #place(node: unknown): Place {
    const [start, end] = (isNode(node) ? node.range : undefined) ?? [0, 0];
    return { source: this.#source, start, end };
  }
}
