import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import type { Json, Page, Plan } from '../extract/types.ts';
import { decodeText } from '../fetch/charset.ts';
import { maskOf } from '../job/mask.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { PinspiderError } from '../lib/errors.ts';
import { counted } from './counted.ts';
import { getPage } from './get-page.ts';
import type { LoadedFile } from './load-jobs.ts';
import { planOf } from './plan-of.ts';
import { type RecordValue, storedRecords } from './stored.ts';
import type { Terminal } from './terminal.ts';
import { withEntry } from './yaml-insert.ts';

/** Longer values (a page as Markdown) would drown the job file; as JSON, in characters. */
const VALUE_MAX = 1000;
/** Far enough that "3 days ago" and every clock give something else. */
const LATER_MS = 400 * 24 * 3600 * 1000;

/** A test as it is written into a job file. */
interface Entry {
  readonly fixture: string;
  readonly url: string;
  readonly records: Readonly<Record<string, number>>;
  readonly first: Readonly<Record<string, RecordValue>>;
}

/**
 * `pinspider test JOB --record URL`: fetches the page, saves it and adds a test for it to the job file, whose comments and
 * layout stay as they are. Resolves with the exit code.
 */
export async function recordTest({ file, job }: LoadedFile, url: string, terminal: Terminal): Promise<number> {
  const { stdout, stderr, cwd } = terminal;
  const text = await readFile(job.file, 'utf8');
  refuseForeignTests(text, job, file);
  const plan = await planOf(job);
  const got = await getPage(url, job, plan, terminal);
  if (got.outcome === 'none') {
    stderr.write(`${maskOf(job.secrets)(got.reason)}\n`);
    return 1;
  }
  const fixture = fixturePath(job);
  const { entry, left } = entryOf(job, plan, got.page, fixture);
  await makeDirectory(dirname(fixture));
  await writeFile(fixture, savedBytes(got.body, got.page.html.whole, job.fetch.charset), { flag: 'wx' });
  await writeFile(job.file, withEntry(text, 'tests', entry));
  stdout.write(`${relative(cwd, fixture)}\n`);
  const counts = Object.entries(entry.records).map(([name, n]) => `${name} ${n}`);
  stderr.write(
    `${file}: test ${job.tests.length + 1} added (${counts.join(', ')}); look through its values: they are what the page gives now\n`,
  );
  for (const path of left) stderr.write(`  ${path} is left out: it is too long, or changes with time\n`);
  if (Object.values(entry.records).every((n) => n === 0)) stderr.write('  the page gives no record\n');
  return 0;
}

/** A list in this file would take the place of the one in the file that it extends. */
function refuseForeignTests(text: string, { tests }: ResolvedJob, file: string): void {
  const doc = parseDocument(text);
  if (tests.length === 0 || doc.has('tests')) return;
  throw new PinspiderError({
    code: 'USAGE',
    where: file,
    what: `its ${counted(tests.length, 'test')} stand in a file that it extends`,
    mend: 'record there',
  });
}

/** Beside the fixtures that the job has, else in `../fixtures`; never over another. */
function fixturePath({ file, name, tests }: ResolvedJob): string {
  const folder = tests[0] ? dirname(tests[0].fixture) : join(dirname(file), '..', 'fixtures');
  const safe = name.replaceAll(/[^\w.-]+/g, '-');
  let n = 1;
  while (existsSync(join(folder, `${safe}-${n}.html`))) n++;
  return join(folder, `${safe}-${n}.html`);
}

function entryOf(
  job: ResolvedJob,
  plan: Plan,
  page: Page,
  fixture: string,
): { readonly entry: Entry; readonly left: readonly string[] } {
  // As the test will see it: without the server's headers.
  const saved: Page = {
    ...page,
    seed: page.url,
    depth: 0,
    status: 200,
    headers: { 'content-type': 'text/html' },
    task: 'test',
  };
  const now = storedRecords(plan.extract(saved));
  const later = storedRecords(plan.extract({ ...saved, fetchedAt: page.fetchedAt + LATER_MS }));
  const left: string[] = [];
  const first: Record<string, RecordValue> = {};
  for (const [name, [record]] of now) {
    const then = later.get(name)?.[0] ?? {};
    const kept = Object.entries(record ?? {}).filter(([field, value]) => {
      const lasts = isDeepStrictEqual(value, then[field]) && JSON.stringify(value).length <= VALUE_MAX;
      if (!lasts) left.push(`first.${name}.${field}`);
      return lasts;
    });
    first[name] = Object.fromEntries(kept.map(([field, value]) => [field, literal(value)]));
  }
  const records = Object.fromEntries(plan.extractors.map(({ name }) => [name, now.get(name)?.length ?? 0]));
  const path = relative(dirname(job.file), fixture).split(sep).join('/');
  return { entry: { fixture: path, url: page.url, records, first }, left };
}

/** `${` of a page is text, and no variable of the job. */
function literal(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(literal);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}

/**
 * The page's own bytes, when they read the same without the server's headers; else its text in UTF-8 behind a byte order
 * mark, which outweighs whatever encoding the page declares.
 */
function savedBytes(body: Buffer, html: string, charset: string | undefined): Buffer {
  return decodeText(body, undefined, charset).text.whole === html ? body : Buffer.from(`\uFEFF${html}`);
}
