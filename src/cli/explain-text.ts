import type { ExplainedExtractor, ExplainedField, ExplainedSelector, ExplainedSource } from '../extract/explain.ts';
import type { BackEnd, Extraction, Json } from '../extract/types.ts';
import { counted } from './counted.ts';
import type { painter } from './terminal.ts';

export interface ExplainOptions {
  /** Every source that was tried, and what came nearest where nothing matched. */
  readonly whole: boolean;
  /** Path of a field: only it and what is inside of it. */
  readonly field?: string | undefined;
  readonly paint: ReturnType<typeof painter>;
}

/** Per extractor and field, what was tried and how it fared; for people. */
export function explainText(
  extractors: readonly ExplainedExtractor[],
  extraction: Extraction,
  options: ExplainOptions,
): string {
  return extractors.map((extractor) => `${extractorLines(extractor, extraction, options).join('\n')}\n`).join('');
}

/** How a run reads such pages; a scan is several times as fast as a tree. */
export function backEndText(backEnd: BackEnd): string {
  if (backEnd.kind === 'scan') return 'read by a scan';
  if (backEnd.kind === 'mixed') {
    const trees = backEnd.trees.map(({ extractor, because }) => `"${extractor}" (${because})`);
    return `read by a scan, but pages of ${trees.join(' and ')} as trees`;
  }
  return `read as a tree: ${backEnd.because}`;
}

function extractorLines(explained: ExplainedExtractor, extraction: Extraction, options: ExplainOptions): string[] {
  const { name, matches, applies, when = [], each, fields } = explained;
  const title = options.paint('bold', name);
  if (!matches) return [`${title}: its "match" does not take this URL`];
  if (!applies) {
    const tested = when.flatMap((selector) => selectorLines('when', selector, options));
    return [`${title}: skipped, its "when" does not hold`, ...tested];
  }
  const records = extraction.records.filter((record) => record.extractor === name).length;
  const invalid = extraction.invalid.filter((one) => one.extractor === name);
  const counts = [counted(records, 'record'), ...(invalid.length > 0 ? [`${invalid.length} invalid`] : [])].join(', ');
  const own = fields.filter((field) => isAsked(field.name, options.field));
  const width = Math.max(0, ...own.map((field) => field.name.length));
  return [
    `${title}: ${counts}`,
    ...(each ? selectorLines('each', each, options) : []),
    ...own.flatMap((field) => fieldLines(field, width, options)),
    ...invalid.flatMap(({ errors }) => errors).map((error) => `    ${options.paint('red', `invalid: ${error}`)}`),
  ];
}

function isAsked(name: string, wanted: string | undefined): boolean {
  return wanted === undefined || name === wanted || name.startsWith(`${wanted}.`);
}

/** One line a field: the source that gave the value, or the first, with why it gave none. */
function fieldLines(field: ExplainedField, width: number, options: ExplainOptions): string[] {
  const { sources, chosen, value } = field;
  const label = `    ${field.name.padEnd(width)}  `;
  const empty = value === null || (Array.isArray(value) && value.length === 0);
  const shown = options.whole ? sources : sources.filter((_, i) => i === (chosen ?? 0));
  const lines = shown.flatMap((source) => sourceLines(source, options));
  const more = !options.whole && sources.length > 1 ? [whichOf(chosen, sources.length)] : [];
  const byDefault = !empty && chosen === undefined ? [`default: ${shortValue(value)}`] : [];
  const all = [...lines, ...more, ...byDefault];
  return all.map((line, i) => {
    const head = i === 0 ? label : ' '.repeat(label.length);
    return `${head}${i === 0 && empty ? options.paint('yellow', line) : line}`;
  });
}

function whichOf(chosen: number | undefined, sources: number): string {
  return chosen === undefined ? `none of its ${sources} sources gives a value` : `source ${chosen + 1} of ${sources}`;
}

function sourceLines({ source, selector, value }: ExplainedSource, options: ExplainOptions): string[] {
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  const nodes = selector === undefined ? '' : nodesText(selector.nodes);
  const fate = [nodes, ...(empty && selector?.nodes !== 0 ? ['no value'] : [])]
    .filter((part) => part !== '')
    .join(', ');
  return [fate === '' ? source : `${source}: ${fate}`, ...(selector ? nearestLines(selector, options) : [])];
}

function selectorLines(role: 'each' | 'when', selector: ExplainedSelector, options: ExplainOptions): string[] {
  const lines = [`${role} ${selector.css}: ${nodesText(selector.nodes)}`, ...nearestLines(selector, options)];
  return lines.map((line) => `    ${line}`);
}

function nearestLines({ nodes, nearest }: ExplainedSelector, { whole }: ExplainOptions): string[] {
  if (!whole || nodes > 0 || !nearest) return [];
  return [`  nearest: ${nearest.css}: ${nodesText(nearest.nodes)}`];
}

function nodesText(nodes: number): string {
  return nodes === 0 ? 'no node' : counted(nodes, 'node');
}

const VALUE_MAX = 60;

function shortValue(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX)}…` : text;
}
