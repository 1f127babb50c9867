/** Sources on a tree: where the value of a field comes from. */
import type { CaseValue, FieldSpec, SourceSpec } from '../spec.ts';
import { isEmpty } from '../pipeline.ts';
import type { Run } from '../run.ts';
import { show } from '../show.ts';
import type { Json } from '../types.ts';
import type { Field } from './field.ts';
import { compileFrom } from './from.ts';
import { compileReading } from './reading.ts';
import type { Registry } from './registry.ts';
import { elementOf, within, type Scope } from './scope.ts';
import { compileSelector, type Selector } from './selector.ts';
import { attributeOf } from './self-reading.ts';
import { textOf } from './text.ts';

export interface Source {
  read(scope: Scope, run: Run): Json;
  /** Why there is nothing: `nothing matched ".title"`. Only called when `read` gave nothing. */
  missing(scope: Scope, run: Run): string;
  /** How many of the field's first transforms it does itself. */
  readonly done: number;
}

type CompileField = (spec: FieldSpec, registry: Registry) => Field;
type Of<K extends SourceSpec['kind']> = Extract<SourceSpec, { readonly kind: K }>;

/** @param compileField for the fields inside; passed in, since fields are made of sources and these of fields */
export function compileSource(field: FieldSpec, registry: Registry, compileField: CompileField): Source {
  const { source } = field;
  switch (source.kind) {
    case 'css':
      return compileCss(source, field, registry);
    case 'from':
      return { ...compileFrom(source, field.list), done: 0 };
    case 'context':
      return {
        read: ({ node, removed }) => textOf(node, removed),
        missing: () => 'there is no text',
        done: 0,
      };
    case 'const':
      return { read: () => source.value, missing: () => 'the constant is empty', done: 0 };
    case 'meta':
      return compileMeta(source, field.list, registry);
    case 'case':
      return compileCase(source, registry, compileField);
    case 'first_of':
      return compileFirstOf(source, registry, compileField);
    case 'each':
    case 'object':
      return compileNested(source, registry, compileField);
  }
}

function compileCss(source: Of<'css'>, { list, transforms }: FieldSpec, registry: Registry): Source {
  const selector = compileSelector(source.css, registry);
  const reading = compileReading(source.read, transforms);
  const { read, done } = reading;
  const missing = (scope: Scope): string => missingCss(source, selector, scope);
  if (source.read.kind === 'count') return { read: (scope) => selector.count(scope), missing, done };
  if (source.css === '') return { read: (scope, run) => asList(read(scope.node, scope, run), list), missing, done };
  if (!list) {
    const readFirst = (scope: Scope, run: Run): Json => {
      const element = selector.first(scope);
      return element === null ? null : read(element, scope, run);
    };
    return { read: readFirst, missing, done };
  }
  const readAll = (scope: Scope, run: Run): Json => {
    const values: Json[] = [];
    for (const element of selector.all(scope)) {
      const value = read(element, scope, run);
      if (value !== null) values.push(value);
    }
    return values;
  };
  return { read: readAll, missing, done };
}

function missingCss({ css, read }: Of<'css'>, selector: Selector, scope: Scope): string {
  const element = css === '' ? elementOf(scope) : selector.first(scope);
  if (css !== '' && element === null) return `nothing matched ${show(css)}`;
  const name = css === '' ? 'the element' : show(css);
  if (read.kind === 'attr' && (element === null || attributeOf(element, read.name) === null)) {
    return `${name} has no attribute ${show(read.name)}`;
  }
  return `${name} is empty`;
}

function compileMeta({ name }: Of<'meta'>, list: boolean, registry: Registry): Source {
  const selector = compileSelector('meta[content]', registry);
  const wanted = name.toLowerCase();
  const all = (scope: Scope): string[] =>
    selector
      // metas are of the page, wherever the field stands
      .all({ ...scope, node: scope.dom.root })
      .filter((meta) => ['name', 'property'].some((key) => attributeOf(meta, key)?.trim().toLowerCase() === wanted))
      .map((meta) => (attributeOf(meta, 'content') ?? '').trim());
  return {
    read: (scope) => (list ? all(scope) : (all(scope)[0] ?? null)),
    missing: (scope) => (all(scope).length === 0 ? `there is no meta ${show(name)}` : `meta ${show(name)} is empty`),
    done: 0,
  };
}

function compileCase({ branches, otherwise }: Of<'case'>, registry: Registry, compileField: CompileField): Source {
  const value = (then: CaseValue): Field['read'] => {
    if (then.kind === 'value') return () => then.value;
    const field = compileField(then.field, registry);
    return (scope, run) => field.read(scope, run);
  };
  const compiled = branches.map(({ css, then }) => ({ selector: compileSelector(css, registry), read: value(then) }));
  const fallback = value(otherwise);
  const pick = (scope: Scope): Field['read'] =>
    compiled.find(({ selector }) => selector.first(scope) !== null)?.read ?? fallback;
  return {
    read: (scope, run) => pick(scope)(scope, run),
    missing: () => `nothing matched ${branches.map(({ css }) => show(css)).join(', ')}`,
    done: 0,
  };
}

function compileFirstOf({ fields }: Of<'first_of'>, registry: Registry, compileField: CompileField): Source {
  const alternatives = fields.map((field) => compileField(field, registry));
  const sources = fields.map((field) => compileSource(field, registry, compileField));
  return {
    read: (scope, run) => {
      const before = run.errors.length;
      for (const field of alternatives) {
        const value = field.read(scope, run);
        const failed = run.errors.length > before;
        // A value that breaks the rules of its alternative is no value; the next one may do better.
        run.errors.length = before;
        if (!failed && !isEmpty(value)) return value;
      }
      return null;
    },
    missing: (scope, run) => {
      const reasons = sources.map((source) => source.missing(scope, run));
      const prefix = 'nothing matched ';
      return reasons.every((reason) => reason.startsWith(prefix))
        ? prefix + reasons.map((reason) => reason.slice(prefix.length)).join(', ')
        : reasons.join(', ');
    },
    done: 0,
  };
}

function compileNested(source: Of<'each' | 'object'>, registry: Registry, compileField: CompileField): Source {
  const selector = compileSelector(source.css, registry);
  const fields = source.fields.map(({ name, field }) => ({ name, field: compileField(field, registry) }));
  const readObject = (scope: Scope, run: Run): Json => {
    const object: Record<string, Json> = {};
    for (const { name, field } of fields) {
      run.trail.push(name);
      object[name] = field.read(scope, run);
      run.trail.pop();
    }
    return object;
  };
  const missing = (): string => `nothing matched ${show(source.css)}`;
  if (source.kind === 'object') {
    const readOne = (scope: Scope, run: Run): Json => {
      if (source.css === '') return readObject(scope, run);
      const element = selector.first(scope);
      return element === null ? null : readObject(within(scope, element), run);
    };
    return { read: readOne, missing, done: 0 };
  }
  const readEach = (scope: Scope, run: Run): Json =>
    selector.all(scope).map((element, i) => {
      run.trail.push(i);
      const object = readObject(within(scope, element), run);
      run.trail.pop();
      return object;
    });
  return { read: readEach, missing, done: 0 };
}

function asList(value: Json, list: boolean): Json {
  if (!list) return value;
  return value === null ? [] : [value];
}
