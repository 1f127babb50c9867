import type { CoreState, Decision, Reconciliation, TaskState } from './core-types.ts';

interface Asked {
  readonly reconciliation: Reconciliation;
  readonly decisions: readonly Decision[];
}

/** As the documentation of Mesos advises. */
const INTERVAL_MS = 15 * 60_000;
// After a master fail-over silence may last ten minutes, until the agents are back: truncated exponential back-off.
const FIRST_WAIT_MS = 1_000;
const WAIT_MAX_MS = 60_000;
/** An ACCEPT that was lost is reported by no one: a task not heard of for so long is asked about. */
const LAUNCH_TIMEOUT_MS = 60_000;

/** Asks about all tasks, one by one; when all have answered, about those that only the master knows. */
export function askAll(state: Pick<CoreState, 'tasks'>, now: number): Asked {
  return ask(state.tasks, new Set(state.tasks.keys()), FIRST_WAIT_MS, now);
}

/** Adds tasks to those asked about, at the next tick. */
export function askSoon(before: Reconciliation, tasks: Iterable<TaskState>, now: number): Reconciliation {
  const pending = new Set(before.pending);
  for (const { id } of tasks) pending.add(id);
  if (pending.size === before.pending.size) return before;
  return { pending, dueAt: Math.min(before.dueAt, now), waitMs: FIRST_WAIT_MS };
}

/** A task was heard of, or is over. */
export function heardOf(before: Reconciliation, taskId: string, now: number): Asked {
  if (!before.pending.has(taskId)) return { reconciliation: before, decisions: [] };
  const pending = new Set(before.pending);
  pending.delete(taskId);
  if (pending.size > 0) return { reconciliation: { ...before, pending }, decisions: [] };
  return askImplicitly(now);
}

/** What is due: the same question again, later each time; or the round of every quarter of an hour. */
export function askWhenDue({ tasks, reconciliation }: CoreState, now: number): Asked {
  const silent = [...tasks.values()].filter(
    ({ id, phase, launchedAt }) =>
      phase === 'accepted' && now - launchedAt >= LAUNCH_TIMEOUT_MS && !reconciliation.pending.has(id),
  );
  const current = askSoon(reconciliation, silent, now);
  if (now < current.dueAt) return { reconciliation: current, decisions: [] };
  if (current.pending.size === 0) return askAll({ tasks }, now);
  return ask(tasks, current.pending, Math.min(current.waitMs, WAIT_MAX_MS), now);
}

function ask(tasks: ReadonlyMap<string, TaskState>, ids: ReadonlySet<string>, waitMs: number, now: number): Asked {
  const asked = [...tasks.values()].filter(({ id }) => ids.has(id));
  if (asked.length === 0) return askImplicitly(now);
  const list = asked.map(({ id, agentId }) => ({ task_id: { value: id }, agent_id: { value: agentId } }));
  return {
    reconciliation: { pending: new Set(asked.map(({ id }) => id)), dueAt: now + waitMs, waitMs: 2 * waitMs },
    decisions: [{ type: 'call', call: { type: 'RECONCILE', reconcile: { tasks: list } } }],
  };
}

function askImplicitly(now: number): Asked {
  return {
    reconciliation: { pending: new Set(), dueAt: now + INTERVAL_MS, waitMs: FIRST_WAIT_MS },
    decisions: [{ type: 'call', call: { type: 'RECONCILE', reconcile: { tasks: [] } } }],
  };
}
