import protobuf from 'protobufjs/light.js';
import { messageType } from '../message-type.ts';

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

function filled(type: protobuf.Type, value: object): object {
  const given = value as Readonly<Record<string, unknown>>;
  const all: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    const one = given[field.name];
    const of = field.resolve().resolvedType;
    if (one === undefined) {
      if (!field.repeated && field.options?.['default'] !== undefined && !field.options['deprecated']) {
        all[field.name] = field.options['default'];
      }
    } else all[field.name] = of instanceof protobuf.Type ? inside(of, one, field) : one;
  }
  return all;
}

function inside(type: protobuf.Type, value: unknown, field: protobuf.Field): unknown {
  const each = (one: unknown): unknown => (typeof one === 'object' && one !== null ? filled(type, one) : one);
  if (Array.isArray(value)) return value.map(each);
  if (!field.map || typeof value !== 'object' || value === null) return each(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
}
