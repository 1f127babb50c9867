import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Descriptor, FieldRow } from '../../src/lib/protobuf/schema.ts';
import { DESCRIPTOR } from '../../src/mesos/messages.generated.ts';

/** One row of the reference table: every field and enum value of the Apache protos. */
interface Row {
  readonly of: string;
  readonly name: string;
  readonly number: number;
  readonly label: string;
  readonly type: string;
  readonly default: string;
}

const ENUM_VALUE = '(enum value)';

const rows: readonly Row[] = readFileSync(join(import.meta.dirname, '../fixtures/mesos-fields.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [, of = '', name = '', number = '', label = '', type = '', byDefault = ''] = line.split('\t');
    return { of, name, number: Number(number), label, type, default: byDefault };
  });

const reference = new Map<string, Row[]>();
for (const row of rows) reference.set(row.of, [...(reference.get(row.of) ?? []), row]);

const definitions = Object.entries(JSON.parse(DESCRIPTOR) as Descriptor).map(([name, one]) => ({ name, one }));
const isMessage = (one: Descriptor[string]): one is readonly FieldRow[] => Array.isArray(one);
const messages = definitions.flatMap(({ name, one }) => (isMessage(one) ? [{ name, fields: one }] : []));
const enums = definitions.flatMap(({ name, one }) => (isMessage(one) ? [] : [{ name, values: one }]));

/** A field in the words of the table. */
function described([name, number, type, label = 'optional', options = {}]: FieldRow): Omit<Row, 'of'> {
  const { default: written } = options;
  return {
    name,
    number,
    label: label === 'map' || label === 'packed' ? 'repeated' : label,
    type: label === 'map' ? `map<string, ${type}>` : type,
    default:
      typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean' ? String(written) : '',
  };
}

/** A row in the same words: the table has a map as what it is on the wire, a list of entries with key and value. */
function wanted({ name, number, label, type, default: byDefault }: Row): Omit<Row, 'of'> {
  const [key, value] = type.endsWith('Entry') ? (reference.get(type) ?? []) : [];
  return { name, number, label, type: key && value ? `map<${key.type}, ${value.type}>` : type, default: byDefault };
}

test('the table and the protos are there', () => {
  expect(rows.length).toBeGreaterThan(1100);
  expect(messages.length).toBeGreaterThan(100);
  expect(enums.length).toBeGreaterThan(20);
});

describe('every field is that of the wire', () => {
  test.each(messages)('$name', ({ name, fields }) => {
    const known = new Map((reference.get(name) ?? []).map((row) => [row.name, wanted(row)]));
    expect([...known]).not.toEqual([]);
    for (const field of fields) expect(described(field)).toEqual(known.get(field[0]));
  });
});

describe('every enum is complete', () => {
  test.each(enums)('$name', ({ name, values }) => {
    const known = reference.get(name)?.filter((row) => row.type === ENUM_VALUE) ?? [];
    expect(values).toEqual(Object.fromEntries(known.map((row) => [row.name, row.number])));
  });
});

test.each(['mesos.v1.scheduler.Call', 'mesos.v1.scheduler.Event', 'mesos.v1.executor.Call', 'mesos.v1.executor.Event'])(
  '%s lacks no field',
  (name) => {
    const ours = messages.find((one) => one.name === name)?.fields.map(([field]) => field) ?? [];
    expect(ours.sort()).toEqual(
      reference
        .get(name)
        ?.map((row) => row.name)
        .sort(),
    );
  },
);
