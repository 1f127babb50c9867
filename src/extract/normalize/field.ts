/** Fields as written: a text, a list of one field, or an object. */
import { parseField } from '../grammar.ts';
import { regexFault } from '../regex.ts';
import type { FieldSpec, NamedField, Reading, SourceSpec, TransformCall, ValueType } from '../spec.ts';
import { TRANSFORMS } from '../transforms/table.ts';
import { isValueType, readAs, TYPE_NAMES } from '../value-types.ts';
import { below, fault, isMap, type At } from './at.ts';
import { normalizeCase, normalizeDictionary } from './case.ts';
import { normalizeCondition } from './condition.ts';
import { isJson } from './json.ts';
import { checkSelector, normalizeSelector, normalizeSelectors, tellGrammar } from './selectors.ts';
import { normalizePipes, normalizeTransforms } from './transforms.ts';

/** Fields in the order in which they were written; those with faults are left out. */
export function normalizeFields(written: unknown, at: At): NamedField[] {
  if (!isMap(written)) return [];
  return Object.entries(written).flatMap(([name, value]) => {
    const field = normalizeField(value, below(at, name));
    return field === undefined ? [] : [{ name, field }];
  });
}

/** Undefined after a fault, and for what this version does not read. */
function normalizeField(written: unknown, at: At): FieldSpec | undefined {
  if (typeof written === 'string') return fieldOfText(written, at);
  if (Array.isArray(written)) return fieldOfList(written, at);
  return isMap(written) ? fieldOfMap(written, at) : undefined;
}

const PLAIN = { remove: [], list: false, transforms: [], required: false } as const;

function fieldOfText(text: string, at: At): FieldSpec | undefined {
  const parsed = normalizeText(text, at);
  return parsed && { ...PLAIN, source: parsed.source, transforms: parsed.transforms };
}

interface TextSource {
  readonly source: SourceSpec;
  readonly transforms: readonly TransformCall[];
}

function normalizeText(text: string, at: At): TextSource | undefined {
  try {
    const { css, read, pipes } = parseField(text);
    if (css.text === '' && read === undefined && pipes.length === 0) {
      fault(at, 'empty selector', 'quote selectors that start with #');
      return undefined;
    }
    const good = checkSelector(css.text, css.offset, at);
    const transforms = normalizePipes(pipes, at);
    if (!good || transforms.length < pipes.length) return undefined;
    return { source: { kind: 'css', css: css.text, read: read ?? readingFor(transforms[0]) }, transforms };
  } catch (error) {
    tellGrammar(error, at);
    return undefined;
  }
}

/** Without a reading it is the text, unless the first transform is one of HTML. */
function readingFor(first: TransformCall | undefined): Reading {
  const html = first !== undefined && TRANSFORMS.get(first.name)?.readsHtml === true;
  return { kind: html ? 'html' : 'text' };
}

function fieldOfList(written: readonly unknown[], at: At): FieldSpec | undefined {
  if (written.length !== 1) {
    const mend = written.length === 0 ? 'write [selector]' : 'for alternatives use first_of, for a union "a, b"';
    fault(at, `a list field is a list of one field, not of ${written.length}`, mend);
    return undefined;
  }
  const field = normalizeField(written[0], below(at, 0));
  if (field === undefined) return undefined;
  if (field.source.kind === 'const' || field.source.kind === 'case' || field.source.kind === 'object') {
    fault(at, `${field.source.kind === 'object' ? 'css with fields' : field.source.kind} gives one value, not a list`);
    return undefined;
  }
  return asList(field);
}

/** All matches, through every alternative. */
function asList(field: FieldSpec): FieldSpec {
  const { source } = field;
  if (source.kind !== 'first_of') return { ...field, list: true };
  return { ...field, list: true, source: { ...source, fields: source.fields.map(asList) } };
}

const SOURCES = ['css', 'each', 'first_of', 'from', 'const', 'meta', 'case', 'regex'] as const;
/** Known to the language, told of elsewhere. */
const ELSEWHERE = ['xpath', 'json', 'jsonld', 'microdata', 'table', 'follow'];

function fieldOfMap(written: Readonly<Record<string, unknown>>, at: At): FieldSpec | undefined {
  if (ELSEWHERE.some((key) => key in written)) return undefined;
  const given = SOURCES.filter((key) => key in written);
  // `regex` and `case` work on another source when there is one.
  const [first, second] = given.filter((key) => key !== 'case' && key !== 'regex');
  if (second !== undefined) {
    fault(
      below(at, second),
      `a field has one source, this has ${given.join(' and ')}`,
      'use first_of for alternatives',
    );
    return undefined;
  }
  const kind = first ?? (given.includes('case') && !given.includes('regex') ? 'case' : given[0]);
  if (kind === undefined) {
    fault(at, 'a field needs a source', `one of ${SOURCES.join(', ')}`);
    return undefined;
  }
  const checks = normalizeChecks(written, at);
  const own = sourceOf(kind, written, at);
  const dictionary =
    kind !== 'case' && 'case' in written ? normalizeDictionary(written['case'], below(at, 'case')) : undefined;
  if (own === undefined) return undefined;
  const field: FieldSpec = {
    ...checks,
    source: own.source,
    ...(kind !== 'case' && typeof written['regex'] === 'string' && { regex: written['regex'] }),
    transforms: [...own.transforms, ...normalizeTransforms(written['transform'], below(at, 'transform'))],
    ...(dictionary !== undefined && { dictionary }),
  };
  return field.list ? asList(field) : field;
}

function sourceOf(
  kind: (typeof SOURCES)[number],
  written: Readonly<Record<string, unknown>>,
  at: At,
): TextSource | undefined {
  const source = (value: SourceSpec): TextSource => ({ source: value, transforms: [] });
  const value = written[kind];
  switch (kind) {
    case 'css':
    case 'each':
      return kind === 'each' || 'fields' in written ? nested(kind, written, at) : cssOf(value, written, at);
    case 'first_of': {
      if (!Array.isArray(value)) return undefined;
      const fields = value.flatMap((item: unknown, i) => normalizeField(item, below(at, 'first_of', i)) ?? []);
      return source({ kind, fields });
    }
    case 'from':
      return isFrom(value)
        ? source({
            kind,
            name: value,
            ...(typeof written['header'] === 'string' && { header: written['header'].toLowerCase() }),
          })
        : undefined;
    case 'const':
      if (isJson(value)) return source({ kind, value });
      fault(below(at, kind), 'const must be a JSON value');
      return undefined;
    case 'meta':
      return typeof value === 'string' ? source({ kind, name: value }) : undefined;
    case 'case': {
      const found = normalizeCase(value, below(at, kind), normalizeField);
      return found && source(found);
    }
    case 'regex':
      return source({ kind: 'context' });
  }
}

function cssOf(value: unknown, written: Readonly<Record<string, unknown>>, at: At): TextSource | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = normalizeText(value, below(at, 'css'));
  if (parsed?.source.kind !== 'css' || parsed.transforms.length > 0 || /::/.test(value)) return parsed;
  // `{css: main, transform: markdown}` is `main | markdown`
  const [first] = normalizeTransforms(written['transform'], { path: at.path, tell: () => undefined });
  return { ...parsed, source: { ...parsed.source, read: readingFor(first) } };
}

function nested(kind: 'css' | 'each', written: Readonly<Record<string, unknown>>, at: At): TextSource | undefined {
  const css = normalizeSelector(written[kind], below(at, kind));
  const fields = normalizeFields(written['fields'], below(at, 'fields'));
  if (kind === 'each' && !('fields' in written)) {
    fault(below(at, kind), '"each" needs fields', 'for a list of texts write [selector]');
    return undefined;
  }
  return css === undefined
    ? undefined
    : { source: { kind: kind === 'css' ? 'object' : 'each', css, fields }, transforms: [] };
}

const FROM = ['url', 'seed', 'depth', 'status', 'headers', 'now', 'text', 'html', 'job', 'task'] as const;

function isFrom(value: unknown): value is (typeof FROM)[number] {
  return FROM.some((name) => name === value);
}

/** All of a field but its source: checks, and what goes before it. */
function normalizeChecks(written: Readonly<Record<string, unknown>>, at: At): Omit<FieldSpec, 'source' | 'transforms'> {
  const number = (key: string): number | undefined => (typeof written[key] === 'number' ? written[key] : undefined);
  const when = normalizeCondition(written['when'], below(at, 'when'));
  const { type, list } = normalizeType(written['type'], at);
  for (const key of ['regex', 'pattern']) {
    const expression = written[key];
    const wrong = typeof expression === 'string' ? regexFault(expression) : undefined;
    if (wrong !== undefined) fault(below(at, key), wrong, 'use single quotes for regexes');
  }
  const minimum = number('minimum');
  const maximum = number('maximum');
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    fault(below(at, 'minimum'), `minimum ${minimum} is above maximum ${maximum}`);
  }
  const minItems = number('min_items');
  const pattern = written['pattern'];
  const allowed: unknown[] | undefined = Array.isArray(written['enum']) ? written['enum'] : undefined;
  const otherwise = written['default'];
  if (
    type !== undefined &&
    !list &&
    isJson(otherwise) &&
    readAs(type, otherwise, 'http://base.invalid/') === undefined
  ) {
    fault(below(at, 'default'), `${JSON.stringify(otherwise)} is not ${TYPE_NAMES[type]}`);
  }
  return {
    ...(when !== undefined && { when }),
    remove: normalizeSelectors(written['remove'], below(at, 'remove')),
    list,
    ...(type !== undefined && { type }),
    ...(isJson(otherwise) && { default: otherwise }),
    required: written['required'] === true,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(typeof pattern === 'string' && regexFault(pattern) === undefined && { pattern }),
    ...(allowed !== undefined && { enum: allowed.filter(isJson) }),
    ...(minItems !== undefined && { minItems }),
  };
}

/** `[type]` is a list of that type, and reads all matches. */
function normalizeType(written: unknown, at: At): { readonly type?: ValueType; readonly list: boolean } {
  if (typeof written !== 'string') return { list: false };
  const item = /^\[\s*(\w+)\s*\]$/.exec(written)?.[1];
  const name = item ?? written;
  if (isValueType(name)) return { type: name, list: item !== undefined };
  fault(below(at, 'type'), `unknown type "${written}"`, `one of ${Object.keys(TYPE_NAMES).join(', ')}, or [type]`);
  return { list: false };
}
