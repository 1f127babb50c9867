/**
 * Turns `.proto` files into what the program loads: a JSON descriptor (no parser at run time) and TypeScript types.
 *
 * usage: tsx scripts/generate-messages.ts OUT.generated.ts FILE.proto...
 *
 * proto2 messages become *plain objects*: enums by name, absent fields absent. proto3 messages are read through
 * protobufjs's prototypes: every field present, enums as numbers.
 */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import protobuf from 'protobufjs';

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

const plain = !files.some((file) => file.endsWith('feed.proto'));
const lines = [
  `// Generated from ${files.map((f) => basename(f)).join(', ')} by npm run generate. Edit the .proto files instead.`,
];
emit(root, plain, lines);
// Text that is parsed when first needed: faster to load than the same object as source.
lines.push(`export const DESCRIPTOR = ${JSON.stringify(JSON.stringify(root.toJSON()))};`);
writeFileSync(out, `${lines.join('\n')}\n`);
