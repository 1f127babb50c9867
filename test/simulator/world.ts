import type { Answer, Report } from '../../src/feed/messages.generated.ts';
import type { Sparse } from '../../src/feed/messages.ts';
import { compileConstraints } from '../../src/framework/constraints.ts';
import type { CoreConfig } from '../../src/framework/core-types.ts';
import type { Offer, TaskInfo } from '../../src/mesos/messages.generated.ts';
import { SimAgent } from './agent.ts';
import { type Core, REAL_CORE } from './core-under-test.ts';
import { type Disk, emptyDisk } from './disk.ts';
import { Laws } from './laws.ts';
import { SimMaster } from './master.ts';
import type { AgentPlan, Fault, Plan } from './plan.ts';
import { Random } from './random.ts';
import { SimScheduler } from './scheduler.ts';
import { Site } from './site.ts';
import { Timeline } from './timeline.ts';
import { must, Violation } from './violation.ts';

export interface Options {
  readonly core?: Core;
  readonly trace?: (line: string) => void;
}

export interface Outcome {
  readonly violation: Violation | undefined;
  readonly end: 'ended' | 'aborted' | 'not at all';
  /** Simulated ms. */
  readonly at: number;
  readonly steps: number;
}

/** When all is well again, a crawl has so long to end. */
const PATIENCE_MS = 5 * 60_000;
const STEPS_MAX = 200_000;
/** Of each worker, held by its task. */
const TASK_CPUS = 100;
const TASK_MEM = 32_000;

/** A cluster, a web, and a crawl: everything around the scheduler core, in simulated time, by chance that the seed decides. */
export class World {
  readonly plan: Plan;
  readonly timeline = new Timeline();
  readonly random: Random;
  readonly site: Site;
  readonly disk: Disk = emptyDisk();
  readonly master: SimMaster;
  readonly agents: SimAgent[] = [];
  frameworks = 0;
  streams = 0;
  over = false;
  readonly #options: Options;
  readonly #config: CoreConfig;
  readonly #laws: Laws;
  readonly #firsts = new Map<string, Answer>();
  readonly #lastFetch = new Map<string, { readonly at: number; readonly task: string }>();
  #scheduler: SimScheduler;
  #end: Outcome['end'] = 'not at all';
  #uuids = 0;
  #feedDownUntil = 0;
  #restartAfterMs = 0;
  #healedAt = 0;
  #waiting = false;
  #failure: Error | undefined;

  constructor(plan: Plan, options: Options) {
    this.plan = plan;
    this.#options = options;
    this.random = new Random(plan.seed + 0x5eed);
    this.site = new Site(plan);
    this.#config = configOf(plan);
    this.#laws = new Laws(this, this.#config, this.disk);
    this.master = new SimMaster(this);
    for (const agent of plan.agents) this.#addAgent(agent);
    this.#scheduler = this.#startScheduler();
    for (const fault of plan.faults) this.timeline.after(fault.at, () => this.#befall(fault));
    this.#healedAt = Math.max(0, ...plan.faults.map(({ at, ms }) => at + ms));
  }

  /** Runs to the end of the crawl, or to the first law that does not hold. */
  async run(): Promise<Outcome> {
    let steps = 0;
    const outcome = (violation?: Violation): Outcome => ({ violation, end: this.#end, at: this.timeline.now, steps });
    try {
      while (!this.over && this.timeline.step()) {
        steps++;
        await this.#letOthersRun();
        const late = this.timeline.now > this.#healedAt + PATIENCE_MS || steps > STEPS_MAX;
        must(!late, 'the crawl ends', () => `not ${PATIENCE_MS / 1000} s after the last fault: ${this.#standing()}`);
      }
      await this.#scheduler.close();
      this.#checkEnd();
      return outcome();
    } catch (error) {
      return outcome(
        error instanceof Violation
          ? error
          : new Violation('no exceptions', String(error instanceof Error ? error.stack : error)),
      );
    }
  }

  /** Whoever waits for promises that were kept goes on now, before anything else happens. */
  async #letOthersRun(): Promise<void> {
    while (this.#waiting) {
      this.#waiting = false;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Something goes on when its promise is kept. */
  await(work: Promise<void>): void {
    this.#waiting = true;
    work.then(
      () => undefined,
      (error: unknown) => (this.#failure ??= error instanceof Error ? error : new Error(String(error))),
    );
  }

  #standing(): string {
    const { state, ready } = this.#scheduler;
    const { queued, leased } = this.#laws.counts();
    const tasks = [...state.tasks.values()].map(({ id, phase }) => `${id} ${phase}`);
    const why = state.shortfalls.map(({ detail }) => detail);
    return JSON.stringify({
      ready,
      subscribed: state.subscribed,
      queued,
      leased,
      demand: state.demand,
      tasks,
      executors: state.executors.size,
      why,
    });
  }

  #checkEnd(): void {
    if (this.#end !== 'ended' || this.plan.totalTasks < Infinity || this.plan.maxTaskRetries < 1000) return;
    const expected = [...this.site.reachable()];
    const { fetched, failed } = this.#laws.counts();
    must(
      fetched + failed === expected.length,
      'every page is settled',
      () => `${fetched + failed} of ${expected.length}`,
    );
    const records = this.disk.records.map((record) => (JSON.parse(record) as { n: number }).n).sort((a, b) => a - b);
    const wanted = expected.filter((n) => this.site.pages[n]?.outcome === 'fetched').sort((a, b) => a - b);
    must(
      records.join() === wanted.join(),
      'every record is stored once',
      () => `${records.join()} of ${wanted.join()}`,
    );
  }

  trace(line: () => string): void {
    this.#options.trace?.(`${(this.timeline.now / 1000).toFixed(3)} ${line()}`);
  }

  latency(): number {
    return this.random.int(1, this.plan.latencyMs);
  }

  noisy(): boolean {
    return this.plan.noise > 0 && this.random.chance(this.plan.noise);
  }

  uuid(): Uint8Array {
    const uuid = new Uint8Array(16);
    new DataView(uuid.buffer).setUint32(0, ++this.#uuids);
    return uuid;
  }

  get frameworkId(): string | undefined {
    return this.#scheduler.state.frameworkId;
  }

  // --- the scheduler ---

  #startScheduler(): SimScheduler {
    return new SimScheduler(this, this.#options.core ?? REAL_CORE, this.#config, this.#laws);
  }

  schedulerDied(): void {
    this.trace(() => 'the scheduler is killed');
    this.master.cutStream();
    this.timeline.after(this.#restartAfterMs, () => {
      this.trace(() => 'the scheduler starts again');
      this.#scheduler = this.#startScheduler();
    });
  }

  ended(end: 'ended' | 'aborted'): void {
    this.#end = end;
    this.over = true;
  }

  keepFirst(task: string, first: Answer): void {
    this.#firsts.set(task, first);
  }

  firstOf(task: TaskInfo): Answer {
    const first = this.#firsts.get(task.task_id.value);
    if (!first) throw new Error('bug: a task without data');
    return first;
  }

  /** Where a task was put. */
  placed(task: TaskInfo, offer: Offer): void {
    const lane = this.#config.lanes.findIndex(({ name }) => task.task_id.value.startsWith(`${name}.`));
    const rack = this.plan.lanes[lane]?.rack;
    const here = offer.attributes?.[0]?.text?.value;
    must(rack === undefined || rack === here, 'constraints', () => `${task.task_id.value} is on ${here ?? ''}`);
    const { start, duration } = offer.unavailability ?? {};
    const open = start && (start.nanoseconds + (duration?.nanoseconds ?? 0)) / 1e6 > this.timeline.now;
    must(!open, 'maintenance', () => `${task.task_id.value} is launched on an agent up for maintenance`);
  }

  // --- the feed ---

  /** One attempt: the report goes out, and with luck an answer comes back. */
  exchange(report: Sparse<Report>, hear: (answer: Answer | 'gone' | 'lost') => void): void {
    const lost = (): void => this.timeline.after(1000, () => hear('lost'));
    const travels = (arrive: () => void): void => this.timeline.after(this.latency(), arrive);
    if (this.noisy()) return lost();
    const arrive = (): void =>
      travels(() => {
        const { now } = this.timeline;
        if (now < this.#feedDownUntil || !this.#scheduler.ready) return lost();
        this.#scheduler.exchange(report, (answer) => {
          if (this.noisy()) return lost();
          travels(() => hear(answer));
        });
      });
    arrive();
    if (this.noisy()) arrive();
  }

  /** Two tasks that are both alive never ask one host within its delay. */
  fetchStarts(host: string, task: string): void {
    const { now } = this.timeline;
    const last = this.#lastFetch.get(host);
    const { tasks } = this.#scheduler.state;
    if (!tasks.has(task)) return;
    const soon = last && last.task !== task && tasks.has(last.task) && now - last.at < this.plan.delayMs;
    must(
      !soon,
      'politeness',
      () => `${host} is asked by ${task} ${now - (last?.at ?? 0)} ms after ${last?.task ?? ''}`,
    );
    this.#lastFetch.set(host, { at: now, task });
  }

  // --- faults ---

  #addAgent(plan: AgentPlan): void {
    const agent = new SimAgent(this, `S${this.agents.length}`, plan);
    this.agents.push(agent);
    agent.register();
  }

  #befall({ kind, which, ms }: Fault): void {
    this.trace(() => `fault: ${kind}`);
    const living = this.agents.filter((agent) => agent.alive);
    const agent = living[which % living.length];
    const after = (run: () => void): void => this.timeline.after(ms, run);
    switch (kind) {
      case 'executor-dies': {
        const all = living.flatMap((one) => [...one.executors.keys()].map((id) => ({ one, id })));
        const found = all[which % Math.max(1, all.length)];
        return found?.one.exit(found.id);
      }
      case 'executor-cannot-start':
        if (agent) agent.cannotStart = true;
        return;
      case 'agent-partitioned':
      case 'agent-restarts':
        if (!agent?.linked) return;
        agent.unlink();
        this.master.agentLost(agent.id);
        return after(() => {
          // Executors that do not come back to the agent in time are killed.
          if (kind === 'agent-restarts' && which % 3 === 0)
            for (const id of [...agent.executors.keys()]) agent.exit(id);
          agent.relink();
        });
      case 'agent-dies':
        if (!agent) return;
        agent.die();
        this.master.agentLost(agent.id);
        if (which % 2 === 0) this.master.agentGone(agent.id);
        return after(() => this.#addAgent(agent.plan));
      case 'task-declared-lost':
        return this.master.declareLost(which);
      case 'master-fails-over':
        return this.master.up ? this.master.failOver(ms) : undefined;
      case 'scheduler-restarts':
        this.#restartAfterMs = ms;
        return this.#scheduler.killAfter(which);
      case 'stream-cut':
        return this.master.cutStream();
      case 'offers-rescinded':
        return this.master.rescindAll();
      case 'maintenance':
        return this.master.maintain(which, ms);
      case 'feed-down':
        this.#feedDownUntil = Math.max(this.#feedDownUntil, this.timeline.now + ms);
        return;
      case 'framework-removed':
        return this.master.removeFramework();
      case 'neighbour':
        return this.master.neighbour(which, ms);
    }
  }
}

function configOf(plan: Plan): CoreConfig {
  return {
    lanes: plan.lanes.map(({ cpusMilli, memMilli, maxInstances, rack }, i) => ({
      name: `k${i}`,
      executorNeed: { cpus: cpusMilli - TASK_CPUS, mem: memMilli - TASK_MEM, disk: 0 },
      taskNeed: { cpus: TASK_CPUS, mem: TASK_MEM, disk: 0 },
      maxInstances,
      idleTimeoutMs: 8_000,
      constraints: compileConstraints(
        rack === undefined ? [] : [{ attribute: 'rack', operator: 'IS', values: [rack] }],
      ),
    })),
    roles: plan.roles,
    totalTasks: plan.totalTasks,
    onTaskFailure: 'retry',
    maxTaskRetries: plan.maxTaskRetries,
    reviveIntervalMs: 100,
    executorInfo: (lane, instance, resources) => ({
      type: 'CUSTOM',
      executor_id: { value: `k${lane}-${instance}` },
      resources,
    }),
  };
}

/** Plays a plan from beginning to end. */
export function play(plan: Plan, options: Options = {}): Promise<Outcome> {
  return new World(plan, options).run();
}
