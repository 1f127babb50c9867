import type { Frontier, HostStatus, SettledState, UrlCounts, UrlState, UrlStatus } from '../frontier/types.ts';
import type { Store } from '../store/types.ts';
import { type CrawlRecord, putRecord, readRecord } from './crawl-state.ts';

export interface UrlFilter {
  readonly state?: UrlState | undefined;
  /** Host as in URLs, with or without scheme and port. */
  readonly host?: string | undefined;
}

/** How a crawl stands. Times ms since the epoch. */
export interface StateReport {
  readonly status: 'running' | 'unfinished' | 'finished';
  readonly startedAt: number;
  readonly urls: UrlCounts;
  /** How many URLs were settled for each reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly bytesOnDisk: number;
}

/** What people may ask of a job's state, whether it is being crawled just now or not. */
export interface StateView {
  report(): Promise<StateReport>;
  hosts(): AsyncIterable<HostStatus>;
  urls(filter: UrlFilter): AsyncIterable<UrlStatus>;
  /** All that is known of a canonical URL, one entry for each executor that wants it. */
  find(url: string): Promise<readonly UrlStatus[]>;
  /** Queues settled URLs again. @returns how many */
  requeue(filter: UrlFilter & { readonly state: SettledState }): Promise<number>;
}

export interface StateViewOptions {
  readonly store: Store;
  readonly frontier: Frontier;
  readonly running: boolean;
  /** Makes changes durable. */
  readonly commit: () => Promise<void>;
  readonly now: () => number;
}

/** The view of the process that has the store open. */
export function stateView({ store, frontier, running, commit, now }: StateViewOptions): StateView {
  return {
    report: async () => {
      const record = recordOf(store);
      return {
        status: running ? 'running' : record.over ? 'finished' : 'unfinished',
        startedAt: record.startedAt,
        urls: frontier.counts(),
        reasons: Object.fromEntries(frontier.reasons()),
        bytesOnDisk: await frontier.size(),
      };
    },
    hosts: () => frontier.hosts(),
    async *urls({ state, host }) {
      const origins = host === undefined ? [undefined] : await originsOf(frontier, host);
      for (const origin of origins) for await (const status of frontier.list({ state, host: origin })) yield status;
    },
    find: (url) => frontier.find(url),
    requeue: async ({ state, host }) => {
      const origins = host === undefined ? [undefined] : await originsOf(frontier, host);
      let count = 0;
      for (const origin of origins) count += await frontier.requeue({ state, host: origin }, now(), commit);
      // A crawl that ended has work again: the next run goes on with it.
      if (count > 0 && !running) putRecord(store, { ...recordOf(store), over: false });
      await commit();
      return count;
    },
  };
}

/** Origins of the crawl that a host stands for: itself, or all schemes and ports of a name. */
async function originsOf(frontier: Frontier, host: string): Promise<string[]> {
  const origins: string[] = [];
  for await (const { host: origin } of frontier.hosts()) {
    const url = new URL(origin);
    if ([origin, url.host, url.hostname].includes(host)) origins.push(origin);
  }
  return origins;
}

function recordOf(store: Store): CrawlRecord {
  const record = readRecord(store);
  if (record === undefined) throw new Error('bug: a state without a crawl');
  return record;
}
