import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExtractorSpec, FollowRule } from '../extract/spec.ts';
import type { KeyPath } from '../extract/types.ts';
import { PinspiderError } from '../lib/errors.ts';
import { compilePattern, patternTrap } from '../lib/pattern.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { Broken } from './broken.ts';
import { checkConstraints } from './constraints.ts';
import type { Faults } from './fault.ts';
import type { Job } from './job.generated.ts';
import { keyPlace, valuePlace } from './locate.ts';
import type { Seed } from './resolved.ts';
import type { Place } from './source.ts';
import { nodeAt, pathText, toData, type Tree } from './tree.ts';
import { memoryMilli } from './units.ts';

interface Checked {
  readonly tree: Tree;
  readonly faults: Faults;
  readonly broken: Broken;
}

/** Node alone takes some 45 MB; below this a worker would be killed before its first page. */
const MEM_MIN_MILLI = 64_000;

/** Checks a name against those that exist, with the nearest as mend. */
function checkName(
  name: string,
  kind: string,
  known: readonly string[],
  path: KeyPath,
  { tree, faults }: Checked,
  place: 'key' | 'value' = 'value',
): void {
  if (known.includes(name)) return;
  const mend = didYouMean(name, known) ?? (known.length > 0 ? `there is ${known.join(', ')}` : undefined);
  faults.error(place === 'key' ? keyPlace(tree, path) : valuePlace(tree, path), `there is no ${kind} "${name}"`, mend);
}

/** Executors run extractors that exist, have memory for Node, and between them run every extractor. */
export function checkExecutors(
  executors: NonNullable<Job['executors']>,
  extractors: readonly string[],
  checked: Checked,
): void {
  const { tree, faults, broken } = checked;
  const run = new Set<string>();
  for (const [name, executor] of Object.entries(executors)) {
    const path = ['executors', name];
    if (broken.at(...path)) continue;
    const own = broken.within(...path, 'extractors') ? [] : executor.extractors;
    if (typeof own === 'string') checkName(own, 'extractor', extractors, [...path, 'extractors'], checked);
    else own?.forEach((e, i) => checkName(e, 'extractor', extractors, [...path, 'extractors', i], checked));
    for (const extractor of extractorsOf(name, own, extractors)) run.add(extractor);
    if (executor.constraints && !broken.within(...path, 'constraints')) {
      checkConstraints(executor.constraints, [...path, 'constraints'], tree, faults);
    }
    if (!broken.at(...path, 'mem') && (memoryMilli(executor.mem ?? 512) ?? 0) < MEM_MIN_MILLI) {
      faults.error(
        valuePlace(tree, [...path, 'mem']),
        `executors.${name}.mem is too little: Node needs 64 MB to start`,
        'give it 128',
      );
    }
  }
  for (const extractor of extractors.filter((e) => !run.has(e))) {
    const what = `no executor runs the extractor "${extractor}"`;
    faults.error(
      keyPlace(tree, ['extractors', extractor]),
      what,
      `add executors.${extractor}, or name it in an executor's "extractors"`,
    );
  }
}

/** The extractors that an executor runs: those named, or the one of its own name, or all. */
export function extractorsOf(
  name: string,
  own: string | readonly string[] | undefined,
  all: readonly string[],
): readonly string[] {
  if (own !== undefined) return typeof own === 'string' ? [own] : own;
  return all.includes(name) ? [name] : all;
}

/** `to:` of seeds and of follow rules, wherever they stand. */
export function checkTargets(extractors: readonly string[], checked: Checked): void {
  const paths: KeyPath[] = [['seeds'], ['follow'], ...extractors.map((e) => ['extractors', e, 'follow'])];
  for (const path of paths) {
    const node = nodeAt(checked.tree, path);
    const places = node?.kind === 'list' ? node.items.map((_, i) => [...path, i]) : [path];
    for (const place of places) {
      const to = nodeAt(checked.tree, [...place, 'to']);
      if (to?.kind === 'scalar' && typeof to.value === 'string')
        checkName(to.value, 'extractor', extractors, [...place, 'to'], checked);
    }
  }
}

/** `expect` and `tests` name extractors and top-level fields that exist. */
export function checkExpectations(
  job: Pick<Job, 'expect' | 'tests'>,
  names: readonly string[],
  checked: Checked,
): void {
  const checkFields = (extractor: string, path: KeyPath, ambient: readonly string[]): void => {
    const own = keysAt(['extractors', extractor, 'fields'], checked);
    for (const field of keysAt(path, checked)) {
      if (own.includes(field) || ambient.includes(field)) continue;
      const mend = didYouMean(field, [...own, ...ambient]) ?? `it has ${own.join(', ')}`;
      checked.faults.error(keyPlace(checked.tree, [...path, field]), `${extractor} has no field "${field}"`, mend);
    }
  };
  for (const name of keysAt(['expect'], checked)) {
    checkName(name, 'extractor', names, ['expect', name], checked, 'key');
    if (names.includes(name)) checkFields(name, ['expect', name, 'filled'], []);
  }
  if (checked.broken.at('tests')) return;
  job.tests?.forEach((test, i) => {
    const path = ['tests', i];
    if (checked.broken.at(...path)) return;
    for (const part of ['records', 'first']) {
      for (const name of keysAt([...path, part], checked)) {
        checkName(name, 'extractor', names, [...path, part, name], checked, 'key');
        if (part === 'first' && names.includes(name)) checkFields(name, [...path, part, name], AMBIENT);
      }
    }
    if (!checked.broken.at(...path, 'fixture')) checkFixture(test.fixture, [...path, 'fixture'], checked);
    if (!checked.broken.at(...path, 'url') && !/^https?:\/\/[^/]/.test(test.url)) {
      const place = valuePlace(checked.tree, [...path, 'url']);
      checked.faults.follow(place, 'a test wants the whole URL of its page', 'e.g. https://example.org/');
    }
  });
}

/** A test without its page only fails as a test: crawling goes on. */
function checkFixture(fixture: string, path: KeyPath, { tree, faults }: Checked): void {
  const place = valuePlace(tree, path);
  if (existsSync(resolve(place.source.folder, fixture))) return;
  faults.warn(place, `there is no file ${fixture}`, 'the path is relative to the job file');
}

function keysAt(path: KeyPath, { tree }: Checked): readonly string[] {
  const node = nodeAt(tree, path);
  return node?.kind === 'map' ? [...node.entries.keys()] : [];
}

const AMBIENT = [
  '_url',
  '_seed',
  '_depth',
  '_fetched_at',
  '_status',
  '_extractor',
  '_job',
  '_task',
  '_hash',
  '_errors',
];

/** Patterns compile; those that look like something else are warned of. */
export function checkPatterns(path: KeyPath, checked: Checked): void {
  const node = nodeAt(checked.tree, path);
  if (!node) return;
  const written = toData(node);
  const patterns: readonly unknown[] = Array.isArray(written) ? written : [written];
  patterns.forEach((pattern, i) => {
    if (typeof pattern !== 'string') return;
    checkPattern(pattern, valuePlace(checked.tree, Array.isArray(written) ? [...path, i] : path), checked);
  });
}

/** The keys of `frontier.quota` are patterns too. */
export function checkQuota(checked: Checked): void {
  const path = ['frontier', 'quota'];
  for (const pattern of keysAt(path, checked)) {
    checkPattern(pattern, keyPlace(checked.tree, [...path, pattern]), checked);
  }
}

function checkPattern(pattern: string, place: Place, { faults }: Checked): void {
  try {
    compilePattern(pattern);
    const trap = patternTrap(pattern);
    if (trap) faults.warn(place, trap);
  } catch (error) {
    if (!(error instanceof PinspiderError)) throw error;
    faults.error(place, error.message);
  }
}

/** With nothing followed, an extractor that no seed matches never sees a page. */
export function checkReach(
  seeds: readonly Seed[],
  follow: readonly FollowRule[],
  specs: readonly ExtractorSpec[],
  checked: Checked,
): void {
  if (follow.length > 0 || specs.some((s) => s.follow.length > 0)) return;
  for (const { name, match } of specs) {
    if (match.length === 0 || seeds.some((s) => s.to === name)) continue;
    const tests = match.map(compilePattern);
    if (seeds.some((s) => tests.some((test) => test(s.url)))) continue;
    const place = keyPlace(checked.tree, ['extractors', name, 'match']);
    checked.faults.warn(
      place,
      `nothing leads to ${pathText(['extractors', name])}: no seed matches it and no link is followed`,
      'add follow: true, or widen "match"',
    );
  }
}
