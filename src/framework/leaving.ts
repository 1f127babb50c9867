import type { Offer } from '../mesos/messages.generated.ts';
import type { CoreConfig, CoreState, Decision, ExecutorState } from './core-types.ts';
import { isUpForMaintenance } from './maintenance.ts';

export interface Departure {
  readonly executors: CoreState['executors'];
  readonly decisions: readonly Decision[];
}

/** Longer than the grace that executors are given; SHUTDOWN and FAILURE may both be lost. */
const FORGET_AFTER_MS = 30_000;
/** Offers may yet come that make it unnecessary to send an idle executor away. */
const EVICT_AFTER_MS = 1_000;

/** Idle executors whose time is over, or whose agent is up for maintenance, are told to leave; those told long ago are forgotten. */
export function dismissIdle(config: CoreConfig, state: CoreState, now: number): Departure {
  const due: ExecutorState[] = [];
  const gone: string[] = [];
  for (const executor of state.executors.values()) {
    const { id, lane, agentId, idleSince, leaving, taskId } = executor;
    if (leaving && taskId === undefined && now - idleSince >= FORGET_AFTER_MS) gone.push(id);
    if (leaving || taskId !== undefined) continue;
    const maintenance = state.maintenance.get(agentId);
    const idleTimeoutMs = config.lanes[lane]?.idleTimeoutMs ?? 0;
    if (now - idleSince >= idleTimeoutMs || (maintenance && isUpForMaintenance(maintenance, now))) due.push(executor);
  }
  if (due.length === 0 && gone.length === 0) return { executors: state.executors, decisions: [] };
  const departure = dismiss(state.executors, due, now);
  const executors = new Map(departure.executors);
  for (const id of gone) executors.delete(id);
  return { executors, decisions: departure.decisions };
}

/** A lane that has no task and finds no room gets the place of another lane's idle executor. @param wanted by lane */
export function evict(state: CoreState, wanted: readonly number[], now: number): Departure {
  const busy = new Set([...state.tasks.values()].map((task) => task.lane));
  const starved = wanted.some((n, lane) => n > 0 && !busy.has(lane));
  const tried = state.refusals.size > 0 || now - (state.waitingSince ?? now) >= EVICT_AFTER_MS;
  const all = [...state.executors.values()];
  if (!starved || !tried || all.some((executor) => executor.leaving))
    return { executors: state.executors, decisions: [] };
  const idle = all.find(({ taskId, lane }) => taskId === undefined && (wanted[lane] ?? 0) === 0);
  return idle ? dismiss(state.executors, [idle], now) : { executors: state.executors, decisions: [] };
}

/**
 * Offers name the framework's executors on their agents. Those that nobody here knows of are left over from a lost agent that
 * came back, or from a scheduler that stored nothing: they hold resources for nothing. Idle ones that are not named have
 * ended, and the FAILURE that should have told of it was lost or is yet to come.
 */
export function compareWithOffers(state: CoreState, offers: readonly Offer[]): Departure {
  const named = new Set(offers.flatMap(({ executor_ids = [] }) => executor_ids.map(({ value }) => value)));
  const agents = new Set(offers.map(({ agent_id }) => agent_id.value));
  const gone = [...state.executors.values()].filter(
    ({ id, agentId, taskId }) => taskId === undefined && agents.has(agentId) && !named.has(id),
  );
  const executors = new Map(state.executors);
  for (const { id } of gone) executors.delete(id);
  const working = new Set([...state.tasks.values()].map((task) => task.executorId));
  const orphans = new Map<string, Decision>();
  for (const { agent_id, executor_ids = [] } of offers) {
    for (const executor_id of executor_ids) {
      if (executors.has(executor_id.value) || working.has(executor_id.value)) continue;
      orphans.set(executor_id.value, { type: 'call', call: { type: 'SHUTDOWN', shutdown: { executor_id, agent_id } } });
    }
  }
  return { executors: gone.length > 0 ? executors : state.executors, decisions: [...orphans.values()] };
}

function dismiss(known: CoreState['executors'], leaving: readonly ExecutorState[], now: number): Departure {
  const executors = new Map(known);
  for (const executor of leaving) executors.set(executor.id, { ...executor, leaving: true, idleSince: now });
  const decisions = leaving.map(({ id, agentId }): Decision => ({
    type: 'call',
    call: { type: 'SHUTDOWN', shutdown: { executor_id: { value: id }, agent_id: { value: agentId } } },
  }));
  return { executors, decisions };
}
