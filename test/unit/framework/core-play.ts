import { react } from '../../../src/framework/core.ts';
import type { CoreConfig, CoreEvent, CoreState, Decision, Launch } from '../../../src/framework/core-types.ts';
import { initialState } from '../../../src/framework/initial-state.ts';
import type { Offer, SchedulerCall, TaskState, TaskStatus } from '../../../src/mesos/messages.generated.ts';

export const lane = (name: string, over: object = {}): CoreConfig['lanes'][number] => ({
  name,
  executorNeed: { cpus: 900, mem: 96_000, disk: 0 },
  taskNeed: { cpus: 100, mem: 32_000, disk: 0 },
  maxInstances: Infinity,
  idleTimeoutMs: 30_000,
  constraints: [],
  ...over,
});

export const config = (over: Partial<CoreConfig> = {}): CoreConfig => ({
  lanes: [lane('crawler')],
  roles: ['*'],
  totalTasks: Infinity,
  onTaskFailure: 'retry',
  maxTaskRetries: 2,
  reviveIntervalMs: 100,
  executorInfo: (_, instance, resources) => ({ executor_id: { value: `e-${instance}` }, resources }),
  ...over,
});

/** @param executors alive on the agent, as the master knows */
export const offer = (
  id: string,
  cpus: number,
  mem: number,
  agent = 'S0',
  executors: readonly string[] = [],
  over: Partial<Offer> = {},
): Offer => ({
  id: { value: id },
  framework_id: { value: 'F' },
  agent_id: { value: agent },
  hostname: 'h',
  resources: [
    { name: 'cpus', type: 'SCALAR', scalar: { value: cpus } },
    { name: 'mem', type: 'SCALAR', scalar: { value: mem } },
  ],
  executor_ids: executors.map((value) => ({ value })),
  ...over,
});

export const status = (task: string, state: TaskState, over: Partial<TaskStatus> = {}): TaskStatus => ({
  task_id: { value: task },
  state,
  source: 'SOURCE_EXECUTOR',
  agent_id: { value: 'S0' },
  uuid: new Uint8Array(16).fill(1),
  ...over,
});

/** Plays events, a second apart, and collects what was decided. @param at ms before the first */
export function play(
  c: CoreConfig,
  events: readonly CoreEvent[],
  from = initialState(c),
  at = 0,
): { state: CoreState; decisions: Decision[] } {
  let state = from;
  const decisions: Decision[] = [];
  for (const [i, event] of events.entries()) {
    const reaction = react(c, state, event, at + 1000 * (i + 1));
    state = reaction.state;
    decisions.push(...reaction.decisions);
  }
  return { state, decisions };
}

export const subscribed: CoreEvent = { type: 'subscribed', frameworkId: 'F' };
export const demand = (...n: number[]): CoreEvent => ({ type: 'demand', demand: n });
export const offers = (...list: Offer[]): CoreEvent => ({ type: 'offers', offers: list });
export const update = (s: TaskStatus, settled = 1): CoreEvent => ({ type: 'update', status: s, settled });
export const launchesOf = (decisions: readonly Decision[]): readonly Launch[] =>
  decisions.flatMap((d) => (d.type === 'launch' ? d.launches : []));
export const callsOf = (decisions: readonly Decision[]): readonly (string | undefined)[] =>
  decisions.flatMap((d) => (d.type === 'call' ? [d.call.type] : []));
export const callOf = (decisions: readonly Decision[], type: SchedulerCall['type']): Decision | undefined =>
  decisions.find((d) => d.type === 'call' && d.call.type === type);
