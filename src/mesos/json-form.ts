import protobuf from 'protobufjs/light.js';

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
export function fromJsonForm(type: protobuf.Type, json: unknown, path = ''): Record<string, unknown> {
  if (!isObject(json)) throw new Error(`${path || 'the body'}: expecting a JSON object`);
  const message: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(json)) {
    const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (!field) continue;
    const read = readField(field.resolve(), value, path ? `${path}.${name}` : name);
    if (read !== undefined) message[name] = read;
  }
  return message;
}

function readField(field: protobuf.Field, value: unknown, path: string): unknown {
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

function readOne(field: protobuf.Field, value: unknown, path: string): unknown {
  const of = field.resolvedType;
  if (value === null) return undefined;
  if (of instanceof protobuf.Type) return fromJsonForm(of, value, path);
  if (of) {
    if (typeof value !== 'string') throw new Error(`${path}: not expecting a JSON ${kind(value)}`);
    return Object.hasOwn(of.values, value) ? value : undefined;
  }
  switch (field.type) {
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'bytes':
      if (typeof value !== 'string') break;
      if (!BASE64.test(value)) throw new Error(`${path}: not base64`);
      return new Uint8Array(Buffer.from(value, 'base64'));
    case 'bool':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      break;
    default:
      return readNumber(field.type, value, path);
  }
  throw new Error(`${path}: not expecting a JSON ${kind(value)}`);
}

function readNumber(type: string, value: unknown, path: string): number {
  const range = INTEGER_RANGE[type];
  if (!range && (value === 'Infinity' || value === '-Infinity')) return Number(value);
  if (typeof value === 'string' && !NUMBER.test(value)) throw new Error(`${path}: "${value}" is no number`);
  if (typeof value !== 'number' && typeof value !== 'string')
    throw new Error(`${path}: not expecting a JSON ${kind(value)}`);
  const number = Number(value);
  if (!range) return number;
  const [least, most] = range;
  const whole = Math.trunc(number);
  if (whole < least || whole > most) throw new Error(`${path}: ${number} does not fit ${type}`);
  return whole;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kind(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
