import type { Json } from '../extract/types.ts';

/** The part of a record that lies at a path like `thumbs.src`: what is around it stays, lists are gone through. */
export function pick(value: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined || value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => pick(item, path));
  return { [key]: pick(value[key] ?? null, rest) };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
