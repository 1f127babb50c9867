import type { UrlCounts } from '../frontier/types.ts';
import type { TaskCounts } from './core-types.ts';
import { type OfferCounts, type Shortfall, shortfallText } from './shortfalls.ts';
import type { Tally } from './tally.ts';

export type EndReason = 'finished' | 'limit' | 'total_tasks' | 'aborted' | 'interrupted' | 'expectation';

/** What `--summary` writes: one JSON object, of this shape. Ratios 0 to 1, times ISO 8601, durations s. */
export interface Summary {
  readonly job: string;
  readonly reason: EndReason;
  /** Why it was aborted, or which expectations do not hold. */
  readonly messages: readonly string[];
  readonly master: string;
  readonly framework_id: string | null;
  readonly tasks: TaskCounts;
  readonly offers: {
    /** Offers that came, and those on which something was launched, in this process. */
    readonly received: number;
    readonly used: number;
    /** How many offers lacked what (cpus, mem, disk, role, constraint, maintenance, max_instances), while work waited. */
    readonly refused: OfferCounts['refused'];
    /** Why work that waits at the end is not launched. */
    readonly waiting: readonly string[];
  };
  /** A URL that two executors fetch counts once for each. */
  readonly urls: {
    readonly discovered: number;
    readonly queued: number;
    readonly leased: number;
    readonly fetched: number;
    readonly not_modified: number;
    readonly redirected: number;
    readonly failed: number;
    readonly excluded: number;
  };
  readonly records: Readonly<Record<string, number>>;
  readonly invalid: Readonly<Record<string, number>>;
  /** Pages that an extractor matched but whose `when` did not hold. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Records left out because their `key` was stored before. */
  readonly duplicates: Readonly<Record<string, number>>;
  /** Records of extractors with `change` that are as they were, and so are not written again. */
  readonly unchanged: Readonly<Record<string, number>>;
  /** Records of earlier visits that are no more: written with `_change: gone`. */
  readonly gone: Readonly<Record<string, number>>;
  readonly filled: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Why URLs failed or were tried again, with counts. */
  readonly failures: Readonly<Record<string, number>>;
  /** Rules that kept URLs out (scope, quotas, traps, robots.txt, limits), with counts. */
  readonly exclusions: Readonly<Record<string, number>>;
  /** Body bytes on the wire. */
  readonly bytes: number;
  readonly started_at: string;
  readonly duration_s: number;
}

export interface SummaryInput {
  readonly job: string;
  readonly reason: EndReason;
  readonly messages: readonly string[];
  readonly master: string;
  readonly frameworkId: string | undefined;
  readonly tasks: TaskCounts;
  readonly offers: OfferCounts;
  readonly shortfalls: readonly Shortfall[];
  readonly urls: UrlCounts;
  /** Why URLs were kept out, with counts. */
  readonly exclusions: ReadonlyMap<string, number>;
  readonly tally: Tally;
  readonly startedAt: number;
  /** Time at work, over all runs of the crawl, ms. */
  readonly durationMs: number;
}

export function summarize(input: SummaryInput): Summary {
  const { tally, urls } = input;
  return {
    job: input.job,
    reason: input.reason,
    messages: input.messages,
    master: input.master,
    framework_id: input.frameworkId ?? null,
    tasks: input.tasks,
    offers: { ...input.offers, waiting: input.shortfalls.map(shortfallText) },
    urls: {
      discovered: urls.discovered,
      queued: urls.queued,
      leased: urls.leased,
      fetched: urls.fetched,
      not_modified: urls.notModified,
      redirected: urls.redirected,
      failed: urls.failed,
      excluded: urls.excluded,
    },
    records: tally.by((t) => t.records),
    invalid: tally.by((t) => t.invalid),
    skipped: tally.by((t) => t.skipped),
    duplicates: tally.by((t) => t.duplicates),
    unchanged: tally.by((t) => t.unchanged),
    gone: tally.by((t) => t.gone),
    filled: tally.filled(),
    failures: mostFirst(tally.failures),
    exclusions: mostFirst(input.exclusions),
    bytes: tally.bytes,
    started_at: new Date(input.startedAt).toISOString(),
    duration_s: Math.round(input.durationMs) / 1000,
  };
}

function mostFirst(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}
