import { progressCodec, taskSummaryCodec } from '../feed/messages.ts';
import type { Progress } from '../feed/messages.generated.ts';
import type { Frontier } from '../frontier/types.ts';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import type { SchedulerCall, SchedulerEvent } from '../mesos/messages.generated.ts';
import type { SchedulerSignal } from '../mesos/scheduler-client.ts';
import type { Log } from '../observe/log.ts';
import { type AssignmentBase, assignmentOf } from './assignment.ts';
import { react } from './core.ts';
import type { CoreConfig, CoreEvent, CoreState, Decision } from './core-types.ts';
import { coreEvent, logEvent } from './events.ts';
import { taskInfo } from './infos.ts';
import type { Ledger } from './ledger.ts';
import type { LocalSize } from './local-size.ts';
import { shortfallText } from './shortfalls.ts';

export interface DriverOptions extends AssignmentBase {
  readonly core: CoreConfig;
  /** What it knows to begin with: nothing, or what the last process left. */
  readonly initial: CoreState;
  readonly ledger: Ledger;
  readonly frontier: Frontier;
  /** Where the number of executors is ours to choose. */
  readonly size?: Pick<LocalSize, 'limit'> | undefined;
  /** Notes in the open commit what a scheduler that starts again must know. */
  readonly remember: (before: CoreState, after: CoreState) => void;
  /** Resolves when all changes made before are durable. */
  readonly commit: () => Promise<void>;
  readonly send: (call: Omit<SchedulerCall, 'framework_id'>) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

export type DriverEnd = { readonly reason: 'ended' } | { readonly reason: 'aborted'; readonly message: string };

// Enough to begin with; the rest is drawn from the feed, when it is known how fast the task is.
const FIRST_REQUESTS = 16;
const TICK_MS = 250;

/**
 * Feeds the core with what happens and carries out what it decides. Holds the only reference to the state; events are taken
 * one at a time, in the order of their coming.
 */
export class Driver {
  readonly #options: DriverOptions;
  readonly #progress = new Map<string, Progress>();
  readonly #done: Promise<DriverEnd>;
  #finish: (end: DriverEnd) => void = () => undefined;
  #state: CoreState;
  #timer: NodeJS.Timeout | undefined;
  #considering = false;
  #noMaster: string | undefined;
  #over = false;
  #tornDown = false;
  /** What goes out, one after another: a call waits for the commit of what it tells or does. */
  #outgoing: Promise<void> = Promise.resolve();
  #lastCall: Promise<void> = Promise.resolve();

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#state = options.initial;
    this.#done = new Promise((resolve) => (this.#finish = resolve));
  }

  get state(): CoreState {
    return this.#state;
  }

  /** The framework was ended on purpose: its tasks and its id are no more. */
  get tornDown(): boolean {
    return this.#tornDown;
  }

  /** Why there is no subscription just now; undefined when there is one. */
  get noMaster(): string | undefined {
    return this.#noMaster;
  }

  /** Live figures of running tasks, as their executors last told; may lag by a second. */
  get progress(): ReadonlyMap<string, Progress> {
    return this.#progress;
  }

  /** Runs until the core ends, aborts, or `signals` fails. */
  async run(signals: AsyncIterable<SchedulerSignal>): Promise<DriverEnd> {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.consider();
    try {
      return await Promise.race([this.#done, this.#read(signals)]);
    } finally {
      clearInterval(this.#timer);
      this.#over = true;
      await this.#outgoing;
      await this.#lastCall;
    }
  }

  /** Something changed in the frontier: looks again, soon and once, at who could use a task and whether all is done. */
  consider(): void {
    if (this.#considering || this.#over) return;
    this.#considering = true;
    setImmediate(() => {
      this.#considering = false;
      this.#look();
    });
  }

  /** No more launches; the run ends when the tasks have settled what they hold. */
  stop(): void {
    this.#options.ledger.drain();
    this.#dispatch({ type: 'stop' });
  }

  /** Ends at once, with nothing said to the master: what runs goes on, for the next run to take up. */
  leave(): void {
    this.#dispatch({ type: 'stop', keep: true });
  }

  /** Ends the run as failed. */
  abort(message: string): void {
    this.#perform({ type: 'abort', message });
  }

  async #read(signals: AsyncIterable<SchedulerSignal>): Promise<DriverEnd> {
    const { log } = this.#options;
    for await (const signal of signals) {
      if (this.#over) break;
      if (signal.type === 'event') this.#event(signal.event);
      else if (signal.type === 'subscribed') {
        log.info('subscribed', { master: signal.master });
        this.#noMaster = undefined;
      } else {
        const lost = this.#state.subscribed;
        const fields = { reason: signal.reason, retry_in_ms: signal.retryInMs };
        if (lost) log.warn('disconnected from the master', fields);
        else log.info('no master yet', fields);
        this.#noMaster = signal.reason;
        this.#dispatch({ type: 'disconnected' });
      }
    }
    return this.#done;
  }

  #event(event: SchedulerEvent): void {
    const { log, ledger } = this.#options;
    logEvent(event, log);
    if (event.message) this.#message(event.message.data);
    const meaning = coreEvent(event, (task) => ledger.settledBy(task));
    if (meaning === undefined) return;
    this.#dispatch(meaning);
    this.consider();
  }

  #message(data: Uint8Array): void {
    try {
      const progress = progressCodec.decode(data);
      if (this.#state.tasks.has(progress.task_id)) this.#progress.set(progress.task_id, progress);
    } catch (error) {
      this.#options.log.warn('a framework message was not understood', { cause: messageOf(error) });
    }
  }

  #tick(): void {
    this.#dispatch({ type: 'tick' });
    this.#look();
  }

  #look(): void {
    if (this.#over) return;
    const { frontier, now, core, ledger } = this.#options;
    const demand = core.lanes.map((_, lane) => (this.#state.stopping ? 0 : this.#demand(lane)));
    // URLs that wait while nothing could be done with a task wait for their hosts.
    const rest = demand.every((n) => n === 0) && frontier.counts().queued > 0 ? frontier.nextReadyAt(now()) : undefined;
    const { restingUntil } = this.#state;
    if (rest !== restingUntil || demand.some((n, lane) => n !== this.#state.demand[lane])) {
      this.#dispatch({ type: 'demand', demand, restingUntil: rest });
    }
    if (this.#state.stopping || this.#state.tasks.size > 0) return;
    const spent = this.#state.counts.launched >= core.totalTasks;
    const { leased } = frontier.counts();
    if (frontier.idle() || spent || (frontier.limitReached() && leased === 0)) {
      ledger.drain();
      this.#dispatch({ type: 'stop' });
    }
  }

  #demand(lane: number): number {
    const { frontier, size } = this.#options;
    const now = this.#options.now();
    const wanted = frontier.demand(lane, now);
    if (!size) return wanted;
    const { queued, fetched, notModified, redirected, failed } = frontier.counts();
    const settled = fetched + notModified + redirected + failed;
    return size.limit(lane, wanted, { tasks: this.#state.tasks, progress: this.#progress, queued, settled, now });
  }

  #dispatch(event: CoreEvent): void {
    if (this.#over) return;
    const { core, now, log } = this.#options;
    const { shortfalls } = this.#state;
    const { state, decisions } = react(core, this.#state, event, now());
    this.#options.remember(this.#state, state);
    this.#state = state;
    if (state.shortfalls !== shortfalls && state.shortfalls.length > 0) {
      log.info('work waits', { why: state.shortfalls.map(shortfallText).join('; ') });
    }
    for (const decision of decisions) this.#perform(decision);
  }

  #perform(decision: Decision): void {
    const { log } = this.#options;
    switch (decision.type) {
      case 'call':
        return this.#send(decision.call);
      case 'launch':
        return this.#launch(decision);
      case 'ended-task':
        return this.#endTask(decision);
      case 'abort':
        if (this.#over) return;
        log.info('aborted', { reason: decision.message });
        if (this.#state.subscribed) this.#send({ type: 'TEARDOWN' });
        this.#over = true;
        return this.#finish({ reason: 'aborted', message: decision.message });
      case 'ended':
        this.#over = true;
        return this.#finish({ reason: 'ended' });
    }
  }

  /** Tasks and what they begin with are stored before the ACCEPT: a task that runs is always known. */
  #launch({ offerIds, agentId, launches, refuseSeconds }: Extract<Decision, { type: 'launch' }>): void {
    const { job, ledger, frontier, now, log } = this.#options;
    const want = Math.min(FIRST_REQUESTS, job.mesos.urlsPerTask);
    this.#enqueue(async () => {
      for (const { taskId, lane } of launches) await frontier.prepare(taskId, lane, want, now());
      // The framework may have been removed meanwhile, and its tasks with it.
      const wanted = launches.filter(({ taskId }) => this.#state.tasks.has(taskId));
      const task_infos = wanted.map((launch) => {
        const first = ledger.open(launch.taskId, launch.lane, want);
        const data = assignmentOf(this.#options, launch, first);
        log.debug('launch', { task: launch.taskId, executor: launch.executor.executor_id.value, agent: agentId });
        return taskInfo(job, launch, agentId, data, first.requests?.[0]?.url);
      });
      await this.#options.commit();
      this.#call({
        type: 'ACCEPT',
        accept: {
          offer_ids: offerIds.map((value) => ({ value })),
          operations: [{ type: 'LAUNCH', launch: { task_infos } }],
          filters: { refuse_seconds: refuseSeconds },
        },
      });
    });
  }

  #endTask({ taskId, state, message, giveUp, data }: Extract<Decision, { type: 'ended-task' }>): void {
    const { ledger, log } = this.#options;
    const settled = ledger.settledBy(taskId);
    const summary = data && data.length > 0 ? taskSummaryCodec.decode(data) : undefined;
    if (summary && state === 'TASK_FINISHED' && summary.pages !== settled) {
      log.error('a task counts other pages than were committed', {
        task: taskId,
        told: summary.pages,
        committed: settled,
      });
    }
    const fields = { task: taskId, state, pages: settled, ...(message && { message }) };
    if (state === 'TASK_FINISHED') log.debug('task ended', fields);
    else log.warn('task ended', fields);
    ledger.close(taskId, giveUp ? `task ended as ${state}${message ? `: ${message}` : ''}` : undefined);
    this.#progress.delete(taskId);
    this.consider();
  }

  /** An acknowledgement, which lets Mesos forget, waits for the commit of what it acknowledges. */
  #send(call: Omit<SchedulerCall, 'framework_id'>): void {
    this.#tornDown ||= call.type === 'TEARDOWN';
    const durable = call.type === 'ACKNOWLEDGE' ? this.#options.commit() : undefined;
    this.#enqueue(async () => {
      await durable;
      this.#call(call);
    });
    durable?.catch(() => undefined); // the queue has it
  }

  #enqueue(step: () => Promise<void>): void {
    // A commit that fails ends the run by itself, and nothing goes out any more that it should have preceded.
    this.#outgoing = this.#outgoing.then(step).catch((error: unknown) => this.abort(messageOf(error)));
  }

  /** A lost subscription is told by the signals; a call that the master refuses is our fault. */
  #call(call: Omit<SchedulerCall, 'framework_id'>): void {
    this.#lastCall = this.#options.send(call).catch((error: unknown) => {
      if (error instanceof PinspiderError && error.code === 'MESOS_SUBSCRIPTION_ENDED') return;
      this.abort(messageOf(error));
    });
  }
}
