import protobuf from 'protobufjs/minimal.js';
import type { Form } from './decode.ts';
import { type Field, type Kind, type MessageType, WIRE_TYPES } from './schema.ts';

/**
 * Bytes of a message in the form that {@link decodeMessage} gives, fields by number. Members that are undefined or null are left
 * out; of the full form, which may lack any, defaults too.
 *
 * @throws {Error} with the path of what does not fit the definition, or is required and missing
 */
export function encodeMessage(type: MessageType, value: object, form: Form): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMessage(writer, type, value, form);
  return writer.finish();
}

type Writer = protobuf.Writer;

function writeMessage(writer: Writer, type: MessageType, value: object, form: Form): void {
  const values = value as Readonly<Record<string, unknown>>;
  for (const field of type.ordered) {
    // Not what an object has by being one: a field may be called as a method is.
    const one = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (one === undefined || one === null) {
      if (field.required) throw new Fault(field.name, 'required');
    } else if (field.map) writeMap(writer, field, one, form);
    else if (field.repeated) writeList(writer, field, one, form);
    else if (form === 'plain' || !isDefault(one)) writeOne(writer, field, field.id, one, form);
  }
}

function isDefault(value: unknown): boolean {
  return value === 0 || value === '' || value === false || (value instanceof Uint8Array && value.length === 0);
}

function writeMap(writer: Writer, field: Field, value: unknown, form: Form): void {
  if (typeof value !== 'object' || value === null) throw new Fault(field.name, 'object expected');
  for (const [key, one] of Object.entries(value) as [string, unknown][]) {
    writer.uint32((field.id << 3) | 2).fork();
    writer.uint32((1 << 3) | 2).string(key);
    writeOne(writer, field, 2, one, form);
    writer.ldelim();
  }
}

function writeList(writer: Writer, field: Field, value: unknown, form: Form): void {
  if (!Array.isArray(value)) throw new Fault(field.name, 'array expected');
  const list: readonly unknown[] = value;
  if (!field.packed) {
    for (const one of list) writeOne(writer, field, field.id, one, form);
  } else if (list.length > 0) {
    writer.uint32((field.id << 3) | 2).fork();
    for (const one of list) writeScalar(writer, field, one, form);
    writer.ldelim();
  }
}

function writeOne(writer: Writer, field: Field, id: number, value: unknown, form: Form): void {
  writer.uint32((id << 3) | WIRE_TYPES[field.kind]);
  if (field.kind !== 'message') {
    writeScalar(writer, field, value, form);
    return;
  }
  if (typeof value !== 'object' || value === null) throw new Fault(field.name, 'object expected');
  try {
    writeMessage(writer.fork(), field.type(), value, form);
    writer.ldelim();
  } catch (error) {
    throw error instanceof Fault ? error.below(field.name) : error;
  }
}

function writeScalar(writer: Writer, field: Field, value: unknown, form: Form): void {
  const { kind } = field;
  if (typeof value === 'number' && isNumeric(kind)) writer[kind](value);
  else if (kind === 'enum') writer.int32(enumNumber(field, value, form));
  else if (kind === 'string' && typeof value === 'string') writer.string(value);
  else if (kind === 'bool' && typeof value === 'boolean') writer.bool(value);
  else if (kind === 'bytes' && value instanceof Uint8Array) writer.bytes(value);
  else throw new Fault(field.name, `${kind} expected`);
}

function enumNumber(field: Field, value: unknown, form: Form): number {
  if (form === 'full' && typeof value === 'number') return value;
  const known = typeof value === 'string' && Object.hasOwn(field.values, value) ? field.values[value] : undefined;
  if (known === undefined) throw new Fault(field.name, 'enum expected');
  return known;
}

type Numeric = Exclude<Kind, 'string' | 'bytes' | 'bool' | 'enum' | 'message'>;

function isNumeric(kind: Kind): kind is Numeric {
  return kind !== 'string' && kind !== 'bytes' && kind !== 'bool' && kind !== 'enum' && kind !== 'message';
}

/** What does not fit, and where. */
class Fault extends Error {
  readonly #path: string;
  readonly #what: string;

  constructor(path: string, what: string) {
    super(`${path}: ${what}`);
    this.#path = path;
    this.#what = what;
  }

  below(name: string): Fault {
    return new Fault(`${name}.${this.#path}`, this.#what);
  }
}
