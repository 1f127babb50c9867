import type { KeyPath } from '../extract/types.ts';
import { pathText } from './tree.ts';

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  null: 'null',
};

/** What is wrong with a value of the wrong type; the slips that YAML 1.2 invites have answers of their own. */
export function explainType(
  value: unknown,
  wanted: unknown,
  path: KeyPath,
): { what: string; mend?: string | undefined } {
  const key = pathText(path);
  const types = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  const want = listed(types.map((t) => WORDS[t] ?? t));
  if (value === null)
    return {
      what: key === '' ? 'the job is empty' : `${key} is empty`,
      mend: `it wants ${want}; give it a value, or remove it`,
    };
  if (typeof value === 'string') {
    if (types.includes('boolean') && /^(yes|no|on|off|y|n)$/i.test(value)) {
      return { what: `${value} is text in YAML 1.2`, mend: `use ${/^(yes|on|y)$/i.test(value) ? 'true' : 'false'}` };
    }
    if (types.includes('integer') || types.includes('number')) {
      const digits = value.replaceAll(/[_, ']/g, '');
      if (digits !== value && /^-?\d+(\.\d+)?$/.test(digits))
        return { what: `${value} is text in YAML 1.2, not a number`, mend: `write ${digits}` };
      if (/^-?\d+(\.\d+)?$/.test(value)) return { what: `"${value}" is text`, mend: `write ${value} without quotes` };
    }
    if (types.includes('boolean') && /^(true|false)$/i.test(value))
      return { what: `"${value}" is text`, mend: `write ${value.toLowerCase()} without quotes` };
  }
  if (typeof value === 'number' && types.includes('string') && !types.includes('number')) {
    return { what: `${key} wants ${want}, not the number ${value}`, mend: `quote it: "${value}"` };
  }
  return {
    what: `${key === '' ? 'the job' : key} wants ${want}, not ${shown(value)}`,
    mend: FORMS[types.join()],
  };
}

/** How the one form that is wanted is written. */
const FORMS: Readonly<Record<string, string>> = {
  object: 'write its keys below it, indented',
  array: 'write [a, b], or one "- item" a line',
  boolean: 'write true or false',
};

/** `a, b or c` */
export function listed(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** A value in a sentence. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  if (typeof value === 'object') return 'a map of keys';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}..."` : text;
}
