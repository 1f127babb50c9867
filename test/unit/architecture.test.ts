import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Which folder of src may import which. Arrows point down only; this table is the architecture. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  observe: ['lib'],
  mesos: ['lib'],
  extract: ['lib'],
  fetch: ['lib'],
  store: ['lib'],
  frontier: ['store', 'lib'],
  sinks: ['lib'],
  feed: ['lib'],
  job: ['extract', 'sinks', 'lib'],
  crawl: ['fetch', 'extract', 'lib'],
  cluster: ['mesos', 'lib'],
  executor: ['crawl', 'fetch', 'extract', 'feed', 'mesos', 'observe', 'lib'],
  // crawl: the work order that travels to executors, and the one function that routes links routes seeds too
  framework: ['crawl', 'frontier', 'store', 'sinks', 'feed', 'mesos', 'job', 'observe', 'lib'],
  cli: [
    'framework',
    'cluster',
    'executor',
    'crawl',
    'fetch',
    'extract',
    'frontier',
    'store',
    'sinks',
    'feed',
    'mesos',
    'job',
    'observe',
    'lib',
  ],
};

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (f) => f.endsWith('.ts') && f.includes('/'),
);

interface Import {
  readonly file: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)( type)?[^;]*? from '(\.[^']+)'/gm)].map((m) => ({
    file: relative(src, join(dirname(join(src, file)), m[2] ?? '')),
    typeOnly: m[1] !== undefined,
  }));
}

test.each(files)('%s keeps to its layer', (file) => {
  const folder = file.split('/')[0] ?? '';
  const imported = importsOf(file).map((i) => i.file.split('/')[0] ?? '');
  expect([folder, ...(MAY_IMPORT[folder] ?? [])]).toEqual(expect.arrayContaining(imported));
});

test('no file of src is on an import cycle', () => {
  const edges = new Map(
    files.map((f) => [
      f,
      importsOf(f)
        .filter((i) => !i.typeOnly)
        .map((i) => i.file),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('no file of src is past 300 lines', () => {
  const long = files.filter(
    (f) => !f.includes('.generated.') && readFileSync(join(src, f), 'utf8').split('\n').length > 301,
  );
  expect(long).toEqual([]);
});
