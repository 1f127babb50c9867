import type { TaskStatus } from '../mesos/messages.generated.ts';
import type { CoreConfig, CoreState, Decision, ExecutorState, TaskCounts, TaskState } from './core-types.ts';
import { heardOf } from './reconciliation.ts';

export interface Noted {
  readonly state: CoreState;
  readonly decisions: readonly Decision[];
}

type End = keyof Omit<TaskCounts, 'launched'>;

const ENDS: Readonly<Record<string, End>> = {
  TASK_FINISHED: 'finished',
  TASK_FAILED: 'failed',
  TASK_ERROR: 'failed',
  TASK_KILLED: 'killed',
  TASK_LOST: 'lost',
  TASK_DROPPED: 'lost',
  TASK_GONE: 'lost',
  TASK_GONE_BY_OPERATOR: 'lost',
  // Not terminal for Mesos, but its work is given to others at once: when it comes back it is killed.
  TASK_UNREACHABLE: 'lost',
  TASK_UNKNOWN: 'lost',
};

/** @param settled pages that the task has settled so far */
export function noteUpdate(
  config: CoreConfig,
  state: CoreState,
  status: TaskStatus,
  settled: number,
  now: number,
): Noted {
  const id = status.task_id.value;
  const task = state.tasks.get(id);
  const end = ENDS[status.state];
  const decisions: Decision[] = [];
  let next = state;
  if (task && end) {
    const ended = endTask(config, state, task, end, status, settled, now);
    next = ended.state;
    decisions.push(...ended.decisions);
  } else if (task) {
    next = { ...state, ...seen(state, task, status) };
  } else if (!end && status.agent_id) {
    // Given up as lost and back alive: its leases are elsewhere now.
    decisions.push({
      type: 'call',
      call: { type: 'KILL', kill: { task_id: status.task_id, agent_id: status.agent_id } },
    });
  }
  if (task) {
    const heard = heardOf(next.reconciliation, id, now);
    next = { ...next, reconciliation: heard.reconciliation };
    decisions.push(...heard.decisions);
  }
  // Updates that the master made up bear no uuid and must not be acknowledged. After the effect, so that a crash repeats it.
  if (status.uuid && status.uuid.length > 0 && status.agent_id) {
    const acknowledge = { agent_id: status.agent_id, task_id: status.task_id, uuid: status.uuid };
    decisions.push({ type: 'call', call: { type: 'ACKNOWLEDGE', acknowledge } });
  }
  return { state: next, decisions };
}

/** A task shows signs of life. Answers to reconciliation may trail real updates: a task that runs stays running. */
function seen(state: CoreState, task: TaskState, status: TaskStatus): Partial<CoreState> {
  const phase = task.phase === 'running' || status.state === 'TASK_RUNNING' ? 'running' : 'staging';
  const executor = state.executors.get(task.executorId);
  const starts = phase === 'running' && executor && !executor.started;
  return {
    ...(phase !== task.phase && { tasks: new Map(state.tasks).set(task.id, { ...task, phase }) }),
    ...(starts && { executors: new Map(state.executors).set(executor.id, { ...executor, started: true }) }),
  };
}

function endTask(
  config: CoreConfig,
  state: CoreState,
  { id, executorId }: TaskState,
  end: End,
  status: TaskStatus,
  settled: number,
  now: number,
): Noted {
  const tasks = new Map(state.tasks);
  tasks.delete(id);
  const executors = withoutTask(state.executors, executorId, status, now);
  const message = [status.reason, status.message].filter(Boolean).join(': ');
  const base = { ...state, tasks, executors, reviveWanted: true };
  const ended = { type: 'ended-task', taskId: id, state: status.state, message, data: status.data } as const;

  if (status.reason === 'REASON_INVALID_OFFERS') {
    // The offer was gone before the ACCEPT: nothing ran, so nothing failed.
    const counts = { ...state.counts, launched: state.counts.launched - 1 };
    return { state: { ...base, counts }, decisions: [{ ...ended, giveUp: false }] };
  }
  const counts = { ...state.counts, [end]: state.counts[end] + 1 };
  const progressed = state.progressed || settled > 0;
  if (end === 'finished') {
    return { state: { ...base, counts, progressed, barren: 0 }, decisions: [{ ...ended, giveUp: false }] };
  }
  // What is lost with its agent, or was never started, says nothing of the work: only failures count against it. An ERROR
  // for an executor that ran means that it ended while the ACCEPT was under way, and has no place in the offer.
  const stale = status.state === 'TASK_ERROR' && state.executors.get(executorId)?.started === true;
  const blamed = end === 'failed' && !stale;
  const barren = settled > 0 ? 0 : blamed ? state.barren + 1 : state.barren;
  const exhausted = blamed && barren > config.maxTaskRetries;
  const strict = config.onTaskFailure === 'abort' && status.state !== 'TASK_DROPPED' && !stale;
  const abort = !state.stopping && (strict || (exhausted && !progressed));
  const text = `task ${id} ended as ${status.state}${message ? `: ${message}` : ''}`;
  const failed = exhausted ? `${barren} tasks in a row settled nothing; ${text}` : text;
  return {
    state: { ...base, counts, progressed, barren: exhausted ? 0 : barren },
    decisions: [
      { ...ended, giveUp: exhausted && progressed },
      ...(abort ? [{ type: 'abort', message: failed } as const] : []),
    ],
  };
}

/**
 * Only an executor that reported the end itself is known to live; one that was told of before a launch went wrong was not
 * touched by it. Any other is forgotten: if it lives, offers will name it.
 */
function withoutTask(
  known: CoreState['executors'],
  executorId: string,
  status: TaskStatus,
  now: number,
): Map<string, ExecutorState> {
  const executors = new Map(known);
  const executor = executors.get(executorId);
  if (executor?.taskId !== status.task_id.value) return executors;
  const spared = status.reason === 'REASON_INVALID_OFFERS' && executor.started;
  const reported = status.source === 'SOURCE_EXECUTOR';
  if (!reported && !spared) executors.delete(executorId);
  else {
    const idleSince = executor.leaving ? executor.idleSince : now;
    executors.set(executorId, { ...executor, taskId: undefined, started: true, idleSince });
  }
  return executors;
}
