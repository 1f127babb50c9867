import type { SchedulerCallReconcileTask, TaskState } from '../../mesos/messages.generated.ts';
import { type Framework, hasCapability, masterUpdate, type MasterState, sendTo, type Task } from './state.ts';

/** RECONCILE: about every task the master tracks when none is named, else about each that is. */
export function reconcile(
  master: MasterState,
  framework: Framework,
  tasks: readonly SchedulerCallReconcileTask[],
): void {
  if (tasks.length === 0) for (const task of framework.tasks.values()) answer(master, framework, task);
  for (const { task_id: taskId, agent_id: agentId } of tasks) {
    reconcileTask(master, framework, taskId.value, agentId?.value);
  }
}

/** One answer, or none while the agent that would know has not registered with this master yet. */
export function reconcileTask(
  master: MasterState,
  framework: Framework,
  taskId: string,
  agentId: string | undefined,
): void {
  const task = framework.tasks.get(taskId);
  if (task) {
    answer(master, framework, task);
    return;
  }
  const isAwaited = agentId === undefined ? master.awaitedAgents.size > 0 : master.awaitedAgents.has(agentId);
  if (isAwaited) return;
  const unreachableAt = agentId === undefined ? undefined : master.unreachableAgents.get(agentId);
  const [state, what] =
    unreachableAt !== undefined
      ? (['TASK_UNREACHABLE', 'unreachable'] as const)
      : agentId !== undefined && master.goneAgents.has(agentId)
        ? (['TASK_GONE_BY_OPERATOR', 'gone'] as const)
        : agentId !== undefined && master.agents.has(agentId)
          ? (['TASK_GONE', 'unknown to the agent'] as const)
          : (['TASK_UNKNOWN', 'unknown'] as const);
  sendTo(
    framework,
    masterUpdate(master, {
      taskId,
      agentId,
      state: orLost(framework, state),
      reason: 'REASON_RECONCILIATION',
      message: `Reconciliation: Task is ${what}`,
      unreachableAt,
    }),
  );
}

/** The state as a framework sees it: without PARTITION_AWARE all ways of being gone are TASK_LOST. */
export function orLost(framework: Framework, state: TaskState): TaskState {
  return hasCapability(framework.info, 'PARTITION_AWARE') ? state : 'TASK_LOST';
}

/** The state is the one last sent on, which may be behind what the agent knows. */
function answer(master: MasterState, framework: Framework, task: Task): void {
  sendTo(
    framework,
    masterUpdate(master, {
      taskId: task.info.task_id.value,
      agentId: task.agentId,
      executorId: task.executorId,
      state: task.forwarded?.state ?? task.state,
      reason: 'REASON_RECONCILIATION',
      message: 'Reconciliation: Latest task state',
      containerStatus: task.forwarded?.container_status,
    }),
  );
}
