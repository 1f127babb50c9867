import { resolve } from 'node:path';
import type { KeyPath } from '../extract/types.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { SinkSettings } from '../sinks/types.ts';
import type { Faults } from './fault.ts';
import type { Output } from './job.generated.ts';
import { valuePlace } from './locate.ts';
import type { Tree } from './tree.ts';

interface OutputContext {
  readonly tree: Tree;
  readonly faults: Faults;
  /** Where relative paths begin. */
  readonly folder: string;
  readonly extractors: readonly string[];
}

const PLACEHOLDERS = ['extractor', 'job', 'date'];
const ENDINGS: readonly (readonly [ending: RegExp, format: 'jsonl' | 'csv'])[] = [
  [/\.(jsonl|ndjson)$/i, 'jsonl'],
  [/\.csv$/i, 'csv'],
];
/** Endings of formats that the language has and this version lacks. */
const LATER = /\.(db|sqlite3?|parquet|warc|warc\.gz)$/i;

/** Where records go. Formats that this version lacks are refused elsewhere and passed over here. */
export function readOutputs(written: Output | readonly Output[], context: OutputContext): readonly SinkSettings[] {
  const sinks = (Array.isArray(written) ? (written as readonly Output[]) : [written as Output]).flatMap((output, i) =>
    readOutput(output, Array.isArray(written) ? ['output', i] : ['output'], context),
  );
  const taken = new Set<string>();
  for (const { sink, path } of sinks) {
    const target = sink.type === 'stdout' ? 'stdout' : sink.path;
    if (taken.has(target))
      context.faults.error(
        valuePlace(context.tree, path),
        'two outputs go to the same place',
        'give each a path of its own',
      );
    taken.add(target);
  }
  return sinks.map(({ sink }) => sink);
}

interface PlacedSink {
  readonly sink: SinkSettings;
  readonly path: KeyPath;
}

function readOutput(output: Output, path: KeyPath, context: OutputContext): readonly PlacedSink[] {
  if (typeof output === 'string') {
    if (output === 'stdout' || output === '-') return [{ sink: { type: 'stdout' }, path }];
    const format = ENDINGS.find(([ending]) => ending.test(output))?.[1];
    if (format) return toFile(format, output, path, context);
    const place = valuePlace(context.tree, path);
    const later = LATER.exec(output)?.[1] ?? (/^https?:\/\//.test(output) ? 'webhook' : undefined);
    if (later)
      context.faults.error(
        place,
        `output to ${later} is not supported by this version yet`,
        'use jsonl, csv or stdout',
      );
    else
      context.faults.error(
        place,
        `the ending of ${output} tells no format`,
        'use .jsonl or .csv, or name the format: { jsonl: PATH }',
      );
    return [];
  }
  return [
    ...(output.jsonl === undefined ? [] : toFile('jsonl', output.jsonl, [...path, 'jsonl'], context)),
    ...(output.csv === undefined ? [] : toFile('csv', output.csv, [...path, 'csv'], context)),
    ...(output.stdout ? [{ sink: { type: 'stdout' } as const, path: [...path, 'stdout'] }] : []),
  ];
}

function toFile(type: 'jsonl' | 'csv', written: string, path: KeyPath, context: OutputContext): readonly PlacedSink[] {
  const { tree, faults, folder, extractors } = context;
  for (const { 1: name = '', index, 0: whole } of written.matchAll(/\{([^{}]*)\}/g)) {
    if (PLACEHOLDERS.includes(name)) continue;
    const mend = didYouMean(name, PLACEHOLDERS) ?? 'use {extractor}, {job} or {date}';
    faults.error(valuePlace(tree, path, [index, whole.length]), `${whole} stands for nothing in a path`, mend);
  }
  if (type === 'csv' && extractors.length > 1 && !written.includes('{extractor}')) {
    faults.error(
      valuePlace(tree, path),
      'records of several extractors do not fit one CSV file',
      'put {extractor} into the path',
    );
  }
  return [{ sink: { type, path: resolve(folder, written) }, path }];
}
