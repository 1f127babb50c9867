import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

/** The JSON Schema of jobs (draft-07), as shipped: what `pinspider schema` prints and editors read. */
export function jobSchemaText(): string {
  // The same relative place from src/job and from dist/job.
  return readFileSync(new URL('../../schemas/job.schema.json', import.meta.url), 'utf8');
}

export interface JobValidator {
  /** Every way in which `data` is not a job; none when it is one. */
  errors(data: unknown): readonly ErrorObject[];
  /** Puts the schema's defaults into `data`, a job in long forms; into its sound parts when others are not. */
  fill(data: unknown): void;
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

/** The validator, compiled at the first call: it takes some tens of ms and is the same for every job. */
export function jobValidator(): JobValidator {
  return (compiled ??= compile());
}

function compile(): JobValidator {
  const schema = JSON.parse(jobSchemaText()) as SchemaNode;
  const options = { strict: true, allowUnionTypes: true, allErrors: true, verbose: true, messages: false } as const;
  const check: ValidateFunction = new Ajv(options).compile(schema);
  const fill: ValidateFunction = new Ajv({ ...options, useDefaults: true }).compile(schema);
  return {
    errors: (data) => (check(data) ? [] : (check.errors ?? [])),
    fill: (data) => void fill(data),
    schema,
  };
}
