import type { CaseValue, ExtractorSpec, FieldSpec, NamedField, SourceSpec, ValueType } from '../extract/spec.ts';
import type { Json } from '../extract/types.ts';

export type JsonSchema = { readonly [key: string]: Json };

/** JSON Schema (draft-07) of the records of one extractor: what readers of its output can rely on. */
export function recordSchema(extractor: ExtractorSpec): JsonSchema {
  const change = extractor.change?.members ?? [];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: extractor.name,
    ...objectSchema(extractor.fields, {
      ...(extractor.meta && AMBIENT),
      ...(extractor.invalid === 'keep' && { _errors: { type: 'array', items: { type: 'string' } } }),
      ...Object.fromEntries(change.map((name) => [name, CHANGE[name] ?? {}])),
    }),
    required: requiredMembers(extractor, change),
  };
}

/** Ambient fields are always there; `_errors` only in records that broke a rule. Of a record that is gone there is no more than what it was known by. */
function requiredMembers({ fields, key, meta }: ExtractorSpec, change: readonly string[]): readonly string[] {
  if (change.length > 0) return [...(key === undefined ? ['_url', '_index'] : [key]), '_change'];
  return [...fields.map((f) => f.name), ...(meta ? Object.keys(AMBIENT) : [])];
}

const TEXT: JsonSchema = { type: 'string' };

const AMBIENT: JsonSchema = {
  _url: { type: 'string', format: 'uri' },
  _seed: { type: 'string', format: 'uri' },
  _depth: { type: 'integer', minimum: 0 },
  _fetched_at: { type: 'string', format: 'date-time' },
  _status: { type: 'integer' },
  _extractor: TEXT,
  _job: TEXT,
  _task: TEXT,
  _hash: TEXT,
};

const CHANGE: JsonSchema = {
  _url: { type: 'string', format: 'uri' },
  _index: { type: 'integer', minimum: 0 },
  _change: { enum: ['new', 'changed', 'gone'] },
};

const OF_TYPE: Readonly<Record<ValueType, JsonSchema>> = {
  string: TEXT,
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  url: { type: 'string', format: 'uri' },
  price: { type: 'number' },
  count: { type: 'integer' },
  object: { type: 'object' },
};

/** Transforms after which a value is no text any more; undefined = anything. */
const AFTER: Readonly<Record<string, JsonSchema | undefined>> = {
  number: { type: 'number' },
  price: { type: 'number' },
  count: { type: 'integer' },
  length: { type: 'integer' },
  boolean: { type: 'boolean' },
  split: { type: 'array', items: TEXT },
  map: {},
};

function objectSchema(fields: readonly NamedField[], more: JsonSchema = {}): JsonSchema {
  const properties = Object.fromEntries(fields.map(({ name, field }) => [name, fieldSchema(field)]));
  return {
    type: 'object',
    additionalProperties: false,
    properties: { ...properties, ...more },
    required: fields.map((f) => f.name),
  };
}

/** Every field is in every record; what is missing is null, unless `required` made such a record invalid. */
function fieldSchema(field: FieldSpec): JsonSchema {
  const one = { ...valueSchema(field), ...checks(field) };
  const list = field.list || (field.source.kind === 'each' && field.source.fields.length > 0);
  if (list) return { type: 'array', items: one, ...(field.minItems !== undefined && { minItems: field.minItems }) };
  return field.required || field.default !== undefined ? one : orNull(one);
}

function valueSchema(field: FieldSpec): JsonSchema {
  if (field.type !== undefined && field.type !== 'object') return OF_TYPE[field.type];
  // A dictionary may give anything that the job writes.
  if (field.dictionary) return {};
  const last = field.transforms.findLast((t) => t.name in AFTER);
  if (last) return AFTER[last.name] ?? {};
  return sourceSchema(field.source);
}

function sourceSchema(source: SourceSpec): JsonSchema {
  switch (source.kind) {
    case 'css':
      return source.read.kind === 'count' ? { type: 'integer' } : TEXT;
    case 'meta':
    case 'context':
      return TEXT;
    case 'from':
      if (source.name === 'depth' || source.name === 'status') return { type: 'integer' };
      if (source.name === 'headers' && source.header === undefined)
        return { type: 'object', additionalProperties: TEXT };
      return TEXT;
    case 'const':
      return { const: source.value };
    case 'case':
      return choice([...source.branches.map((b) => b.then), source.otherwise].map(caseSchema));
    case 'first_of':
      return choice(source.fields.map(fieldSchema));
    case 'each':
    case 'object':
      return objectSchema(source.fields);
  }
}

function caseSchema(value: CaseValue): JsonSchema {
  return value.kind === 'value' ? { const: value.value } : fieldSchema(value.field);
}

/** One of several schemas, each once. */
function choice(schemas: readonly JsonSchema[]): JsonSchema {
  const texts = [...new Set(schemas.map((s) => JSON.stringify(s)))];
  const unique = texts.map((text) => schemas.find((s) => JSON.stringify(s) === text) ?? {});
  return unique.length === 1 ? (unique[0] ?? {}) : { anyOf: unique };
}

function orNull(schema: JsonSchema): JsonSchema {
  const { type, anyOf } = schema;
  if (Object.keys(schema).length === 0) return schema;
  // An enum or a const beside `type` would go on refusing null.
  if (typeof type === 'string' && !('enum' in schema)) return { ...schema, type: [type, 'null'] };
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...(anyOf as Json[]), { type: 'null' }] };
  return { anyOf: [schema, { type: 'null' }] };
}

function checks({ minimum, maximum, pattern, enum: allowed }: FieldSpec): JsonSchema {
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(pattern !== undefined && { pattern }),
    ...(allowed !== undefined && { enum: allowed }),
  };
}
