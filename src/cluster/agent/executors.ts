import type { ExecutorCallSubscribe, ExecutorEvent } from '../../mesos/messages.generated.ts';
import { durationText } from '../duration-text.ts';
import type { EventSink } from '../links.ts';
import type { ContainerEvents } from './container.ts';
import {
  agentStatus,
  type AgentState,
  type Doom,
  forFramework,
  type LocalExecutor,
  type LocalFramework,
} from './state.ts';
import { executorUpdate, removeIfDone, sendUpdate } from './updates.ts';

const HEARTBEAT_MS = 30 * 60_000; // DEFAULT_EXECUTOR_HEARTBEAT_INTERVAL; the first after that time

const TERMINATED: Doom = {
  state: 'TASK_FAILED',
  reason: 'REASON_EXECUTOR_TERMINATED',
  message: 'Executor terminated',
};

/** Starts the process of a new executor; it must subscribe in time. */
export function startExecutor(agent: AgentState, framework: LocalFramework, executor: LocalExecutor): void {
  executor.stopTimer = agent.clock.after(agent.registrationTimeoutMs, () => {
    executor.doom = {
      state: 'TASK_FAILED',
      reason: 'REASON_EXECUTOR_REGISTRATION_TIMEOUT',
      message: `Executor did not register within ${durationText(agent.registrationTimeoutMs)}`,
    };
    executor.state = 'TERMINATING';
    executor.container?.kill();
  });
  executor.container = agent.start(
    {
      containerId: executor.containerId,
      frameworkId: framework.id,
      executorId: executor.id,
      command: executor.info.command ?? {},
      checkpoint: framework.info.checkpoint ?? false,
      shutdownGraceMs: graceMs(agent, executor),
    },
    executorEvents(agent, framework, executor),
  );
}

/** What the agent does as an executor's process begins and ends. */
export function executorEvents(agent: AgentState, framework: LocalFramework, executor: LocalExecutor): ContainerEvents {
  return {
    started: () => {
      agent.log(`executor ${executor.id} runs as process ${executor.container?.pid ?? '?'}`);
      agent.checkpoint();
    },
    fetchFailed: () => {
      executor.doom ??= {
        state: 'TASK_FAILED',
        reason: 'REASON_CONTAINER_LAUNCH_FAILED',
        message: `Failed to launch container: Failed to fetch all URIs for container '${executor.containerId}': exited with status 1`,
      };
    },
    exited: (status) => {
      executorEnded(agent, framework, executor, status);
      agent.checkpoint();
    },
  };
}

/** SUBSCRIBE: the first, or a later one that replaces the stream there was. */
export function subscribeExecutor(
  agent: AgentState,
  framework: LocalFramework,
  executor: LocalExecutor,
  { unacknowledged_tasks: tasks = [], unacknowledged_updates: updates = [] }: ExecutorCallSubscribe,
  sink: EventSink<ExecutorEvent>,
): void {
  executor.sink?.end();
  executor.sink = sink;
  const isFirst = executor.state === 'REGISTERING';
  const nothingLeft = isFirst && executor.queued.size === 0 && executor.tasks.size === 0;
  if (framework.isTerminating || executor.state === 'TERMINATING' || executor.state === 'TERMINATED' || nothingLeft) {
    // An executor whose only tasks were killed before it came is not wanted any more (MESOS-8411).
    if (nothingLeft) shutdownExecutor(agent, executor);
    else sink.send({ type: 'SHUTDOWN' });
    return;
  }
  if (isFirst) executor.stopTimer();
  executor.state = 'RUNNING';
  executor.isAwaited = false;
  sink.send({
    type: 'SUBSCRIBED',
    subscribed: {
      executor_info: executor.info,
      framework_info: framework.info,
      agent_info: agent.info,
      container_id: { value: executor.containerId },
    },
  });
  for (const { status } of updates) executorUpdate(agent, framework, status);
  if (!isFirst) dropUndelivered(agent, framework, executor, new Set(tasks.map((task) => task.task_id.value)));
  for (const task of executor.queued.values()) {
    executor.tasks.set(task.task_id.value, { info: task, state: 'TASK_STAGING' });
    sink.send({ type: 'LAUNCH', launch: { task } });
  }
  executor.queued.clear();
  agent.checkpoint();
  heartbeat(agent, executor, sink);
}

/** The stream's socket closed. That alone changes nothing; what is sent meanwhile is lost. */
export function executorStreamClosed(executor: LocalExecutor, sink: EventSink<ExecutorEvent>): void {
  if (executor.sink === sink) executor.sink = undefined;
}

/** Asks an executor to end, and makes it when its time is over. */
export function shutdownExecutor(agent: AgentState, executor: LocalExecutor): void {
  if (executor.state === 'TERMINATING' || executor.state === 'TERMINATED') return;
  executor.state = 'TERMINATING';
  executor.stopTimer();
  if (executor.isCommand) executor.container?.terminate();
  else executor.sink?.send({ type: 'SHUTDOWN' });
  executor.stopTimer = agent.clock.after(graceMs(agent, executor), () => executor.container?.kill());
}

/** The process is gone: FAILURE first, then an update for every task that had not ended. */
function executorEnded(agent: AgentState, framework: LocalFramework, executor: LocalExecutor, status: number): void {
  agent.log(`executor ${executor.id} ended with wait status ${status}`);
  executor.stopTimer();
  executor.state = 'TERMINATED';
  executor.isAwaited = false;
  executor.sink?.end();
  executor.sink = undefined;
  // What ends while the agent is away is found at recovery, when only the tasks are reported.
  if (agent.phase !== 'DOWN' && !executor.isCommand) {
    agent.master.executorExited(agent.id, framework.id, executor.id, status);
  }
  if (!framework.isTerminating) {
    const doom = executor.doom ?? TERMINATED;
    for (const taskId of [...executor.queued.keys(), ...executor.tasks.keys()]) {
      sendUpdate(agent, framework, agentStatus(agent, executor.id, taskId, doom));
    }
  }
  removeIfDone(agent, framework, executor);
}

/** A task that the agent delivered and the executor does not know was lost between them. */
function dropUndelivered(
  agent: AgentState,
  framework: LocalFramework,
  executor: LocalExecutor,
  known: ReadonlySet<string>,
): void {
  for (const [taskId, task] of executor.tasks) {
    if (task.state !== 'TASK_STAGING' || known.has(taskId)) continue;
    const doom = forFramework(framework, {
      state: 'TASK_DROPPED',
      reason: 'REASON_AGENT_RESTARTED',
      message: 'Task launched during agent restart',
    });
    sendUpdate(agent, framework, agentStatus(agent, executor.id, taskId, doom));
  }
}

function heartbeat(agent: AgentState, executor: LocalExecutor, sink: EventSink<ExecutorEvent>): void {
  agent.clock.after(HEARTBEAT_MS, () => {
    if (executor.sink !== sink) return;
    sink.send({ type: 'HEARTBEAT' });
    heartbeat(agent, executor, sink);
  });
}

function graceMs(agent: AgentState, { info }: LocalExecutor): number {
  const own = info.shutdown_grace_period?.nanoseconds;
  return own === undefined ? agent.shutdownGraceMs : own / 1e6;
}
