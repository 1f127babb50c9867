import type { KillPolicy, TaskState, TaskStatus } from '../../mesos/messages.generated.ts';
import { uuidBytes } from '../uuid.ts';
import type { ContainerEvents } from './container.ts';
import type { AgentState, LocalExecutor, LocalFramework } from './state.ts';
import { executorUpdate, removeIfDone, sendUpdate } from './updates.ts';
import { agentStatus } from './state.ts';

const KILL_GRACE_MS = 3000; // the command executor's default kill_policy

const SIGNAL_NAMES: Readonly<Record<number, string>> = {
  1: 'Hangup',
  2: 'Interrupt',
  6: 'Aborted',
  9: 'Killed',
  11: 'Segmentation fault',
  15: 'Terminated',
};

/** Runs a task that is a bare command, as Mesos's built-in executor does. */
export function startCommand(agent: AgentState, framework: LocalFramework, executor: LocalExecutor): void {
  executor.container = agent.start(
    {
      containerId: executor.containerId,
      frameworkId: framework.id,
      executorId: executor.id,
      command: executor.info.command ?? {},
      checkpoint: framework.info.checkpoint ?? false,
      shutdownGraceMs: agent.shutdownGraceMs,
    },
    commandEvents(agent, framework, executor),
  );
}

/** What the agent says as a command begins and ends. */
export function commandEvents(agent: AgentState, framework: LocalFramework, executor: LocalExecutor): ContainerEvents {
  const tell = (state: TaskState, message?: string): void => {
    executorUpdate(agent, framework, statusOf(agent, executor, state, message));
  };
  return {
    started: () => {
      if (executor.state === 'REGISTERING') executor.state = 'RUNNING';
      for (const info of executor.queued.values()) {
        executor.tasks.set(executor.id, { info, state: 'TASK_STAGING' });
      }
      executor.queued.clear();
      if (executor.tasks.size === 0)
        executor.container?.kill(); // killed while it was fetched for
      else {
        tell('TASK_STARTING');
        tell('TASK_RUNNING');
      }
    },
    fetchFailed: () => {
      const doom = {
        state: 'TASK_FAILED',
        reason: 'REASON_CONTAINER_LAUNCH_FAILED',
        message: `Failed to launch container: Failed to fetch all URIs for container '${executor.containerId}': exited with status 1`,
      } as const;
      if (executor.queued.size > 0) sendUpdate(agent, framework, agentStatus(agent, executor.id, executor.id, doom));
    },
    exited: (status) => {
      executor.stopTimer();
      const wasKilled = executor.doom !== undefined || executor.state === 'TERMINATING';
      executor.state = 'TERMINATED';
      if (executor.tasks.size > 0) {
        const state = wasKilled ? 'TASK_KILLED' : status === 0 ? 'TASK_FINISHED' : 'TASK_FAILED';
        tell(state, endText(status));
      }
      removeIfDone(agent, framework, executor);
      agent.checkpoint();
    },
  };
}

/** KILL of a command task: SIGTERM, and SIGKILL when the time is over. */
export function endCommand(agent: AgentState, executor: LocalExecutor, policy: KillPolicy | undefined): void {
  executor.doom = { state: 'TASK_KILLED', reason: 'REASON_TASK_KILLED_DURING_LAUNCH', message: '' };
  executor.stopTimer();
  executor.container?.terminate();
  const own = (policy ?? executor.tasks.get(executor.id)?.info.kill_policy)?.grace_period?.nanoseconds;
  const graceMs = own === undefined ? KILL_GRACE_MS : own / 1e6;
  executor.stopTimer = agent.clock.after(graceMs, () => executor.container?.kill());
}

function statusOf(
  agent: AgentState,
  executor: LocalExecutor,
  state: TaskState,
  message: string | undefined,
): TaskStatus {
  return {
    task_id: { value: executor.id },
    state,
    source: 'SOURCE_EXECUTOR',
    executor_id: { value: executor.id },
    uuid: uuidBytes(agent.uuid()),
    ...(message !== undefined && { message }),
  };
}

function endText(status: number): string {
  if (status < 0) return 'Command ended, unseen, after its agent had started anew';
  const signal = status & 0x7f;
  return signal === 0
    ? `Command exited with status ${status >> 8}`
    : `Command terminated with signal ${SIGNAL_NAMES[signal] ?? `Unknown signal ${signal}`}`;
}
