import protobuf from 'protobufjs/minimal.js';
import { type Field, type MessageType, WIRE_TYPES } from './schema.ts';

/**
 * `plain`: absent fields are absent, enums are their names, and what proto2 requires must be there. `full`: every field of proto3
 * reads, absent ones by their default (messages as undefined), enums are numbers.
 */
export type Form = 'plain' | 'full';

type Message = Record<string, unknown>;
type Reader = protobuf.Reader;

const DEPTH_MAX = 100;
const NOTHING = new Uint8Array(0);

/**
 * The message as an object. `bytes` are views into what is decoded. Fields and enum numbers that the definition does not know are
 * passed over, as both versions of protobuf ask; of a field that stands twice the last holds, messages are merged.
 *
 * @throws {Error} when the bytes are no such message, with the field that is missing where one is
 */
export function decodeMessage(type: MessageType, bytes: Uint8Array, form: Form): object {
  // As a Buffer, so that `bytes` are Buffers too.
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readMessage(protobuf.Reader.create(whole), type, form, undefined, 0);
}

function readMessage(
  reader: Reader,
  type: MessageType,
  form: Form,
  known: Message | undefined,
  depth: number,
): Message {
  if (depth > DEPTH_MAX) throw new Error(`deeper than ${DEPTH_MAX}`);
  const message = known ?? (form === 'full' ? withDefaults(type) : {});
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const wireType = tag & 7;
    const field = type.byId.get(tag >>> 3);
    if (field) readField(reader, field, wireType, message, form, depth);
    else reader.skipType(wireType, depth, tag >>> 3);
  }
  if (form === 'plain') {
    for (const { name, required } of type.fields) {
      if (required && message[name] === undefined) throw new Error(`${type.name}: ${name} is missing`);
    }
  }
  return message;
}

function readField(reader: Reader, field: Field, wireType: number, message: Message, form: Form, depth: number): void {
  const { name, kind } = field;
  if (field.map) {
    const entry = within(reader, () => readEntry(reader, field, form, depth));
    if (entry.value !== undefined) putEntry((message[name] ??= {}) as Message, entry.key, entry.value);
    return;
  }
  if (field.repeated) {
    const list = (message[name] ?? []) as unknown[];
    if (wireType === 2 && kind !== 'string' && kind !== 'bytes' && kind !== 'message') {
      within(reader, () => {
        while (reader.pos < reader.len) push(list, readScalar(reader, field, form));
      });
    } else push(list, readOne(reader, field, wireType, undefined, form, depth));
    if (list.length > 0) message[name] = list;
    return;
  }
  const before = kind === 'message' ? (message[name] as Message | undefined) : undefined;
  const value = readOne(reader, field, wireType, before, form, depth);
  if (value !== undefined) message[name] = value;
}

/** undefined for an enum number that is not known, in the plain form. */
function readOne(
  reader: Reader,
  field: Field,
  wireType: number,
  before: Message | undefined,
  form: Form,
  depth: number,
): unknown {
  if (wireType !== WIRE_TYPES[field.kind]) throw new Error(`${field.name}: wire type ${wireType}`);
  if (field.kind !== 'message') return readScalar(reader, field, form);
  return within(reader, () => readMessage(reader, field.type(), form, before, depth + 1));
}

/** Reads a block whose length comes first. */
function within<T>(reader: Reader, read: () => T): T {
  const outer = reader.len;
  const length = reader.uint32();
  if (length > outer - reader.pos) throw new Error('cut short');
  reader.len = reader.pos + length;
  const value = read();
  reader.len = outer;
  return value;
}

function readEntry(reader: Reader, field: Field, form: Form, depth: number): { key: string; value: unknown } {
  let key = '';
  let value = field.kind === 'message' ? undefined : defaultOf(field);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) key = reader.string();
    else if (tag >>> 3 === 2) value = readOne(reader, field, tag & 7, undefined, form, depth);
    else reader.skipType(tag & 7, depth, tag >>> 3);
  }
  return { key, value };
}

function readScalar(reader: Reader, { kind, names }: Field, form: Form): unknown {
  switch (kind) {
    case 'int64':
    case 'uint64':
      return numberOf(reader[kind]());
    case 'enum':
      return form === 'plain' ? names.get(reader.int32()) : reader.int32();
    case 'message':
      throw new Error('bug: a message is no scalar');
    case 'string':
    case 'bytes':
    case 'bool':
    case 'double':
    case 'float':
    case 'int32':
    case 'uint32':
    case 'sint32':
    case 'fixed32':
      return reader[kind]();
  }
}

/** Exact up to 2^53. */
function numberOf(value: protobuf.Long | number): number {
  return typeof value === 'number' ? value : Number(value);
}

function withDefaults(type: MessageType): Message {
  const message: Message = {};
  for (const field of type.fields) {
    if (field.map) message[field.name] = {};
    else message[field.name] = field.repeated ? [] : defaultOf(field);
  }
  return message;
}

function defaultOf({ kind }: Field): unknown {
  if (kind === 'message') return undefined;
  return kind === 'string' ? '' : kind === 'bytes' ? NOTHING : kind === 'bool' ? false : 0;
}

function push(list: unknown[], value: unknown): void {
  if (value !== undefined) list.push(value);
}

/** Also a key that would be the object's prototype. */
function putEntry(map: Message, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}
