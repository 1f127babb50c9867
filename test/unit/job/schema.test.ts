import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { compile } from 'json-schema-to-typescript';
import { describe, expect, test } from 'vitest';
import { normalizeExtractors } from '../../../src/extract/normalize.ts';
import { maskJson, maskOf } from '../../../src/job/mask.ts';
import { recordSchema } from '../../../src/job/record-schema.ts';
import { jobReference } from '../../../src/job/reference.ts';
import { jobSchemaText } from '../../../src/job/schema.ts';

const root = join(import.meta.dirname, '../../..');

function nodesOf(value: unknown, path: string): [string, Record<string, unknown>][] {
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  return [[path, record], ...Object.entries(record).flatMap(([key, inner]) => nodesOf(inner, `${path}/${key}`))];
}

describe('the schema of jobs', () => {
  const nodes = nodesOf(JSON.parse(jobSchemaText()), '');

  test('describes every property', () => {
    const properties = nodes.filter(([path]) => /\/properties\/[^/]+$/.test(path));
    expect(properties.length).toBeGreaterThan(150);
    expect(properties.filter(([, node]) => typeof node['description'] !== 'string').map(([path]) => path)).toEqual([]);
  });

  test('is itself valid, in the strict reading', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, useDefaults: true });
    expect(() => ajv.compile(JSON.parse(jobSchemaText()) as object)).not.toThrow();
  }, 60_000);

  test('lets no key through that it does not know', () => {
    const open = nodes.filter(
      ([, node]) =>
        'properties' in node &&
        typeof node['properties'] === 'object' &&
        'type' in node &&
        node['additionalProperties'] === undefined,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test('gave the types of src/job/job.generated.ts', async () => {
    const options = { additionalProperties: false, cwd: join(root, 'schemas') };
    const made = await compile(JSON.parse(jobSchemaText()) as Parameters<typeof compile>[0], 'Job', options);
    expect(readFileSync(join(root, 'src/job/job.generated.ts'), 'utf8')).toBe(made);
  }, 60_000);

  test('gave docs/job-reference.md', async () => {
    const file = join(root, 'docs/job-reference.md');
    const made = await prettier.format(jobReference(jobSchemaText()), {
      ...(await prettier.resolveConfig(file)),
      parser: 'markdown',
    });
    expect(readFileSync(file, 'utf8')).toBe(made);
  }, 60_000);
});

describe('the schema of records', () => {
  const written = {
    item: {
      meta: true,
      invalid: 'keep',
      fields: {
        id: { css: '.id', required: true },
        name: 'h1',
        price: { css: '.price', type: 'price', minimum: 0 },
        pins: '.pins | count',
        tags: { css: '.tag', type: '[string]', min_items: 1 },
        state: { case: { '.sold': 'sold', else: 'open' } },
        cover: { css: '.cover', fields: { src: '::attr(src) | url' } },
        thumbs: { each: '.thumb', fields: { alt: '::attr(alt)' } },
        at: { from: 'status' },
      },
    },
  };
  const [spec] = normalizeExtractors(written, ({ what }) => {
    throw new Error(what);
  });
  if (!spec) throw new Error('no extractor');
  const schema = recordSchema(spec);
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  ajvFormats.default(ajv);
  const valid = ajv.compile(schema);
  const ambient = {
    _url: 'https://a.example/',
    _seed: 'https://a.example/',
    _depth: 0,
    _fetched_at: '2026-01-02T03:04:05.000Z',
    _status: 200,
    _extractor: 'item',
    _job: 'x',
    _task: 't',
    _hash: 'h',
  };
  const record = {
    id: '7',
    name: null,
    price: 1.5,
    pins: 3,
    tags: ['a'],
    state: 'sold',
    cover: { src: 'https://a.example/a.png' },
    thumbs: [{ alt: null }],
    at: 200,
    ...ambient,
  };

  test('takes records as extraction makes them', () => {
    expect(valid(record)).toBe(true);
    expect(valid({ ...record, cover: null, price: null, thumbs: [], _errors: ['x'] })).toBe(true);
  });

  test.each([
    { name: 'a required field that is null', change: { id: null } },
    { name: 'a number below its minimum', change: { price: -1 } },
    { name: 'a count that is no integer', change: { pins: 1.5 } },
    { name: 'too few items', change: { tags: [] } },
    { name: 'a value that no case gives', change: { state: 'lost' } },
    { name: 'an object with other keys', change: { cover: { href: 'x' } } },
    { name: 'a key that is no field', change: { other: 1 } },
  ])('refuses $name', ({ change }) => {
    expect(valid({ ...record, ...change })).toBe(false);
  });
});

describe('the schema of records that are compared', () => {
  const validator = (extractor: Readonly<Record<string, unknown>>) => {
    const fields = { id: { css: '.id', required: true }, n: '.n' };
    const [spec] = normalizeExtractors({ item: { fields, change: true, ...extractor } }, ({ what }) =>
      expect.fail(what),
    );
    if (!spec) throw new Error('no extractor');
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    ajvFormats.default(ajv);
    return ajv.compile(recordSchema(spec));
  };

  test('a record that is gone has its key', () => {
    const valid = validator({ key: 'id' });
    expect(valid({ id: '7', n: null, _change: 'changed' })).toBe(true);
    expect(valid({ id: '7', _change: 'gone' })).toBe(true);
    expect(valid({ _change: 'gone' })).toBe(false);
    expect(valid({ id: '7', _change: 'same' })).toBe(false);
  });

  test('or its page and number', () => {
    const valid = validator({});
    expect(valid({ id: '7', n: 'x', _url: 'https://a.example/', _index: 0, _change: 'new' })).toBe(true);
    expect(valid({ _url: 'https://a.example/', _index: 1, _change: 'gone' })).toBe(true);
    expect(valid({ id: '7', _change: 'gone' })).toBe(false);
  });
});

describe('masking', () => {
  test('replaces secrets as they are, as JSON and percent-encoded, the longest first', () => {
    const mask = maskOf(['pass', 'pass"word', 'a b&c', '']);
    expect(mask('x pass"word y pass z')).toBe('x *** y *** z');
    expect(mask('{"k":"pass\\"word"}')).toBe('{"k":"***"}');
    expect(mask('https://h/?q=a%20b%26c')).toBe('https://h/?q=***');
  });

  test('leaves keys, numbers and structure of JSON alone', () => {
    expect(maskJson({ 12: [1, 'x12', null, { pass: 'pass' }] }, maskOf(['12', 'pass']))).toEqual({
      12: [1, 'x***', null, { pass: '***' }],
    });
  });
});
