import type { CaseValue, Dictionary, FieldSpec, SourceSpec } from '../spec.ts';
import { below, fault, isMap, type At } from './at.ts';
import { isJson } from './json.ts';
import { normalizeSelector } from './selectors.ts';

type NormalizeField = (written: unknown, at: At) => FieldSpec | undefined;

/** `case` as a source: keys are selectors, in order; values are literals, or fields in `{}`. */
export function normalizeCase(written: unknown, at: At, field: NormalizeField): SourceSpec | undefined {
  if (!isMap(written)) return undefined;
  const branches = Object.entries(written)
    .filter(([key]) => key !== 'else')
    .flatMap(([key, value]) => {
      const css = normalizeSelector(key, below(at, key));
      const then = caseValue(value, below(at, key), field);
      return css === undefined || then === undefined ? [] : [{ css, then }];
    });
  const otherwise = written['else'];
  if (otherwise === 'keep') {
    fault(below(at, 'else'), 'there is no value to keep', 'give a literal, or a source beside case');
    return undefined;
  }
  const none: CaseValue = { kind: 'value', value: null };
  const value = otherwise === undefined ? none : caseValue(otherwise, below(at, 'else'), field);
  return value && { kind: 'case', branches, otherwise: value };
}

function caseValue(written: unknown, at: At, field: NormalizeField): CaseValue | undefined {
  if (isMap(written)) {
    const normalized = field(written, at);
    return normalized && { kind: 'field', field: normalized };
  }
  if (isJson(written)) return { kind: 'value', value: written };
  fault(at, 'neither a literal nor a field');
  return undefined;
}

/** `case` beside a source: keys are values of it. `else: keep` is the default: a value without an entry stays. */
export function normalizeDictionary(written: unknown, at: At): Dictionary | undefined {
  if (!isMap(written)) return undefined;
  const entries = Object.entries(written).flatMap(([from, to]) => {
    if (from === 'else') return [];
    if (isJson(to)) return [[from, to] as const];
    fault(below(at, from), 'a value must be a literal here');
    return [];
  });
  const otherwise = written['else'];
  const keeps = otherwise === undefined || otherwise === 'keep' || !isJson(otherwise);
  return { entries, otherwise: keeps ? 'keep' : { value: otherwise } };
}
