import { availableParallelism } from 'node:os';
import { MAX_IN_FLIGHT } from '../crawl/work.ts';
import type { Progress } from '../feed/messages.generated.ts';
import type { CoreState } from './core-types.ts';
import type { RunOptions } from './run-options.ts';

export interface LocalSizeOptions {
  /** Of the machine. */
  readonly cores: number;
  /** CPU seconds that this process has used so far. */
  readonly ownCpuS: () => number;
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

/** What is known when somebody asks. */
export interface Load {
  readonly tasks: CoreState['tasks'];
  /** As each task told last. */
  readonly progress: ReadonlyMap<string, Pick<Progress, 'cpu' | 'in_flight' | 'pages' | 'seconds'>>;
  readonly queued: number;
  /** Epoch ms. */
  readonly now: number;
}

// An executor that waits for servers, for their delays or for us would not be helped by another, unless it has all requests under way
// that one task may have: slow hosts in great number.
const BUSY = 0.75;
const FULL = 0.9 * MAX_IN_FLIGHT;
// Starting one, and what is slow while its code is cold, costs about a CPU second: on two cores a second executor was measured to pay from about here.
const PAYS_AFTER_S = 4;
// Before that, rates are those of cold code, several times too low.
const WARM_AFTER_MS = 2000;
// What the newcomer must find free at least.
const ROOM = 0.3;
const OWN_EVERY_MS = 1000;

/**
 * How many executors `master: local` runs: one of each kind, and one more whenever those that there are keep their cores busy or have
 * their hands full, cores are free, and enough URLs wait to make up for its start. Small crawls and polite ones end sooner, or as soon, with one.
 */
export class LocalSize {
  readonly #options: LocalSizeOptions;
  readonly #allowed = new Map<number, number>();
  /** When it was asked first. */
  #since: number | undefined;
  #own = { at: -Infinity, cpuS: 0, share: 0 };

  constructor(options: LocalSizeOptions) {
    this.#options = options;
  }

  /** How many more tasks the lane may have of the `wanted` ones. */
  limit(lane: number, wanted: number, load: Load): number {
    const running = [...load.tasks.values()].filter((task) => task.lane === lane).map(({ id }) => id);
    let allowed = this.#allowed.get(lane) ?? 1;
    const ownShare = this.#ownShare(load.now);
    this.#since ??= load.now;
    const isWarm = load.now - this.#since >= WARM_AFTER_MS;
    if (isWarm && wanted > 0 && running.length >= allowed && this.#pays(running, load, ownShare)) {
      allowed = running.length + 1;
      this.#allowed.set(lane, allowed);
      this.#options.grown({ lane, executors: allowed, queued: load.queued });
    }
    return Math.max(0, Math.min(wanted, allowed - running.length));
  }

  #pays(running: readonly string[], { progress, queued }: Load, ownShare: number): boolean {
    const told = running.flatMap((id) => progress.get(id) ?? []);
    // The newest may not have told anything yet.
    if (told.length < running.length || told.some(({ cpu, in_flight }) => cpu < BUSY && in_flight < FULL)) return false;
    const used = [...progress.values()].reduce((sum, { cpu }) => sum + cpu, ownShare);
    const rate = told.reduce((sum, { pages, seconds }) => sum + pages / Math.max(seconds, 0.1), 0);
    return used + ROOM <= this.#options.cores && queued >= rate * PAYS_AFTER_S;
  }

  /** Of one core, over about the last second. */
  #ownShare(now: number): number {
    if (now - this.#own.at >= OWN_EVERY_MS) {
      const cpuS = this.#options.ownCpuS();
      const share = Math.max(0, ((cpuS - this.#own.cpuS) * 1000) / (now - this.#own.at)); // 0 at the first look
      this.#own = { at: now, cpuS, share };
    }
    return this.#own.share;
  }
}

/** Where `master: local` names no number; undefined elsewhere: there offers and the job decide. */
export function localSize({ job, log, notice }: Pick<RunOptions, 'job' | 'log' | 'notice'>): LocalSize | undefined {
  const { master } = job.mesos;
  if (master.kind !== 'local' || master.cpus !== undefined) return undefined;
  const cores = availableParallelism();
  log.info('executors are added while they pay', { cores });
  const ownCpuS = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const grown = ({ lane, executors, queued }: Growth): void => {
    const name = job.executors[lane]?.name ?? '';
    log.info('another executor pays', { executor: name, executors, queued });
    const there = executors === 2 ? 'the one there is busy' : `the ${executors - 1} there are busy`;
    notice(`${name}: ${executors} executors from now on; ${there}, and ${queued} URLs wait`);
  };
  return new LocalSize({ cores, ownCpuS, grown });
}
