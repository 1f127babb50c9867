import type { KeyPath, TellFault } from '../types.ts';

/** A place in what was written, and how to tell of faults at it. */
export interface At {
  readonly path: KeyPath;
  readonly tell: TellFault;
}

export function below(at: At, ...keys: KeyPath): At {
  return { path: [...at.path, ...keys], tell: at.tell };
}

/** A fault at this very place. */
export function fault(at: At, what: string, mend?: string, span?: readonly [number, number]): void {
  at.tell({ path: at.path, what, ...(mend !== undefined && { mend }), ...(span !== undefined && { span }) });
}

export function warning(at: At, what: string, mend?: string, span?: readonly [number, number]): void {
  at.tell({
    path: at.path,
    what,
    severity: 'warning',
    ...(mend !== undefined && { mend }),
    ...(span !== undefined && { span }),
  });
}

/** Anything that has keys; the schema has told of what should have had them. */
export function isMap(written: unknown): written is Readonly<Record<string, unknown>> {
  return typeof written === 'object' && written !== null && !Array.isArray(written);
}

/** Texts of a text or a list of texts, each with its place; other kinds are left out, as the schema has told of them. */
export function texts(written: unknown, at: At): { readonly text: string; readonly at: At }[] {
  if (typeof written === 'string') return [{ text: written, at }];
  if (!Array.isArray(written)) return [];
  return written.flatMap((item: unknown, i) => (typeof item === 'string' ? [{ text: item, at: below(at, i) }] : []));
}
