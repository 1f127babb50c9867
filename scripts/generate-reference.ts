/** Writes the reference of job keys from the schema: `tsx scripts/generate-reference.ts docs/job-reference.md`. */
import { writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { jobReference } from '../src/job/reference.ts';
import { jobSchemaText } from '../src/job/schema.ts';

const [target = 'docs/job-reference.md'] = process.argv.slice(2);
const options = await prettier.resolveConfig(target);
writeFileSync(target, await prettier.format(jobReference(jobSchemaText()), { ...options, parser: 'markdown' }));
