import { fetchSettings } from '../crawl/fetch-settings.ts';
import { createFetcher } from '../fetch/client.ts';
import type { Fetcher } from '../fetch/types.ts';
import { workOf } from '../framework/work.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { hostOf } from '../lib/url.ts';

/**
 * The HTTP client with the job's settings, for one request at a time.
 *
 * @param named URLs that the user gave besides the job's seeds: their hosts may be private, as those of seeds
 */
export function jobFetcher(job: ResolvedJob, named: readonly string[] = []): Fetcher {
  const settings = fetchSettings(workOf(job, 0));
  return createFetcher({
    ...settings,
    namedHosts: [...settings.namedHosts, ...named.map(hostOf)],
    connectionsPerOrigin: 1,
  });
}
