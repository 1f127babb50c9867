import { UnknownTaskError } from '../feed/server.ts';
import { answerCodec, type Sparse } from '../feed/messages.ts';
import type { Answer, Page, Report } from '../feed/messages.generated.ts';
import type { Frontier, Lease, LeasedUrl, Settlement } from '../frontier/types.ts';
import type { Sink } from '../sinks/types.ts';
import type { Store } from '../store/types.ts';
import { answerOf, hostReportOf, settlementOf } from './feed-frontier.ts';
import type { Changes } from './changes.ts';
import type { RecordKeys } from './record-keys.ts';
import { decodeTask, encodeTask, entriesBelow, keyOf } from './store-keys.ts';
import type { Tally } from './tally.ts';
import type { Waiting } from './waiting.ts';

export interface LedgerOptions {
  readonly frontier: Frontier;
  readonly sink: Sink;
  readonly store: Store;
  readonly keys: RecordKeys;
  readonly changes: Changes;
  /** Numbers of the extractors that each lane runs. */
  readonly lanes: readonly (readonly number[])[];
  readonly tally: Tally;
  /** Names of all extractors, in the order of their numbers on the wire. */
  readonly extractors: readonly string[];
  /**
   * The rule that keeps a URL out by now, after a change of the job's scope; asked when its turn comes. Absent: what waits was let in
   * by the scope that holds.
   */
  readonly keptOutBy?: ((url: string, seed: string, depth: number) => string | undefined) | undefined;
  /** Resolves when all changes made before are durable. */
  readonly commit: () => Promise<void>;
  readonly now: () => number;
  /** Where a task's question for URLs waits while there are none. Absent: it is answered at once, and asked again later. */
  readonly waiting?: Pick<Waiting, 'wait' | 'wake'> | undefined;
}

interface OpenTask {
  readonly lane: number;
  /** Number of the last report taken, and its answer: a repeated report gets it again and changes nothing. */
  seq: number;
  answer: Promise<Uint8Array>;
  settled: number;
  /** Of its beginning, or its last report. */
  heardAt: number;
  /** URLs leased and not yet settled, each with the seed from which it descends. */
  readonly held: Map<number, Pick<LeasedUrl, 'url' | 'seed'>>;
  readonly told: Map<string, number>;
}

const NO_WORK: Lease = { urls: [], hosts: [], done: true, pauseMs: 0 };
const TASK = 'report';

/**
 * Commits what executors report. A page's records, its links and its settlement are one commit, all or nothing, together with
 * the number of the report and its answer; the answer goes out when that commit is durable. Reports are idempotent by (task, seq),
 * over restarts of the scheduler too.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #tasks = new Map<string, OpenTask>();
  readonly #unheard = new Set<string>();
  #draining = false;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** From now on every answer says `done`: tasks settle what they hold, then finish. */
  drain(): void {
    this.#draining = true;
    this.#options.waiting?.wake();
  }

  /**
   * Takes up the tasks that the last process left: those that `live` names go on with what they hold, the others' URLs go back to
   * the queue. @returns how many URLs went back
   */
  async restore(live: ReadonlySet<string>): Promise<number> {
    const { frontier, store, now } = this.#options;
    const held = new Map(frontier.sessions().map((session) => [session.task, session]));
    for (const { id, value } of await entriesBelow(store, TASK)) {
      if (!live.has(id)) {
        store.delete(keyOf(TASK, id));
        continue;
      }
      const { lane, seq, settled, answer } = decodeTask(value);
      const urls = new Map(held.get(id)?.urls.map((url) => [url.id, url]));
      const reply = Promise.resolve(answer);
      this.#tasks.set(id, { lane, seq, settled, heardAt: now(), answer: reply, held: urls, told: new Map() });
      this.#unheard.add(id);
    }
    let released = 0;
    for (const task of held.keys()) if (!this.#tasks.has(task)) released += frontier.release(task, now());
    return released;
  }

  /** Begins a task with its first requests; they travel in TaskInfo.data once all of it is committed. */
  open(task: string, lane: number, want: number): Sparse<Answer> {
    const none = Promise.resolve(new Uint8Array());
    const open: OpenTask = {
      lane,
      seq: 0,
      answer: none,
      settled: 0,
      heardAt: this.#options.now(),
      held: new Map(),
      told: new Map(),
    };
    this.#tasks.set(task, open);
    const first = this.#lease(task, open, want);
    this.#record(task, open, new Uint8Array());
    return first;
  }

  /** Tasks taken up from the last process that have not reported to this one. */
  unheard(): string[] {
    return [...this.#unheard];
  }

  /** Tasks that have not reported since `time`. */
  silentSince(time: number): string[] {
    return [...this.#tasks].filter(([, { heardAt }]) => heardAt < time).map(([id]) => id);
  }

  /** Pages that a task has settled; 0 for unknown ones. */
  settledBy(task: string): number {
    return this.#tasks.get(task)?.settled ?? 0;
  }

  /**
   * Takes a report and resolves with the encoded Answer once everything in it is durable.
   *
   * @throws {UnknownTaskError} when the task is over: what it holds was given to others
   */
  exchange(report: Report): Promise<Uint8Array> {
    const task = this.#tasks.get(report.task_id);
    if (!task) throw new UnknownTaskError(`task ${report.task_id} is over`);
    this.#unheard.delete(report.task_id);
    task.heardAt = this.#options.now();
    if (report.seq <= task.seq) return task.answer;
    task.seq = report.seq;
    task.answer = this.#take(report, task);
    return task.answer;
  }

  /** Ends a task. What it still holds goes back to the queue, or with `giveUp` is settled as failed. */
  close(id: string, giveUp: string | undefined): void {
    const { frontier, store, now, waiting } = this.#options;
    const task = this.#tasks.get(id);
    if (!task) return;
    this.#tasks.delete(id);
    this.#unheard.delete(id);
    store.delete(keyOf(TASK, id));
    if (giveUp !== undefined) {
      const failed = [...task.held.keys()].map((url) => ({ id: url, outcome: 'failed', reason: giveUp }) as const);
      frontier.settle(id, failed, [], now());
    }
    frontier.release(id, now());
    waiting?.wake();
  }

  async #take(report: Report, task: OpenTask): Promise<Uint8Array> {
    const { commit, waiting } = this.#options;
    await this.#prepare(report, task);
    // From here to `commit` without a pause, so that all of it is in one commit.
    let lease = this.#settle(report, task);
    if (waiting && report.pages.length > 0) {
      waiting.wake();
      // It asks again at once, and waits here.
      if (isEmpty(lease)) lease = { ...lease, pause_ms: 0 };
    } else if (waiting && report.hosts.length === 0 && isEmpty(lease)) lease = await this.#wait(report, task, lease);
    const answer = answerCodec.encode(lease);
    this.#record(report.task_id, task, answer);
    await commit();
    return answer;
  }

  async #prepare({ task_id, want }: Report, task: OpenTask): Promise<void> {
    const { frontier, now } = this.#options;
    await frontier.prepare(task_id, task.lane, want, now());
    // It may have ended while we read: what it held is with others.
    if (this.#tasks.get(task_id) !== task) throw new UnknownTaskError(`task ${task_id} is over`);
  }

  /** For a report that brought nothing: looks again whenever something changed, for as long as the task would have waited. */
  async #wait(report: Report, task: OpenTask, first: Sparse<Answer>): Promise<Sparse<Answer>> {
    const { now, waiting } = this.#options;
    const until = now() + (first.pause_ms ?? 0);
    let lease = first;
    for (let left = until - now(); left > 0 && isEmpty(lease); left = until - now()) {
      await waiting?.wait(left);
      await this.#prepare(report, task);
      lease = this.#lease(report.task_id, task, report.want, report.seq);
    }
    return isEmpty(lease) ? { ...lease, pause_ms: 0 } : lease;
  }

  #settle(report: Report, task: OpenTask): Sparse<Answer> {
    const { frontier, tally, now } = this.#options;
    const seedOf = (id: number): string => task.held.get(id)?.seed ?? '';
    const settlements = report.pages.map((page) => settlementOf(page, seedOf));
    // First, since it refuses a page that this task does not hold, before anything of it is stored.
    frontier.settle(report.task_id, settlements, report.hosts.map(hostReportOf), now());
    for (const page of report.pages) {
      this.#store(page, task);
      tally.page(page);
    }
    for (const { id, outcome } of settlements) {
      task.held.delete(id);
      if (outcome !== 'returned' && outcome !== 'retry') task.settled++;
    }
    return this.#lease(report.task_id, task, report.want, report.seq);
  }

  #store(page: Page, { lane, held }: OpenTask): void {
    const { sink, tally, extractors, keys, changes, lanes } = this.#options;
    for (const row of page.records) {
      if (changes.tracks(row.extractor)) continue;
      const [high, low] = row.key;
      if (high !== undefined && low !== undefined && !keys.add(row.extractor, high, low)) {
        tally.duplicate(row.extractor);
        continue;
      }
      sink.write({ extractor: extractors[row.extractor] ?? '', json: row.json });
      tally.record(row.extractor, row.filled);
    }
    const url = held.get(page.id)?.url ?? '';
    for (const compared of changes.visit(url, lanes[lane] ?? [], page)) {
      if ('json' in compared) sink.write({ extractor: extractors[compared.extractor] ?? '', json: compared.json });
      tally.compared(compared);
    }
  }

  #lease(id: string, task: OpenTask, want: number, seq = 0): Sparse<Answer> {
    const lease = this.#draining ? NO_WORK : this.#leaseInScope(id, task.lane, want);
    for (const url of lease.urls) task.held.set(url.id, url);
    return { ...answerOf(lease, seq, task.told), give_back: this.#draining };
  }

  #leaseInScope(id: string, lane: number, want: number): Lease {
    const { frontier, keptOutBy, now } = this.#options;
    for (;;) {
      const lease = frontier.lease(id, lane, want, now());
      if (keptOutBy === undefined) return lease;
      const out: Settlement[] = [];
      const urls = lease.urls.filter(({ id: url, url: text, seed, depth }) => {
        const reason = keptOutBy(text, seed, depth);
        if (reason !== undefined) out.push({ id: url, outcome: 'excluded', reason });
        return reason === undefined;
      });
      if (out.length > 0) frontier.settle(id, out, [], now());
      if (urls.length > 0 || out.length === 0) return { ...lease, urls };
    }
  }

  #record(id: string, { lane, seq, settled }: OpenTask, answer: Uint8Array): void {
    this.#options.store.put(keyOf(TASK, id), encodeTask({ lane, seq, settled, answer }));
  }
}

function isEmpty({ requests = [], done, give_back }: Sparse<Answer>): boolean {
  return requests.length === 0 && !done && !give_back;
}
