import type {
  AgentInfo,
  Attribute,
  ExecutorEvent,
  ExecutorInfo,
  FrameworkInfo,
  TaskInfo,
  TaskState,
  TaskStatus,
  TaskStatusReason,
} from '../../mesos/messages.generated.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { EventSink, MasterLink } from '../links.ts';
import { uuidBytes } from '../uuid.ts';
import type { Container, StartContainer } from './container.ts';
import type { UpdateStream } from './update-stream.ts';

export interface LocalTask {
  readonly info: TaskInfo;
  state: TaskState;
}

/** One run of an executor: a container with a sandbox of its own. */
export interface LocalExecutor {
  readonly id: string;
  readonly frameworkId: string;
  /** For a command task, what Mesos's own executor would be. */
  readonly info: ExecutorInfo;
  /** A command task is run by the agent itself; nobody subscribes for it. */
  readonly isCommand: boolean;
  readonly containerId: string;
  state: 'REGISTERING' | 'RUNNING' | 'TERMINATING' | 'TERMINATED';
  sink: EventSink<ExecutorEvent> | undefined;
  container: Container | undefined;
  /** Not delivered yet. */
  readonly queued: Map<string, TaskInfo>;
  /** Delivered, and not ended. */
  readonly tasks: Map<string, LocalTask>;
  /** Ended, the last update not acknowledged. */
  readonly ended: Map<string, LocalTask>;
  /** What its tasks' updates say when the process ends, if not that the executor terminated. */
  doom: Doom | undefined;
  stopTimer: Cancel;
  /** Must subscribe again after a restart of the agent. */
  isAwaited: boolean;
}

export interface Doom {
  readonly state: TaskState;
  readonly reason: TaskStatusReason;
  readonly message: string;
}

export interface LocalFramework {
  readonly id: string;
  info: FrameworkInfo;
  readonly executors: Map<string, LocalExecutor>;
  /** Shut down by the master: nothing of it is reported any more. */
  isTerminating: boolean;
}

export interface AgentState {
  readonly id: string;
  readonly info: AgentInfo;
  readonly attributes: readonly Attribute[];
  readonly port: number;
  readonly registrationTimeoutMs: number;
  readonly reregistrationTimeoutMs: number;
  readonly shutdownGraceMs: number;
  readonly frameworks: Map<string, LocalFramework>;
  /** By framework and task. */
  readonly streams: Map<string, UpdateStream>;
  readonly master: MasterLink;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly log: (line: string) => void;
  readonly start: StartContainer;
  /** Writes down what must outlive the agent's process, before anybody is told that it happened. */
  readonly checkpoint: () => void;
  /** DOWN: the agent's process is simulated to be gone. RECOVERING: executors may only subscribe. */
  phase: 'RUNNING' | 'RECOVERING' | 'DOWN';
}

/** A status that the agent makes up; unlike a master's it has a uuid and is sent until it is acknowledged. */
export function agentStatus(agent: AgentState, executorId: string, taskId: string, doom: Doom): TaskStatus {
  return {
    task_id: { value: taskId },
    state: doom.state,
    source: 'SOURCE_AGENT',
    reason: doom.reason,
    message: doom.message,
    agent_id: { value: agent.id },
    executor_id: { value: executorId },
    timestamp: agent.clock.now() / 1000,
    uuid: uuidBytes(agent.uuid()),
  };
}

/** TASK_LOST for a framework that does not know the finer states. */
export function forFramework(framework: LocalFramework, doom: Doom): Doom {
  const isAware = framework.info.capabilities?.some(({ type }) => type === 'PARTITION_AWARE');
  return isAware ? doom : { ...doom, state: 'TASK_LOST' };
}

/** The executor that has the task, in whatever state. */
export function holderOf(framework: LocalFramework | undefined, taskId: string): LocalExecutor | undefined {
  return [...(framework?.executors.values() ?? [])].find(
    ({ queued, tasks, ended }) => queued.has(taskId) || tasks.has(taskId) || ended.has(taskId),
  );
}
