import { createLinkRouter } from '../crawl/links.ts';
import { nofollowOf } from '../crawl/nofollow.ts';
import type { Extraction, Page, Plan } from '../extract/types.ts';
import { workOf } from '../framework/work.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { counted } from './counted.ts';
import { type RecordValue, storedRecords } from './stored.ts';

export interface Reading {
  readonly extraction: Extraction;
  readonly stored: ReadonlyMap<string, readonly RecordValue[]>;
  /** How many records by extractor had a key that was there before. */
  readonly repeated: readonly (readonly [extractor: string, count: number])[];
  /** `12 links to follow, 3 left out (…)` */
  readonly links: string;
}

/** What a run would take of a page that is read at the start of a crawl: records and links. */
export async function readPage(page: Page, job: ResolvedJob, plan: Plan): Promise<Reading> {
  const extraction = plan.extract(page);
  const stored = storedRecords(extraction);
  const repeated = plan.extractors
    .map(({ name }) => {
      const all = extraction.records.filter((record) => record.extractor === name).length;
      return [name, all - (stored.get(name)?.length ?? 0)] as const;
    })
    .filter(([, n]) => n > 0);
  return { extraction, stored, repeated, links: await linksText(page, extraction, job) };
}

async function linksText(page: Page, { links, nofollow }: Extraction, job: ResolvedJob): Promise<string> {
  if (links.length === 0) return 'no links to follow';
  const { seed, depth, headers } = page;
  const asked = nofollowOf({ nofollow, headers }, job.politeness);
  if (asked !== undefined) return `its ${counted(links.length, 'link')} are not followed: ${asked} says nofollow`;
  const router = await createLinkRouter(workOf(job, 0), page.fetchedAt);
  const routed = router.route(links, seed, depth, () => false);
  const followed = new Set(routed.links.filter((link) => link.parked === undefined).map((link) => link.url)).size;
  const outside = new Set(links.map((link) => link.url)).size - followed;
  return `${counted(followed, 'link')} to follow${outside > 0 ? `, ${outside} left out (scope, repeats, traps, or no extractor wants them)` : ''}`;
}
