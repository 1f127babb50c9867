import type { Json } from '../../extract/types.ts';
import { loadJob } from '../../job/load.ts';
import { recordSchema } from '../../job/record-schema.ts';
import type { ResolvedJob } from '../../job/resolved.ts';
import { jobSchemaText } from '../../job/schema.ts';
import type { Terminal } from '../terminal.ts';

export interface SchemaFlags {
  /** A job file: the schema of its records is wanted. */
  readonly records?: string | undefined;
}

/** `pinspider schema`: the JSON Schema of job files, or of one job's records. Resolves with the exit code. */
export async function schema({ records }: SchemaFlags, { env, cwd, stdout }: Terminal): Promise<number> {
  if (records === undefined) {
    stdout.write(jobSchemaText());
    return 0;
  }
  const { job } = await loadJob(records, { env, cwd });
  stdout.write(`${JSON.stringify(recordsSchema(job), undefined, 2)}\n`);
  return 0;
}

/** Takes each record of the job; `#/definitions/NAME` those of one extractor. */
function recordsSchema({ name, extractors }: ResolvedJob): Json {
  const own = extractors.filter((extractor) => extractor.fields.length > 0);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `records of ${name}`,
    anyOf: own.map((extractor) => ({ $ref: `#/definitions/${encodeURIComponent(extractor.name)}` })),
    definitions: Object.fromEntries(own.map((extractor) => [extractor.name, withoutDialect(recordSchema(extractor))])),
  };
}

/** The dialect is told once, at the top. */
function withoutDialect(schema: Readonly<Record<string, Json>>): Json {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}
