import type { Answer, Report } from '../../src/feed/messages.generated.ts';
import { answerCodec, reportCodec, type Sparse } from '../../src/feed/messages.ts';
import { UnknownTaskError } from '../../src/feed/server.ts';
import type { CoreConfig, CoreEvent, CoreState, Decision } from '../../src/framework/core-types.ts';
import { coreEvent } from '../../src/framework/events.ts';
import { initialState } from '../../src/framework/initial-state.ts';
import type { SchedulerCall, SchedulerEvent } from '../../src/mesos/messages.generated.ts';
import type { Core } from './core-under-test.ts';
import type { Laws } from './laws.ts';
import type { Stream } from './master.ts';
import { openProcess, type Process } from './process.ts';
import { Wire } from './timeline.ts';
import type { World } from './world.ts';

const FIRST_REQUESTS = 4;
const TICK_MS = 2000;

/**
 * The thin caller around the core, as the driver is, in simulated time: feeds it with what happens and carries out what it
 * decides, one decision at a time, so that it can be killed between any two.
 */
export class SimScheduler {
  state: CoreState;
  over = false;
  #alive = true;
  readonly #world: World;
  readonly #core: Core;
  readonly #config: CoreConfig;
  readonly #laws: Laws;
  #process: Process | undefined;
  /** Decisions and calls until it is killed. */
  #fuse = Infinity;
  #calls: Wire;
  #stream: number | undefined;
  #failures = 0;
  /** What goes out, one after another, each after the commit of what it tells. */
  #outgoing: Promise<void> = Promise.resolve();

  constructor(world: World, core: Core, config: CoreConfig, laws: Laws) {
    this.#world = world;
    this.#core = core;
    this.#config = config;
    this.#laws = laws;
    this.#calls = this.#wire();
    this.state = initialState(config);
    world.await(this.#open());
  }

  async #open(): Promise<void> {
    const { plan, site, disk, timeline, random } = this.#world;
    const opened = await openProcess({
      plan,
      site,
      disk,
      config: this.#config,
      later: (run) =>
        timeline.after(random.int(1, 15), () => {
          if (!this.#isAlive()) return;
          run();
          this.#world.await(Promise.resolve());
        }),
      now: () => timeline.now,
      watch: (frontier) => this.#laws.watch(frontier),
      recall: (state) => this.#core.recalled(state),
    });
    this.state = opened.recalled;
    await opened.commit();
    if (!this.#isAlive()) return;
    this.#process = opened;
    this.#look();
    this.#subscribe();
    this.#tick();
  }

  /** It takes reports. */
  get ready(): boolean {
    return this.#alive && this.#process !== undefined && !this.over;
  }

  /** Killed as by `kill -9`, after so many decisions and calls more. */
  killAfter(steps: number): void {
    this.#fuse = steps;
    if (steps === 0) this.#die();
  }

  /** All that was told to the sink is stored. */
  async close(): Promise<void> {
    await this.#process?.sink.close();
  }

  #die(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#calls.cut();
    this.#world.schedulerDied();
  }

  #burn(): void {
    if (--this.#fuse === 0) this.#die();
  }

  // --- the feed ---

  exchange(report: Sparse<Report>, answer: (answer: Answer | 'gone') => void): void {
    if (!this.#process || !this.ready) return;
    const message = reportCodec.decode(reportCodec.encode(report));
    this.#world.await(this.#answer(this.#process, message, answer));
  }

  async #answer({ ledger }: Process, report: Report, answer: (answer: Answer | 'gone') => void): Promise<void> {
    try {
      const given = await ledger.exchange(report);
      if (!this.ready) return;
      this.#laws.answered(report);
      answer(answerCodec.decode(given));
    } catch (error) {
      if (!(error instanceof UnknownTaskError)) throw error;
      answer('gone');
    }
    this.#look();
  }

  // --- the master ---

  #wire(): Wire {
    return new Wire(this.#world.timeline, () => this.#world.latency());
  }

  #subscribe(): void {
    if (!this.#alive || this.over) return;
    const { timeline, master } = this.#world;
    if (!master.up) {
      timeline.after(Math.min(5000, 200 * 2 ** this.#failures++), () => this.#subscribe());
      return;
    }
    this.#failures = 0;
    const id = this.#world.streams++;
    this.#stream = id;
    this.#calls.cut();
    this.#calls = this.#wire();
    const mine = (): boolean => this.#alive && this.#stream === id && !this.over;
    const stream: Stream = {
      id,
      events: this.#wire(),
      deliver: (event) => {
        if (mine()) this.#event(event);
      },
      closed: () => {
        if (!mine()) return;
        this.#stream = undefined;
        this.#dispatch({ type: 'disconnected' });
        timeline.after(this.#world.random.int(50, 1000), () => this.#subscribe());
      },
    };
    const { frameworkId } = this.state;
    timeline.after(this.#world.latency(), () => {
      if (!mine()) return;
      if (master.up) master.subscribe(frameworkId, stream);
      else stream.closed();
    });
  }

  #event(event: SchedulerEvent): void {
    const meaning = coreEvent(event, (task) => this.#process?.ledger.settledBy(task) ?? 0);
    if (meaning) this.#dispatch(meaning);
    this.#look();
  }

  #tick(): void {
    if (!this.#alive || this.over) return;
    this.#dispatch({ type: 'tick' });
    this.#look();
    this.#world.timeline.after(TICK_MS, () => this.#tick());
  }

  /** As the driver does: what the frontier could use, and whether all is done. */
  #look(): void {
    if (!this.#process || !this.ready) return;
    const { frontier, ledger } = this.#process;
    const { now } = this.#world.timeline;
    const demand = this.#config.lanes.map((_, lane) => (this.state.stopping ? 0 : frontier.demand(lane, now)));
    if (demand.some((n, lane) => n !== this.state.demand[lane])) this.#dispatch({ type: 'demand', demand });
    if (this.state.stopping || this.state.tasks.size > 0) return;
    const spent = this.state.counts.launched >= this.#config.totalTasks;
    if (!frontier.idle() && !spent) return;
    ledger.drain();
    this.#dispatch({ type: 'stop' });
  }

  #dispatch(event: CoreEvent): void {
    if (!this.#process || !this.ready) return;
    const before = this.state;
    const { state, decisions } = this.#core.react(this.#config, before, event, this.#world.timeline.now);
    this.#process.remember(before, state);
    this.state = state;
    this.#world.trace(() => `${textOf(event)} → ${decisions.map(decisionText).join(', ') || 'nothing'}`);
    this.#laws.reacted(before, event, state, decisions);
    for (const decision of decisions) {
      // It may have been killed by the one before.
      if (!this.#isAlive()) return;
      this.#perform(decision, this.#process);
      this.#burn();
    }
    this.#laws.performed(this.state);
  }

  #isAlive(): boolean {
    return this.#alive;
  }

  #perform(decision: Decision, { ledger, commit }: Process): void {
    switch (decision.type) {
      case 'call': {
        const durable = decision.call.type === 'ACKNOWLEDGE' ? commit() : undefined;
        return this.#enqueue(async () => {
          await durable;
          this.#call(decision.call);
        });
      }
      case 'launch':
        return this.#launch(decision);
      case 'ended-task':
        return ledger.close(decision.taskId, decision.giveUp ? decision.state : undefined);
      case 'abort':
        this.#world.ended('aborted');
        this.over = true;
        return;
      case 'ended':
        this.#world.ended('ended');
        this.over = true;
    }
  }

  /** Tasks, executors and leases are stored before the ACCEPT. */
  #launch({ agentId, refuseSeconds, offerIds, launches }: Extract<Decision, { type: 'launch' }>): void {
    const { timeline, plan } = this.#world;
    const want = Math.min(FIRST_REQUESTS, plan.urlsPerTask);
    this.#enqueue(async ({ frontier, ledger, commit }) => {
      for (const { taskId, lane } of launches) await frontier.prepare(taskId, lane, want, timeline.now);
      const wanted = launches.filter(({ taskId }) => this.state.tasks.has(taskId));
      for (const { taskId, lane } of wanted) {
        this.#world.keepFirst(taskId, answerCodec.decode(answerCodec.encode(ledger.open(taskId, lane, want))));
      }
      await commit();
      const task_infos = wanted.map(({ taskId, resources, executor }) => {
        const ids = { task_id: { value: taskId }, agent_id: { value: agentId } };
        return { ...ids, name: taskId, resources, executor };
      });
      const offer_ids = offerIds.map((value) => ({ value }));
      const operations = [{ type: 'LAUNCH' as const, launch: { task_infos } }];
      this.#call({ type: 'ACCEPT', accept: { offer_ids, operations, filters: { refuse_seconds: refuseSeconds } } });
    });
  }

  #enqueue(step: (process: Process) => Promise<void>): void {
    this.#outgoing = this.#outgoing.then(async () => {
      if (this.#process && this.#isAlive()) await step(this.#process);
    });
    this.#world.await(this.#outgoing);
  }

  #call(call: Omit<SchedulerCall, 'framework_id'>): void {
    if (!this.#isAlive()) return;
    this.#laws.calling(call);
    this.#burn();
    const stream = this.#stream;
    if (!this.#isAlive() || stream === undefined) return;
    this.#calls.send(() => {
      if (this.#world.master.up) this.#world.master.call(call, stream);
    });
  }
}

function textOf(event: CoreEvent): string {
  if (event.type === 'update') {
    const { task_id, state, reason, source } = event.status;
    return `${task_id.value} is ${state} (${reason ?? source ?? ''})`;
  }
  if (event.type === 'offers') {
    return `offers ${event.offers.map((offer) => `${offer.id.value} of ${offer.agent_id.value}`).join(', ')}`;
  }
  if (event.type === 'demand') return `demand ${event.demand.join('/')}`;
  if (event.type === 'failure') return `failure of ${event.executorId ?? event.agentId ?? ''}`;
  return event.type;
}

function decisionText(decision: Decision): string {
  if (decision.type === 'launch') {
    return `launch ${decision.launches.map(({ taskId, executor }) => `${taskId} on ${executor.executor_id.value}`).join(', ')}`;
  }
  if (decision.type === 'ended-task') return `end ${decision.taskId}`;
  if (decision.type !== 'call') return decision.type;
  const { type, kill, acknowledge, shutdown, reconcile } = decision.call;
  const what = kill?.task_id ?? acknowledge?.task_id ?? shutdown?.executor_id;
  const count = reconcile && `[${(reconcile.tasks ?? []).length}]`;
  return [type, what?.value, count].filter(Boolean).join(' ');
}
