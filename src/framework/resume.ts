import type { Frontier } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { CrawlState } from './crawl-state.ts';
import type { Ledger } from './ledger.ts';
import { seedUrls } from './seeds.ts';

export interface TakeUp {
  readonly job: ResolvedJob;
  readonly state: CrawlState;
  readonly frontier: Frontier;
  readonly ledger: Ledger;
  /** Tasks that go on. */
  readonly live: ReadonlySet<string>;
  readonly now: number;
  readonly notice: (text: string) => void;
}

/** Fills the frontier: with the seeds of a new crawl, or with what an earlier one left. Nothing is durable before the next commit. */
export async function takeUp({ job, state, frontier, ledger, live, now, notice }: TakeUp): Promise<void> {
  if (!state.resumed) {
    frontier.add(seedUrls(job), now);
    return;
  }
  await ledger.restore(live);
  const { discovered, queued, leased } = frontier.counts();
  const began = new Date(state.record.startedAt).toISOString().slice(0, 19).replace('T', ' ');
  notice(
    `going on with the crawl of ${began} UTC: ${discovered - queued - leased} of ${discovered} URLs are settled (--fresh starts over)`,
  );
}
