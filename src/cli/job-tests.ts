import { readFile } from 'node:fs/promises';
import type { Extraction, Page, Plan } from '../extract/types.ts';
import { decodeText } from '../fetch/charset.ts';
import type { JobTest, ResolvedJob } from '../job/resolved.ts';
import { messageOf } from '../lib/errors.ts';
import { canonicalUrl } from '../lib/url.ts';
import { differences, showDifference } from './differences.ts';
import { storedRecords } from './stored.ts';

export interface TestResult {
  readonly test: JobTest;
  readonly ok: boolean;
  /** What is not as wanted, and what may explain it; empty when all is well. */
  readonly lines: readonly string[];
}

/** A saved page as the executor would see it, had the server sent no more than the page. */
export async function fixturePage(file: string, url: string, job: ResolvedJob, now: number): Promise<Page> {
  const canonical = canonicalUrl(url, undefined, { dropParams: job.frontier.dropParams }) ?? url;
  return {
    url: canonical,
    seed: canonical,
    depth: 0,
    status: 200,
    headers: { 'content-type': 'text/html' },
    html: decodeText(await readFile(file), undefined, job.fetch.charset).text,
    fetchedAt: now,
    job: job.name,
    task: 'test',
  };
}

/** Reads the test's page and compares what it gives with what is wanted. Never rejects for a fault of the test. */
export async function runJobTest(job: ResolvedJob, plan: Plan, test: JobTest, now: number): Promise<TestResult> {
  let page: Page;
  try {
    page = await fixturePage(test.fixture, test.url, job, now);
  } catch (error) {
    return { test, ok: false, lines: [`the page cannot be read (${messageOf(error)})`] };
  }
  const lines = compare(test, plan.extract(page));
  return { test, ok: lines.length === 0, lines };
}

function compare({ records, first }: JobTest, extraction: Extraction): string[] {
  const stored = storedRecords(extraction);
  const counts = Object.entries(records).map(([name, wanted]) => ({
    name,
    wanted,
    got: stored.get(name)?.length ?? 0,
  }));
  const lines = [
    ...counts.flatMap(({ name, wanted, got }) => differences(wanted, got, `records.${name}`)),
    ...Object.entries(first).flatMap(([name, wanted]) => differences(wanted, stored.get(name)?.[0], `first.${name}`)),
  ].map(showDifference);
  return lines.length > 0 ? [...lines, ...explanations(extraction)] : [];
}

/** Why a page may have given less than was hoped for. */
function explanations({ invalid, skipped, failure }: Extraction): string[] {
  return [
    ...(failure === undefined ? [] : [`the page counts as failed: ${failure}`]),
    ...invalid.flatMap(({ errors }) => errors).map((error) => `invalid: ${error}`),
    ...skipped.map((name) => `${name} was skipped: its "when" does not hold`),
  ];
}
