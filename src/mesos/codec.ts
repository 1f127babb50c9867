import { messageOf, PinspiderError } from '../lib/errors.ts';
import { decodeMessage } from '../lib/protobuf/decode.ts';
import { encodeMessage } from '../lib/protobuf/encode.ts';
import { type MessageType, Schema } from '../lib/protobuf/schema.ts';
import { fromJsonForm, toJsonForm } from './json-form.ts';
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
 * int64 as numbers, bytes as Uint8Array. Presence matters (acknowledge only what bears a uuid), so nothing is filled in.
 */
export interface Codec<T> {
  /** @throws {PinspiderError} MESOS_MESSAGE when the bytes are no such message or lack a required field */
  decode(bytes: Uint8Array, media?: MediaType): T;
  /** @throws {PinspiderError} MESOS_MESSAGE when `value` breaks the proto: ours to mend */
  encode(value: T, media?: MediaType): Uint8Array;
}

const schema = new Schema(DESCRIPTOR);

/** The definition of a message by its full name, `mesos.v1.ExecutorInfo`. */
export function messageType(name: string): MessageType {
  return schema.message(name);
}

function codec<T extends object>(name: string): Codec<T> {
  return {
    decode(bytes, media = 'application/x-protobuf') {
      try {
        const type = messageType(name);
        if (media === 'application/x-protobuf') return decodeMessage(type, bytes, 'plain') as T;
        const message = fromJsonForm(type, JSON.parse(Buffer.from(bytes).toString('utf8')));
        const missing = missingField(type, message);
        if (missing) throw new Error(missing);
        return message as T;
      } catch (error) {
        throw bad(`not a ${name} message (${messageOf(error)})`, error);
      }
    },
    encode(value, media = 'application/x-protobuf') {
      const type = messageType(name);
      try {
        const bytes = encodeMessage(type, value, 'plain');
        return media === 'application/x-protobuf' ? bytes : Buffer.from(JSON.stringify(toJsonForm(type, value)));
      } catch (error) {
        throw bad(`cannot encode ${name}: ${messageOf(error)}`, error);
      }
    },
  };
}

export const schedulerCall = codec<SchedulerCall>('mesos.v1.scheduler.Call');
export const schedulerEvent = codec<SchedulerEvent>('mesos.v1.scheduler.Event');
export const executorCall = codec<ExecutorCall>('mesos.v1.executor.Call');
export const executorEvent = codec<ExecutorEvent>('mesos.v1.executor.Event');

/** The JSON form is read member by member; what it lacks is looked for when all of it is there. */
function missingField(type: MessageType, message: object, path = ''): string | undefined {
  const values = message as Readonly<Record<string, unknown>>;
  for (const field of type.fields) {
    const here = path ? `${path}.${field.name}` : field.name;
    if (!Object.hasOwn(values, field.name)) {
      if (field.required) return `${here}: required`;
      continue;
    }
    if (field.kind !== 'message') continue;
    const value = values[field.name];
    const inner = field.map
      ? Object.values(value as Record<string, object>)
      : field.repeated
        ? (value as object[])
        : [value as object];
    for (const one of inner) {
      const missing = missingField(field.type(), one, here);
      if (missing) return missing;
    }
  }
  return undefined;
}

function bad(what: string, cause?: unknown): PinspiderError {
  return new PinspiderError({ code: 'MESOS_MESSAGE', what, cause });
}
