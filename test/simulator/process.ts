import { Changes } from '../../src/framework/changes.ts';
import { Committer } from '../../src/framework/commit.ts';
import { recallCore, recordCore } from '../../src/framework/core-store.ts';
import type { CoreConfig, CoreState } from '../../src/framework/core-types.ts';
import { keepProgress } from '../../src/framework/crawl-state.ts';
import { Ledger } from '../../src/framework/ledger.ts';
import { RecordKeys } from '../../src/framework/record-keys.ts';
import { decodeJson, keyOf } from '../../src/framework/store-keys.ts';
import { Tally } from '../../src/framework/tally.ts';
import { openFrontier } from '../../src/frontier/frontier.ts';
import { type Frontier, type FrontierSettings, HOST_FAILURES, HOT_URLS } from '../../src/frontier/types.ts';
import type { SinkPosition } from '../../src/sinks/types.ts';
import { type Disk, DiskSink, type Later, storeOn } from './disk.ts';
import type { Plan } from './plan.ts';
import type { Site } from './site.ts';

/** What a scheduler's process has around its core: the real frontier and ledger, on what the disk keeps. */
export interface Process {
  readonly frontier: Frontier;
  readonly ledger: Ledger;
  readonly sink: DiskSink;
  readonly recalled: CoreState;
  readonly remember: (before: CoreState, after: CoreState) => void;
  readonly commit: () => Promise<void>;
}

export interface ProcessOptions {
  readonly plan: Plan;
  readonly site: Site;
  readonly disk: Disk;
  readonly config: CoreConfig;
  readonly later: Later;
  readonly now: () => number;
  readonly watch: (frontier: Frontier) => Frontier;
  readonly recall: (state: CoreState) => CoreState;
}

/** Starts as `run` does: goes on with what the last process left, or begins with the seeds. */
export async function openProcess(options: ProcessOptions): Promise<Process> {
  const { plan, site, disk, config, later, now } = options;
  const resumed = disk.entries.size > 0;
  const store = storeOn(disk, later);
  const stored = store.get(keyOf('positions'));
  const [position] = stored ? decodeJson<readonly SinkPosition[]>(stored) : [];
  const sink = new DiskSink(disk, position, later);
  const real = await openFrontier(settingsOf(plan), store, now());
  const frontier = options.watch(real);
  const keys = await RecordKeys.load(store, 1);
  const tally = new Tally([{ name: 'page', fields: ['n'] }]);
  const failed = (error: unknown): void => {
    throw error;
  };
  const committer = new Committer({ store, sink, failed });
  const commit = (): Promise<void> => committer.commit();
  const changes = await Changes.open(store, []);
  const parts = { frontier, sink, store, keys, changes, lanes: [], tally };
  const ledger = new Ledger({ ...parts, extractors: ['page'], commit, now });
  keepProgress(store, sink, tally, now);
  const recalled = options.recall(await recallCore(store, config, false));
  if (resumed) await ledger.restore(new Set(recalled.tasks.keys()));
  else frontier.add(site.seeds(), now());
  return { frontier, ledger, sink, recalled, commit, remember: (before, after) => recordCore(store, before, after) };
}

function settingsOf({ lanes, delayMs, perHost }: Plan): FrontierSettings {
  return {
    lanes: lanes.length,
    order: 'bfs',
    maxPages: Infinity,
    maxPagesPerHost: Infinity,
    politeness: { delayMs, perHost, robots: false },
    hostFailures: HOST_FAILURES,
    hotUrls: HOT_URLS,
  };
}
