import type { Offer } from '../mesos/messages.generated.ts';
import { countedAttributes, crowding, forbidding } from './constraints.ts';
import type {
  CoreConfig,
  CoreState,
  Decision,
  ExecutorState,
  LaneConfig,
  Launch,
  Maintenance,
  TaskState,
} from './core-types.ts';
import { isUpForMaintenance } from './maintenance.ts';
import { carve, covers, KINDS, plus, type Pool, poolOf, shortfall, totals } from './resources.ts';
import type { Shortfall, ShortfallReason } from './shortfalls.ts';

export interface Placement {
  readonly decisions: readonly Decision[];
  readonly executors: readonly ExecutorState[];
  readonly tasks: readonly TaskState[];
  /** Demand left, by lane. */
  readonly demand: readonly number[];
  /** Offers on which something was launched. */
  readonly used: number;
  /** By agent and role, for each that was examined: what it lacks for the demand that is left. */
  readonly refusals: ReadonlyMap<string, readonly Shortfall[]>;
}

/** The offers that one ACCEPT may take together: one agent, one role. */
interface Lot {
  readonly key: string;
  readonly agentId: string;
  readonly role: string | undefined;
  readonly offers: Offer[];
  readonly first: Offer;
  pool: Pool;
  readonly launches: Launch[];
  /** Why nothing may be launched here, whatever is free. */
  readonly closed: { readonly reason: ShortfallReason; readonly detail: string } | undefined;
}

/**
 * Decides which tasks to launch on the offers at hand, all of which are used up or declined: offers are never hoarded.
 *
 * Idle executors come first, then new ones, as many on one offer as its cpus and mem allow. Lanes with fewer live tasks go
 * first, so that none starves. What is left is refused for a short time while it could still serve, for long otherwise.
 */
export function place(config: CoreConfig, state: CoreState, now: number): Placement {
  const lots = lotsOf(config, state, now);
  const executors = new Map(state.executors);
  const tasks: TaskState[] = [];
  const demand = config.lanes.map((_, lane) => state.demand[lane] ?? 0);
  const usable = [...lots.values()].filter((lot) => lot.closed === undefined);

  const launchOne = (lane: number): boolean => {
    if (state.stopping || state.counts.launched + tasks.length >= config.totalTasks) return false;
    const instance = state.nextInstance + tasks.length;
    const found = reuse(config, executors, usable, lane) ?? start(config, executors, usable, lane, instance);
    if (!found) return false;
    const taskId = `${config.lanes[lane]?.name ?? lane}.${state.nextTask + tasks.length}`;
    const { lot, executor, resources } = found;
    lot.launches.push({ taskId, lane, executor: executor.info, resources });
    executors.set(executor.id, { ...executor, taskId });
    const { agentId } = lot;
    tasks.push({ id: taskId, lane, executorId: executor.id, agentId, phase: 'accepted', launchedAt: now });
    return true;
  };

  for (let progress = true; progress;) {
    progress = false;
    for (const lane of lanesByNeed(config, state, tasks)) {
      if ((demand[lane] ?? 0) === 0 || !launchOne(lane)) continue;
      demand[lane] = (demand[lane] ?? 0) - 1;
      progress = true;
    }
  }

  const after = {
    ...state,
    executors,
    demand,
    counts: { ...state.counts, launched: state.counts.launched + tasks.length },
  };
  const left = wanted(config, after);
  const refusals = new Map([...lots.values()].map((lot) => [lot.key, lacks(config, lot, left, executors)]));
  return {
    decisions: [...lots.values()].map((lot) => answer(lot, refusals.get(lot.key) ?? [])),
    executors: [...executors.values()],
    tasks,
    demand,
    used: [...lots.values()].reduce((sum, lot) => sum + (lot.launches.length > 0 ? lot.offers.length : 0), 0),
    refusals,
  };
}

/** How many tasks of each lane would be launched if offers were plenty: demand, as far as the job's limits let it. */
export function wanted(config: CoreConfig, state: CoreState): readonly number[] {
  const left = state.stopping ? 0 : config.totalTasks - state.counts.launched;
  return config.lanes.map(({ maxInstances }, lane) => {
    const demand = Math.min(state.demand[lane] ?? 0, left);
    if (demand <= 0) return 0;
    let alive = 0;
    let idle = 0;
    for (const executor of state.executors.values()) {
      if (executor.lane !== lane) continue;
      alive++;
      if (executor.taskId === undefined && !executor.leaving) idle++;
    }
    return Math.min(demand, idle + Math.max(0, maxInstances - alive));
  });
}

/** Seconds for which leftovers are refused: Mesos's default where they may yet be of use, long where not. */
const REFUSE_SHORT_S = 5;
const REFUSE_LONG_S = 600;
// Maintenance may be called off, which no one tells.
const REFUSE_MAINTENANCE_S = 30;

const PASSING: Readonly<Partial<Record<ShortfallReason, number>>> = {
  cpus: REFUSE_SHORT_S,
  mem: REFUSE_SHORT_S,
  disk: REFUSE_SHORT_S,
  maintenance: REFUSE_MAINTENANCE_S,
};

/** Too little of something passes when more comes free there; a role or a constraint lasts, as does there being no work. */
function answer(lot: Lot, refusals: readonly Shortfall[]): Decision {
  const refuseSeconds = Math.min(REFUSE_LONG_S, ...refusals.map(({ reason }) => PASSING[reason] ?? REFUSE_LONG_S));
  if (lot.launches.length > 0) {
    const offerIds = lot.offers.map((offer) => offer.id.value);
    return { type: 'launch', offerIds, agentId: lot.agentId, launches: lot.launches, refuseSeconds };
  }
  const decline = { offer_ids: lot.offers.map((offer) => offer.id), filters: { refuse_seconds: refuseSeconds } };
  return { type: 'call', call: { type: 'DECLINE', decline } };
}

function lotsOf(config: CoreConfig, state: CoreState, now: number): Map<string, Lot> {
  const lots = new Map<string, Lot>();
  for (const offer of state.offers.values()) {
    const agentId = offer.agent_id.value;
    const role = offer.allocation_info?.role;
    const key = lotKey(agentId, role);
    const known = lots.get(key);
    if (known) known.offers.push(offer);
    else {
      const closed = closedBy(config, role, state.maintenance.get(agentId), now);
      const pool = { entries: [] };
      lots.set(key, { key, agentId, role, offers: [offer], first: offer, pool, launches: [], closed });
    }
  }
  for (const lot of lots.values()) lot.pool = poolOf(lot.offers);
  return lots;
}

const lotKey = (agentId: string, role: string | undefined): string => `${agentId} ${role ?? ''}`;

function closedBy(
  config: CoreConfig,
  role: string | undefined,
  maintenance: Maintenance | undefined,
  now: number,
): Lot['closed'] {
  if (role !== undefined && !config.roles.includes(role)) {
    return { reason: 'role', detail: `is offered to role ${role}, not to ${config.roles.join(', ')}` };
  }
  if (maintenance && isUpForMaintenance(maintenance, now)) {
    return { reason: 'maintenance', detail: 'is up for maintenance' };
  }
  return undefined;
}

function lanesByNeed(config: CoreConfig, state: CoreState, launched: readonly TaskState[]): number[] {
  const live = config.lanes.map(() => 0);
  for (const task of [...state.tasks.values(), ...launched]) live[task.lane] = (live[task.lane] ?? 0) + 1;
  return [...live.keys()].sort((a, b) => (live[a] ?? 0) - (live[b] ?? 0) || a - b);
}

interface Found {
  readonly lot: Lot;
  readonly executor: ExecutorState;
  readonly resources: Launch['resources'];
}

/** An idle executor, with resources of the role that it was started with: Mesos wants an executor and its tasks in one. */
function reuse(
  config: CoreConfig,
  executors: ReadonlyMap<string, ExecutorState>,
  lots: readonly Lot[],
  lane: number,
): Found | undefined {
  const need = config.lanes[lane]?.taskNeed;
  for (const executor of executors.values()) {
    if (!need || executor.lane !== lane || executor.taskId !== undefined || executor.leaving) continue;
    const lot = lots.find(({ agentId, role }) => agentId === executor.agentId && role === executor.role);
    const cut = lot && carve(lot.pool, need);
    if (!cut) continue;
    lot.pool = cut.rest;
    return { lot, executor, resources: cut.taken };
  }
  return undefined;
}

function start(
  config: CoreConfig,
  executors: ReadonlyMap<string, ExecutorState>,
  lots: readonly Lot[],
  lane: number,
  instance: number,
): Found | undefined {
  const kind = config.lanes[lane];
  if (!kind) return undefined;
  const others = [...executors.values()].filter((executor) => executor.lane === lane);
  if (others.length >= kind.maxInstances) return undefined;
  const need = plus(kind.executorNeed, kind.taskNeed);
  const fitting = lots.filter((lot) => covers(totals(lot.pool), need) && !misplaced(kind, lot, others));
  // The agent with the most free cpus: work spreads over the cluster.
  const lot = fitting.sort((a, b) => totals(b.pool).cpus - totals(a.pool).cpus)[0];
  const held = lot && carve(lot.pool, kind.executorNeed);
  const cut = held && carve(held.rest, kind.taskNeed);
  if (!cut) return undefined;
  lot.pool = cut.rest;
  const info = config.executorInfo(lane, instance, held.taken);
  const executor: ExecutorState = {
    id: info.executor_id.value,
    lane,
    agentId: lot.agentId,
    info,
    role: lot.role,
    attributes: countedAttributes(kind.constraints, lot.first),
    idleSince: 0,
    started: false,
    leaving: false,
  };
  return { lot, executor, resources: cut.taken };
}

/** The constraint that keeps a new executor of the kind from the agent. */
function misplaced(kind: LaneConfig, lot: Lot, others: readonly ExecutorState[]): string | undefined {
  if (kind.constraints.length === 0) return undefined;
  const attributes = others.map((executor) => executor.attributes);
  const found = forbidding(kind.constraints, lot.first) ?? crowding(kind.constraints, lot.first, attributes);
  return found?.text;
}

/** What the lot lacks for each kind that is still wanted. */
function lacks(
  config: CoreConfig,
  lot: Lot,
  left: readonly number[],
  executors: ReadonlyMap<string, ExecutorState>,
): readonly Shortfall[] {
  const agent = `agent ${lot.agentId}`;
  return config.lanes.flatMap((kind, lane): readonly Shortfall[] => {
    if ((left[lane] ?? 0) === 0) return [];
    if (lot.closed)
      return [{ executor: kind.name, reason: lot.closed.reason, detail: `${agent} ${lot.closed.detail}` }];
    const others = [...executors.values()].filter((executor) => executor.lane === lane);
    const constraint = misplaced(kind, lot, others);
    if (constraint !== undefined) {
      return [{ executor: kind.name, reason: 'constraint', detail: `${agent} does not fit: ${constraint}` }];
    }
    const need = plus(kind.executorNeed, kind.taskNeed);
    const free = totals(lot.pool);
    const reason = KINDS.find((name) => free[name] < need[name]);
    if (reason) return [{ executor: kind.name, reason, detail: `${agent} has ${shortfall(free, need).join(', ')}` }];
    const detail = `${agent} is not needed: max_instances (${kind.maxInstances}) are there, idle ones on other agents`;
    return [{ executor: kind.name, reason: 'max_instances', detail }];
  });
}
