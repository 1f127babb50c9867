import type { Field, MessageType } from '../../lib/protobuf/schema.ts';
import { messageType } from '../../mesos/codec.ts';

/**
 * The message with every absent field that has a default in its definition, deprecated ones left out: Mesos's JSON names
 * them all, its protobuf does not.
 *
 * @param name full name of the message, `mesos.v1.scheduler.Event`
 * @see 3rdparty/stout/include/stout/protobuf.hpp of Mesos
 */
export function withJsonDefaults<T extends object>(name: string, value: T): T {
  return filled(messageType(name), value) as T; // what was there, and more of its own fields
}

function filled(type: MessageType, value: object): object {
  const given = value as Readonly<Record<string, unknown>>;
  const all: Record<string, unknown> = {};
  for (const field of type.fields) {
    const one = given[field.name];
    if (one === undefined) {
      if (!field.repeated && field.default !== undefined && !field.deprecated) all[field.name] = field.default;
    } else all[field.name] = field.kind === 'message' ? inside(field.type(), one, field) : one;
  }
  return all;
}

function inside(type: MessageType, value: unknown, field: Field): unknown {
  const each = (one: unknown): unknown => (typeof one === 'object' && one !== null ? filled(type, one) : one);
  if (Array.isArray(value)) return value.map(each);
  if (!field.map || typeof value !== 'object' || value === null) return each(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
}
