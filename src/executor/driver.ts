import { setTimeout as sleep } from 'node:timers/promises';
import { progressCodec, schedulerNoteCodec } from '../feed/messages.ts';
import { messageOf } from '../lib/errors.ts';
import type { ExecutorClient } from '../mesos/executor-client.ts';
import type { ExecutorEvent, FrameworkInfo, KillPolicy, TaskID, TaskInfo } from '../mesos/messages.generated.ts';
import type { Log } from '../observe/log.ts';
import { ProgressTeller } from './progress.ts';
import { Task } from './task.ts';
import type { Worker } from './worker.ts';

export interface ExecutorDriverOptions {
  readonly client: ExecutorClient;
  readonly worker: Worker;
  readonly log: Log;
  /** Told to shut down, the process must be gone by then; ms. */
  readonly shutdownGraceMs: number;
  /** Without a task for so long the executor leaves by itself: an orphan shall not hold resources. ms. */
  readonly leaveAfterMs: number;
}

// Room between the last update and the agent's SIGKILL.
const GRACE_MARGIN_MS = 500;
/** After SHUTDOWN: an agent acknowledges what it has received at once, or, when the framework is being removed, never. */
const ACKNOWLEDGED_WITHIN_MS = 1000;
/** For a KILL that names no grace: about what a page under way takes. */
const KILL_GRACE_MS = 3000;

/** The executor's side of Mesos: launches become tasks at work, notes of the scheduler reach them. */
export class ExecutorDriver {
  readonly #options: ExecutorDriverOptions;
  readonly #tasks = new Map<string, Task>();
  /** Killed before they were launched: the two may have crossed at the agent. */
  readonly #killedEarly = new Set<string>();
  readonly #leave = new AbortController();
  readonly #progress: ProgressTeller;
  #tellsKilling = false;
  #paused = false;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: ExecutorDriverOptions) {
    this.#options = options;
    this.#progress = new ProgressTeller((progress) => void options.client.message(progressCodec.encode(progress)));
  }

  /** Runs until the agent says SHUTDOWN, the signal aborts, or nothing came for `leaveAfterMs`. */
  async run(signal: AbortSignal): Promise<void> {
    const { client, log } = this.#options;
    this.#armIdle();
    let acknowledgedWithinMs = Infinity;
    const either = AbortSignal.any([signal, this.#leave.signal]);
    try {
      for await (const event of client.events(either)) {
        if (event.type === 'SHUTDOWN') {
          acknowledgedWithinMs = ACKNOWLEDGED_WITHIN_MS;
          break;
        }
        this.#event(event);
      }
    } catch (error) {
      if (!either.aborted) throw error;
    } finally {
      clearTimeout(this.#idleTimer);
      this.#progress[Symbol.dispose]();
      log.info('leaving', { tasks: this.#tasks.size });
      await this.#shutDown(acknowledgedWithinMs);
    }
  }

  #event(event: ExecutorEvent): void {
    const { log } = this.#options;
    if (event.subscribed) this.#subscribed(event.subscribed.framework_info);
    else if (event.launch) this.#launch(event.launch.task);
    else if (event.launch_group) for (const task of event.launch_group.task_group.tasks ?? []) this.#launch(task);
    else if (event.kill) this.#kill(event.kill.task_id, event.kill.kill_policy);
    else if (event.message) this.#note(event.message.data);
    else if (event.error) log.error('the agent says', { message: event.error.message });
  }

  #subscribed({ capabilities = [], failover_timeout: seconds = 0 }: FrameworkInfo): void {
    this.#tellsKilling = capabilities.some(({ type }) => type === 'TASK_KILLING_STATE');
    // Past that the master sends us home. Before, a scheduler that comes back finds the pages that we hold.
    this.#options.worker.waitFor(seconds * 1000);
  }

  #launch(info: TaskInfo): void {
    const id = info.task_id.value;
    if (this.#tasks.has(id)) return;
    clearTimeout(this.#idleTimer);
    const [tellsKilling, paused, progress] = [this.#tellsKilling, this.#paused, this.#progress];
    const task = new Task(info, { ...this.#options, tellsKilling, paused, progress });
    this.#tasks.set(id, task);
    if (this.#killedEarly.delete(id)) task.kill(0);
    void task.ended.then(() => {
      this.#tasks.delete(id);
      if (this.#tasks.size === 0) this.#armIdle();
    });
  }

  #kill({ value: id }: TaskID, policy: KillPolicy | undefined): void {
    const grace = policy?.grace_period?.nanoseconds;
    const task = this.#tasks.get(id);
    if (task) task.kill(grace === undefined ? KILL_GRACE_MS : grace / 1e6);
    else this.#killedEarly.add(id);
  }

  #note(data: Uint8Array): void {
    const { log, worker } = this.#options;
    try {
      const { feed_url: url, token, pause, drain } = schedulerNoteCodec.decode(data);
      log.info('the scheduler says', { ...(url && { feed: url }), pause, drain });
      if (url) worker.moveFeed(url, token);
      this.#paused = pause;
      for (const task of this.#tasks.values()) {
        task.pause(pause);
        if (drain) task.drain();
      }
    } catch (error) {
      log.warn('a message of the scheduler was not understood', { cause: messageOf(error) });
    }
  }

  #armIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#leave.abort(), this.#options.leaveAfterMs);
    this.#idleTimer.unref();
  }

  /** Lets the agent have the last updates; without one there is nothing to wait for. */
  async #shutDown(acknowledgedWithinMs: number): Promise<void> {
    const { client, shutdownGraceMs } = this.#options;
    const tasks = [...this.#tasks.values()];
    for (const task of tasks) task.stop();
    if (client.abandoned || tasks.length === 0) return;
    const graceMs = Math.max(0, shutdownGraceMs - GRACE_MARGIN_MS);
    const told = Promise.allSettled(tasks.map(({ ended }) => ended)).then(() =>
      client.drained(Math.min(graceMs, acknowledgedWithinMs)),
    );
    await Promise.race([told, sleep(graceMs, undefined, { ref: false })]);
  }
}
