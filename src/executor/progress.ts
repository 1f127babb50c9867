import type { Sparse } from '../feed/messages.ts';
import type { Progress } from '../feed/messages.generated.ts';
import type { RunningTask } from './worker.ts';

const EVERY_MS = 1000;
// The first comes sooner: by it the scheduler tells whether another executor pays.
const FIRST_AFTER_MS = 250;

interface Followed {
  readonly running: Pick<RunningTask, 'progress'>;
  readonly began: number;
}

/**
 * Tells about once a second how the tasks of this executor stand and what the process uses. It goes by the process's time, not by each task's: tasks of
 * small pages live for less than a quarter of a second, and one after another would end untold.
 */
export class ProgressTeller implements Disposable {
  readonly #send: (progress: Sparse<Progress>) => void;
  readonly #followed = new Map<string, Followed>();
  #timer: NodeJS.Timeout | undefined;
  #before: { readonly at: number; readonly cpu: NodeJS.CpuUsage } | undefined;
  /** It was time to tell while no task was there. */
  #overdue = false;

  constructor(send: (progress: Sparse<Progress>) => void) {
    this.#send = send;
  }

  /** Tells of a task too, until disposed of. */
  follow(taskId: string, running: Pick<RunningTask, 'progress'>): Disposable {
    const began = performance.now();
    this.#followed.set(taskId, { running, began });
    if (this.#before === undefined) {
      this.#before = { at: began, cpu: process.cpuUsage() };
      this.#tellIn(FIRST_AFTER_MS);
    } else if (this.#overdue) this.#tell();
    return { [Symbol.dispose]: () => this.#followed.delete(taskId) };
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #tellIn(ms: number): void {
    this.#timer = setTimeout(() => this.#tell(), ms).unref();
  }

  #tell(): void {
    this.#overdue = this.#followed.size === 0;
    if (this.#overdue || this.#before === undefined) return;
    const at = performance.now();
    const { user, system } = process.cpuUsage(this.#before.cpu);
    const cpu = (user + system) / 1000 / Math.max(1, at - this.#before.at);
    const rss = process.memoryUsage.rss();
    for (const [taskId, { running, began }] of this.#followed) {
      const { pages, inFlight, waiting, bytes } = running.progress();
      const seconds = (at - began) / 1000;
      this.#send({ ...{ task_id: taskId, pages, in_flight: inFlight, waiting, bytes }, rss, cpu, seconds });
    }
    this.#before = { at, cpu: process.cpuUsage() };
    this.#tellIn(EVERY_MS);
  }
}
