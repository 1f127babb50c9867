/**
 * Turns `.proto` files into what the program loads: a JSON descriptor (src/lib/protobuf/schema.ts) and TypeScript types.
 *
 * usage: tsx scripts/generate-messages.ts OUT.generated.ts FILE.proto...
 *
 * proto2 messages become *plain objects*: enums by name, absent fields absent. Of proto3 messages every field is present, enums
 * are numbers.
 */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import protobuf from 'protobufjs';
import type { Descriptor, FieldRow, Label } from '../src/lib/protobuf/schema.ts';

const [out = '', ...files] = process.argv.slice(2);
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => (target.includes('/') ? target : `proto/${target}`);
root.loadSync(files, { keepCase: true });
root.resolveAll();

const SCALARS: Readonly<Record<string, string>> = { string: 'string', bool: 'boolean', bytes: 'Uint8Array' };

/** `mesos.v1.scheduler.Call.Accept` → `SchedulerCallAccept`: the package's own last word stays, the common part goes. */
function typeName(of: protobuf.ReflectionObject): string {
  return of.fullName
    .replace(/^\.(mesos\.v1|pinspider)\.?/, '')
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function fieldType(field: protobuf.Field): string {
  const of = field.resolvedType ? typeName(field.resolvedType) : (SCALARS[field.type] ?? 'number');
  if (field.map) return `Readonly<Record<string, ${of}>>`;
  return field.repeated ? `readonly ${of}[]` : of;
}

function emit(at: protobuf.ReflectionObject, plain: boolean, lines: string[]): void {
  if (at instanceof protobuf.Enum) {
    const names = Object.keys(at.values);
    if (plain) lines.push(`export type ${typeName(at)} = ${names.map((n) => `'${n}'`).join(' | ')};`);
    else {
      lines.push(`export const ${typeName(at)} = ${JSON.stringify(at.values)} as const;`);
      lines.push(`export type ${typeName(at)} = (typeof ${typeName(at)})[keyof typeof ${typeName(at)}];`);
    }
    return;
  }
  if (at instanceof protobuf.Type) {
    lines.push(`export interface ${typeName(at)} {`);
    for (const field of at.fieldsArray) {
      const optional = plain ? !field.required : field.resolvedType instanceof protobuf.Type && !field.repeated;
      lines.push(`  readonly ${field.name}${optional ? '?' : ''}: ${fieldType(field)};`);
    }
    lines.push('}');
  }
  if (at instanceof protobuf.Namespace) for (const inner of at.nestedArray) emit(inner, plain, lines);
}

const KINDS: readonly string[] = [
  ...['string', 'bytes', 'bool', 'double', 'float', 'int32', 'uint32', 'sint32', 'int64', 'uint64', 'fixed32'],
];

/** Adds the definitions below `at`, by full name. */
function describe(at: protobuf.ReflectionObject, into: Record<string, Descriptor[string]>): void {
  const name = at.fullName.slice(1);
  if (at instanceof protobuf.Enum) into[name] = at.values;
  if (at instanceof protobuf.Type) into[name] = at.fieldsArray.map(rowOf);
  if (at instanceof protobuf.Namespace) for (const inner of at.nestedArray) describe(inner, into);
}

function rowOf(field: protobuf.Field): FieldRow {
  const { name, id, resolvedType, type, options } = field;
  const of = resolvedType ? resolvedType.fullName.slice(1) : type;
  const keyed = field instanceof protobuf.MapField;
  if ((!resolvedType && !KINDS.includes(type)) || (keyed && field.keyType !== 'string')) {
    throw new Error(`${field.fullName}: src/lib/protobuf has no such type`);
  }
  const label: Label = keyed
    ? 'map'
    : field.repeated
      ? field.packed && !(resolvedType instanceof protobuf.Type) && type !== 'string' && type !== 'bytes'
        ? 'packed'
        : 'repeated'
      : field.required
        ? 'required'
        : 'optional';
  const more = {
    ...(options?.['default'] !== undefined && { default: options['default'] as unknown }),
    ...(options?.['deprecated'] === true && { deprecated: true }),
  };
  if (Object.keys(more).length > 0) return [name, id, of, label, more];
  return label === 'optional' ? [name, id, of] : [name, id, of, label];
}

const plain = !files.some((file) => file.endsWith('feed.proto'));
const lines = [
  `// Generated from ${files.map((f) => basename(f)).join(', ')} by npm run generate. Edit the .proto files instead.`,
];
emit(root, plain, lines);
// Text that is parsed when first needed: faster to load than the same object as source.
const descriptor: Record<string, Descriptor[string]> = {};
describe(root, descriptor);
lines.push(`export const DESCRIPTOR = ${JSON.stringify(JSON.stringify(descriptor))};`);
writeFileSync(out, `${lines.join('\n')}\n`);
