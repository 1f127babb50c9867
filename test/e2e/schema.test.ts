import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { pinspider } from '../support/command.ts';
import { folder } from '../support/folder.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the schema is the one that validates', async () => {
  const { code, stdout, stderr } = await pinspider(['schema'], ROOT);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(await readFile(join(ROOT, 'schemas/job.schema.json'), 'utf8'));
});

test("--records is a JSON Schema that takes the job's records, and no others", async () => {
  const job = join(ROOT, 'jobs/pinterest.yaml');
  await using dir = await folder();
  const { code, stdout } = await pinspider(['schema', '--records', job], dir.path);
  expect(code).toBe(0);
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, validateFormats: false });
  const takes = ajv.compile(JSON.parse(stdout) as object);
  const page = join(ROOT, 'fixtures/pinterest.html');
  const tried = await pinspider(['try', job, page, '--json'], dir.path);
  const { profile, board } = JSON.parse(tried.stdout) as Record<string, Record<string, unknown>[]>;
  const records = [...(profile ?? []), ...(board ?? [])];
  expect(records).toHaveLength(3);
  for (const record of records) expect(takes(record)).toBe(true);
  for (const record of records) expect(takes({ ...record, other: 1 })).toBe(false);
  expect(takes({ ...board?.[0], pin_count: 'many' })).toBe(false);
});

test('a wrong job has no records to tell of', async () => {
  await using dir = await folder({ 'a.yaml': 'name: a\n' });
  const { code, stdout } = await pinspider(['schema', '--records', 'a.yaml'], dir.path);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
