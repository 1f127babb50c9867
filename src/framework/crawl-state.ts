import { randomBytes } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PinspiderError } from '../lib/errors.ts';
import type { Sink, SinkPosition } from '../sinks/types.ts';
import { openStore } from '../store/level-store.ts';
import type { Durability, Store } from '../store/types.ts';
import { BINDING, type Change, changedParts, type JobParts } from './job-parts.ts';
import { CHANGES_RANGE } from './change-records.ts';
import { AFTER_OWN, decodeJson, encodeJson, keyOf, OWN } from './store-keys.ts';
import type { Tally, TallyState } from './tally.ts';

/** What is known of a crawl besides its URLs and tasks. */
export interface CrawlRecord {
  /** Of the first run, ms since the epoch. */
  readonly startedAt: number;
  readonly parts: JobParts;
  /** Bearer token of the feed: tasks that go on show it to the next process. */
  readonly token: string;
  /** Port of the feed, which those tasks know; 0 before it listens. */
  readonly feedPort: number;
  /** The scope changed while URLs waited: they are looked at when their turn comes. */
  readonly recheck: boolean;
  /** Ended as it should: the next run is a new crawl. */
  readonly over: boolean;
}

export interface CrawlState {
  readonly store: Store;
  readonly record: CrawlRecord;
  /** An unfinished crawl goes on. */
  readonly resumed: boolean;
  /** The crawl before this one ended, and its URLs are kept to be visited again. */
  readonly revisit: boolean;
  /** Of an unfinished crawl: parts of the job that are otherwise than before. */
  readonly changes: readonly Change[];
  readonly positions: readonly SinkPosition[] | undefined;
  readonly tally: TallyState | undefined;
  /** For how long earlier runs of this crawl have worked, ms. */
  readonly ranMs: number;
}

export interface CrawlStateOptions {
  /** The job's state directory. */
  readonly directory: string;
  readonly durability: Durability;
  readonly parts: JobParts;
  /** Drops what an unfinished crawl left. */
  readonly fresh: boolean;
  /** What of a crawl that ended the next one needs: its URLs, or what records are compared with. */
  readonly keep: 'urls' | 'changes' | 'nothing';
  /** The cluster of the last run ended with it. */
  readonly ownCluster: boolean;
  readonly now: number;
}

const RECORD = keyOf('crawl');
const POSITIONS = keyOf('positions');
const TALLY = keyOf('tally');
const RAN = keyOf('ran');

/** Where the store of a state directory lies. */
export function storePath(directory: string): string {
  return join(directory, 'store');
}

/**
 * Opens the state of a job: goes on with an unfinished crawl, or begins a new one. The caller holds the lock of the directory.
 *
 * @throws {PinspiderError} STATE_OTHER_JOB when the job has changed so that the unfinished crawl cannot go on; STATE_* of the store
 */
export async function openCrawlState(options: CrawlStateOptions): Promise<CrawlState> {
  const path = storePath(options.directory);
  if (options.fresh) await rm(path, { recursive: true, force: true });
  let store = await openPrivately(path, options);
  const last = readRecord(store);
  if (last !== undefined && !last.over) {
    try {
      return goOn(store, last, options);
    } catch (error) {
      await store.close();
      throw error;
    }
  }
  const revisit =
    last !== undefined && options.keep === 'urls' && changedParts(last.parts, options.parts).every(isReach);
  if (last !== undefined && (revisit || options.keep === 'changes')) await clear(store, revisit);
  else if (last !== undefined) {
    await store.close();
    await rm(path, { recursive: true, force: true });
    store = await openPrivately(path, options);
  }
  const record = {
    startedAt: options.now,
    parts: options.parts,
    token: newToken(),
    feedPort: 0,
    recheck: false,
    over: false,
  };
  return { store, record, resumed: false, revisit, changes: [], positions: undefined, tally: undefined, ranMs: 0 };
}

/** It holds the token of the feed, and headers of seeds: for its user only. */
async function openPrivately(path: string, options: CrawlStateOptions): Promise<Store> {
  const store = await openStore(path, options);
  await chmod(path, 0o700);
  return store;
}

function goOn(store: Store, last: CrawlRecord, { parts, ownCluster }: CrawlStateOptions): CrawlState {
  const changes = changedParts(last.parts, parts);
  const binding = changes.map((change) => BINDING[change]).filter((words) => words !== undefined);
  if (binding.length > 0) {
    throw new PinspiderError({
      code: 'STATE_OTHER_JOB',
      what: `the job has changed since its crawl was interrupted: ${binding.join(', ')}`,
      mend: 'start the crawl over with --fresh, or undo the change and go on',
    });
  }
  const positions = store.get(POSITIONS);
  const tally = store.get(TALLY);
  const ran = store.get(RAN);
  return {
    store,
    record: {
      ...last,
      parts,
      recheck: last.recheck || changes.includes('reach'),
      // No task of a cluster that is gone goes on: what is left of it shall not be heard.
      ...(ownCluster && { token: newToken(), feedPort: 0 }),
    },
    resumed: true,
    revisit: false,
    changes,
    positions: positions && decodeJson<readonly SinkPosition[]>(positions),
    tally: tally && decodeJson<TallyState>(tally),
    ranMs: ran === undefined ? 0 : decodeJson<number>(ran),
  };
}

// Deletions in one commit.
const CLEAR_ENTRIES = 10_000;

/**
 * Forgets a crawl that ended, but for what records are compared with, and with `urls` but for its URLs. The record of the crawl
 * goes last: until then it is over.
 */
async function clear(store: Store, urls: boolean): Promise<void> {
  let count = 0;
  for await (const chunk of store.scan(urls ? { gte: OWN, lt: AFTER_OWN } : { gte: '\x01', lt: '\xff' })) {
    for (const [key] of chunk) {
      if (key === RECORD || (!urls && key.startsWith(CHANGES_RANGE.gte))) continue;
      store.delete(key);
      if (++count % CLEAR_ENTRIES === 0) await store.write(store.cut());
    }
  }
  store.delete(RECORD);
  await store.write(store.cut());
}

const newToken = (): string => randomBytes(24).toString('base64url');

const isReach = (change: Change): boolean => change === 'reach';

export function readRecord(store: Store): CrawlRecord | undefined {
  const bytes = store.get(RECORD);
  return bytes && decodeJson<CrawlRecord>(bytes);
}

export function putRecord(store: Store, record: CrawlRecord): void {
  store.put(RECORD, encodeJson(record));
}

/** Each commit says how far the outputs and the counts are, and for how long the crawl has run, ms. */
export function keepProgress(store: Store, sink: Sink, tally: Tally, ranMs: () => number): void {
  store.onCut(() => {
    store.put(POSITIONS, encodeJson(sink.positions()));
    store.put(TALLY, encodeJson(tally.state()));
    store.put(RAN, encodeJson(ranMs()));
  });
}
