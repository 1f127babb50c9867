import { assignmentCodec, taskSummaryCodec } from '../feed/messages.ts';
import { messageOf } from '../lib/errors.ts';
import type { ExecutorClient } from '../mesos/executor-client.ts';
import type { TaskInfo, TaskState } from '../mesos/messages.generated.ts';
import type { Log } from '../observe/log.ts';
import type { ProgressTeller } from './progress.ts';
import { TaskGoneError } from './session.ts';
import type { RunningTask, Worker } from './worker.ts';

export interface TaskOptions {
  readonly client: ExecutorClient;
  readonly worker: Worker;
  readonly progress: ProgressTeller;
  readonly log: Log;
  /** Whether the framework takes TASK_KILLING. */
  readonly tellsKilling: boolean;
  readonly paused: boolean;
}

/**
 * One launched task, from its first update to its last. The last is sent only when nothing of the task runs any more: another
 * may begin on the same hosts at once.
 */
export class Task {
  readonly ended: Promise<void>;
  readonly #info: TaskInfo;
  readonly #options: TaskOptions;
  readonly #stop = new AbortController();
  #running: RunningTask | undefined;
  #killed = false;
  #over = false;
  #paused: boolean;
  #draining = false;

  constructor(info: TaskInfo, options: TaskOptions) {
    this.#info = info;
    this.#options = options;
    this.#paused = options.paused;
    this.ended = this.#run();
  }

  /**
   * Lets requests under way end and gives back the others; what is not done by then is cut off. May be repeated: the nearest
   * end holds.
   */
  kill(graceMs: number): void {
    if (this.#over) return;
    const first = !this.#killed;
    this.#killed = true;
    this.drain();
    if (graceMs <= 0) this.stop();
    else {
      const timer = setTimeout(() => this.stop(), graceMs);
      timer.unref();
      this.#stop.signal.addEventListener('abort', () => clearTimeout(timer));
    }
    if (first && this.#options.tellsKilling && !this.#stop.signal.aborted)
      this.#tell('TASK_KILLING').catch(this.#refused);
  }

  /** Cuts off what is under way. */
  stop(): void {
    this.#stop.abort();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#running?.pause(paused);
  }

  drain(): void {
    this.#draining = true;
    this.#running?.drain();
  }

  async #run(): Promise<void> {
    const { log, progress, worker } = this.#options;
    const { signal } = this.#stop;
    // Updates go out one after another, so that nobody has to wait here for the agent's answer.
    void this.#tell('TASK_RUNNING').catch(this.#refused);
    try {
      const assignment = assignmentCodec.decode(this.#info.data ?? new Uint8Array());
      const running = await worker.begin(assignment, signal, this.#paused);
      this.#running = running;
      running.pause(this.#paused);
      if (this.#draining) running.drain();
      using _progress = progress.follow(this.#info.task_id.value, running);
      const { pages, records, bytes } = await running.result;
      const summary = taskSummaryCodec.encode({ pages, records, bytes });
      await this.#end(this.#killed ? 'TASK_KILLED' : 'TASK_FINISHED', undefined, summary);
    } catch (error) {
      if (signal.aborted) await this.#end('TASK_KILLED');
      else if (error instanceof TaskGoneError) await this.#end('TASK_KILLED', error.message);
      else {
        const cause = error instanceof Error ? error.stack : String(error);
        log.error('task failed', { task: this.#info.task_id.value, cause });
        await this.#end('TASK_FAILED', messageOf(error));
      }
    } finally {
      this.#stop.abort(); // the end of its timers too
    }
  }

  /** Nothing is told of a task after its end. */
  async #end(state: TaskState, message?: string, data?: Uint8Array): Promise<void> {
    this.#over = true;
    await this.#tell(state, message, data).catch(this.#refused);
  }

  async #tell(state: TaskState, message?: string, data?: Uint8Array): Promise<void> {
    const { task_id } = this.#info;
    await this.#options.client.update({
      task_id,
      state,
      ...(message !== undefined && { message }),
      ...(data && { data }),
    });
  }

  readonly #refused = (error: unknown): void => {
    this.#options.log.error('an update was refused', { task: this.#info.task_id.value, cause: messageOf(error) });
  };
}
