import type { ExecutorInfo } from '../../mesos/messages.generated.ts';
import type { Launch } from '../links.ts';
import { startCommand } from './command-task.ts';
import { startExecutor } from './executors.ts';
import { agentStatus, type AgentState, forFramework, type LocalExecutor, type LocalFramework } from './state.ts';
import { sendUpdate } from './updates.ts';

/** Hands tasks to their executor, which is started when the master says so. */
export function launch(agent: AgentState, message: Launch): void {
  const framework = agent.frameworks.get(message.frameworkId) ?? newFramework(agent, message);
  if (framework.isTerminating) return;
  const [first] = message.tasks;
  if (!first) return;
  const executorId = message.executor?.executor_id.value ?? first.task_id.value;
  const existing = framework.executors.get(executorId);
  const isGone = !existing || existing.state === 'TERMINATING' || existing.state === 'TERMINATED';
  if (message.startsExecutor ? existing : isGone) {
    drop(agent, framework, message, executorId);
    return;
  }
  const executor = existing ?? newExecutor(agent, framework, message, executorId);
  for (const task of message.tasks) {
    if (executor.state === 'RUNNING') {
      executor.tasks.set(task.task_id.value, { info: task, state: 'TASK_STAGING' });
      executor.sink?.send({ type: 'LAUNCH', launch: { task } });
    } else executor.queued.set(task.task_id.value, task);
  }
  if (existing) return;
  if (executor.isCommand) startCommand(agent, framework, executor);
  else startExecutor(agent, framework, executor);
}

function newFramework(agent: AgentState, { frameworkId: id, framework: info }: Launch): LocalFramework {
  const framework: LocalFramework = { id, info, executors: new Map(), isTerminating: false };
  agent.frameworks.set(id, framework);
  return framework;
}

function newExecutor(agent: AgentState, framework: LocalFramework, message: Launch, id: string): LocalExecutor {
  const command = message.tasks[0]?.command;
  const info: ExecutorInfo = message.executor ?? { executor_id: { value: id }, ...(command && { command }) };
  const executor: LocalExecutor = {
    id,
    frameworkId: framework.id,
    info,
    isCommand: message.executor === undefined,
    containerId: agent.uuid(),
    state: 'REGISTERING',
    sink: undefined,
    container: undefined,
    queued: new Map(),
    tasks: new Map(),
    ended: new Map(),
    doom: undefined,
    stopTimer: () => undefined,
    isAwaited: false,
  };
  framework.executors.set(id, executor);
  return executor;
}

/** The id belongs to an executor that has ended or is ending: ids must not be used again before all is acknowledged. */
function drop(agent: AgentState, framework: LocalFramework, message: Launch, executorId: string): void {
  const doom = forFramework(framework, {
    state: 'TASK_DROPPED',
    reason: 'REASON_EXECUTOR_TERMINATED',
    message: message.startsExecutor
      ? 'Master wants to launch executor, but one already exists'
      : 'No executor is expected to launch and there is none running',
  });
  for (const task of message.tasks) {
    sendUpdate(agent, framework, agentStatus(agent, executorId, task.task_id.value, doom));
  }
  // The master counts an executor that will never run (MESOS-1720).
  if (message.startsExecutor) agent.master.executorExited(agent.id, framework.id, executorId, -1);
  if (framework.executors.size === 0) agent.frameworks.delete(framework.id);
}
