import type { Sparse } from '../feed/messages.ts';
import type { Progress } from '../feed/messages.generated.ts';
import type { RunningTask } from './worker.ts';

const EVERY_MS = 1000;
// The first comes sooner: by it the scheduler tells whether another executor pays, and a task of small pages may live for less than a second.
const FIRST_AFTER_MS = 250;

/** Tells about once a second how a task stands, until disposed of. */
export function tellProgress(
  taskId: string,
  running: Pick<RunningTask, 'progress'>,
  send: (progress: Sparse<Progress>) => void,
): Disposable {
  const began = performance.now();
  let before = { at: began, cpu: process.cpuUsage() };
  const tell = (): void => {
    const at = performance.now();
    const { user, system } = process.cpuUsage(before.cpu);
    const { pages, inFlight, waiting, bytes } = running.progress();
    send({
      ...{ task_id: taskId, pages, in_flight: inFlight, waiting, bytes },
      rss: process.memoryUsage.rss(),
      cpu: (user + system) / 1000 / Math.max(1, at - before.at),
      seconds: (at - began) / 1000,
    });
    before = { at, cpu: process.cpuUsage() };
  };
  const timers = [setTimeout(tell, FIRST_AFTER_MS), setInterval(tell, EVERY_MS)];
  return { [Symbol.dispose]: () => timers.forEach((timer) => clearInterval(timer)) };
}
