import type { Condition } from '../spec.ts';
import { below, isMap, type At } from './at.ts';
import { normalizeSelector } from './selectors.ts';

/**
 * `when` as written: a selector that must match; `{css, status, not}`, of which all must hold; a list, of which one must.
 * Undefined when nothing was written, or after a fault.
 */
export function normalizeCondition(written: unknown, at: At): Condition | undefined {
  if (typeof written === 'string') {
    const css = normalizeSelector(written, at);
    return css === undefined ? undefined : { kind: 'css', css };
  }
  if (Array.isArray(written)) {
    const of = written.flatMap((item: unknown, i) => normalizeCondition(item, below(at, i)) ?? []);
    return of.length === 0 ? undefined : one('any', of);
  }
  if (!isMap(written)) return undefined;
  const of: Condition[] = [];
  const css = written['css'] === undefined ? undefined : normalizeCondition(written['css'], below(at, 'css'));
  if (css !== undefined) of.push(css);
  const status: unknown[] = [written['status']].flat();
  const statuses = status.filter((value) => typeof value === 'number');
  if (statuses.length > 0) of.push({ kind: 'status', statuses });
  const not = written['not'] === undefined ? undefined : normalizeCondition(written['not'], below(at, 'not'));
  if (not !== undefined) of.push({ kind: 'not', of: not });
  return of.length === 0 ? undefined : one('all', of);
}

function one(kind: 'all' | 'any', of: readonly Condition[]): Condition {
  const [only, second] = of;
  return only !== undefined && second === undefined ? only : { kind, of };
}
