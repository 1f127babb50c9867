/** Why a page gives the records it gives: per field which source matched, how many nodes, and how far a selector got. */
import { parse as parseCss, stringify, isTraversal } from 'css-what';
import { compilePattern } from '../lib/pattern.ts';
import { parseFast } from './dom/document.ts';
import { compileExtractor } from './dom/extractor.ts';
import { compileField, compileRemove } from './dom/field.ts';
import { loadHtml5 } from './dom/html5.ts';
import { baseOf, compileBase } from './dom/links.ts';
import { Registry } from './dom/registry.ts';
import { pageScope, within, type Scope } from './dom/scope.ts';
import { compileSelector } from './dom/selector.ts';
import { isEmpty } from './pipeline.ts';
import type { PlanOptions } from './plan.ts';
import type { Run } from './run.ts';
import type { Condition, ExtractorSpec, FieldSpec, NamedField, SourceSpec } from './spec.ts';
import type { Json, Page } from './types.ts';

/** How a selector fared in its context. */
export interface ExplainedSelector {
  readonly css: string;
  readonly nodes: number;
  /** When nothing matched: the longest beginning of it that does match, and how often. */
  readonly nearest?: { readonly css: string; readonly nodes: number } | undefined;
}

/** One source that was tried. */
export interface ExplainedSource {
  /** `css .title::text`, `meta og:title`, `from url`. */
  readonly source: string;
  readonly selector?: ExplainedSelector | undefined;
  /** The value that this source alone gives, after transforms and type. */
  readonly value: Json;
}

export interface ExplainedField {
  /** `thumbs.src`. */
  readonly name: string;
  /** In the order in which they are tried. */
  readonly sources: readonly ExplainedSource[];
  /** Index of the source that gave the value; undefined when none did. */
  readonly chosen?: number | undefined;
  readonly value: Json;
  readonly errors: readonly string[];
}

export interface ExplainedExtractor {
  readonly name: string;
  /** Whether `match` takes the URL (or the page was sent `to` it). */
  readonly matches: boolean;
  /** Whether `when` holds. */
  readonly applies: boolean;
  readonly when?: readonly ExplainedSelector[] | undefined;
  readonly each?: ExplainedSelector | undefined;
  /** Of the first record; fields of a nested list, of its first item. */
  readonly fields: readonly ExplainedField[];
}

/** Reads one page with every extractor, those that do not match included. */
export async function explainPage(options: PlanOptions, page: Page): Promise<ExplainedExtractor[]> {
  const parse = options.parser === 'html5' ? await loadHtml5() : parseFast;
  const registry = new Registry();
  const base = compileBase(registry);
  const compiled = options.extractors.map((spec) => explainExtractor(spec, registry));
  const scope = pageScope(parse(registry.sorter())(page.html));
  const context = { base: baseOf(base, scope, page.url), now: page.fetchedAt };
  return compiled.map((explain) => explain(scope, { page, context, trail: [], errors: [] }));
}

type Explain<T> = (scope: Scope, run: Run) => T;

function explainExtractor(spec: ExtractorSpec, registry: Registry): Explain<ExplainedExtractor> {
  const patterns = spec.match.map(compilePattern);
  const extractor = compileExtractor(spec, registry);
  const remove = compileRemove(spec.remove, registry);
  const when = selectorsOf(spec.when).map((css) => explainSelector(css, registry));
  const each = spec.each === undefined ? undefined : explainSelector(spec.each, registry);
  const eachSelector = spec.each === undefined ? undefined : compileSelector(spec.each, registry);
  const fields = explainFields(spec.fields, '', registry);
  return (page, run) => {
    const scope = remove(page);
    const first = eachSelector?.first(scope);
    const record = first === undefined ? scope : first === null ? undefined : within(scope, first);
    const { url, to } = run.page;
    run.trail.splice(0, Infinity, spec.name, ...(first === undefined ? [] : [0]));
    return {
      name: spec.name,
      matches: to === undefined ? patterns.length === 0 || patterns.some((pattern) => pattern(url)) : to === spec.name,
      applies: extractor.applies(page, run.page),
      ...(when.length > 0 && { when: when.map((explain) => explain(page, run)) }),
      ...(each !== undefined && { each: each(scope, run) }),
      fields: record === undefined ? [] : fields(record, run),
    };
  };
}

function selectorsOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined || condition.kind === 'status') return [];
  if (condition.kind === 'css') return [condition.css];
  return condition.kind === 'not' ? selectorsOf(condition.of) : condition.of.flatMap(selectorsOf);
}

function explainFields(fields: readonly NamedField[], prefix: string, registry: Registry): Explain<ExplainedField[]> {
  const compiled = fields.map(({ name, field }) => ({ name, explain: explainField(prefix + name, field, registry) }));
  return (scope, run) =>
    compiled.flatMap(({ name, explain }) => {
      run.trail.push(name);
      const explained = explain(scope, run);
      run.trail.pop();
      return explained;
    });
}

/** The field itself, then the fields inside of it. */
function explainField(name: string, spec: FieldSpec, registry: Registry): Explain<ExplainedField[]> {
  const field = compileField(spec, registry);
  const remove = compileRemove(spec.remove, registry);
  const alternatives = spec.source.kind === 'first_of' ? spec.source.fields : [spec];
  const sources = alternatives.map((alternative) => explainSource(alternative, registry));
  const { source } = spec;
  const nested = source.kind === 'each' || source.kind === 'object' ? source : undefined;
  const inside = nested && {
    selector: compileSelector(nested.css, registry),
    explain: explainFields(nested.fields, `${name}.`, registry),
  };
  return (outer, run) => {
    const value = field.read(outer, run);
    const errors = run.errors.splice(0);
    const scope = remove(outer);
    const tried = sources.map((explain) => explain(scope, run));
    const chosen = tried.findIndex((one) => !isEmpty(one.value));
    const own: ExplainedField = { name, sources: tried, ...(chosen >= 0 && { chosen }), value, errors };
    const first = inside?.selector.first(scope) ?? null;
    if (inside === undefined || first === null) return [own];
    const steps = source.kind === 'each' ? [0] : [];
    run.trail.push(...steps);
    const explained = inside.explain(within(scope, first), run);
    run.trail.length -= steps.length;
    return [own, ...explained];
  };
}

function explainSource(spec: FieldSpec, registry: Registry): Explain<ExplainedSource> {
  // default and checks are the field's own affair, not the source's
  const bare: FieldSpec = {
    ...spec,
    required: false,
    default: undefined,
    minimum: undefined,
    maximum: undefined,
    pattern: undefined,
    enum: undefined,
    minItems: undefined,
  };
  const field = compileField(bare, registry);
  const { source } = spec;
  const css = 'css' in source && source.css !== '' ? explainSelector(source.css, registry) : undefined;
  return (scope, run) => {
    const value = field.read(scope, run);
    run.errors.length = 0;
    return { source: sourceText(source), ...(css !== undefined && { selector: css(scope, run) }), value };
  };
}

function explainSelector(css: string, registry: Registry): Explain<ExplainedSelector> {
  const selector = compileSelector(css, registry);
  const shorter = beginnings(css).map((beginning) => compileSelector(beginning, registry));
  return (scope) => {
    const nodes = selector.all(scope).length;
    const near = nodes > 0 ? undefined : shorter.find((one) => one.first(scope) !== null);
    return { css, nodes, ...(near !== undefined && { nearest: { css: near.css, nodes: near.all(scope).length } }) };
  };
}

/** `.a > .b.c` begins with `.a > .b` and `.a`; longest first. */
function beginnings(css: string): string[] {
  return parseCss(css).flatMap((tokens) => {
    const found: string[] = [];
    for (let end = tokens.length - 1; end > 0; end--) {
      const last = tokens[end - 1];
      if (last !== undefined && !isTraversal(last)) found.push(stringify([tokens.slice(0, end)]));
    }
    return found;
  });
}

function sourceText(source: SourceSpec): string {
  switch (source.kind) {
    case 'css': {
      const reading = source.read.kind === 'attr' ? `attr(${source.read.name})` : source.read.kind;
      return `css ${source.css}::${reading}`;
    }
    case 'from':
      return `from ${source.name}${source.header === undefined ? '' : ` ${source.header}`}`;
    case 'meta':
      return `meta ${source.name}`;
    case 'each':
    case 'object':
      return `${source.kind === 'each' ? 'each' : 'css'} ${source.css}`;
    case 'context':
      return 'regex';
    case 'const':
    case 'case':
    case 'first_of':
      return source.kind;
  }
}
