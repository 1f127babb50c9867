import type { Field, MessageType } from '../lib/protobuf/schema.ts';

type Json = Readonly<Record<string, unknown>>;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER_RANGE: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [0, 2 ** 64],
};

/**
 * A message of Mesos' JSON form as a plain object of `type`'s fields, as a real master reads it: unknown fields and
 * unknown enum values are as if absent, so is null; a number may be written as a string, but not a string as a number.
 * Does not look for required fields.
 * @throws {Error} with the path of what does not fit
 */
export function fromJsonForm(type: MessageType, json: unknown, path = ''): Record<string, unknown> {
  if (!isObject(json)) throw new Error(`${path || 'the body'}: expecting a JSON object`);
  const message: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(json)) {
    const field = type.byName.get(name);
    if (!field) continue;
    const read = readField(field, value, path ? `${path}.${name}` : name);
    if (read !== undefined) message[name] = read;
  }
  return message;
}

function readField(field: Field, value: unknown, path: string): unknown {
  if (value === null) return undefined;
  if (field.map) {
    if (!isObject(value)) throw new Error(`${path}: expecting a JSON object`);
    const entries = Object.entries(value).map(([key, one]) => [key, readOne(field, one, `${path}.${key}`)] as const);
    const known = entries.filter(([, one]) => one !== undefined);
    return known.length > 0 ? Object.fromEntries(known) : undefined; // empty is absent, as on the other wire
  }
  if (!field.repeated) return readOne(field, value, path);
  // A lone value passes for a list of one: so a real master reads it.
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const known = list.map((one, i) => readOne(field, one, `${path}[${i}]`)).filter((one) => one !== undefined);
  return known.length > 0 ? known : undefined;
}

function readOne(field: Field, value: unknown, path: string): unknown {
  if (value === null) return undefined;
  const { kind } = field;
  if (kind === 'message') return fromJsonForm(field.type(), value, path);
  if (typeof value === 'string') {
    if (kind === 'enum') return Object.hasOwn(field.values, value) ? value : undefined;
    if (kind === 'string') return value;
    if (kind === 'bytes') {
      if (!BASE64.test(value)) throw new Error(`${path}: not base64`);
      return new Uint8Array(Buffer.from(value, 'base64'));
    }
    if (kind === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
  }
  if (kind === 'bool' && typeof value === 'boolean') return value;
  if (kind === 'enum' || kind === 'string' || kind === 'bytes' || kind === 'bool') {
    throw new Error(`${path}: not expecting a JSON ${kindOf(value)}`);
  }
  return readNumber(kind, value, path);
}

function readNumber(type: string, value: unknown, path: string): number {
  const range = INTEGER_RANGE[type];
  if (!range && (value === 'Infinity' || value === '-Infinity')) return Number(value);
  if (typeof value === 'string' && !NUMBER.test(value)) throw new Error(`${path}: "${value}" is no number`);
  if (typeof value !== 'number' && typeof value !== 'string')
    throw new Error(`${path}: not expecting a JSON ${kindOf(value)}`);
  const number = Number(value);
  if (!range) return number;
  const [least, most] = range;
  const whole = Math.trunc(number);
  if (whole < least || whole > most) throw new Error(`${path}: ${number} does not fit ${type}`);
  return whole;
}

/** The JSON form of a message that is sound: fields by number, bytes in base64, what is no number of JSON as a string. */
export function toJsonForm(type: MessageType, message: object): Json {
  const values = message as Json;
  const json: Record<string, unknown> = {};
  for (const field of type.ordered) {
    const value = values[field.name];
    if (value === undefined || value === null) continue;
    if (field.map) {
      const entries = Object.entries(value).map(([key, one]) => [key, oneToJson(field, one)] as const);
      if (entries.length > 0) json[field.name] = Object.fromEntries(entries);
    } else if (Array.isArray(value)) {
      if (value.length > 0) json[field.name] = value.map((one: unknown) => oneToJson(field, one));
    } else json[field.name] = oneToJson(field, value);
  }
  return json;
}

function oneToJson(field: Field, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null) return toJsonForm(field.type(), value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
