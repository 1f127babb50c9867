import { PinspiderError } from '../lib/errors.ts';
import { executorRetryDelayMs } from './backoff.ts';
import { executorCall } from './codec.ts';
import { Deadline } from './deadline.ts';
import type { ExecutorEnvironment } from './executor-environment.ts';
import { AGENT_ANSWER_WITHIN_MS, ExecutorSubscription } from './executor-subscription.ts';
import type {
  ExecutorCall,
  ExecutorEvent,
  TaskID,
  TaskState,
  TaskStatus,
  TaskStatusReason,
} from './messages.generated.ts';
import { pause } from './pause.ts';
import { subscribe } from './subscribe.ts';
import type { Tls } from './tls.ts';
import { Unacknowledged } from './unacknowledged.ts';

const CONNECT_TIMEOUT_MS = 5000;
/** An agent kills executors that have not registered after a minute by default; one that it cannot reach shall not linger. */
const FIRST_SUBSCRIPTION_WITHIN_MS = 60_000;

export interface ExecutorClientOptions {
  readonly environment: ExecutorEnvironment;
  /** What `environment.tls` names, read. */
  readonly tls?: Tls | undefined;
  /** In [0, 1). */
  readonly random: () => number;
  /** Epoch ms, for the time of an update. */
  readonly now: () => number;
  /** 16 bytes of an RFC 4122 UUID, version 4: agents refuse 16 random bytes. */
  readonly uuid: () => Uint8Array;
  /** Told what is worth a log line: lost connections, skipped events. */
  readonly note?: (what: string) => void;
}

/** What the executor has to say of a task; the rest of a TaskStatus is made here. */
export interface ExecutorUpdate {
  readonly task_id: TaskID;
  readonly state: TaskState;
  readonly message?: string;
  readonly reason?: TaskStatusReason;
  readonly data?: Uint8Array;
  readonly healthy?: boolean;
}

/**
 * The executor's side of the v1 API: events from the agent, updates to it that are kept until it has them.
 *
 * Acknowledgements are taken in as they arrive, also when the reader is slow or has left: `drained` needs no reader, only a
 * client that is not closed.
 */
export class ExecutorClient {
  readonly #options: ExecutorClientOptions;
  readonly #unacknowledged = new Unacknowledged();
  readonly #closed = new AbortController();
  #abandoned = false;
  readonly #drainWaits = new Set<() => void>();
  #live: ExecutorSubscription | undefined;
  #shutdown = false;

  constructor(options: ExecutorClientOptions) {
    this.#options = options;
  }

  /**
   * Subscribes, and after a loss again while tasks may outlive it: with checkpointing, until the agent has been away for its
   * recovery timeout. When that has passed, or at once without checkpointing, or when the agent does not know us any more, a
   * last SHUTDOWN is made up and the events end. After a SHUTDOWN of the agent's they end with its stream. One reader.
   *
   * Aborting ends the events only, as leaving the loop does: the subscription lasts until `close`, so that last updates can
   * be sent and acknowledged.
   *
   * @throws {PinspiderError} MESOS_CALL_REFUSED when the agent refuses us for good, MESOS_UNREACHABLE for TLS faults,
   *   MESOS_QUEUE_FULL when the reader is too slow
   */
  async *events(signal: AbortSignal): AsyncGenerator<ExecutorEvent> {
    const { environment, random } = this.#options;
    const stop = AbortSignal.any([signal, this.#closed.signal]);
    const patience = new Deadline(FIRST_SUBSCRIPTION_WITHIN_MS);
    let waitMs = FIRST_SUBSCRIPTION_WITHIN_MS;
    const until = AbortSignal.any([stop, patience.signal]);
    const stopped = (): boolean => stop.aborted;
    try {
      while (!stopped()) {
        patience.start(waitMs);
        const opened = await this.#open(until);
        if (opened === 'unknown') break;
        if (opened) {
          patience.callOff();
          yield* this.#read(opened, until);
          if (this.#shutdown) return;
          if (!environment.checkpoint) break;
          waitMs = environment.recoveryTimeoutMs;
          patience.start(waitMs);
        }
        await pause(executorRetryDelayMs(environment.subscriptionBackoffMaxMs, random()), until);
        if (patience.passed) break;
      }
      if (stopped()) return;
      this.#abandoned = true;
      yield { type: 'SHUTDOWN' };
    } finally {
      patience.callOff();
    }
  }

  /** The SHUTDOWN was made up: there is no agent to tell anything. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  /**
   * Sends an update, in the order of asking. Resolves when the agent has received it, or when it has to wait for the next
   * SUBSCRIBE, which carries whatever is not acknowledged.
   *
   * @throws {PinspiderError} MESOS_CALL_REFUSED when the agent finds fault with it (it is then forgotten)
   */
  async update(update: ExecutorUpdate): Promise<void> {
    const { environment, now, uuid } = this.#options;
    const status: TaskStatus = {
      ...update,
      source: 'SOURCE_EXECUTOR',
      executor_id: { value: environment.executorId },
      timestamp: now() / 1000,
      uuid: uuid(),
    };
    this.#unacknowledged.add(status);
    await this.#send(this.#live, status);
  }

  /** Sends bytes to the scheduler, best effort: a message that is lost or refused is noted, no more. */
  async message(data: Uint8Array): Promise<void> {
    try {
      await this.#live?.send(this.#call({ type: 'MESSAGE', message: { data } }));
    } catch (error) {
      if (!(error instanceof PinspiderError)) throw error;
      this.#note(error.message);
    }
  }

  /** Resolves with true as soon as every update is acknowledged, with false after `timeoutMs`. */
  async drained(timeoutMs: number): Promise<boolean> {
    if (this.#unacknowledged.size === 0) return true;
    return new Promise((resolve) => {
      const settle = (drained: boolean): void => {
        clearTimeout(timer);
        this.#drainWaits.delete(check);
        resolve(drained);
      };
      const check = (): void => {
        if (this.#unacknowledged.size === 0) settle(true);
      };
      const timer = setTimeout(() => settle(false), timeoutMs);
      this.#drainWaits.add(check);
    });
  }

  /** Cuts the connections and ends the events. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#live?.destroy();
  }

  async #open(until: AbortSignal): Promise<ExecutorSubscription | 'unknown' | undefined> {
    const { agentUrl, agentSocket, token } = this.#options.environment;
    const headers: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const connection = { connectTimeoutMs: CONNECT_TIMEOUT_MS, socketPath: agentSocket, tls: this.#options.tls };
    const carried = new Set(this.#unacknowledged.updates);
    const body = executorCall.encode(this.#call({ type: 'SUBSCRIBE', subscribe: this.#unacknowledged.subscribe() }));
    const url = new URL('/api/v1/executor', agentUrl);
    const attempt = new AbortController();
    const cancel = (): void => attempt.abort();
    until.addEventListener('abort', cancel);
    try {
      const request = {
        url,
        body,
        headers,
        ...connection,
        answerWithinMs: AGENT_ANSWER_WITHIN_MS,
        signal: attempt.signal,
      };
      const opened = await subscribe(request);
      if ('retry' in opened) {
        if (!until.aborted) this.#note(`not subscribed: ${opened.retry}`);
        return undefined;
      }
      const arrived = (event: ExecutorEvent): void => this.#arrived(event);
      const note = (what: string): void => this.#note(what);
      const live = new ExecutorSubscription({ ...opened, headers, connection, arrived, note });
      this.#live = live;
      // What came up while we subscribed is in no SUBSCRIBE, and goes before what comes up from now on.
      for (const status of this.#unacknowledged.updates)
        if (!carried.has(status)) void this.#send(live, status).catch((error: unknown) => this.#note(String(error)));
      return live;
    } catch (error) {
      if (!(error instanceof PinspiderError && error.code === 'MESOS_SUBSCRIPTION_ENDED')) throw error;
      this.#note(error.message);
      return 'unknown';
    } finally {
      until.removeEventListener('abort', cancel);
    }
  }

  async *#read(live: ExecutorSubscription, until: AbortSignal): AsyncGenerator<ExecutorEvent> {
    const leave = (): void => live.events.unread();
    until.addEventListener('abort', leave);
    if (until.aborted) leave();
    try {
      for await (const event of live.events) {
        if (until.aborted) break;
        yield event;
      }
    } finally {
      until.removeEventListener('abort', leave);
      leave(); // also when the reader broke out of its loop: what comes now is taken in, but kept for nobody
    }
    if (live.events.endedBy === undefined) return;
    await live.destroy();
    if (!until.aborted) this.#note(`subscription lost: ${live.events.endedBy}`);
  }

  #arrived(event: ExecutorEvent): void {
    if (event.type === 'SHUTDOWN') this.#shutdown = true;
    this.#unacknowledged.learn(event);
    for (const check of this.#drainWaits) check();
  }

  async #send(live: ExecutorSubscription | undefined, status: TaskStatus): Promise<void> {
    try {
      await live?.send(this.#call({ type: 'UPDATE', update: { status } }));
    } catch (error) {
      if (!(error instanceof PinspiderError)) throw error;
      if (error.code === 'MESOS_SUBSCRIPTION_ENDED') return;
      this.#unacknowledged.forget(status);
      for (const check of this.#drainWaits) check();
      throw error;
    }
  }

  #call(call: Omit<ExecutorCall, 'executor_id' | 'framework_id'>): ExecutorCall {
    const { executorId, frameworkId } = this.#options.environment;
    return { executor_id: { value: executorId }, framework_id: { value: frameworkId }, ...call };
  }

  #note(what: string): void {
    this.#options.note?.(what);
  }
}
