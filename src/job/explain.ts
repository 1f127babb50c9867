import type { ErrorObject } from 'ajv';
import type { KeyPath } from '../extract/types.ts';
import { didYouMean, suggest } from '../lib/suggest.ts';
import type { Faults } from './fault.ts';
import { keyPlace, valuePlace } from './locate.ts';
import type { SchemaNode } from './schema.ts';
import { pathText, type Tree, nodeAt } from './tree.ts';
import { explainType, listed, shown } from './explain-type.ts';

/** Tells each error of the schema in plain words, at its place. Of the branches of a choice only the nearest is told. */
export function explainErrors(errors: readonly ErrorObject[], tree: Tree, schema: SchemaNode, faults: Faults): void {
  const told = nearest(errors);
  const meant = new Set(told.map((e) => suggestionOf(e)));
  for (const error of told) {
    // "seed" is unknown and "seeds" is missing: one slip.
    if (error.keyword === 'required' && meant.has(`${error.instancePath}/${missingOf(error)}`)) continue;
    const path = pathOf(error.instancePath, tree);
    const { key, what, mend } = explain(error, path, schema);
    if (key === undefined) faults.follow(valuePlace(tree, path), what, mend);
    else faults.error(keyPlace(tree, key), what, mend);
  }
}

/** The path of a JSON pointer; numbers where the tree has lists. */
export function pathOf(pointer: string, tree: Tree): KeyPath {
  const path: (string | number)[] = [];
  for (const raw of pointer.split('/').slice(1)) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(nodeAt(tree, path)?.kind === 'list' ? Number(step) : step);
  }
  return path;
}

interface Told {
  /** The key that is at fault; without it the value is. */
  readonly key?: KeyPath;
  readonly what: string;
  readonly mend?: string | undefined;
}

function explain(error: ErrorObject, path: KeyPath, schema: SchemaNode): Told {
  const key = pathText(path);
  const params: Readonly<Record<string, unknown>> = error.params;
  const value: unknown = error.data;
  const atValue = (what: string, mend?: string): Told => ({ what, mend });
  const count = String(params['limit']);
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema as SchemaNode | undefined)?.properties ?? {});
      const mend = didYouMean(unknown, known) ?? elsewhere(unknown, path, schema) ?? `known here: ${known.join(', ')}`;
      return { key: [...path, unknown], what: `unknown key "${unknown}"`, mend };
    }
    case 'required': {
      const missing = String(params['missingProperty']);
      const what = path.length === 0 ? `the job has no "${missing}"` : `${key} has no "${missing}"`;
      return {
        key: path,
        what,
        mend: EXAMPLES[missing] ?? asMend((error.parentSchema as SchemaNode).properties?.[missing]?.description),
      };
    }
    case 'type': {
      return explainType(value, params['type'], path);
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      const mend = (typeof value === 'string' ? didYouMean(value, allowed) : undefined) ?? `write ${listed(allowed)}`;
      return atValue(`${key} cannot be ${shown(value)}`, value === null ? `write ${listed(allowed)}` : mend);
    }
    case 'const':
      return atValue(`${key} cannot be ${shown(value)}`, `write ${String(params['allowedValue'])}`);
    case 'pattern':
      if (error.propertyName !== undefined) {
        const what = `"${error.propertyName}" cannot be a name here`;
        return { key: [...path, error.propertyName], what, mend: 'use letters, digits, "_", "-" and "."' };
      }
      return atValue(`${key} cannot be ${shown(value)}`, asMend((error.parentSchema as SchemaNode).description));
    case 'minLength':
      return atValue(`${key} is empty`, 'give it a value, or remove it');
    case 'maxLength':
      return atValue(`${key} is too long`, `at most ${count} characters`);
    case 'minimum':
    case 'exclusiveMinimum':
      return atValue(`${key} is too small`, error.keyword === 'minimum' ? `at least ${count}` : `more than ${count}`);
    case 'maximum':
      return atValue(`${key} is too large`, `at most ${count}`);
    case 'minItems':
    case 'minProperties':
      return atValue(`${key} is empty`, 'put something in, or remove it');
    case 'maxItems':
      return atValue(`${key} holds several values`, 'a list is written [field]; for alternatives use first_of');
    default:
      return atValue(`${key} is not as the schema wants it (${error.keyword})`);
  }
}

/** Leaves out what only repeats another error: names of properties, and branches of a choice that are further away. */
function nearest(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter((e) => e.keyword === 'anyOf' || e.keyword === 'oneOf');
  const inside = (e: ErrorObject): ErrorObject | undefined =>
    choices.find(
      (c) => e !== c && e.schemaPath.startsWith(`${c.schemaPath}/`) && e.instancePath.startsWith(c.instancePath),
    );
  const chosen = new Set<ErrorObject>();
  for (const choice of choices) {
    const branches = errors.filter((e) => inside(e) === choice);
    const [best] = branches.toSorted((a, b) => nearness(b) - nearness(a));
    if (best) chosen.add(best);
  }
  return errors.filter((e) => e.keyword !== 'propertyNames' && !choices.includes(e) && (!inside(e) || chosen.has(e)));
}

/** Deeper is nearer; a wrong value of the right type is nearer than a wrong type. */
function nearness(error: ErrorObject): number {
  return error.instancePath.split('/').length * 2 + (error.keyword === 'type' ? 0 : 1);
}

/** "it belongs under politeness", when one section of a job knows the key. */
function elsewhere(key: string, path: KeyPath, schema: SchemaNode): string | undefined {
  if (path.length > 0 && schema.properties?.[key]) return `it belongs at the top of the job`;
  const sections = Object.entries(schema.properties ?? {}).filter(
    ([name, s]) => s.type === 'object' && name !== path[0] && s.properties?.[key],
  );
  return sections.length === 1 && path.length <= 1 ? `it belongs under ${sections[0]?.[0] ?? ''}` : undefined;
}

/** What to write where a job lacks what every job needs. */
const EXAMPLES: Readonly<Record<string, string>> = {
  name: 'add name: NAME',
  seeds: 'add seeds: https://example.org/',
  extractors: 'add extractors: { page: { fields: { title: title } } }',
};

function missingOf({ params }: ErrorObject): string {
  return String((params as Readonly<Record<string, unknown>>)['missingProperty']);
}

/** Pointer to the key that an unknown one was meant to be. */
function suggestionOf({ keyword, params, parentSchema, instancePath }: ErrorObject): string | undefined {
  if (keyword !== 'additionalProperties') return undefined;
  const unknown = String((params as Readonly<Record<string, unknown>>)['additionalProperty']);
  return `${instancePath}/${suggest(unknown, Object.keys((parentSchema as SchemaNode).properties ?? {})) ?? ''}`;
}

/** A description as the second half of a sentence. */
function asMend(description: string | undefined): string | undefined {
  const [first] = description?.split(/\.(?:\s|$)/) ?? [];
  return first && `${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}
