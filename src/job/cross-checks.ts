import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExtractorSpec, FollowRule } from '../extract/spec.ts';
import type { KeyPath } from '../extract/types.ts';
import { PinspiderError } from '../lib/errors.ts';
import { compilePattern, patternTrap } from '../lib/pattern.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { Faults } from './fault.ts';
import type { Job } from './job.generated.ts';
import { keyPlace, valuePlace } from './locate.ts';
import type { Seed } from './resolved.ts';
import { nodeAt, pathText, toData, type Tree } from './tree.ts';
import { memoryMilli } from './units.ts';

interface Checked {
  readonly tree: Tree;
  readonly faults: Faults;
}

/** Node alone takes some 45 MB; below this a worker would be killed before its first page. */
const MEM_MIN_MILLI = 64_000;

/** Checks a name against those that exist, with the nearest as mend. */
export function checkName(
  name: string,
  kind: string,
  known: readonly string[],
  path: KeyPath,
  { tree, faults }: Checked,
  span = false,
): void {
  if (known.includes(name)) return;
  const mend = didYouMean(name, known) ?? (known.length > 0 ? `there is ${known.join(', ')}` : undefined);
  faults.error(span ? keyPlace(tree, path) : valuePlace(tree, path), `there is no ${kind} "${name}"`, mend);
}

/** Executors run extractors that exist, have memory for Node, and between them run every extractor. */
export function checkExecutors(
  executors: NonNullable<Job['executors']>,
  extractors: readonly string[],
  checked: Checked,
): void {
  const { tree, faults } = checked;
  const run = new Set<string>();
  for (const [name, executor] of Object.entries(executors)) {
    const path = ['executors', name];
    const { extractors: own } = executor;
    if (typeof own === 'string') checkName(own, 'extractor', extractors, [...path, 'extractors'], checked);
    else own?.forEach((e, i) => checkName(e, 'extractor', extractors, [...path, 'extractors', i], checked));
    for (const extractor of extractorsOf(name, own, extractors)) run.add(extractor);
    if ((memoryMilli(executor.mem ?? 512) ?? 0) < MEM_MIN_MILLI) {
      faults.error(
        valuePlace(tree, [...path, 'mem']),
        `${name} has too little memory: Node needs 64 MB to start`,
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
  specs: readonly ExtractorSpec[],
  checked: Checked,
): void {
  const names = specs.map((s) => s.name);
  const fieldsOf = (name: string): string[] => specs.find((s) => s.name === name)?.fields.map((f) => f.name) ?? [];
  const check = (path: KeyPath, name: string, fields: readonly string[]): void => {
    checkName(name, 'extractor', names, [...path, name], checked, true);
    if (names.includes(name))
      for (const field of fields)
        checkName(field, `field of ${name}`, [...fieldsOf(name), ...AMBIENT], [...path, name, field], checked, true);
  };
  for (const [name, { filled = {} }] of Object.entries(job.expect ?? {})) {
    checkName(name, 'extractor', names, ['expect', name], checked, true);
    if (!names.includes(name)) continue;
    for (const field of Object.keys(filled))
      checkName(field, `field of ${name}`, fieldsOf(name), ['expect', name, 'filled', field], checked, true);
  }
  job.tests?.forEach(({ fixture, url, records = {}, first = {} }, i) => {
    const path = ['tests', i];
    for (const name of Object.keys(records)) check([...path, 'records'], name, []);
    for (const [name, values] of Object.entries(first)) check([...path, 'first'], name, Object.keys(values));
    const place = valuePlace(checked.tree, [...path, 'fixture']);
    if (!existsSync(resolve(place.source.folder, fixture))) {
      checked.faults.warn(place, `there is no file ${fixture}`, 'the path is relative to the job file');
    }
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      checked.faults.error(
        valuePlace(checked.tree, [...path, 'url']),
        'a test wants the whole URL of its page',
        'e.g. https://example.org/',
      );
    }
  });
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
    const place = valuePlace(checked.tree, Array.isArray(written) ? [...path, i] : path);
    try {
      compilePattern(pattern);
      const trap = patternTrap(pattern);
      if (trap) checked.faults.warn(place, trap);
    } catch (error) {
      if (!(error instanceof PinspiderError)) throw error;
      checked.faults.error(place, error.message);
    }
  });
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
