import type { Json } from './types.ts';

const SHOWN_MAX = 60;

/** A value as messages show it: as JSON, texts cut at 60 characters. */
export function show(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  const points = Array.from(text.slice(0, SHOWN_MAX * 2 + 2));
  return points.length <= SHOWN_MAX ? text : `${points.slice(0, SHOWN_MAX).join('')}…`;
}
