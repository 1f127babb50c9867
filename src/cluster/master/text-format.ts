import type { Field } from '../../lib/protobuf/schema.ts';
import { messageType } from '../../mesos/codec.ts';

/**
 * A message in protobuf's text format, fields in the order of their numbers: Mesos prints so in some of its answers.
 *
 * @param name full name of the message, `mesos.v1.ExecutorInfo`
 * @param value in the form of `messages.generated.ts`
 */
export function textFormat(name: string, value: object): string {
  return linesOf(messageType(name).ordered, value, '').join('\n');
}

function linesOf(fields: readonly Field[], value: object, indent: string): string[] {
  const values = value as Readonly<Record<string, unknown>>;
  return fields
    .filter((field) => values[field.name] !== undefined)
    .flatMap((field) => {
      const one = values[field.name];
      const items: unknown[] = Array.isArray(one) ? one : [one];
      return items.flatMap((item) => fieldLines(field, item, indent));
    });
}

function fieldLines(field: Field, item: unknown, indent: string): string[] {
  if (field.kind === 'message' && typeof item === 'object' && item !== null) {
    return [`${indent}${field.name} {`, ...linesOf(field.type().ordered, item, `${indent}  `), `${indent}}`];
  }
  return [`${indent}${field.name}: ${scalarText(item, field.kind === 'enum')}`];
}

function scalarText(item: unknown, isEnum: boolean): string {
  if (item instanceof Uint8Array)
    return `"${Buffer.from(item)
      .toString('latin1')
      .replace(/[^ -~]|["\\]/g, octal)}"`;
  if (typeof item === 'string' && !isEnum) return `"${item.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  return String(item);
}

function octal(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
