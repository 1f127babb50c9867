import { unreachable } from '../lib/errors.ts';
import type { SchedulerCall, TaskStatus } from '../mesos/messages.generated.ts';
import {
  type CoreConfig,
  type CoreEvent,
  type CoreState,
  type Decision,
  type ExecutorState,
  INITIAL_STATE,
  type TaskCounts,
} from './core-types.ts';
import { place } from './placement.ts';

export interface Reaction {
  readonly state: CoreState;
  readonly decisions: readonly Decision[];
}

export function initialState(config: CoreConfig): CoreState {
  return { ...INITIAL_STATE, demand: config.lanes.map(() => 0) };
}

/**
 * The scheduler's mind: what it knows, an event, the time (epoch ms) → what it knows now, and what to do. No socket, timer,
 * disk or chance. Calls are decided in the order in which the master must see them.
 */
export function react(config: CoreConfig, before: CoreState, event: CoreEvent, now: number): Reaction {
  const { state, decisions } = note(config, before, event, now);
  const settled = settle(config, state, now);
  return { state: settled.state, decisions: [...decisions, ...settled.decisions] };
}

// A real master's allocator runs for each REVIVE (api-facts: rate-limit it); the embedded one offers freed resources by itself.
const REVIVE_INTERVAL_MS = 100;
const RECONCILE_INTERVAL_MS = 15 * 60_000;

/** The event itself: what it changes, before new work is placed. */
function note(config: CoreConfig, state: CoreState, event: CoreEvent, now: number): Reaction {
  switch (event.type) {
    case 'subscribed':
      return subscribed(state, event.frameworkId, now);
    case 'disconnected':
      return nothing({ ...state, subscribed: false, offers: new Map() });
    case 'offers':
      return nothing({
        ...state,
        offers: new Map([...state.offers, ...event.offers.map((o) => [o.id.value, o] as const)]),
      });
    case 'rescind':
      return nothing({ ...state, offers: without(state.offers, event.offerId) });
    case 'update':
      return update(config, state, event.status, event.settled, now);
    case 'failure':
      return nothing(failure(state, event.agentId, event.executorId));
    case 'error':
      return error(state, event.message);
    case 'demand':
      return nothing({ ...state, demand: event.demand });
    case 'tick':
      return tick(config, state, now);
    case 'stop':
      return nothing({ ...state, stopping: true });
    default:
      return unreachable(event);
  }
}

const nothing = (state: CoreState): Reaction => ({ state, decisions: [] });
const call = (body: Omit<SchedulerCall, 'framework_id'>): Decision => ({ type: 'call', call: body });

/** Places what waits, asks for offers or silences them, and ends when all is over. */
function settle(config: CoreConfig, before: CoreState, now: number): Reaction {
  if (!before.subscribed) {
    const over = before.stopping && before.tasks.size === 0;
    return { state: before, decisions: over ? [{ type: 'ended' }] : [] };
  }
  const placed = place(config, before, now);
  const decisions = [...placed.decisions];
  const waiting = placed.unmet.some((n) => n > 0);
  let state: CoreState = {
    ...before,
    offers: new Map(),
    executors: new Map(placed.executors.map((executor) => [executor.id, executor])),
    tasks: new Map([...before.tasks, ...placed.tasks.map((task) => [task.id, task] as const)]),
    counts: { ...before.counts, launched: before.counts.launched + placed.launched },
    nextTask: before.nextTask + placed.launched,
    nextInstance: before.nextInstance + placed.launched,
    demand: placed.unmet,
    muted: before.offers.size > 0 ? !waiting : before.muted,
    shortfalls: before.offers.size > 0 || !waiting ? placed.shortfalls : before.shortfalls,
  };
  if (state.stopping && state.tasks.size === 0)
    return { state, decisions: [...decisions, call({ type: 'TEARDOWN' }), { type: 'ended' }] };
  const roomFor = state.counts.launched < config.totalTasks;
  if (waiting && roomFor) {
    const evicted = evict(config, state, now);
    state = evicted.state;
    decisions.push(...evicted.decisions);
    if ((state.muted || state.reviveWanted) && now - state.revivedAt >= REVIVE_INTERVAL_MS) {
      decisions.push(call({ type: 'REVIVE' }));
      state = { ...state, muted: false, suppressed: false, reviveWanted: false, revivedAt: now };
    }
  } else if (!waiting || !roomFor) {
    state = { ...state, reviveWanted: false };
    if (!state.suppressed && state.muted) {
      decisions.push(call({ type: 'SUPPRESS' }));
      state = { ...state, suppressed: true };
    }
  }
  return { state, decisions };
}

/** A lane that has no task and no room gets the place of another lane's idle executor. */
function evict(config: CoreConfig, state: CoreState, now: number): Reaction {
  const busy = new Set([...state.tasks.values()].map((task) => task.lane));
  const starved = config.lanes.some((_, lane) => (state.demand[lane] ?? 0) > 0 && !busy.has(lane));
  const leaving = [...state.executors.values()].some((executor) => executor.leaving);
  const idle = [...state.executors.values()].find(
    (executor) => executor.taskId === undefined && !executor.leaving && (state.demand[executor.lane] ?? 0) === 0,
  );
  return starved && !leaving && idle ? dismiss(state, [idle], now) : nothing(state);
}

function dismiss(state: CoreState, leaving: readonly ExecutorState[], now: number): Reaction {
  const executors = new Map(state.executors);
  for (const executor of leaving) executors.set(executor.id, { ...executor, leaving: true, idleSince: now });
  const decisions = leaving.map(({ id, agentId }) =>
    call({ type: 'SHUTDOWN', shutdown: { executor_id: { value: id }, agent_id: { value: agentId } } }),
  );
  return { state: { ...state, executors }, decisions };
}

function subscribed(state: CoreState, frameworkId: string, now: number): Reaction {
  // A subscription starts with no offers and the suppression that SUBSCRIBE carried: none.
  const next = {
    ...state,
    frameworkId,
    subscribed: true,
    offers: new Map(),
    suppressed: false,
    muted: false,
    reconciledAt: now,
  };
  return state.tasks.size > 0 ? reconcile(next, now) : nothing(next);
}

function reconcile(state: CoreState, now: number): Reaction {
  const tasks = [...state.tasks.values()].map((task) => ({
    task_id: { value: task.id },
    agent_id: { value: task.agentId },
  }));
  return { state: { ...state, reconciledAt: now }, decisions: [call({ type: 'RECONCILE', reconcile: { tasks } })] };
}

function tick(config: CoreConfig, state: CoreState, now: number): Reaction {
  const idle = [...state.executors.values()].filter(
    (executor) =>
      executor.taskId === undefined &&
      !executor.leaving &&
      now - executor.idleSince >= (config.lanes[executor.lane]?.idleTimeoutMs ?? Infinity),
  );
  const dismissed = state.subscribed ? dismiss(state, idle, now) : nothing(state);
  if (!state.subscribed || state.tasks.size === 0 || now - state.reconciledAt < RECONCILE_INTERVAL_MS) return dismissed;
  const asked = reconcile(dismissed.state, now);
  return { state: asked.state, decisions: [...dismissed.decisions, ...asked.decisions] };
}

/** An executor ended, or (without executorId) an agent. Tasks get updates of their own, which may come late or never: they are asked about. */
function failure(state: CoreState, agentId: string | undefined, executorId: string | undefined): CoreState {
  const gone = (executor: ExecutorState): boolean =>
    executor.agentId === agentId && (executorId === undefined || executor.id === executorId);
  const executors = new Map([...state.executors].filter(([, executor]) => !gone(executor)));
  const offers =
    executorId === undefined
      ? new Map([...state.offers].filter(([, offer]) => offer.agent_id.value !== agentId))
      : state.offers;
  return { ...state, executors, offers, reviveWanted: true, reconciledAt: -Infinity };
}

function error(state: CoreState, message: string): Reaction {
  if (!message.includes('Framework has been removed')) {
    const what = message.includes('failed over') ? 'another scheduler took this framework over' : message;
    return { state: { ...state, subscribed: false }, decisions: [{ type: 'abort', message: what }] };
  }
  // The id is dead and all tasks with it; the next SUBSCRIBE starts a new framework.
  const decisions = [...state.tasks.keys()].map((taskId): Decision => ({
    type: 'ended-task',
    taskId,
    state: 'TASK_LOST',
    message,
    giveUp: false,
  }));
  const counts = { ...state.counts, lost: state.counts.lost + state.tasks.size };
  const fresh = {
    frameworkId: undefined,
    subscribed: false,
    offers: new Map(),
    executors: new Map(),
    tasks: new Map(),
  };
  return { state: { ...state, ...fresh, counts }, decisions };
}

const ENDS: Readonly<Record<string, keyof Omit<TaskCounts, 'launched'>>> = {
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

function update(config: CoreConfig, state: CoreState, status: TaskStatus, settled: number, now: number): Reaction {
  const id = status.task_id.value;
  const task = state.tasks.get(id);
  const end = ENDS[status.state];
  const decisions: Decision[] = [];
  let next = state;
  if (task && end) {
    const ended = endTask(config, state, status, settled, now);
    next = ended.state;
    decisions.push(...ended.decisions);
  } else if (task) {
    const phase = status.state === 'TASK_RUNNING' ? 'running' : 'staging';
    next = { ...state, tasks: new Map([...state.tasks, [id, { ...task, phase }]]) };
  } else if (!end && status.agent_id) {
    // Given up as lost and back alive: its leases are elsewhere now.
    decisions.push(call({ type: 'KILL', kill: { task_id: status.task_id, agent_id: status.agent_id } }));
  }
  // Updates that the master made up bear no uuid and must not be acknowledged. After the effect, so that a crash repeats it.
  if (status.uuid && status.uuid.length > 0 && status.agent_id) {
    const acknowledge = { agent_id: status.agent_id, task_id: status.task_id, uuid: status.uuid };
    decisions.push(call({ type: 'ACKNOWLEDGE', acknowledge }));
  }
  return { state: next, decisions };
}

function endTask(config: CoreConfig, state: CoreState, status: TaskStatus, settled: number, now: number): Reaction {
  const id = status.task_id.value;
  const kind = ENDS[status.state] ?? 'lost';
  const task = state.tasks.get(id);
  const executors = new Map(state.executors);
  const executor = task && executors.get(task.executorId);
  // Only an executor that reported the end itself is known to live; an orphan leaves by itself when idle.
  // One that was idle before a launch went wrong (idleSince > 0) was not touched by it.
  const alive =
    status.source === 'SOURCE_EXECUTOR' ||
    (status.reason === 'REASON_INVALID_OFFERS' && (executor?.idleSince ?? 0) > 0);
  if (executor && !alive) executors.delete(executor.id);
  else if (executor?.taskId === id) executors.set(executor.id, { ...executor, taskId: undefined, idleSince: now });
  const message = [status.reason, status.message].filter(Boolean).join(': ');
  const base = { ...state, tasks: without(state.tasks, id), executors, reviveWanted: true };
  const ended = { type: 'ended-task', taskId: id, state: status.state, message, data: status.data } as const;

  if (status.reason === 'REASON_INVALID_OFFERS') {
    // The offer was gone before the ACCEPT: nothing ran, so nothing failed.
    const counts = { ...state.counts, launched: state.counts.launched - 1 };
    return { state: { ...base, counts }, decisions: [{ ...ended, giveUp: false }] };
  }
  const counts = { ...state.counts, [kind]: state.counts[kind] + 1 };
  const progressed = state.progressed || settled > 0;
  if (kind === 'finished') {
    return { state: { ...base, counts, progressed, barren: 0 }, decisions: [{ ...ended, giveUp: false }] };
  }
  const barren = settled > 0 ? 0 : state.barren + 1;
  const exhausted = barren > config.maxTaskRetries;
  const abort = !state.stopping && (config.onTaskFailure === 'abort' || (exhausted && !progressed));
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

function without<K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
