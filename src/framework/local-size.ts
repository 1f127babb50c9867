import { availableParallelism, cpus } from 'node:os';
import { MAX_IN_FLIGHT } from '../crawl/work.ts';
import type { Progress } from '../feed/messages.generated.ts';
import type { CoreState } from './core-types.ts';
import type { RunOptions } from './run-options.ts';

export interface LocalSizeOptions {
  /** Of the machine. */
  readonly cores: number;
  /** CPU seconds used so far: by this process, and by all programs of the machine, 0 when that is not known. */
  readonly cpuS: () => { readonly own: number; readonly machine: number };
  /** Told when one more executor of a lane is thought worth its cost. */
  readonly grown: (growth: Growth) => void;
}

export interface Growth {
  readonly lane: number;
  /** Executors of the lane from now on. */
  readonly executors: number;
  /** URLs that wait. */
  readonly queued: number;
}

type Told = Pick<Progress, 'cpu' | 'in_flight'>;

/** What is known when somebody asks. */
export interface Load {
  readonly tasks: CoreState['tasks'];
  /** As each task told last. */
  readonly progress: ReadonlyMap<string, Told>;
  readonly queued: number;
  /** URLs done with since the run began. */
  readonly settled: number;
  /** Epoch ms. */
  readonly now: number;
}

// An executor that waits for servers, for their delays or for us would not be helped by another, unless it has all requests under way
// that one task may have: slow hosts in great number.
const BUSY = 0.75;
const FULL = 0.9 * MAX_IN_FLIGHT;
// What another executor must save: starting one, and what is slow while its code is cold, costs about a CPU second.
const COST_S = 1;
// Before that, rates are those of cold code, several times too low.
const WARM_AFTER_MS = 2000;
const MEASURED_EVERY_MS = 1000;
// Executors tell once a second. What one told in its last task holds while the next has told nothing: small pages are done a thousand in a quarter of a second.
const TOLD_HOLDS_MS = 3000;

/** Means over about the last second. */
interface Rates {
  /** Cores in use: by this process, and by the whole machine. */
  readonly own: number;
  readonly machine: number;
  /** URLs settled a second. */
  readonly settled: number;
}

/**
 * How many executors `master: local` runs: one of each kind, and one more whenever those that there are keep their cores busy or have
 * their hands full, and what waits would be done sooner by more than what the start costs. Small crawls and polite ones end sooner, or as soon, with one.
 */
export class LocalSize {
  readonly #options: LocalSizeOptions;
  readonly #allowed = new Map<number, number>();
  /** By executor. */
  readonly #told = new Map<string, { readonly progress: Told; readonly at: number }>();
  /** When it was asked first. */
  #since: number | undefined;
  #measured:
    { readonly at: number; readonly own: number; readonly machine: number; readonly settled: number } | undefined;
  #rates: Rates | undefined;

  constructor(options: LocalSizeOptions) {
    this.#options = options;
  }

  /** How many more tasks the lane may have of the `wanted` ones. */
  limit(lane: number, wanted: number, load: Load): number {
    const { now, queued } = load;
    this.#since ??= now;
    this.#measure(load);
    this.#hear(load);
    const running = [...load.tasks.values()].filter((task) => task.lane === lane);
    let allowed = this.#allowed.get(lane) ?? 1;
    const isWarm = now - this.#since >= WARM_AFTER_MS;
    const executors = running.map(({ executorId }) => executorId);
    if (isWarm && wanted > 0 && running.length >= allowed && this.#savedS(executors, queued) >= COST_S) {
      allowed = running.length + 1;
      this.#allowed.set(lane, allowed);
      this.#options.grown({ lane, executors: allowed, queued });
    }
    return Math.max(0, Math.min(wanted, allowed - running.length));
  }

  /** Seconds that one more executor beside these would save of the time that what waits will take, at best. */
  #savedS(executors: readonly string[], queued: number): number {
    const told = executors.flatMap((id) => this.#told.get(id)?.progress ?? []);
    // The newest may not have told anything yet.
    if (this.#rates === undefined || told.length < executors.length) return 0;
    if (told.some(({ cpu, in_flight }) => cpu < BUSY && in_flight < FULL)) return 0;
    const { own, machine, settled } = this.#rates;
    const used = [...this.#told.values()].reduce((sum, { progress }) => sum + progress.cpu, own);
    const waitsForServers = told.some(({ cpu }) => cpu < BUSY);
    const times = Math.min(
      (executors.length + 1) / executors.length,
      // All that the crawl needs of the machine grows with it, our own part and that of servers that run here too. What other
      // programs use is theirs.
      this.#options.cores / Math.max(used, waitsForServers ? 0 : machine),
      1 / own, // the scheduler is one process
    );
    return (queued / Math.max(settled, 1)) * (1 - 1 / times);
  }

  #measure({ now, settled }: Load): void {
    const before = this.#measured;
    if (before !== undefined && now - before.at < MEASURED_EVERY_MS) return;
    const { own, machine } = this.#options.cpuS();
    this.#measured = { at: now, own, machine, settled };
    if (before === undefined) return;
    const seconds = (now - before.at) / 1000;
    const rate = (is: number, was: number): number => Math.max(0, is - was) / seconds;
    this.#rates = {
      own: rate(own, before.own),
      machine: rate(machine, before.machine),
      settled: rate(settled, before.settled),
    };
  }

  /** Takes what tasks have told for what their executors do. */
  #hear({ tasks, progress, now }: Load): void {
    for (const { id, executorId } of tasks.values()) {
      const told = progress.get(id);
      if (told !== undefined && told !== this.#told.get(executorId)?.progress)
        this.#told.set(executorId, { progress: told, at: now });
    }
    for (const [executorId, { at }] of this.#told) if (now - at > TOLD_HOLDS_MS) this.#told.delete(executorId);
  }
}

/** Where `master: local` names no number; undefined elsewhere: there offers and the job decide. */
export function localSize({ job, log, notice }: Pick<RunOptions, 'job' | 'log' | 'notice'>): LocalSize | undefined {
  const { master } = job.mesos;
  if (master.kind !== 'local' || master.cpus !== undefined) return undefined;
  const cores = availableParallelism();
  log.info('executors are added while they pay', { cores });
  const grown = ({ lane, executors, queued }: Growth): void => {
    const name = job.executors[lane]?.name ?? '';
    log.info('another executor pays', { executor: name, executors, queued });
    const there = executors === 2 ? 'the one there is busy' : `the ${executors - 1} there are busy`;
    notice(`${name}: ${executors} executors from now on; ${there}, and ${queued} URLs wait`);
  };
  return new LocalSize({ cores, cpuS: () => cpuSeconds(cores), grown });
}

function cpuSeconds(cores: number): { readonly own: number; readonly machine: number } {
  const { user, system } = process.cpuUsage();
  const all = cpus();
  // Where we may use a part of the cores only, the others say nothing about it.
  const times = all.length === cores ? all.map(({ times: { idle: _, ...busy } }) => Object.values(busy)) : [];
  return { own: (user + system) / 1e6, machine: times.flat().reduce((sum, ms) => sum + ms, 0) / 1000 };
}
