import type { Json } from '../extract/types.ts';

const MASK = '***';

/** Replaces secrets by `***` wherever they stand in a text: as they are, as JSON writes them, and percent-encoded. */
export type Mask = (text: string) => string;

export function maskOf(secrets: Iterable<string>): Mask {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret === '') continue;
    forms.add(secret).add(JSON.stringify(secret).slice(1, -1));
    // A lone surrogate has no percent-encoding.
    if (!/\p{Surrogate}/u.test(secret)) forms.add(encodeURIComponent(secret));
  }
  // The longest first: a secret may be part of another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

/** JSON data with secrets masked in every string; keys, numbers and structure stay. */
export function maskJson(data: Json, mask: Mask): Json {
  if (typeof data === 'string') return mask(data);
  if (data === null || typeof data !== 'object') return data;
  if (isList(data)) return data.map((item) => maskJson(item, mask));
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, maskJson(value, mask)]));
}

function isList(data: Json): data is readonly Json[] {
  return Array.isArray(data);
}
