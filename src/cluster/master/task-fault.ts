import type { ExecutorInfo, TaskInfo } from '../../mesos/messages.generated.ts';
import { contains, plus, type Resources, resourceFault, resourcesOf } from '../resources.ts';
import { resourcesText } from '../resources-text.ts';
import { mismatch } from './executor-match.ts';
import { idFault } from './id-fault.ts';

/** What a task is judged against. */
export interface LaunchContext {
  readonly frameworkId: string;
  readonly agentId: string;
  /** Whether the framework has a task of that id, unreachable ones included. */
  readonly isTaken: (taskId: string) => boolean;
  /** The executor of that id that the master counts on this agent. */
  readonly executor: (executorId: string) => ExecutorInfo | undefined;
  /** What is left of the offers, allocated to their role. */
  readonly available: Resources;
}

/**
 * Why a task is TASK_ERROR, in Mesos's words and order, or `undefined`.
 *
 * @see src/master/validation.cpp of Mesos
 */
export function taskFault(task: TaskInfo, context: LaunchContext): string | undefined {
  const { task_id: id, agent_id: agentId, resources = [] } = task;
  const badId = idFault(id.value);
  if (badId !== undefined) return badId;
  if (context.isTaken(id.value)) return `Task has duplicate ID: ${id.value}`;
  if (agentId.value !== context.agentId) {
    return `Task uses invalid agent ${agentId.value} while agent ${context.agentId} is expected`;
  }
  if ((task.kill_policy?.grace_period?.nanoseconds ?? 0) < 0) {
    return "Task's 'kill_policy.grace_period' must be non-negative";
  }
  if ((task.max_completion_time?.nanoseconds ?? 0) < 0) return "Task's 'max_completion_time' must be non-negative";
  if (resources.length === 0) return 'Task uses no resources';
  const badResource = resources.map(resourceFault).find((fault) => fault !== undefined);
  if (badResource !== undefined) return `Task uses invalid resources: ${badResource}`;
  if (task.limits && Object.keys(task.limits).length > 0) {
    return "Task resource limits are not supported on this agent: 'TASK_RESOURCE_LIMITS' is missing";
  }
  return executorFault(task, context) ?? totalFault(task, context);
}

function executorFault({ command, executor }: TaskInfo, context: LaunchContext): string | undefined {
  if ((command === undefined) === (executor === undefined)) {
    return 'Task should have at least one (but not both) of CommandInfo or ExecutorInfo present';
  }
  if (!executor) return undefined;
  const { executor_id: id, framework_id: frameworkId, type, resources = [] } = executor;
  if (type !== undefined && type !== 'CUSTOM') return `'ExecutorInfo.type' must be 'CUSTOM'`;
  const badId = idFault(id.value);
  if (badId !== undefined) return `Executor has an invalid ID: ${badId}`;
  if (frameworkId && frameworkId.value !== context.frameworkId) {
    return `ExecutorInfo has an invalid FrameworkID (Actual: ${frameworkId.value} vs Expected: ${context.frameworkId})`;
  }
  if (!executor.command) return "'ExecutorInfo.command' must be set for 'CUSTOM' executor";
  const badResource = resources.map(resourceFault).find((fault) => fault !== undefined);
  if (badResource !== undefined) return `Executor uses invalid resources: ${badResource}`;
  const existing = context.executor(id.value);
  return existing && mismatch(existing, executor);
}

function totalFault(task: TaskInfo, context: LaunchContext): string | undefined {
  const { executor } = task;
  const starts = executor !== undefined && !context.executor(executor.executor_id.value);
  const total = plus(resourcesOf(task.resources), resourcesOf(starts ? executor.resources : []));
  if (contains(context.available, total)) return undefined;
  return (
    `Total resources ${resourcesText(total)} required by task and its executor is more than available ` +
    resourcesText(context.available)
  );
}
