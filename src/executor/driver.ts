import { assignmentCodec, progressCodec, taskSummaryCodec } from '../feed/messages.ts';
import { messageOf } from '../lib/errors.ts';
import type { ExecutorClient } from '../mesos/executor-client.ts';
import type { ExecutorEvent, TaskInfo, TaskState } from '../mesos/messages.generated.ts';
import type { Log } from '../observe/log.ts';
import { TaskGoneError } from './session.ts';
import type { RunningTask, Worker } from './worker.ts';

export interface ExecutorDriverOptions {
  readonly client: ExecutorClient;
  readonly worker: Worker;
  readonly log: Log;
  /** Told to shut down, the process must be gone by then; ms. */
  readonly shutdownGraceMs: number;
  /** Without a task for so long the executor leaves by itself: an orphan shall not hold resources. ms. */
  readonly leaveAfterMs: number;
}

const PROGRESS_MS = 1000;
// Room between the last update and the agent's SIGKILL.
const GRACE_MARGIN_MS = 500;

/**
 * The executor's side of Mesos: launches become sessions, their ends become status updates. A task's terminal update is sent
 * only when nothing of it runs any more.
 */
export class ExecutorDriver {
  readonly #options: ExecutorDriverOptions;
  readonly #tasks = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>();
  readonly #leave = new AbortController();
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: ExecutorDriverOptions) {
    this.#options = options;
  }

  /** Runs until the agent says SHUTDOWN, the signal aborts, or nothing came for `leaveAfterMs`. */
  async run(signal: AbortSignal): Promise<void> {
    const { client, log } = this.#options;
    this.#armIdle();
    const either = AbortSignal.any([signal, this.#leave.signal]);
    try {
      for await (const event of client.events(either)) {
        if (event.type === 'SHUTDOWN') break;
        await this.#event(event);
      }
    } catch (error) {
      if (!either.aborted) throw error;
    } finally {
      clearTimeout(this.#idleTimer);
      log.info('leaving', { tasks: this.#tasks.size });
      await this.#shutDown();
    }
  }

  async #event(event: ExecutorEvent): Promise<void> {
    const { log } = this.#options;
    if (event.launch) this.#launch(event.launch.task);
    else if (event.launch_group) for (const task of event.launch_group.task_group.tasks ?? []) this.#launch(task);
    else if (event.kill) this.#tasks.get(event.kill.task_id.value)?.stop.abort();
    else if (event.error) log.error('the agent says', { message: event.error.message });
  }

  #launch(task: TaskInfo): void {
    const id = task.task_id.value;
    if (this.#tasks.has(id)) return;
    clearTimeout(this.#idleTimer);
    const stop = new AbortController();
    const ended = this.#runTask(task, stop.signal).finally(() => {
      this.#tasks.delete(id);
      if (this.#tasks.size === 0) this.#armIdle();
    });
    this.#tasks.set(id, { stop, ended });
  }

  async #runTask(task: TaskInfo, signal: AbortSignal): Promise<void> {
    const { client, log, worker } = this.#options;
    const { task_id } = task;
    const end = (state: TaskState, message?: string, data?: Uint8Array): Promise<void> =>
      client.update({ task_id, state, ...(message !== undefined && { message }), ...(data && { data }) });
    await client.update({ task_id, state: 'TASK_RUNNING' });
    let reporter: NodeJS.Timeout | undefined;
    try {
      const running = await worker.begin(assignmentCodec.decode(task.data ?? new Uint8Array()), signal);
      reporter = setInterval(() => this.#report(task_id.value, running), PROGRESS_MS);
      const { pages, records, bytes } = await running.result;
      await end('TASK_FINISHED', undefined, taskSummaryCodec.encode({ pages, records, bytes }));
    } catch (error) {
      if (signal.aborted) await end('TASK_KILLED');
      else if (error instanceof TaskGoneError) await end('TASK_KILLED', error.message);
      else {
        const cause = error instanceof Error ? error.stack : String(error);
        log.error('task failed', { task: task_id.value, cause });
        await end('TASK_FAILED', messageOf(error));
      }
    } finally {
      clearInterval(reporter);
    }
  }

  #report(task: string, running: RunningTask): void {
    const { pages, inFlight, waiting, bytes } = running.progress();
    const rss = process.memoryUsage.rss();
    void this.#options.client.message(
      progressCodec.encode({ task_id: task, pages, in_flight: inFlight, waiting, bytes, rss }),
    );
  }

  #armIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#leave.abort(), this.#options.leaveAfterMs);
    this.#idleTimer.unref();
  }

  async #shutDown(): Promise<void> {
    const { client, shutdownGraceMs } = this.#options;
    const tasks = [...this.#tasks.values()];
    for (const { stop } of tasks) stop.abort();
    await Promise.allSettled(tasks.map(({ ended }) => ended));
    if (tasks.length > 0) await client.drained(Math.max(0, shutdownGraceMs - GRACE_MARGIN_MS));
  }
}
