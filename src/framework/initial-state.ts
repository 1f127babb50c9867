import type { CoreConfig, CoreState, ExecutorState, TaskCounts, TaskState } from './core-types.ts';

/** What of a CoreState outlives the scheduler: enough to take up its tasks and executors again, and never to use an id twice. */
export interface Remembered {
  readonly frameworkId?: string | undefined;
  readonly counts: TaskCounts;
  readonly nextTask: number;
  readonly nextInstance: number;
  readonly tasks: readonly TaskState[];
  readonly executors: readonly ExecutorState[];
}

export function initialState(config: CoreConfig): CoreState {
  return {
    subscribed: false,
    offers: new Map(),
    executors: new Map(),
    tasks: new Map(),
    counts: { launched: 0, finished: 0, failed: 0, killed: 0, lost: 0 },
    nextTask: 1,
    nextInstance: 1,
    demand: config.lanes.map(() => 0),
    muted: false,
    suppressed: false,
    reviveWanted: false,
    revivedAt: -Infinity,
    reconciliation: { pending: new Set(), dueAt: Infinity, waitMs: 0 },
    maintenance: new Map(),
    barren: 0,
    progressed: false,
    stopping: false,
    keep: false,
    offerCounts: { received: 0, used: 0, refused: {} },
    refusals: new Map(),
    shortfalls: [],
  };
}

/** The part of a state to store; before its ACCEPT is sent, and with the commit of a task's end. */
export function remembered(state: CoreState): Remembered {
  const { frameworkId, counts, nextTask, nextInstance, tasks, executors } = state;
  return {
    ...(frameworkId !== undefined && { frameworkId }),
    counts,
    nextTask,
    nextInstance,
    tasks: [...tasks.values()],
    executors: [...executors.values()],
  };
}

/**
 * The state of a scheduler that starts again, from what an earlier one stored. Its tasks may have ended or never begun
 * meanwhile: they are asked about as soon as there is a subscription.
 */
export function restoreState(config: CoreConfig, stored: Remembered): CoreState {
  const taskOf = new Map(stored.tasks.map((task) => [task.executorId, task.id]));
  const executors = stored.executors.map((executor): ExecutorState => ({
    ...executor,
    taskId: taskOf.get(executor.id),
    // Of a kind that the job no longer has: of no use, but it holds resources.
    leaving: executor.leaving || executor.lane >= config.lanes.length,
  }));
  const { finished, failed, killed, lost } = stored.counts;
  return {
    ...initialState(config),
    ...(stored.frameworkId !== undefined && { frameworkId: stored.frameworkId }),
    counts: { ...stored.counts, launched: finished + failed + killed + lost + stored.tasks.length },
    nextTask: stored.nextTask,
    nextInstance: stored.nextInstance,
    tasks: new Map(stored.tasks.map((task) => [task.id, task])),
    executors: new Map(executors.map((executor) => [executor.id, executor])),
    progressed: stored.counts.finished > 0,
  };
}
