import type { SchedulerCall } from '../mesos/messages.generated.ts';
import type { Log } from '../observe/log.ts';
import type { CoreState } from './core-types.ts';

export interface SilenceWatchOptions {
  readonly state: () => CoreState;
  /** Tasks that have not reported since then, ms since the epoch. */
  readonly silentSince: (time: number) => readonly string[];
  readonly send: (call: Omit<SchedulerCall, 'framework_id'>) => Promise<void>;
  /** How long a task may be silent, ms. */
  readonly leaseTimeoutMs: number;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Ends workers that hold URLs and do not report: frozen, or cut off while their agent is not. The agent ends the process, and the end of its
 * task gives the URLs back.
 */
export function watchSilence(options: SilenceWatchOptions): Disposable {
  const { state, silentSince, send, leaseTimeoutMs, now, log } = options;
  const ended = new Set<string>();
  const look = (): void => {
    const { subscribed, tasks } = state();
    if (!subscribed) return;
    for (const id of silentSince(now() - leaseTimeoutMs)) {
      const task = tasks.get(id);
      if (task?.phase !== 'running' || ended.has(id)) continue;
      ended.add(id);
      log.warn('a task has been silent for too long; its worker is ended', {
        task: id,
        lease_timeout_ms: leaseTimeoutMs,
      });
      const shutdown = { executor_id: { value: task.executorId }, agent_id: { value: task.agentId } };
      // Without a subscription it is lost; the next look is after the next report, or never.
      send({ type: 'SHUTDOWN', shutdown }).catch(() => ended.delete(id));
    }
  };
  const timer = setInterval(look, Math.min(5000, leaseTimeoutMs / 4));
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
