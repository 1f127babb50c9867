import { compileRegex } from './regex.ts';
import { addError, type Run } from './run.ts';
import { show } from './show.ts';
import type { FieldSpec } from './spec.ts';
import { readWholeNumber } from './transforms/numbers.ts';
import { asText, isList } from './transforms/transform.ts';
import type { Json } from './types.ts';

type Fault = (value: Json) => string | undefined;

/** The rules of a field; each break is an error of the record. Of a list, they hold for each item. */
export function compileChecks(field: FieldSpec): (value: Json, run: Run) => void {
  const { minimum, maximum, pattern, minItems } = field;
  const rules: Fault[] = [];
  if (minimum !== undefined) rules.push(bound((number) => number >= minimum, `below the minimum ${minimum}`));
  if (maximum !== undefined) rules.push(bound((number) => number <= maximum, `above the maximum ${maximum}`));
  if (pattern !== undefined) rules.push(matches(pattern));
  if (field.enum !== undefined) rules.push(oneOf(field.enum));
  if (rules.length === 0 && minItems === undefined) return () => undefined;
  return (value, run) => {
    if (minItems !== undefined) checkCount(value, minItems, run);
    if (!isList(value)) {
      checkOne(rules, value, run);
      return;
    }
    for (const [i, item] of value.entries()) {
      run.trail.push(i);
      checkOne(rules, item, run);
      run.trail.pop();
    }
  };
}

function checkOne(rules: readonly Fault[], value: Json, run: Run): void {
  if (value === null) return;
  for (const rule of rules) {
    const fault = rule(value);
    if (fault !== undefined) addError(run, fault);
  }
}

function checkCount(value: Json, least: number, run: Run): void {
  const count = isList(value) ? value.length : value === null ? 0 : 1;
  if (count < least) addError(run, `${count} item${count === 1 ? '' : 's'}, at least ${least} needed`);
}

function bound(holds: (number: number) => boolean, fault: string): Fault {
  return (value) => {
    const number = typeof value === 'number' ? value : typeof value === 'string' ? readWholeNumber(value) : null;
    if (number === null) return `${show(value)} is not a number`;
    return holds(number) ? undefined : `${show(value)} is ${fault}`;
  };
}

function matches(pattern: string): Fault {
  const regex = compileRegex(pattern);
  return (value) => (regex.test(asText(value) ?? '') ? undefined : `${show(value)} does not match ${pattern}`);
}

function oneOf(allowed: readonly Json[]): Fault {
  const texts = new Set(allowed.map((value) => JSON.stringify(value)));
  const names = allowed.map(show).join(', ');
  return (value) => (texts.has(JSON.stringify(value)) ? undefined : `${show(value)} is none of ${names}`);
}
