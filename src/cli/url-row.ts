import type { UrlStatus } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';

/** What is known of a URL as commands print it; times ISO 8601. */
export type UrlRow = Readonly<Record<string, string | number>>;

export function urlRow(status: UrlStatus, job: ResolvedJob): UrlRow {
  const { lane, facts } = status;
  const row: Readonly<Record<string, string | number | undefined>> = {
    url: status.url,
    executor: lane === undefined ? undefined : (job.executors[lane]?.name ?? `#${lane}`),
    state: status.state,
    reason: status.reason,
    http_status: status.status,
    depth: status.depth,
    found_on: status.foundOn,
    seed: status.seed,
    to: status.to,
    priority: status.priority === 0 ? undefined : status.priority,
    attempts: status.attempt === 0 ? undefined : status.attempt,
    redirects: status.redirects === 0 ? undefined : status.redirects,
    task: status.task,
    discovered_at: iso(status.discoveredAt),
    settled_at: iso(status.settledAt),
    retry_at: iso(status.retryAt),
    etag: facts?.etag,
    last_modified: facts?.lastModified,
  };
  return Object.fromEntries(
    Object.entries(row).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
