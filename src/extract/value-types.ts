/** Types of fields: what a value must be, or is made into. */
import type { ValueType } from './spec.ts';
import { readMoment, showDate, showDatetime } from './transforms/dates.ts';
import { readCount, readPrice, readWholeNumber } from './transforms/numbers.ts';
import { asText } from './transforms/transform.ts';
import { absoluteUrl } from './transforms/urls.ts';
import { readBoolean } from './transforms/values.ts';
import type { Json } from './types.ts';

/** With its article, for messages. */
export const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'a boolean',
  date: 'a date',
  datetime: 'a datetime',
  url: 'a URL',
  price: 'a price',
  count: 'a count',
  object: 'an object',
};

export function isValueType(name: string): name is ValueType {
  return Object.hasOwn(TYPE_NAMES, name);
}

/**
 * The value as `type` has it; undefined when it cannot be read as that. An empty text is missing (null) for all types but
 * string. `integer` and `number` take a text that is a number and nothing else; `price` and `count` take
 * the first number of it, as the transforms do.
 */
export function readAs(type: ValueType, value: Json, base: string): Json | undefined {
  if (value === null) return null;
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  const text = asText(value);
  if (text === null) return undefined;
  if (type === 'string') return text;
  return text.trim() === '' ? null : (readText(type, text, value, base) ?? undefined);
}

function readText(type: Exclude<ValueType, 'string' | 'object'>, text: string, value: Json, base: string): Json {
  switch (type) {
    case 'integer': {
      const number = readNumeric(value, text);
      return number !== null && Number.isSafeInteger(number) ? number : null;
    }
    case 'number':
      return readNumeric(value, text);
    case 'boolean':
      return readBoolean(text);
    case 'date': {
      const moment = readMoment(text);
      return moment === null ? null : showDate(moment);
    }
    case 'datetime': {
      const moment = readMoment(text);
      return moment === null ? null : showDatetime(moment);
    }
    case 'url':
      return absoluteUrl(text, base);
    case 'price':
      return typeof value === 'number' ? value : readPrice(text);
    case 'count':
      return typeof value === 'number' ? Math.round(value) + 0 : readCount(text);
  }
}

function readNumeric(value: Json, text: string): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? null : readWholeNumber(text);
}
