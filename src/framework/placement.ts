import type { Offer } from '../mesos/messages.generated.ts';
import type { CoreConfig, CoreState, Decision, ExecutorState, Launch, TaskState } from './core-types.ts';
import { carve, covers, plus, type Pool, poolOf, shortfall, totals } from './resources.ts';

export interface Placement {
  readonly decisions: readonly Decision[];
  readonly executors: readonly ExecutorState[];
  readonly tasks: readonly TaskState[];
  readonly launched: number;
  /** Demand that no offer could serve, by lane. */
  readonly unmet: readonly number[];
  readonly shortfalls: readonly string[];
}

interface Agent {
  readonly id: string;
  readonly offers: Offer[];
  pool: Pool;
  readonly launches: Launch[];
}

/**
 * Decides which tasks to launch on the offers at hand, all of which are used up or declined: offers are never hoarded.
 *
 * Idle executors come first, then new ones, as many on one offer as its cpus and mem allow. Lanes with fewer live tasks go
 * first, so that none starves. The refusal of what is left is short while work still waits, long otherwise.
 */
export function place(config: CoreConfig, state: CoreState, now: number): Placement {
  const agents = byAgent(state.offers.values());
  const executors = new Map(state.executors);
  const tasks: TaskState[] = [];
  const unmet = config.lanes.map((_, lane) => (state.stopping ? 0 : (state.demand[lane] ?? 0)));
  let launched = 0;

  const launchOne = (lane: number): boolean => {
    if (state.counts.launched + launched >= config.totalTasks) return false;
    const found =
      reuse(config, executors, agents, lane) ?? start(config, executors, agents, lane, state.nextInstance + launched);
    if (!found) return false;
    const taskId = `${config.lanes[lane]?.name ?? lane}.${state.nextTask + launched}`;
    const { agent, executor, resources } = found;
    agent.launches.push({ taskId, lane, executor: executor.info, resources });
    executors.set(executor.id, { ...executor, taskId });
    tasks.push({ id: taskId, lane, executorId: executor.id, agentId: agent.id, phase: 'accepted', launchedAt: now });
    launched++;
    return true;
  };

  for (let progress = true; progress;) {
    progress = false;
    for (const lane of lanesByNeed(config, state, tasks)) {
      if ((unmet[lane] ?? 0) === 0 || !launchOne(lane)) continue;
      unmet[lane] = (unmet[lane] ?? 0) - 1;
      progress = true;
    }
  }

  const waiting = unmet.some((n) => n > 0);
  return {
    decisions: [...agents.values()].map((agent) => answer(agent, waiting)),
    executors: [...executors.values()],
    tasks,
    launched,
    unmet,
    shortfalls: waiting ? explain(config, [...agents.values()], unmet) : [],
  };
}

/** Seconds for which an agent's leftovers are refused: Mesos's default while work waits, long while none does. */
const REFUSE_SHORT_S = 5;
const REFUSE_LONG_S = 600;

function answer(agent: Agent, waiting: boolean): Decision {
  const offerIds = agent.offers.map((offer) => offer.id.value);
  const refuseSeconds = waiting ? REFUSE_SHORT_S : REFUSE_LONG_S;
  if (agent.launches.length > 0) {
    return { type: 'launch', offerIds, agentId: agent.id, launches: agent.launches, refuseSeconds };
  }
  const decline = { offer_ids: agent.offers.map((offer) => offer.id), filters: { refuse_seconds: refuseSeconds } };
  return { type: 'call', call: { type: 'DECLINE', decline } };
}

function byAgent(offers: Iterable<Offer>): Map<string, Agent> {
  const agents = new Map<string, Agent>();
  for (const offer of offers) {
    const id = offer.agent_id.value;
    const agent = agents.get(id) ?? { id, offers: [], pool: { entries: [] }, launches: [] };
    agent.offers.push(offer);
    agents.set(id, agent);
  }
  for (const agent of agents.values()) agent.pool = poolOf(agent.offers);
  return agents;
}

function lanesByNeed(config: CoreConfig, state: CoreState, launched: readonly TaskState[]): number[] {
  const live = config.lanes.map(() => 0);
  for (const task of [...state.tasks.values(), ...launched]) live[task.lane] = (live[task.lane] ?? 0) + 1;
  return [...live.keys()].sort((a, b) => (live[a] ?? 0) - (live[b] ?? 0) || a - b);
}

interface Found {
  readonly agent: Agent;
  readonly executor: ExecutorState;
  readonly resources: Launch['resources'];
}

function reuse(
  config: CoreConfig,
  executors: ReadonlyMap<string, ExecutorState>,
  agents: ReadonlyMap<string, Agent>,
  lane: number,
): Found | undefined {
  const need = config.lanes[lane]?.taskNeed;
  for (const executor of executors.values()) {
    const agent = agents.get(executor.agentId);
    if (!need || !agent || executor.lane !== lane || executor.taskId !== undefined || executor.leaving) continue;
    const cut = carve(agent.pool, need);
    if (!cut) continue;
    agent.pool = cut.rest;
    return { agent, executor, resources: cut.taken };
  }
  return undefined;
}

function start(
  config: CoreConfig,
  executors: ReadonlyMap<string, ExecutorState>,
  agents: ReadonlyMap<string, Agent>,
  lane: number,
  instance: number,
): Found | undefined {
  const kind = config.lanes[lane];
  const alive = [...executors.values()].filter((executor) => executor.lane === lane).length;
  if (!kind || alive >= kind.maxInstances) return undefined;
  const need = plus(kind.executorNeed, kind.taskNeed);
  // The agent with the most free cpus: work spreads over the cluster.
  const fitting = [...agents.values()].filter((agent) => covers(totals(agent.pool), need));
  const agent = fitting.sort((a, b) => totals(b.pool).cpus - totals(a.pool).cpus)[0];
  const held = agent && carve(agent.pool, kind.executorNeed);
  const cut = held && carve(held.rest, kind.taskNeed);
  if (!cut) return undefined;
  agent.pool = cut.rest;
  const info = config.executorInfo(lane, instance, held.taken);
  const executor = { id: info.executor_id.value, lane, agentId: agent.id, info, idleSince: 0, leaving: false };
  return { agent, executor, resources: cut.taken };
}

function explain(config: CoreConfig, agents: readonly Agent[], unmet: readonly number[]): string[] {
  return config.lanes.flatMap((kind, lane) => {
    if ((unmet[lane] ?? 0) === 0) return [];
    const need = plus(kind.executorNeed, kind.taskNeed);
    return agents.map((agent) => {
      const lacks = shortfall(totals(agent.pool), need).join(', ');
      return `${kind.name}: agent ${agent.id} ${lacks ? `has ${lacks}` : 'is not used: max_instances or total_tasks is reached'}`;
    });
  });
}
