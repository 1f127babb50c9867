import type {
  SchedulerCallAcknowledge,
  SchedulerCallKill,
  TaskState,
  TaskStatus,
} from '../../mesos/messages.generated.ts';
import { isTerminal } from '../task-states.ts';
import { sameBytes } from '../uuid.ts';
import { reconcileTask } from './reconcile.ts';
import { type Framework, type MasterState, sendTo, type Task } from './state.ts';

/**
 * An agent's status update: sent on to the framework as it is, also for a task that nobody launched.
 * The latest state frees the task's resources, even while earlier updates still wait to be acknowledged.
 */
export function statusUpdate(
  master: MasterState,
  agentId: string,
  frameworkId: string,
  status: TaskStatus,
  latest: TaskState,
): void {
  const framework = master.frameworks.get(frameworkId);
  if (!framework || !master.agents.has(agentId)) {
    master.log(`dropped ${status.state} of task ${status.task_id.value}: framework or agent is gone`);
    return;
  }
  sendTo(framework, { type: 'UPDATE', update: { status } });
  const task = framework.tasks.get(status.task_id.value);
  if (task?.agentId !== agentId) return;
  task.forwarded = status;
  moveTo(master, task, latest);
}

/** ACKNOWLEDGE: goes on to the agent; a task whose terminal update it is ends here. */
export function acknowledge(master: MasterState, framework: Framework, ack: SchedulerCallAcknowledge): void {
  const agent = master.agents.get(ack.agent_id.value);
  if (!agent?.connected) {
    master.log(`dropped an acknowledgement for task ${ack.task_id.value}: its agent is not connected`);
    return; // the agent sends the update again when it is back
  }
  const task = framework.tasks.get(ack.task_id.value);
  const last = task?.forwarded;
  if (last?.uuid && isTerminal(last.state) && sameBytes(last.uuid, ack.uuid)) framework.tasks.delete(ack.task_id.value);
  agent.link.acknowledge(framework.id, ack.task_id.value, ack.uuid);
}

/** KILL: of an unknown task it is a question about it; with the wrong agent it is ignored. */
export function kill(master: MasterState, framework: Framework, call: SchedulerCallKill): void {
  const taskId = call.task_id.value;
  const task = framework.tasks.get(taskId);
  if (!task) {
    reconcileTask(master, framework, taskId, call.agent_id?.value);
    return;
  }
  if (call.agent_id && call.agent_id.value !== task.agentId) {
    master.log(`ignored a kill of task ${taskId}: it is on agent ${task.agentId}`);
    return;
  }
  const agent = master.agents.get(task.agentId);
  if (agent?.connected) agent.link.kill(framework.id, taskId, call.kill_policy);
  else agent?.kills.push({ frameworkId: framework.id, taskId, policy: call.kill_policy });
}

/** Frees the resources of a task whose end is known; terminal states stay. */
export function moveTo(master: MasterState, task: Task, state: TaskState): void {
  if (isTerminal(task.state)) return;
  task.state = state;
  if (!isTerminal(state)) return;
  master.allocator.recover(task.frameworkId, task.role, task.agentId, task.resources);
  master.requestOffers('cycle');
}

/** The ids that an update of the task bears. */
export function aboutTask(task: Task): { taskId: string; agentId: string; executorId: string } {
  return { taskId: task.info.task_id.value, agentId: task.agentId, executorId: task.executorId };
}
