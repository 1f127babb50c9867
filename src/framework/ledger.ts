import { UnknownTaskError } from '../feed/server.ts';
import type { Sparse } from '../feed/messages.ts';
import type { Answer, Page, Report } from '../feed/messages.generated.ts';
import type { Frontier, Lease } from '../frontier/types.ts';
import { FingerprintSet } from '../frontier/seen.ts';
import type { Sink } from '../sinks/types.ts';
import { answerOf, fingerprintsOf, hostReportOf, newUrlsOf, settlementOf } from './feed-frontier.ts';
import type { Tally } from './tally.ts';

export interface LedgerOptions {
  readonly frontier: Frontier;
  readonly sink: Sink;
  readonly tally: Tally;
  /** Names of all extractors, in the order of their numbers on the wire. */
  readonly extractors: readonly string[];
  readonly now: () => number;
}

interface OpenTask {
  readonly lane: number;
  /** Number of the last report taken, and its answer: a repeated report gets it again and changes nothing. */
  seq: number;
  answer: Promise<Sparse<Answer>>;
  settled: number;
  /** URLs leased and not yet settled, with the seed from which each descends. */
  readonly seeds: Map<number, string>;
  readonly told: Map<string, number>;
}

const NO_WORK: Lease = { urls: [], hosts: [], done: true, pauseMs: 0 };

/**
 * Commits what executors report. A page's records, its links and its settlement are one commit, all or nothing; the answer goes
 * out when the records are with the operating system. Reports are idempotent by (task, seq).
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #tasks = new Map<string, OpenTask>();
  readonly #keys: readonly FingerprintSet[];
  #draining = false;
  #settled = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#keys = options.extractors.map(() => new FingerprintSet());
  }

  /** Pages settled in this run, over all tasks. */
  get settled(): number {
    return this.#settled;
  }

  /** From now on every answer says `done`: tasks settle what they hold, then finish. */
  drain(): void {
    this.#draining = true;
  }

  /** Begins a task with its first requests; they travel in TaskInfo.data. */
  open(task: string, lane: number, want: number): Sparse<Answer> {
    const open: OpenTask = { lane, seq: 0, answer: Promise.resolve({}), settled: 0, seeds: new Map(), told: new Map() };
    this.#tasks.set(task, open);
    return this.#lease(task, open, want);
  }

  /** Pages that a task has settled; 0 for unknown ones. */
  settledBy(task: string): number {
    return this.#tasks.get(task)?.settled ?? 0;
  }

  /**
   * Takes a report and resolves with the answer once everything in it is stored.
   *
   * @throws {UnknownTaskError} when the task is over: what it holds was given to others
   */
  exchange(report: Report): Promise<Sparse<Answer>> {
    const task = this.#tasks.get(report.task_id);
    if (!task) throw new UnknownTaskError(`task ${report.task_id} is over`);
    if (report.seq <= task.seq) return task.answer;
    task.seq = report.seq;
    task.answer = this.#commit(report, task);
    return task.answer;
  }

  /** Ends a task. What it still holds goes back to the queue, or with `giveUp` is settled as failed. */
  close(id: string, giveUp: string | undefined): void {
    const { frontier, now } = this.#options;
    const task = this.#tasks.get(id);
    if (!task) return;
    this.#tasks.delete(id);
    if (giveUp !== undefined) {
      const failed = [...task.seeds.keys()].map((url) => ({ id: url, outcome: 'failed', reason: giveUp }) as const);
      frontier.settle(id, failed, [], now());
    }
    frontier.release(id, now());
  }

  async #commit(report: Report, task: OpenTask): Promise<Sparse<Answer>> {
    const { frontier, sink, tally, now } = this.#options;
    // First, since it refuses a page that this task does not hold, before anything of it is stored.
    const settlements = report.pages.map(settlementOf);
    frontier.settle(report.task_id, settlements, report.hosts.map(hostReportOf), now());
    const seedOf = (id: number): string => task.seeds.get(id) ?? '';
    for (const page of report.pages) {
      this.#store(page);
      tally.page(page);
      if (page.links.length > 0) frontier.add(newUrlsOf(page, seedOf), now());
      if (page.excluded.length > 0) frontier.exclude(fingerprintsOf(page.excluded));
    }
    for (const { id, outcome } of settlements) {
      task.seeds.delete(id);
      if (outcome !== 'returned' && outcome !== 'retry') {
        task.settled++;
        this.#settled++;
      }
    }
    const answer = this.#lease(report.task_id, task, report.want, report.seq);
    // Group commit: all reports that came meanwhile share the next write.
    await sink.flush();
    return answer;
  }

  #store(page: Page): void {
    const { sink, tally, extractors } = this.#options;
    for (const row of page.records) {
      const [high, low] = row.key;
      if (high !== undefined && low !== undefined && this.#keys[row.extractor]?.add(high, low) === false) {
        tally.duplicate(row.extractor);
        continue;
      }
      sink.write({ extractor: extractors[row.extractor] ?? '', json: row.json });
      tally.record(row.extractor, row.filled);
    }
  }

  #lease(id: string, task: OpenTask, want: number, seq = 0): Sparse<Answer> {
    const { frontier, now } = this.#options;
    const lease = this.#draining ? NO_WORK : frontier.lease(id, task.lane, want, now());
    for (const url of lease.urls) task.seeds.set(url.id, url.seed);
    return { ...answerOf(lease, seq, task.told), give_back: this.#draining };
  }
}
