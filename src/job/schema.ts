import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { packageFile } from '../lib/package-files.ts';
import { compileValidator } from './compile-validator.ts';

/** The JSON Schema of jobs (draft-07), as shipped: what `pinspider schema` prints and editors read. */
export function jobSchemaText(): string {
  return readFileSync(packageFile('schemas/job.schema.json'), 'utf8');
}

export interface JobValidator {
  /**
   * Every way in which `data` is not a job; none when it is one. Puts the schema's defaults into `data` on the way, into its sound
   * parts also when others are not.
   */
  check(data: unknown): readonly ErrorObject[];
  readonly schema: SchemaNode;
}

/** What is read from the schema besides validating: keys for suggestions, descriptions for the reference. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

let compiled: JobValidator | undefined;

/** The validator, compiled at the first call and kept: it is the same for every job. */
export function jobValidator(): JobValidator {
  return (compiled ??= compile());
}

function compile(): JobValidator {
  const schema = JSON.parse(jobSchemaText()) as SchemaNode;
  const validate = compileValidator(schema);
  return { check: (data) => (validate(data) ? [] : (validate.errors ?? [])), schema };
}
