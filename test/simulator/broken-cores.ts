import type { CoreConfig, CoreEvent, CoreState, Decision } from '../../src/framework/core-types.ts';
import type { Reaction } from '../../src/framework/core.ts';
import type { SchedulerCall } from '../../src/mesos/messages.generated.ts';
import { type Core, REAL_CORE } from './core-under-test.ts';

type Call = Omit<SchedulerCall, 'framework_id'>;
type Spoil = (reaction: Reaction, before: CoreState) => Reaction;

const spoiled = (spoil: Spoil): Core => ({
  ...REAL_CORE,
  react: (config, before, event, now) => spoil(REAL_CORE.react(config, before, event, now), before),
});

const withDecisions = (change: (decisions: readonly Decision[]) => readonly Decision[]): Core =>
  spoiled(({ state, decisions }) => ({ state, decisions: change(decisions) }));

/** Forgets to send some calls. */
const withoutCalls = (forgotten: (call: Call) => boolean): Core =>
  withDecisions((decisions) => decisions.filter((d) => d.type !== 'call' || !forgotten(d.call)));

const withState = (change: (state: CoreState) => CoreState): Core =>
  spoiled(({ state, decisions }) => ({ state: change(state), decisions }));

const withConfig = (change: (config: CoreConfig) => CoreConfig): Core => ({
  ...REAL_CORE,
  react: (config, before, event, now) => REAL_CORE.react(change(config), before, event, now),
});

const isAck = (d: Decision): boolean => d.type === 'call' && d.call.type === 'ACKNOWLEDGE';

function withoutWindows(event: Extract<CoreEvent, { type: 'offers' }>): CoreEvent {
  return { type: 'offers', offers: event.offers.map(({ unavailability: _, ...offer }) => offer) };
}

/** Faults that a core might have; each must be found. */
export const BROKEN_CORES: readonly { readonly fault: string; readonly law: string; readonly core: Core }[] = [
  {
    fault: 'forgets to release what a task held',
    law: 'leases end with their task',
    core: withDecisions((decisions) => decisions.filter((d) => d.type !== 'ended-task')),
  },
  {
    fault: 'acknowledges before the effect',
    law: 'acknowledged after commit',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) => {
        const reaction = REAL_CORE.react(config, before, event, now);
        if (event.type !== 'update' || !reaction.decisions.some((d) => d.type === 'ended-task')) return reaction;
        // The end comes with a later event.
        return { state: before, decisions: reaction.decisions.filter(isAck) };
      },
    },
  },
  {
    fault: 'acknowledges what has no uuid',
    law: 'acknowledgements',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) => {
        const { state, decisions } = REAL_CORE.react(config, before, event, now);
        if (event.type !== 'update' || event.status.uuid || !event.status.agent_id) return { state, decisions };
        const { task_id, agent_id } = event.status;
        const acknowledge = { task_id, agent_id, uuid: new Uint8Array() };
        return { state, decisions: [...decisions, { type: 'call', call: { type: 'ACKNOWLEDGE', acknowledge } }] };
      },
    },
  },
  { fault: 'does not acknowledge', law: 'acknowledgements', core: withoutCalls(({ type }) => type === 'ACKNOWLEDGE') },
  {
    fault: 'takes more than is offered',
    law: 'resources',
    core: withConfig((config) => ({
      ...config,
      executorInfo: (lane, instance, resources) =>
        config.executorInfo(
          lane,
          instance,
          resources.map((r) => (r.scalar ? { ...r, scalar: { value: r.scalar.value + 0.001 } } : r)),
        ),
    })),
  },
  {
    fault: 'ignores total_tasks',
    law: 'total_tasks',
    core: withConfig((config) => ({ ...config, totalTasks: Infinity })),
  },
  {
    fault: 'ignores max_instances',
    law: 'max_instances',
    core: withConfig((config) => ({
      ...config,
      lanes: config.lanes.map((lane) => ({ ...lane, maxInstances: Infinity })),
    })),
  },
  {
    fault: 'ignores constraints',
    law: 'constraints',
    core: withConfig((config) => ({
      ...config,
      lanes: config.lanes.map((lane) => ({ ...lane, constraints: [] })),
    })),
  },
  {
    fault: 'does not kill a task that comes back',
    law: 'two tasks on one lease',
    core: withoutCalls(({ type }) => type === 'KILL'),
  },
  {
    fault: 'gives a busy worker another task',
    law: 'one task a worker',
    core: withState((state) => ({
      ...state,
      executors: new Map([...state.executors].map(([id, executor]) => [id, { ...executor, taskId: undefined }])),
    })),
  },
  {
    fault: 'takes no notice of maintenance',
    law: 'maintenance',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) => {
        const { state, decisions } = REAL_CORE.react(
          config,
          before,
          event.type === 'offers' ? withoutWindows(event) : event,
          now,
        );
        return { state: { ...state, maintenance: new Map() }, decisions };
      },
    },
  },
  {
    fault: 'mixes the roles of offers',
    law: 'roles',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) => {
        if (event.type !== 'offers') return REAL_CORE.react(config, before, event, now);
        const offers = event.offers.map((offer) => ({ ...offer, allocation_info: { role: config.roles[0] ?? '*' } }));
        return REAL_CORE.react(config, before, { type: 'offers', offers }, now);
      },
    },
  },
  {
    fault: 'holds on to offers',
    law: 'offers',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) => {
        const { state, decisions } = REAL_CORE.react(config, before, event, now);
        return { state, decisions: decisions.filter((d) => d.type !== 'call' || d.call.type !== 'DECLINE') };
      },
    },
  },
  { fault: 'never asks for offers again', law: 'the crawl ends', core: withoutCalls(({ type }) => type === 'REVIVE') },
  {
    fault: 'asks for offers at every event',
    law: 'REVIVE rate',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) =>
        REAL_CORE.react(config, { ...before, revivedAt: -Infinity, reviveWanted: true }, event, now),
    },
  },
  { fault: 'never reconciles', law: 'the crawl ends', core: withoutCalls(({ type }) => type === 'RECONCILE') },
  {
    fault: 'reconciles only once',
    law: 'the crawl ends',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) =>
        event.type === 'tick'
          ? REAL_CORE.react(
              config,
              { ...before, reconciliation: { ...before.reconciliation, dueAt: Infinity } },
              event,
              now,
            )
          : REAL_CORE.react(config, before, event, now),
    },
  },
  {
    fault: 'keeps the id of a removed framework',
    law: 'the crawl ends',
    core: spoiled(({ state, decisions }, before) => ({
      state: { ...state, frameworkId: state.frameworkId ?? before.frameworkId },
      decisions,
    })),
  },
  {
    fault: 'starts again with the first task id',
    law: 'ids',
    core: {
      ...REAL_CORE,
      recalled: (state) => ({ ...state, nextTask: 1, nextInstance: 1 }),
    },
  },
  {
    fault: 'forgets its tasks when it starts again',
    law: 'tasks accounted',
    core: {
      ...REAL_CORE,
      recalled: (state) => ({ ...state, tasks: new Map() }),
    },
  },
  {
    fault: 'waits for a task that is unreachable',
    law: 'the crawl ends',
    core: {
      ...REAL_CORE,
      react: (config, before, event, now) =>
        event.type === 'update' && event.status.state === 'TASK_UNREACHABLE'
          ? { state: before, decisions: [] }
          : REAL_CORE.react(config, before, event, now),
    },
  },
  {
    fault: 'counts a task that never ran twice',
    law: 'tasks accounted',
    core: withState((state) => ({
      ...state,
      counts: { ...state.counts, lost: state.counts.lost > 0 ? state.counts.lost + 1 : 0 },
    })),
  },
  {
    fault: 'never ends',
    law: 'the crawl ends',
    core: withDecisions((decisions) => decisions.filter((d) => d.type !== 'ended')),
  },
];
