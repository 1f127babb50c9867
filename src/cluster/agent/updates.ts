import type { TaskState, TaskStatus } from '../../mesos/messages.generated.ts';
import { isTerminal } from '../task-states.ts';
import { type AgentState, holderOf, type LocalExecutor, type LocalFramework } from './state.ts';
import { type KeptUpdates, UpdateStream } from './update-stream.ts';

/** An UPDATE from an executor: completed, put on its way to the scheduler, and acknowledged to the executor. */
export function executorUpdate(agent: AgentState, framework: LocalFramework, status: TaskStatus): void {
  if (framework.isTerminating) return; // the master does not know it any more
  if (status.agent_id && status.agent_id.value !== agent.id) {
    agent.log(`ignored an update of task ${status.task_id.value} that names agent ${status.agent_id.value}`);
    return;
  }
  // By task, as in Mesos: an update of a task that the agent never had is sent on, but nobody is thanked for it.
  const executor = holderOf(framework, status.task_id.value);
  const completed: TaskStatus = {
    timestamp: agent.clock.now() / 1000,
    ...status,
    agent_id: { value: agent.id },
    ...(executor && {
      container_status: {
        container_id: { value: executor.containerId },
        network_infos: [{ ip_addresses: [{ ip_address: '127.0.0.1' }] }],
        ...(executor.container?.pid !== undefined && { executor_pid: executor.container.pid }),
      },
    }),
  };
  sendUpdate(agent, framework, completed);
  if (!executor || !status.uuid) return;
  executor.sink?.send({ type: 'ACKNOWLEDGED', acknowledged: { task_id: status.task_id, uuid: status.uuid } });
}

/** Puts a complete update into its task's stream. After a terminal one nothing more of the task is sent. */
export function sendUpdate(agent: AgentState, framework: LocalFramework, status: TaskStatus): void {
  const taskId = status.task_id.value;
  const executor = holderOf(framework, taskId);
  if (executor && !advance(executor, taskId, status.state)) {
    agent.log(`dropped ${status.state} of task ${taskId}: it has ended`);
    return;
  }
  const key = streamKey(framework.id, taskId);
  const stream = agent.streams.get(key) ?? updateStream(agent, framework, taskId);
  agent.streams.set(key, stream);
  stream.add(status);
  agent.checkpoint();
}

/** The updates of one task on their way to the master. */
export function updateStream(
  agent: AgentState,
  framework: LocalFramework,
  taskId: string,
  kept?: KeptUpdates,
): UpdateStream {
  const send = (sent: TaskStatus): void => {
    // While the agent is away from its master, updates wait; they are resumed when it registers.
    if (agent.phase !== 'RUNNING') return;
    agent.master.statusUpdate(agent.id, framework.id, sent, latestOf(framework, taskId) ?? sent.state);
  };
  return new UpdateStream(agent.clock, send, kept);
}

/** The scheduler's acknowledgement. */
export function acknowledged(agent: AgentState, frameworkId: string, taskId: string, uuid: Uint8Array): void {
  const key = streamKey(frameworkId, taskId);
  const stream = agent.streams.get(key);
  stream?.acknowledge(uuid);
  if (stream?.isDone) endTask(agent, key, frameworkId, taskId);
  agent.checkpoint();
}

function endTask(agent: AgentState, key: string, frameworkId: string, taskId: string): void {
  agent.streams.delete(key);
  const framework = agent.frameworks.get(frameworkId);
  const executor = holderOf(framework, taskId);
  executor?.ended.delete(taskId);
  if (framework && executor) removeIfDone(agent, framework, executor);
}

/** Sends everything that waits for an acknowledgement again, of one framework or of all. */
export function resumeUpdates(agent: AgentState, frameworkId?: string): void {
  for (const [key, stream] of agent.streams) {
    if (frameworkId === undefined || key.startsWith(streamKey(frameworkId, ''))) stream.resume();
  }
}

/** Forgets an executor whose process has ended and whose last words are acknowledged; then its id may be used again. */
export function removeIfDone(agent: AgentState, framework: LocalFramework, executor: LocalExecutor): void {
  if (executor.state !== 'TERMINATED' || (executor.ended.size > 0 && !framework.isTerminating)) return;
  if (framework.executors.get(executor.id) === executor) framework.executors.delete(executor.id);
  if (framework.executors.size > 0) return;
  agent.frameworks.delete(framework.id);
  if (framework.isTerminating) dropStreams(agent, framework.id);
}

export function dropStreams(agent: AgentState, frameworkId: string): void {
  for (const [key, stream] of agent.streams) {
    if (!key.startsWith(streamKey(frameworkId, ''))) continue;
    stream.stop();
    agent.streams.delete(key);
  }
}

/** The update of a task that was sent last. */
export function lastSent(agent: AgentState, frameworkId: string, taskId: string): TaskStatus | undefined {
  return agent.streams.get(streamKey(frameworkId, taskId))?.lastSent;
}

/** Notes the task's new state; false when it had ended before. */
function advance(executor: LocalExecutor, taskId: string, state: TaskState): boolean {
  if (executor.ended.has(taskId)) return false;
  const info = executor.tasks.get(taskId)?.info ?? executor.queued.get(taskId);
  if (!info) return true;
  if (isTerminal(state)) {
    executor.queued.delete(taskId);
    executor.tasks.delete(taskId);
    executor.ended.set(taskId, { info, state });
  } else if (executor.tasks.has(taskId)) executor.tasks.set(taskId, { info, state });
  return true;
}

function latestOf(framework: LocalFramework, taskId: string): TaskState | undefined {
  const holder = holderOf(framework, taskId);
  return (holder?.ended.get(taskId) ?? holder?.tasks.get(taskId))?.state;
}

// Ids hold no "/".
function streamKey(frameworkId: string, taskId: string): string {
  return `${frameworkId}/${taskId}`;
}
