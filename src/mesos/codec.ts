import protobuf from 'protobufjs/light.js';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import { fromJsonForm } from './json-form.ts';
import {
  DESCRIPTOR,
  type ExecutorCall,
  type ExecutorEvent,
  type SchedulerCall,
  type SchedulerEvent,
} from './messages.generated.ts';

export type MediaType = 'application/x-protobuf' | 'application/json';

/**
 * Bytes ⇄ plain objects in the shape of `messages.generated.ts`: proto field names, enums by name, absent fields absent,
 * int64 as numbers, bytes as Uint8Array.
 */
export interface Codec<T> {
  /** @throws {PinspiderError} MESOS_MESSAGE when the bytes are no such message or lack a required field */
  decode(bytes: Uint8Array, media?: MediaType): T;
  /** @throws {PinspiderError} MESOS_MESSAGE when `value` breaks the proto: ours to mend */
  encode(value: T, media?: MediaType): Uint8Array;
}

// Presence matters (acknowledge only what bears a uuid), so nothing is filled in: no `defaults`, no `arrays`.
const PLAIN: protobuf.IConversionOptions = { enums: String, longs: Number };
const JSON_FORM: protobuf.IConversionOptions = { enums: String, longs: Number, bytes: String, json: true };

let root: protobuf.Root | undefined;

/** The descriptor is parsed and its code generated at first use: `pinspider --help` shall not pay for it. */
function lookup(name: string): protobuf.Type {
  root ??= protobuf.Root.fromJSON(JSON.parse(DESCRIPTOR) as protobuf.INamespace);
  return root.lookupType(name);
}

function codec<T extends object>(name: string): Codec<T> {
  return {
    decode(bytes, media = 'application/x-protobuf') {
      try {
        const type = lookup(name);
        if (media === 'application/json') {
          const message = fromJsonForm(type, JSON.parse(Buffer.from(bytes).toString('utf8')));
          const missing = missingField(type, message);
          if (missing) throw new Error(missing);
          return message as T;
        }
        // An enum number that we do not know is dropped by protobufjs, so that its field reads as absent.
        return type.toObject(type.decode(bytes), PLAIN) as T;
      } catch (error) {
        throw bad(`not a ${name} message (${messageOf(error)})`, error);
      }
    },
    encode(value, media = 'application/x-protobuf') {
      const type = lookup(name);
      const message = type.fromObject(value);
      const fault = type.verify(message) ?? missingField(type, message);
      if (fault) throw bad(`cannot encode ${name}: ${fault}`);
      if (media === 'application/json') return Buffer.from(JSON.stringify(type.toObject(message, JSON_FORM)));
      return type.encode(message).finish();
    },
  };
}

export const schedulerCall = codec<SchedulerCall>('mesos.v1.scheduler.Call');
export const schedulerEvent = codec<SchedulerEvent>('mesos.v1.scheduler.Event');
export const executorCall = codec<ExecutorCall>('mesos.v1.executor.Call');
export const executorEvent = codec<ExecutorEvent>('mesos.v1.executor.Event');

/** protobufjs checks required fields when it decodes protobuf, but not when it encodes. */
function missingField(type: protobuf.Type, message: object, path = ''): string | undefined {
  const values = message as Readonly<Record<string, unknown>>;
  for (const field of type.fieldsArray) {
    const here = path ? `${path}.${field.name}` : field.name;
    if (!Object.hasOwn(values, field.name)) {
      if (field.required) return `${here}: required`;
      continue;
    }
    const of = field.resolve().resolvedType;
    if (!(of instanceof protobuf.Type)) continue;
    const value = values[field.name];
    const inner = field.map
      ? Object.values(value as Record<string, object>)
      : field.repeated
        ? (value as object[])
        : [value as object];
    for (const one of inner) {
      const missing = missingField(of, one, here);
      if (missing) return missing;
    }
  }
  return undefined;
}

function bad(what: string, cause?: unknown): PinspiderError {
  return new PinspiderError({ code: 'MESOS_MESSAGE', what, cause });
}
