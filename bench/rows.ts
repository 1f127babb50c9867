import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a crawler read from one page; missing texts are empty. */
export type Row = Readonly<Record<string, string | number>>;

/** Rows of a JSON lines file by URL. */
export interface Rows {
  readonly byUrl: ReadonlyMap<string, Row>;
  /** Rows whose URL had a row already. */
  readonly repeated: number;
}

export interface Differences {
  /** URLs that only one of the two has. */
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
  /** Values that differ, a line each. */
  readonly values: readonly {
    readonly url: string;
    readonly field: string;
    readonly left: unknown;
    readonly right: unknown;
  }[];
}

/** @throws Error when a line is no object with a `url` */
export async function readRows(file: string): Promise<Rows> {
  const byUrl = new Map<string, Row>();
  let repeated = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const row = rowOf(JSON.parse(line));
    if (row === undefined) throw new Error(`${file}: no row: ${line.slice(0, 200)}`);
    const url = String(row['url']);
    if (byUrl.has(url)) repeated++;
    else byUrl.set(url, row);
  }
  return { byUrl, repeated };
}

/** Every URL and every one of `fields` compared; `squeezed` without regard to white space. */
export function differences(left: Rows, right: Rows, fields: readonly string[], squeezed = false): Differences {
  const same = (a: Row[string] | undefined, b: Row[string] | undefined): boolean =>
    a === b || (squeezed && String(a ?? '').replace(/\s/g, '') === String(b ?? '').replace(/\s/g, ''));
  const missingFrom = (other: Rows, some: Rows): string[] =>
    [...some.byUrl.keys()].filter((url) => !other.byUrl.has(url)).sort();
  const values = [...left.byUrl].flatMap(([url, row]) => {
    const twin = right.byUrl.get(url);
    if (twin === undefined) return [];
    return fields
      .filter((field) => !same(row[field], twin[field]))
      .map((field) => ({ url, field, left: row[field], right: twin[field] }));
  });
  return { onlyLeft: missingFrom(right, left), onlyRight: missingFrom(left, right), values };
}

/** Each difference as one line, at most `limit` of a kind. */
export function differenceLines(d: Differences, left: string, right: string, limit = Infinity): string[] {
  const some = (lines: readonly string[]): string[] =>
    lines.length > limit ? [...lines.slice(0, limit), `… and ${lines.length - limit} more`] : [...lines];
  return [
    ...some(d.onlyLeft.map((url) => `only ${left}: ${url}`)),
    ...some(d.onlyRight.map((url) => `only ${right}: ${url}`)),
    ...some(d.values.map((v) => `${v.url} ${v.field}: ${left} ${shown(v.left)}, ${right} ${shown(v.right)}`)),
  ];
}

const SHOWN_MAX = 160;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

function rowOf(value: unknown): Row | undefined {
  if (typeof value !== 'object' || value === null || !('url' in value) || typeof value.url !== 'string')
    return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, v]: [string, unknown]) => [key, plain(v)]));
}

function plain(value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === null ? '' : JSON.stringify(value, (_, inner: unknown) => inner ?? '');
}
