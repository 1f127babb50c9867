import type { Form } from './decode.ts';
import { type Field, type Kind, type MessageType, WIRE_TYPES } from './schema.ts';
import { Writer } from './writer.ts';

/**
 * Bytes of a message in the form that {@link decodeMessage} gives, fields by number. Members that are undefined or null are left
 * out; of the full form, which may lack any, defaults too.
 *
 * @throws {Error} with the path of what does not fit the definition, or is required and missing
 */
export function encodeMessage(type: MessageType, value: object, form: Form): Buffer {
  const writer = new Writer();
  writeMessage(writer, type, value, form);
  return writer.finish();
}

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
    writer.uint32((field.id << 3) | 2);
    writer.block(() => {
      writer.uint32((1 << 3) | 2);
      writer.string(key);
      writeOne(writer, field, 2, one, form);
    });
  }
}

function writeList(writer: Writer, field: Field, value: unknown, form: Form): void {
  if (!Array.isArray(value)) throw new Fault(field.name, 'array expected');
  const list: readonly unknown[] = value;
  if (!field.packed) {
    for (const one of list) writeOne(writer, field, field.id, one, form);
  } else if (list.length > 0) {
    writer.uint32((field.id << 3) | 2);
    writer.block(() => {
      for (const one of list) writeScalar(writer, field, one, form);
    });
  }
}

function writeOne(writer: Writer, field: Field, id: number, value: unknown, form: Form): void {
  writer.uint32((id << 3) | WIRE_TYPES[field.kind]);
  if (field.kind !== 'message') return writeScalar(writer, field, value, form);
  if (typeof value !== 'object' || value === null) throw new Fault(field.name, 'object expected');
  try {
    writer.block(() => writeMessage(writer, field.type(), value, form));
  } catch (error) {
    throw error instanceof Fault ? error.below(field.name) : error;
  }
}

function writeScalar(writer: Writer, field: Field, value: unknown, form: Form): void {
  const { kind } = field;
  if (typeof value === 'number') {
    const write = kind === 'enum' && form === 'plain' ? undefined : NUMBERS[kind];
    if (write) return write(writer, value);
  } else if (typeof value === 'string') {
    if (kind === 'string') return writer.string(value);
    const number = kind === 'enum' && Object.hasOwn(field.values, value) ? field.values[value] : undefined;
    if (number !== undefined) return writer.int64(number);
  } else if (kind === 'bool' && typeof value === 'boolean') return writer.uint32(value ? 1 : 0);
  else if (kind === 'bytes' && value instanceof Uint8Array) return writer.bytes(value);
  throw new Fault(field.name, `${kind} expected`);
}

const NUMBERS: Readonly<Partial<Record<Kind, (writer: Writer, value: number) => void>>> = {
  double: (writer, value) => writer.double(value),
  float: (writer, value) => writer.float(value),
  fixed32: (writer, value) => writer.fixed32(value),
  uint32: (writer, value) => writer.uint32(value),
  sint32: (writer, value) => writer.uint32((value << 1) ^ (value >> 31)),
  int32: (writer, value) => writer.int64(value | 0),
  enum: (writer, value) => writer.int64(value | 0),
  int64: (writer, value) => writer.int64(value),
  uint64: (writer, value) => writer.int64(value),
};

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
