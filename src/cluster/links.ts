import type {
  AgentInfo,
  Attribute,
  ExecutorInfo,
  FrameworkInfo,
  KillPolicy,
  TaskInfo,
  TaskState,
  TaskStatus,
} from '../mesos/messages.generated.ts';

/** Where the events of one subscription go. Sending never waits: a slow reader makes the queue grow, as it does in Mesos. */
export interface EventSink<E> {
  send(event: E): void;
  /** Ends the stream cleanly, after everything that was sent. */
  end(): void;
  /** Drops the connection, as the death of the process that writes would. */
  cut(): void;
}

/** A group of tasks for one executor, as the master hands it to an agent. */
export interface Launch {
  readonly framework: FrameworkInfo;
  readonly frameworkId: string;
  /** Absent for a command task: the agent brings its own executor. */
  readonly executor?: ExecutorInfo;
  readonly tasks: readonly TaskInfo[];
  /** Whether the master believes that this launch starts the executor. */
  readonly startsExecutor: boolean;
}

/** What a master says to an agent. Messages arrive in order, later than the call returns. */
export interface AgentLink {
  launch(launch: Launch): void;
  kill(frameworkId: string, taskId: string, killPolicy?: KillPolicy): void;
  shutdownExecutor(frameworkId: string, executorId: string): void;
  shutdownFramework(frameworkId: string): void;
  acknowledge(frameworkId: string, taskId: string, uuid: Uint8Array): void;
  message(frameworkId: string, executorId: string, data: Uint8Array): void;
  /** The framework subscribed (again): pending updates are sent at once. */
  frameworkUpdated(frameworkId: string, info: FrameworkInfo): void;
}

/** A task that an agent knows, as it tells a master that it registers with. */
export interface KnownTask {
  readonly frameworkId: string;
  readonly info: TaskInfo;
  /** Latest state, acknowledged or not. */
  readonly state: TaskState;
  /** Last status that was sent on, if any. */
  readonly status?: TaskStatus;
}

export interface KnownExecutor {
  readonly frameworkId: string;
  readonly info: ExecutorInfo;
}

/** Everything that a master must know to work with an agent. */
export interface Registration {
  readonly id: string;
  readonly info: AgentInfo;
  readonly attributes: readonly Attribute[];
  /** Port of the executor API, shown in offers. */
  readonly port: number;
  readonly frameworks: readonly { readonly id: string; readonly info: FrameworkInfo }[];
  readonly tasks: readonly KnownTask[];
  readonly executors: readonly KnownExecutor[];
}

/** What an agent says to its master. Messages arrive in order, later than the call returns. */
export interface MasterLink {
  /** `latest` is the newest state the agent knows, which may be ahead of `status` while earlier updates await their ack. */
  statusUpdate(agentId: string, frameworkId: string, status: TaskStatus, latest: TaskState): void;
  /** `status` is the raw wait status: exit code shifted by 8, or the number of the signal. */
  executorExited(agentId: string, frameworkId: string, executorId: string, status: number): void;
  message(agentId: string, frameworkId: string, executorId: string, data: Uint8Array): void;
}
