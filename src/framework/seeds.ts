import { compileLanes } from '../crawl/links.ts';
import type { NewUrl } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { canonicalUrl } from '../lib/url.ts';
import { workOf } from './work.ts';

/**
 * The frontier entries of the job's seeds: one for each executor that wants the URL. A seed that no extractor matches is
 * read by the first executor all the same: who names a URL wants it fetched.
 */
export function seedUrls(job: ResolvedJob): NewUrl[] {
  const lanesOf = compileLanes(workOf(job, 0));
  return job.seeds.flatMap((seed) => {
    const url = canonicalUrl(seed.url, undefined, { dropParams: job.frontier.dropParams });
    if (url === undefined) return [];
    const lanes = lanesOf(url, seed.to);
    const entry = { url, depth: 0, seed: url, priority: 0, redirects: 0, to: seed.to };
    const request = { method: seed.method, headers: seed.headers, body: seed.body };
    return (lanes.length > 0 ? lanes : [0]).map((lane) => ({ ...entry, ...request, lane }));
  });
}
