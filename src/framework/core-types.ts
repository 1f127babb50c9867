import type { ExecutorInfo, Offer, Resource, SchedulerCall, TaskStatus } from '../mesos/messages.generated.ts';
import type { Amounts } from './resources.ts';

/** One executor kind of the job, as the core sees it. Its number in the list is its lane. */
export interface LaneConfig {
  readonly name: string;
  /** Held by an executor as long as it lives. */
  readonly executorNeed: Amounts;
  /** Held by each task besides; both together are what the job declares for one worker. */
  readonly taskNeed: Amounts;
  readonly maxInstances: number;
  readonly idleTimeoutMs: number;
}

export interface CoreConfig {
  readonly lanes: readonly LaneConfig[];
  /** Tasks that may ever be launched; Infinity = no limit. */
  readonly totalTasks: number;
  readonly onTaskFailure: 'retry' | 'abort';
  /** Failed tasks in a row that settled nothing, before their URLs (or the run) are given up. */
  readonly maxTaskRetries: number;
  /** Builds the ExecutorInfo of a new instance; equal arguments give equal results. */
  readonly executorInfo: (lane: number, instance: number, resources: readonly Resource[]) => ExecutorInfo;
}

export interface ExecutorState {
  readonly id: string;
  readonly lane: number;
  readonly agentId: string;
  /** Sent unchanged with each of its tasks: Mesos refuses a task whose ExecutorInfo differs in anything. */
  readonly info: ExecutorInfo;
  /** The task it works on, if any. */
  readonly taskId?: string | undefined;
  readonly idleSince: number;
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

/** All that the scheduler knows of the cluster. A value: `react` makes a new one from each event. */
export interface CoreState {
  readonly frameworkId?: string | undefined;
  readonly subscribed: boolean;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly executors: ReadonlyMap<string, ExecutorState>;
  readonly tasks: ReadonlyMap<string, TaskState>;
  readonly counts: TaskCounts;
  readonly nextTask: number;
  readonly nextInstance: number;
  /** How many more tasks each lane could use now. */
  readonly demand: readonly number[];
  /** Offers were refused for long, or suppressed: REVIVE before counting on new ones. */
  readonly muted: boolean;
  readonly suppressed: boolean;
  /** Resources came free while work waits: REVIVE as soon as the rate limit allows. */
  readonly reviveWanted: boolean;
  readonly revivedAt: number;
  readonly reconciledAt: number;
  /** Failed tasks in a row without a settled page. */
  readonly barren: number;
  /** A page was settled in this run. */
  readonly progressed: boolean;
  readonly stopping: boolean;
  /** What kept the last offers from being used: `crawler: agent S0 has cpus 0.5 of 1`. */
  readonly shortfalls: readonly string[];
}

export type CoreEvent =
  | { readonly type: 'subscribed'; readonly frameworkId: string }
  | { readonly type: 'disconnected' }
  | { readonly type: 'offers'; readonly offers: readonly Offer[] }
  | { readonly type: 'rescind'; readonly offerId: string }
  /** `settled`: pages that the task has settled so far. */
  | { readonly type: 'update'; readonly status: TaskStatus; readonly settled: number }
  | { readonly type: 'failure'; readonly agentId?: string | undefined; readonly executorId?: string | undefined }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'demand'; readonly demand: readonly number[] }
  | { readonly type: 'tick' }
  /** No more launches; ends when no task lives. */
  | { readonly type: 'stop' };

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
  /** No task lives and none will be launched: TEARDOWN was decided. */
  | { readonly type: 'ended' };

export const INITIAL_STATE: Omit<CoreState, 'demand'> = {
  subscribed: false,
  offers: new Map(),
  executors: new Map(),
  tasks: new Map(),
  counts: { launched: 0, finished: 0, failed: 0, killed: 0, lost: 0 },
  nextTask: 1,
  nextInstance: 1,
  muted: false,
  suppressed: false,
  reviveWanted: false,
  revivedAt: -Infinity,
  reconciledAt: -Infinity,
  barren: 0,
  progressed: false,
  stopping: false,
  shortfalls: [],
};
