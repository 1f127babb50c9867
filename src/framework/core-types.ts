import type {
  ExecutorInfo,
  InverseOffer,
  Offer,
  Resource,
  SchedulerCall,
  TaskStatus,
} from '../mesos/messages.generated.ts';
import type { AgentConstraint } from './constraints.ts';
import type { Amounts } from './resources.ts';
import type { OfferCounts, Refusals, Shortfall } from './shortfalls.ts';

/** One executor kind of the job, as the core sees it. Its number in the list is its lane. */
export interface LaneConfig {
  readonly name: string;
  /** Held by an executor as long as it lives. */
  readonly executorNeed: Amounts;
  /** Held by each task besides; both together are what the job declares for one worker. */
  readonly taskNeed: Amounts;
  readonly maxInstances: number;
  readonly idleTimeoutMs: number;
  /** What its agents must be like. */
  readonly constraints: readonly AgentConstraint[];
}

export interface CoreConfig {
  readonly lanes: readonly LaneConfig[];
  /** Roles of the framework: offers to any other are not used. */
  readonly roles: readonly string[];
  /** Tasks that may ever be launched; Infinity = no limit. */
  readonly totalTasks: number;
  readonly onTaskFailure: 'retry' | 'abort';
  /** Failed tasks in a row that settled nothing, before their URLs (or the run) are given up. */
  readonly maxTaskRetries: number;
  /** Least time between two REVIVEs: a real master's allocator runs for each. */
  readonly reviveIntervalMs: number;
  /** Builds the ExecutorInfo of a new instance; equal arguments give equal results. */
  readonly executorInfo: (lane: number, instance: number, resources: readonly Resource[]) => ExecutorInfo;
}

export interface ExecutorState {
  readonly id: string;
  readonly lane: number;
  readonly agentId: string;
  /** Sent unchanged with each of its tasks: Mesos refuses a task whose ExecutorInfo differs in anything. */
  readonly info: ExecutorInfo;
  /** Role of the offer that its resources are from: those of its tasks must be of the same. */
  readonly role?: string | undefined;
  /** What its agent has for the attributes that constraints of its kind count. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The task it works on, if any. */
  readonly taskId?: string | undefined;
  /** When it became idle, or was told to leave. */
  readonly idleSince: number;
  /** It has been heard of: the process exists. */
  readonly started: boolean;
  /** Told to shut down; takes no more tasks. */
  readonly leaving: boolean;
}

export interface TaskState {
  readonly id: string;
  readonly lane: number;
  readonly executorId: string;
  readonly agentId: string;
  readonly phase: 'accepted' | 'staging' | 'running';
  readonly launchedAt: number;
}

export interface TaskCounts {
  readonly launched: number;
  readonly finished: number;
  readonly failed: number;
  readonly killed: number;
  readonly lost: number;
}

/** Asking the master about tasks, until each has been heard of. */
export interface Reconciliation {
  /** Tasks not heard of since they were first asked about. */
  readonly pending: ReadonlySet<string>;
  /** When to ask (again); epoch ms. */
  readonly dueAt: number;
  /** How long to wait for answers after the next question. */
  readonly waitMs: number;
}

/** A time for which an operator wants an agent to be left alone; epoch ms. */
export interface Maintenance {
  readonly from: number;
  readonly to: number;
  /** The inverse offer that told of it, if one did. */
  readonly inverseOfferId?: string | undefined;
}

/** All that the scheduler knows of the cluster. A value: `react` makes a new one from each event. */
export interface CoreState {
  readonly frameworkId?: string | undefined;
  readonly subscribed: boolean;
  /** Empty after each event: offers are used or declined as they come. */
  readonly offers: ReadonlyMap<string, Offer>;
  readonly executors: ReadonlyMap<string, ExecutorState>;
  readonly tasks: ReadonlyMap<string, TaskState>;
  readonly counts: TaskCounts;
  readonly nextTask: number;
  readonly nextInstance: number;
  /** How many more tasks each lane could use now. */
  readonly demand: readonly number[];
  /** Since when there is demand that offers could serve and did not; undefined when there is none. */
  readonly waitingSince?: number | undefined;
  /** URLs wait, but for time alone: their hosts rest until then (epoch ms). */
  readonly restingUntil?: number | undefined;
  /** Offers were refused for long, for want of work: REVIVE before counting on new ones. */
  readonly muted: boolean;
  readonly suppressed: boolean;
  /** Resources came free while work waits, or work of a kind that had none: REVIVE as soon as the rate limit allows. */
  readonly reviveWanted: boolean;
  readonly revivedAt: number;
  readonly reconciliation: Reconciliation;
  /** By agent. */
  readonly maintenance: ReadonlyMap<string, Maintenance>;
  /** Failed tasks in a row without a settled page. */
  readonly barren: number;
  /** A page was settled in this run. */
  readonly progressed: boolean;
  readonly stopping: boolean;
  /** Stopping, and the run shall go on later: what runs is left alone. */
  readonly keep: boolean;
  readonly offerCounts: OfferCounts;
  /** Why the last offers of each agent did not serve. */
  readonly refusals: Refusals;
  /** Why waiting work is not launched; empty when none waits. */
  readonly shortfalls: readonly Shortfall[];
}

export type CoreEvent =
  | { readonly type: 'subscribed'; readonly frameworkId: string }
  | { readonly type: 'disconnected' }
  | { readonly type: 'offers'; readonly offers: readonly Offer[] }
  | { readonly type: 'rescind'; readonly offerId: string }
  | { readonly type: 'inverse-offers'; readonly inverseOffers: readonly InverseOffer[] }
  | { readonly type: 'rescind-inverse'; readonly inverseOfferId: string }
  /** `settled`: pages that the task has settled so far. */
  | { readonly type: 'update'; readonly status: TaskStatus; readonly settled: number }
  | { readonly type: 'failure'; readonly agentId?: string | undefined; readonly executorId?: string | undefined }
  | { readonly type: 'error'; readonly message: string }
  /** `restingUntil`: URLs wait, none is ready before then; undefined when none waits for time alone. */
  | { readonly type: 'demand'; readonly demand: readonly number[]; readonly restingUntil?: number | undefined }
  | { readonly type: 'tick' }
  /** No more launches; ends when no task lives. With `keep` it ends at once and leaves what runs, to be taken up by the next run. */
  | { readonly type: 'stop'; readonly keep?: boolean };

export interface Launch {
  readonly taskId: string;
  readonly lane: number;
  readonly executor: ExecutorInfo;
  readonly resources: readonly Resource[];
}

/** What the driver shall do, in this order. */
export type Decision =
  | { readonly type: 'call'; readonly call: Omit<SchedulerCall, 'framework_id'> }
  /** ACCEPT with these tasks; the driver leases their first requests. */
  | {
      readonly type: 'launch';
      readonly offerIds: readonly string[];
      readonly agentId: string;
      readonly launches: readonly Launch[];
      readonly refuseSeconds: number;
    }
  /** The task is over. Its leases go back to the queue; with `giveUp` they are settled as failed. */
  | {
      readonly type: 'ended-task';
      readonly taskId: string;
      readonly state: string;
      readonly message: string;
      readonly giveUp: boolean;
      readonly data?: Uint8Array | undefined;
    }
  | { readonly type: 'abort'; readonly message: string }
  /** All is over. With `torndown` TEARDOWN was decided; otherwise the framework stays with the master, as long as its failover_timeout. */
  | { readonly type: 'ended'; readonly torndown: boolean };
