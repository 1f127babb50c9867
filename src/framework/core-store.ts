import type { Store } from '../store/types.ts';
import type { CoreConfig, CoreState, ExecutorState, TaskState } from './core-types.ts';
import { initialState, restoreState } from './initial-state.ts';
import type { Ledger } from './ledger.ts';
import { decodeJson, encodeJson, entriesBelow, keyOf } from './store-keys.ts';

type Head = Pick<CoreState, 'frameworkId' | 'counts' | 'nextTask' | 'nextInstance'>;

const HEAD = keyOf('core');

/** Puts into the open commit what `after` has otherwise than `before`. Tasks and executors are few and change seldom. */
export function recordCore(store: Store, before: CoreState, after: CoreState): void {
  recordMap(store, 'task', before.tasks, after.tasks);
  recordMap(store, 'executor', before.executors, after.executors);
  if (
    before.frameworkId !== after.frameworkId ||
    before.counts !== after.counts ||
    before.nextTask !== after.nextTask ||
    before.nextInstance !== after.nextInstance
  ) {
    const { frameworkId, counts, nextTask, nextInstance } = after;
    store.put(HEAD, encodeJson({ frameworkId, counts, nextTask, nextInstance } satisfies Head));
  }
}

/**
 * What the last process knew, to go on with.
 *
 * @param ended the cluster of that time is gone, and with it the framework's id and all its tasks
 */
export async function recallCore(store: Store, config: CoreConfig, ended: boolean): Promise<CoreState> {
  const head = store.get(HEAD);
  if (head === undefined) return initialState(config);
  const known = restoreState(config, {
    ...decodeJson<Head>(head),
    tasks: (await entriesBelow(store, 'task')).map(({ value }) => decodeJson<TaskState>(value)),
    executors: (await entriesBelow(store, 'executor')).map(({ value }) => decodeJson<ExecutorState>(value)),
  });
  if (!ended) return known;
  const without = withoutCluster(known);
  recordCore(store, known, without);
  return without;
}

/** The framework was torn down: what its tasks held goes back to the queue. */
export function forgetTasks(store: Store, state: CoreState, ledger: Ledger): void {
  for (const id of state.tasks.keys()) ledger.close(id, undefined);
  recordCore(store, state, withoutCluster(state));
}

function withoutCluster(state: CoreState): CoreState {
  const counts = { ...state.counts, lost: state.counts.lost + state.tasks.size };
  return { ...state, frameworkId: undefined, tasks: new Map(), executors: new Map(), counts };
}

function recordMap<T>(store: Store, kind: string, before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): void {
  if (before === after) return;
  for (const [id, value] of after) if (before.get(id) !== value) store.put(keyOf(kind, id), encodeJson(value));
  for (const id of before.keys()) if (!after.has(id)) store.delete(keyOf(kind, id));
}
