import { createLinkRouter } from '../crawl/links.ts';
import type { Frontier } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { CrawlState } from './crawl-state.ts';
import type { Ledger } from './ledger.ts';
import { seedUrls } from './seeds.ts';
import { workOf } from './work.ts';

export interface TakeUp {
  readonly job: ResolvedJob;
  readonly state: CrawlState;
  readonly frontier: Frontier;
  readonly ledger: Ledger;
  /** Tasks that go on. */
  readonly live: ReadonlySet<string>;
  readonly commit: () => Promise<void>;
  readonly now: number;
  readonly notice: (text: string) => void;
}

/** Fills the frontier: with the seeds of a new crawl, or with what an earlier one left. Nothing is durable before the next commit. */
export async function takeUp(options: TakeUp): Promise<void> {
  const { job, state, frontier, ledger, live, commit, now, notice } = options;
  if (!state.resumed) {
    frontier.add(seedUrls(job), now);
    if (state.revisit && job.frontier.recrawl !== null) {
      const due = await frontier.renew(job.frontier.recrawl, now, commit);
      notice(`visiting ${due} of ${frontier.counts().discovered} known URLs again: those that are due`);
    }
    return;
  }
  await ledger.restore(live);
  const { discovered, queued, leased } = frontier.counts();
  const began = new Date(state.record.startedAt).toISOString().slice(0, 19).replace('T', ' ');
  notice(
    `going on with the crawl of ${began} UTC: ${discovered - queued - leased} of ${discovered} URLs are settled (--fresh starts over)`,
  );
  if (state.changes.includes('reach')) await reconsider(options);
}

/**
 * Seeds, scope or follow rules are otherwise than when the crawl was interrupted. What was fetched stays as it is. New seeds come in,
 * and URLs that the old scope kept out if the new one lets them. The ledger looks at those that wait when their turn comes.
 */
async function reconsider({ job, frontier, now, notice }: TakeUp): Promise<void> {
  const seeds = frontier.add(seedUrls(job), now);
  const { excludedBy, lanesOf } = await createLinkRouter(workOf(job, 0), now);
  let letIn = 0;
  for await (const { url, lane, seed, depth } of frontier.list({ state: 'excluded' })) {
    if (lane !== undefined || excludedBy(url, seed, depth) !== undefined) continue;
    const lanes = lanesOf(url);
    frontier.add(
      lanes.map((to) => ({ url, lane: to, depth, seed, priority: 0, redirects: 0 })),
      now,
    );
    if (lanes.length > 0) letIn++;
  }
  notice(
    `seeds, scope or follow have changed: ${counted(seeds, 'new seed')}, ${counted(letIn, 'URL')} let in; waiting URLs are ` +
      'checked when their turn comes; pages that were fetched are not read again for links',
  );
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
