import type {
  AgentInfo,
  Attribute,
  ExecutorInfo,
  FrameworkInfo,
  KillPolicy,
  MasterInfo,
  SchedulerEvent,
  SchedulerOfferConstraints,
  TaskInfo,
  TaskState,
  TaskStatus,
  TaskStatusReason,
} from '../../mesos/messages.generated.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { AgentLink, EventSink } from '../links.ts';
import type { Resources } from '../resources.ts';
import type { Allocator } from './allocator.ts';
import type { Maintenance } from './maintenance-state.ts';

/** The live subscription of a framework. */
export interface Stream {
  /** Value of Mesos-Stream-Id. */
  readonly id: string;
  readonly sink: EventSink<SchedulerEvent>;
  readonly stopHeartbeat: Cancel;
}

export interface Framework {
  readonly id: string;
  /** With its id and principal filled in. */
  info: FrameworkInfo;
  constraints: SchedulerOfferConstraints | undefined;
  stream: Stream | undefined;
  /** Ends the wait for a scheduler that went away. */
  stopFailover: Cancel | undefined;
  readonly tasks: Map<string, Task>;
  /** Tasks of agents that went away, by task id; they may come back. */
  readonly unreachable: Map<string, Task>;
}

export interface Task {
  readonly info: TaskInfo;
  readonly frameworkId: string;
  readonly agentId: string;
  readonly executorId: string;
  readonly role: string;
  /** Without allocation. */
  readonly resources: Resources;
  /** The newest state that the agent knows. */
  state: TaskState;
  /** The last status that was sent on to the framework. */
  forwarded: TaskStatus | undefined;
}

export interface Executor {
  readonly info: ExecutorInfo;
  readonly role: string;
  readonly resources: Resources;
}

export interface Offer {
  readonly id: string;
  readonly frameworkId: string;
  readonly agentId: string;
  readonly role: string;
  /** Without allocation. */
  readonly resources: Resources;
}

export interface Agent {
  readonly id: string;
  readonly info: AgentInfo;
  readonly attributes: readonly Attribute[];
  readonly port: number;
  link: AgentLink;
  connected: boolean;
  /** Ends the wait for an agent that is disconnected. */
  stopTimeout: Cancel;
  /** Custom executors by framework and executor id, each counted once. */
  readonly executors: Map<string, Map<string, Executor>>;
  /** Kills that came while the agent was disconnected. */
  readonly kills: { readonly frameworkId: string; readonly taskId: string; readonly policy: KillPolicy | undefined }[];
}

/** All that a master knows. It lives in memory; agents and schedulers bring it back after a restart. */
export interface MasterState {
  readonly info: MasterInfo;
  readonly frameworks: Map<string, Framework>;
  /** Ids that may never subscribe again, oldest first. */
  readonly completed: string[];
  readonly agents: Map<string, Agent>;
  /** When (epoch ms) an agent became unreachable. */
  readonly unreachableAgents: Map<string, number>;
  /** Agents that an operator declared gone. */
  readonly goneAgents: Set<string>;
  /** Agents that registered with an earlier master and not yet with this one. */
  readonly awaitedAgents: Set<string>;
  readonly offers: Map<string, Offer>;
  readonly allocator: Allocator;
  readonly maintenance: Maintenance;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Asks for a round of offers: at once, or with the next cycle where the cluster plays a real master's interval. */
  readonly requestOffers: (when: 'now' | 'cycle') => void;
  readonly agentTimeoutMs: number;
  /** A refusal of less than this counts as this, in ms. */
  readonly refusalMinMs: number;
  /** How long a refusal for 0 s lasts. */
  readonly refusalOfZeroMs: number;
  nextFramework: number;
  nextOffer: number;
}

const COMPLETED_MAX = 50; // Mesos's --max_completed_frameworks

/** Queues an event; lost without a trace when the framework has no stream, as in Mesos. */
export function sendTo(framework: Framework | undefined, event: SchedulerEvent): void {
  framework?.stream?.sink.send(event);
}

export function hasCapability(
  info: FrameworkInfo,
  type: 'MULTI_ROLE' | 'PARTITION_AWARE' | 'RESERVATION_REFINEMENT',
): boolean {
  return info.capabilities?.some((capability) => capability.type === type) ?? false;
}

export function rolesOf(info: FrameworkInfo): readonly string[] {
  return hasCapability(info, 'MULTI_ROLE') ? (info.roles ?? []) : [info.role ?? '*'];
}

export function tasksOn(framework: Framework, agentId: string): Task[] {
  return [...framework.tasks.values()].filter((task) => task.agentId === agentId);
}

export function retire(master: MasterState, frameworkId: string): void {
  master.completed.push(frameworkId);
  if (master.completed.length > COMPLETED_MAX) master.completed.shift();
}

/** An UPDATE event whose status the master makes up: it has no uuid, so it cannot be acknowledged. */
export function masterUpdate(
  master: MasterState,
  status: {
    readonly taskId: string;
    readonly state: TaskState;
    readonly reason: TaskStatusReason;
    readonly message: string;
    readonly agentId?: string | undefined;
    readonly executorId?: string | undefined;
    readonly unreachableAt?: number | undefined;
    readonly containerStatus?: TaskStatus['container_status'] | undefined;
  },
): SchedulerEvent {
  return {
    type: 'UPDATE',
    update: {
      status: {
        task_id: { value: status.taskId },
        state: status.state,
        source: 'SOURCE_MASTER',
        reason: status.reason,
        message: status.message,
        timestamp: master.clock.now() / 1000,
        ...(status.agentId !== undefined && { agent_id: { value: status.agentId } }),
        ...(status.executorId !== undefined && { executor_id: { value: status.executorId } }),
        ...(status.unreachableAt !== undefined && { unreachable_time: { nanoseconds: status.unreachableAt * 1e6 } }),
        ...(status.containerStatus && { container_status: status.containerStatus }),
      },
    },
  };
}
