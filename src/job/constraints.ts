import { RE2JS } from 're2js';
import type { KeyPath } from '../extract/types.ts';
import { messageOf } from '../lib/errors.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { Faults } from './fault.ts';
import type { Executor } from './job.generated.ts';
import { valuePlace } from './locate.ts';
import type { Constraint } from './resolved.ts';
import type { Tree } from './tree.ts';

type Written = NonNullable<Executor['constraints']>;
type Value = string | number | boolean;

/** Whether each operator takes a value. */
const OPERATORS: Readonly<Record<string, 'needed' | 'may' | 'none'>> = {
  IS: 'needed',
  LIKE: 'needed',
  UNLIKE: 'needed',
  UNIQUE: 'none',
  MAX_PER: 'needed',
  CLUSTER: 'may',
};

/** Tells of what the schema cannot say: operators, their values, expressions. */
export function checkConstraints(written: Written, path: KeyPath, tree: Tree, faults: Faults): void {
  const tell = (at: readonly (string | number)[], what: string, mend?: string): void =>
    faults.error(valuePlace(tree, [...path, ...at]), what, mend);
  const checkRegex = (pattern: string, at: readonly (string | number)[]): void => {
    const fault = regexFault(pattern);
    if (fault !== undefined)
      tell(at, `bad regular expression ${pattern}: ${fault}`, 'constraints take RE2 expressions');
  };
  if (!isTriples(written)) {
    for (const [attribute, value] of Object.entries(written)) {
      if (Array.isArray(value) && value.length === 0) tell([attribute], 'a list without values admits no agent');
      const pattern = typeof value === 'string' ? patternIn(value) : undefined;
      if (pattern !== undefined) checkRegex(pattern, [attribute]);
    }
    return;
  }
  written.forEach(([attribute, operator, value, ...more], i) => {
    if (attribute === undefined || operator === undefined || more.length > 0) {
      return tell([i], 'a constraint is [attribute, operator] or [attribute, operator, value]', 'e.g. [rack, IS, r1]');
    }
    const takes = OPERATORS[String(operator)];
    if (takes === undefined) {
      const known = Object.keys(OPERATORS);
      return tell(
        [i, 1],
        `there is no operator "${String(operator)}"`,
        didYouMean(String(operator), known) ?? `there is ${known.join(', ')}`,
      );
    }
    if (takes === 'needed' && value === undefined)
      return tell(
        [i, 1],
        `${String(operator)} wants a value`,
        `write [${String(attribute)}, ${String(operator)}, VALUE]`,
      );
    if (takes === 'none' && value !== undefined)
      return tell([i, 2], `${String(operator)} takes no value`, 'use MAX_PER with a count');
    if (operator === 'MAX_PER' && !(Number.isInteger(Number(value)) && Number(value) > 0)) {
      return tell([i, 2], 'MAX_PER wants a count of 1 or more', 'e.g. [rack, MAX_PER, 2]');
    }
    if (operator === 'LIKE' || operator === 'UNLIKE') checkRegex(String(value), [i, 2]);
  });
}

/** Constraints of a job that has been checked. */
export function constraintsOf(written: Written | undefined): Constraint[] {
  if (written === undefined) return [];
  if (isTriples(written))
    return written.map(([attribute, operator, value]) => tripleOf(String(attribute), String(operator), value));
  return Object.entries(written).map(([attribute, value]): Constraint => {
    const pattern = typeof value === 'string' ? patternIn(value) : undefined;
    if (pattern !== undefined) return { attribute, operator: 'LIKE', pattern };
    return { attribute, operator: 'IS', values: (Array.isArray(value) ? value : [value]).map(String) };
  });
}

function tripleOf(attribute: string, operator: string, value: Value | undefined): Constraint {
  switch (operator) {
    case 'LIKE':
    case 'UNLIKE':
      return { attribute, operator, pattern: String(value) };
    case 'UNIQUE':
      return { attribute, operator: 'MAX_PER', count: 1 };
    case 'MAX_PER':
      return { attribute, operator, count: Number(value) };
    case 'CLUSTER':
      return value === undefined ? { attribute, operator } : { attribute, operator: 'IS', values: [String(value)] };
    default:
      return { attribute, operator: 'IS', values: [String(value)] };
  }
}

function isTriples(written: Written): written is Extract<Written, readonly unknown[]> {
  return Array.isArray(written);
}

/** What stands between slashes, as in all patterns of the language. */
function patternIn(value: string): string | undefined {
  return value.length > 2 && value.startsWith('/') && value.endsWith('/') ? value.slice(1, -1) : undefined;
}

function regexFault(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (cause) {
    return messageOf(cause).replace(/^error parsing regexp: /, '');
  }
}
