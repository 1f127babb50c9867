import { compilePlan, type PlanOptions } from '../../../src/extract/plan.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { normalizeExtractors, normalizeFollow } from '../../../src/extract/normalize.ts';
import type { Extraction, Json, Page, TellFault } from '../../../src/extract/types.ts';

export type Fault = Parameters<TellFault>[0];

/** A page with this HTML; times and names are fixed. */
export function page(html: string, rest: Partial<Page> = {}): Page {
  return {
    url: 'https://example.org/a/page.html',
    seed: 'https://example.org/',
    depth: 1,
    status: 200,
    headers: { 'content-type': 'text/html', etag: '"x1"' },
    html: PageText.of(html),
    fetchedAt: Date.UTC(2024, 2, 12, 8),
    job: 'job',
    task: 'task-1',
    ...rest,
  };
}

/** The faults of a written extractor. */
export function faultsOf(extractor: unknown): Fault[] {
  const faults: Fault[] = [];
  normalizeExtractors({ x: extractor }, (fault) => faults.push(fault));
  return faults;
}

/** Options of a plan from what was written; a fault of it fails the test. */
export function optionsOf(extractors: unknown, follow?: unknown, parser: PlanOptions['parser'] = 'fast'): PlanOptions {
  const tell: TellFault = (fault) => {
    throw new Error(`${fault.path.join('.')}: ${fault.what}`);
  };
  return {
    // through JSON, as specs travel to executors
    extractors: JSON.parse(JSON.stringify(normalizeExtractors(extractors, tell))) as PlanOptions['extractors'],
    follow: normalizeFollow(follow, ['follow'], tell),
    parser,
  };
}

/** What one extractor, called `x`, makes of a page. */
export async function extract(extractor: unknown, html: string, rest: Partial<Page> = {}): Promise<Extraction> {
  return (await compilePlan(optionsOf({ x: extractor }))).extract(page(html, rest));
}

/** The value of one field read from a page. */
export async function valueOf(field: unknown, html: string, rest: Partial<Page> = {}): Promise<Json | undefined> {
  const { records, invalid } = await extract({ fields: { f: field } }, html, rest);
  if (invalid.length > 0) throw new Error(invalid[0]?.errors.join('; '));
  return records[0]?.value['f'];
}

/** The errors of a record with one field. */
export async function errorsOf(field: unknown, html: string, rest: Partial<Page> = {}): Promise<readonly string[]> {
  const { invalid } = await extract({ fields: { f: field } }, html, rest);
  return invalid.flatMap(({ errors }) => errors);
}
