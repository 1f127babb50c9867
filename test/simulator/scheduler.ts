import type { Answer } from '../../src/feed/messages.generated.ts';
import { answerCodec, reportCodec, type Sparse } from '../../src/feed/messages.ts';
import { UnknownTaskError } from '../../src/feed/server.ts';
import type { Report } from '../../src/feed/messages.generated.ts';
import type { CoreConfig, CoreEvent, CoreState, Decision } from '../../src/framework/core-types.ts';
import { initialState, remembered, type Remembered } from '../../src/framework/initial-state.ts';
import type { Ledger } from '../../src/framework/ledger.ts';
import type { Frontier } from '../../src/frontier/types.ts';
import type { SchedulerCall, SchedulerEvent } from '../../src/mesos/messages.generated.ts';
import type { Core } from './core-under-test.ts';
import type { Laws } from './laws.ts';
import type { Stream } from './master.ts';
import { Wire } from './timeline.ts';
import type { World } from './world.ts';

const FIRST_REQUESTS = 4;
const TICK_MS = 1000;

/** What outlives a scheduler: its store, the frontier and the ledger with it. */
export interface Durable {
  readonly frontier: Frontier;
  readonly ledger: Ledger;
  store: Remembered | undefined;
}

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
  readonly #durable: Durable;
  readonly #laws: Laws;
  /** Decisions until it is killed. */
  #fuse = Infinity;
  #calls: Wire;
  #stream: number | undefined;
  #failures = 0;

  constructor(world: World, core: Core, config: CoreConfig, durable: Durable, laws: Laws) {
    this.#world = world;
    this.#core = core;
    this.#config = config;
    this.#durable = durable;
    this.#laws = laws;
    this.#calls = this.#wire();
    this.state = durable.store ? core.restore(config, durable.store) : initialState(config);
    world.timeline.after(0, () => {
      this.#look();
      this.#subscribe();
      this.#tick();
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Killed as by `kill -9`, after so many decisions more. */
  killAfter(decisions: number): void {
    this.#fuse = decisions;
    if (decisions === 0) this.#die();
  }

  #die(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#calls.cut();
    this.#world.schedulerDied();
  }

  // --- the feed ---

  exchange(report: Sparse<Report>, answer: (answer: Answer | 'gone') => void): void {
    if (!this.#alive || this.over) return;
    const message = reportCodec.decode(reportCodec.encode(report));
    try {
      this.#durable.ledger.exchange(message).then(
        (given) => {
          this.#world.tellAsync(() => {
            const decoded = answerCodec.decode(answerCodec.encode(given));
            this.#laws.answered(message);
            answer(decoded);
          });
        },
        (error: unknown) => {
          this.#world.tellAsync(() => {
            throw error;
          });
        },
      );
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
    const { ledger } = this.#durable;
    if (event.subscribed) this.#dispatch({ type: 'subscribed', frameworkId: event.subscribed.framework_id.value });
    else if (event.offers) this.#dispatch({ type: 'offers', offers: event.offers.offers ?? [] });
    else if (event.rescind) this.#dispatch({ type: 'rescind', offerId: event.rescind.offer_id.value });
    else if (event.inverse_offers) {
      this.#dispatch({ type: 'inverse-offers', inverseOffers: event.inverse_offers.inverse_offers ?? [] });
    } else if (event.update) {
      const { status } = event.update;
      this.#dispatch({ type: 'update', status, settled: ledger.settledBy(status.task_id.value) });
    } else if (event.failure) {
      const { agent_id, executor_id } = event.failure;
      this.#dispatch({ type: 'failure', agentId: agent_id?.value, executorId: executor_id?.value });
    } else if (event.error) this.#dispatch({ type: 'error', message: event.error.message });
    this.#look();
  }

  #tick(): void {
    if (!this.#alive || this.over) return;
    this.#dispatch({ type: 'tick' });
    this.#look();
    this.#world.timeline.after(TICK_MS, () => this.#tick());
  }

  /** As the driver's: what the frontier could use, and whether all is done. */
  #look(): void {
    if (!this.#alive || this.over) return;
    const { frontier, ledger } = this.#durable;
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
    if (!this.#alive || this.over) return;
    const { now } = this.#world.timeline;
    const before = this.state;
    const { state, decisions } = this.#core.react(this.#config, before, event, now);
    this.state = state;
    this.#world.trace(() => `${textOf(event)} → ${decisions.map(decisionText).join(', ') || 'nothing'}`);
    this.#laws.reacted(before, event, state, decisions);
    this.#commit(decisions);
    for (const decision of decisions) {
      // It may have been killed by the one before.
      if (!this.#isAlive()) return;
      this.#perform(decision);
      if (--this.#fuse === 0) this.#die();
    }
    this.#laws.performed(this.state);
  }

  /** What outlives the process, at once and before any call is sent: ended tasks give back their leases, new ones get theirs. */
  #commit(decisions: readonly Decision[]): void {
    const { ledger } = this.#durable;
    let changed = this.#durable.store?.frameworkId !== this.state.frameworkId;
    for (const decision of decisions) {
      if (decision.type === 'ended-task') {
        ledger.close(decision.taskId, decision.giveUp ? decision.state : undefined);
        changed = true;
      } else if (decision.type === 'launch') {
        for (const { taskId, lane } of decision.launches) {
          const want = Math.min(FIRST_REQUESTS, this.#world.plan.urlsPerTask);
          this.#world.keepFirst(taskId, answerCodec.decode(answerCodec.encode(ledger.open(taskId, lane, want))));
        }
        changed = true;
      }
    }
    if (changed) this.#durable.store = remembered(this.state);
  }

  #isAlive(): boolean {
    return this.#alive;
  }

  #perform(decision: Decision): void {
    switch (decision.type) {
      case 'call':
        this.#laws.calling(decision.call, this.#durable.store);
        return this.#send(decision.call);
      case 'launch': {
        const { agentId, refuseSeconds, offerIds, launches } = decision;
        const task_infos = launches.map(({ taskId, resources, executor }) => {
          const ids = { task_id: { value: taskId }, agent_id: { value: agentId } };
          return { ...ids, name: taskId, resources, executor };
        });
        const accept = {
          offer_ids: offerIds.map((value) => ({ value })),
          operations: [{ type: 'LAUNCH' as const, launch: { task_infos } }],
          filters: { refuse_seconds: refuseSeconds },
        };
        return this.#send({ type: 'ACCEPT', accept });
      }
      case 'ended-task':
        return;
      case 'abort':
        this.#world.ended('aborted');
        this.over = true;
        return;
      case 'ended':
        this.#world.ended('ended');
        this.over = true;
    }
  }

  #send(call: Omit<SchedulerCall, 'framework_id'>): void {
    const stream = this.#stream;
    if (stream === undefined) return;
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
