import type { Json } from '../extract/types.ts';

/** One place at which a value is not what a test wants. */
export interface Difference {
  /** `tags[1].name` */
  readonly path: string;
  readonly wanted: unknown;
  /** undefined = nothing is there. */
  readonly got: Json | undefined;
}

/**
 * Where `got` is not what is `wanted`. Of objects only the keys that are wanted count, at every depth; lists must agree item
 * by item and in length.
 */
export function differences(wanted: unknown, got: Json | undefined, path = ''): Difference[] {
  if (Array.isArray(wanted) && isList(got)) {
    const longer = Math.max(wanted.length, got.length);
    return Array.from({ length: longer }, (_, i) =>
      i < wanted.length
        ? differences(wanted[i], got[i], `${path}[${i}]`)
        : [{ path: `${path}[${i}]`, wanted: undefined, got: got[i] }],
    ).flat();
  }
  if (isMap(wanted) && isMap(got)) {
    return Object.entries(wanted).flatMap(([key, value]) => {
      const there = Object.hasOwn(got, key) ? got[key] : undefined;
      return differences(value, there, path === '' ? key : `${path}.${key}`);
    });
  }
  return wanted === got ? [] : [{ path, wanted, got }];
}

// A whole page of Markdown tells no more than its beginning.
const SHOWN_MAX = 160;

/** `first.quote.tags[1]: wanted "queue", got "queues"` */
export function showDifference({ path, wanted, got }: Difference): string {
  const [left, right] = [show(wanted), show(got)];
  if (left.length <= SHOWN_MAX && right.length <= SHOWN_MAX) return `${path}: wanted ${left}, got ${right}`;
  return `${path}: ${longTexts(left, right)}`;
}

/** Long values are shown from shortly before the place where they part. */
function longTexts(wanted: string, got: string): string {
  let same = 0;
  while (same < wanted.length && wanted[same] === got[same]) same++;
  const from = Math.max(0, same - 20);
  const cut = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + SHOWN_MAX)}${text.length > from + SHOWN_MAX ? '…' : ''}`;
  return `wanted ${cut(wanted)}, got ${cut(got)} (they part at character ${same + 1})`;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
