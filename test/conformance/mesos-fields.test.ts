import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs/light.js';
import { describe, expect, test } from 'vitest';
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

const root = protobuf.Root.fromJSON(JSON.parse(DESCRIPTOR) as protobuf.INamespace);
root.resolveAll();
const all = everything(root);
const messages = all.filter((one) => one instanceof protobuf.Type);
const enums = all.filter((one) => one instanceof protobuf.Enum);

function everything(of: protobuf.NamespaceBase): protobuf.ReflectionObject[] {
  return of.nestedArray.flatMap((one) => [one, ...(one instanceof protobuf.Namespace ? everything(one) : [])]);
}

const nameOf = (one: protobuf.ReflectionObject): string => one.fullName.slice(1);
const named = <T extends protobuf.ReflectionObject>(list: readonly T[]): { name: string; one: T }[] =>
  list.map((one) => ({ name: nameOf(one), one }));

/** A field in the words of the table. */
function described(field: protobuf.Field): Omit<Row, 'of'> {
  const type = field.resolvedType ? nameOf(field.resolvedType) : field.type;
  const written: unknown = field.options?.['default'];
  return {
    name: field.name,
    number: field.id,
    label: field.map || field.repeated ? 'repeated' : field.required ? 'required' : 'optional',
    type: field instanceof protobuf.MapField ? `map<${field.keyType}, ${type}>` : type,
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
  test.each(named(messages))('$name', ({ name, one }) => {
    const known = new Map((reference.get(name) ?? []).map((row) => [row.name, wanted(row)]));
    expect([...known]).not.toEqual([]);
    for (const field of one.fieldsArray) expect(described(field)).toEqual(known.get(field.name));
  });
});

describe('every enum is complete', () => {
  test.each(named(enums))('$name', ({ name, one }) => {
    const known = reference.get(name)?.filter((row) => row.type === ENUM_VALUE) ?? [];
    expect(one.values).toEqual(Object.fromEntries(known.map((row) => [row.name, row.number])));
  });
});

test.each(['mesos.v1.scheduler.Call', 'mesos.v1.scheduler.Event', 'mesos.v1.executor.Call', 'mesos.v1.executor.Event'])(
  '%s lacks no field',
  (name) => {
    const ours = root.lookupType(name).fieldsArray.map((field) => field.name);
    expect(ours.sort()).toEqual(
      reference
        .get(name)
        ?.map((row) => row.name)
        .sort(),
    );
  },
);
