import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, ClusterAgent } from '../../../src/cluster/cluster.ts';
import type { AgentOptions, ClusterOptions } from '../../../src/cluster/options.ts';
import { SECRET, testCluster, type TestCluster } from '../../support/test-cluster.ts';
import { TurnedClock } from '../../support/turned-clock.ts';

export { SECRET };

/** What a recording's cluster was started with. */
export interface Surroundings {
  readonly agents?: readonly Partial<AgentOptions>[];
  readonly options?: Partial<ClusterOptions>;
}

const EXECUTOR = join(import.meta.dirname, 'held-executor.sh');

/** The command that stands in for the recorded executor's. */
export const HELD_COMMAND = `exec /bin/sh ${EXECUTOR}`;

const STEP_MS = 10;

/** A cluster whose time the player turns, and hands for everything that is done to it other than by calls. */
export class Stage implements AsyncDisposable {
  readonly cluster: Cluster;
  readonly clock: TurnedClock;
  readonly #it: TestCluster;
  readonly #origin: number;

  /** @param offersAt when, in the recording's time, a cycle of offers fell */
  static async set({ agents = [{}], options = {} }: Surroundings, offersAt: number): Promise<Stage> {
    const clock = new TurnedClock();
    const allocationIntervalMs = options.allocationIntervalMs ?? 1000;
    const it = await testCluster(agents, { ...options, allocationIntervalMs, clock });
    clock.turn(allocationIntervalMs - (offersAt % allocationIntervalMs));
    return new Stage(it, clock);
  }

  private constructor(it: TestCluster, clock: TurnedClock) {
    this.#it = it;
    this.cluster = it.cluster;
    this.clock = clock;
    this.#origin = clock.now();
  }

  get workDir(): string {
    return this.#it.workDir;
  }

  /** Lets time pass until `t` ms after the recording's begin, step by step, so that what it brings can act; it never goes back. */
  async turnTo(t: number): Promise<void> {
    const left = (): number => this.#origin + t - this.clock.now();
    for (let rest = left(); rest > 0; rest = left()) {
      this.clock.turn(rest % STEP_MS || STEP_MS);
      await immediate();
    }
  }

  /** Waits, for `ms` of real time at most, until it is so; no time passes on the stage meanwhile. */
  async settle(isSo: () => boolean, ms: number): Promise<boolean> {
    for (const end = performance.now() + ms; ;) {
      this.clock.turn(0);
      if (isSo()) return true;
      if (performance.now() > end) return false;
      await sleep(1);
    }
  }

  /** The process that runs for an executor, and the agent that it runs on. */
  process(executorId: string, agent?: number): { readonly agent: ClusterAgent; readonly pid: number } | undefined {
    const agents = agent === undefined ? this.cluster.agents : this.cluster.agents.slice(agent, agent + 1);
    for (const one of agents)
      for (const { executorId: id, pid } of one.executors())
        if (id === executorId && pid !== undefined) return { agent: one, pid };
    return undefined;
  }

  /** Has the stand-in of an executor do something: `exit 3`. */
  async order(frameworkId: string, executorId: string, order: string, agent?: number): Promise<void> {
    const running = (): ReturnType<Stage['process']> => this.process(executorId, agent);
    await this.settle(() => running() !== undefined, 2000);
    const one = running();
    if (!one) return; // it has ended by itself
    const run = join(one.agent.sandboxes, 'frameworks', frameworkId, 'executors', executorId, 'runs/latest');
    await this.settle(() => tell(join(run, 'orders'), order), 2000);
  }

  /** The environment of an executor's process, once it runs. */
  async executorEnvironment(executorId: string, agent?: number): Promise<Readonly<Record<string, string>> | undefined> {
    await this.settle(() => this.process(executorId, agent) !== undefined, 2000);
    const running = this.process(executorId, agent);
    if (!running) return undefined;
    // between fork and exec it is the environment of this process
    await this.settle(() => this.environmentOf(running.pid)['MESOS_EXECUTOR_ID'] === executorId, 2000);
    return this.environmentOf(running.pid);
  }

  environmentOf(pid: number): Readonly<Record<string, string>> {
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    return Object.fromEntries(
      variables.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }

  /** Time goes on while the cluster closes: it grants its executors their grace. */
  async #close(): Promise<void> {
    const state = { isOpen: true };
    const closing = (async () => this.#it[Symbol.asyncDispose]())().finally(() => (state.isOpen = false));
    while (state.isOpen) {
      this.clock.turn(1000);
      await sleep(2);
    }
    await closing;
  }
}

function tell(pipe: string, order: string): boolean {
  try {
    const fd = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK); // fails while nobody reads
    writeSync(fd, `${order}\n`);
    closeSync(fd);
    return true;
  } catch {
    return false;
  }
}
