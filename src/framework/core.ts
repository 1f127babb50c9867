import { unreachable } from '../lib/errors.ts';
import type { Offer, SchedulerCall } from '../mesos/messages.generated.ts';
import type { CoreConfig, CoreEvent, CoreState, Decision } from './core-types.ts';
import { compareWithOffers, dismissIdle, evict } from './leaving.ts';
import { maintenanceOf, noteInverseOffers, withoutInverseOffer } from './maintenance.ts';
import { place, wanted } from './placement.ts';
import { askAll, askSoon, askWhenDue } from './reconciliation.ts';
import { countRefused, explain, settledShortfalls } from './shortfalls.ts';
import { noteUpdate } from './updates.ts';

export interface Reaction {
  readonly state: CoreState;
  readonly decisions: readonly Decision[];
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

/** The event itself: what it changes, before new work is placed. */
function note(config: CoreConfig, state: CoreState, event: CoreEvent, now: number): Reaction {
  switch (event.type) {
    case 'subscribed':
      return subscribed(state, event.frameworkId, now);
    case 'disconnected':
      return nothing({ ...state, subscribed: false, offers: new Map() });
    case 'offers':
      return offered(state, event.offers);
    case 'rescind':
      return nothing({ ...state, offers: without(state.offers, event.offerId) });
    case 'inverse-offers': {
      const { maintenance, decisions } = noteInverseOffers(state.maintenance, event.inverseOffers);
      return { state: { ...state, maintenance }, decisions };
    }
    case 'rescind-inverse':
      return nothing({ ...state, maintenance: withoutInverseOffer(state.maintenance, event.inverseOfferId) });
    case 'update':
      return noteUpdate(config, state, event.status, event.settled, now);
    case 'failure':
      return nothing(failure(state, event.agentId, event.executorId, now));
    case 'error':
      return error(state, event.message);
    case 'demand':
      return nothing(demanded(state, event));
    case 'tick':
      return tick(config, state, now);
    case 'stop':
      return nothing({ ...state, stopping: true, keep: event.keep ?? false });
    default:
      return unreachable(event);
  }
}

const nothing = (state: CoreState): Reaction => ({ state, decisions: [] });
const call = (body: Omit<SchedulerCall, 'framework_id'>): Decision => ({ type: 'call', call: body });

/** Places what waits, asks for offers or silences them, and ends when all is over. */
function settle(config: CoreConfig, before: CoreState, now: number): Reaction {
  if (before.keep) return { state: before, decisions: [{ type: 'ended', torndown: false }] };
  const placed = before.subscribed && before.offers.size > 0 ? placeAll(config, before, now) : nothing(before);
  const decisions = [...placed.decisions];
  let { state } = placed;
  if (state.stopping && state.tasks.size === 0) {
    if (state.subscribed) decisions.push(call({ type: 'TEARDOWN' }));
    return { state, decisions: [...decisions, { type: 'ended', torndown: state.subscribed }] };
  }
  const left = wanted(config, state);
  const waiting = left.some((n) => n > 0);
  if (waiting) state = state.waitingSince === undefined ? { ...state, waitingSince: now } : state;
  else if (state.waitingSince !== undefined || state.refusals.size > 0) {
    state = { ...state, waitingSince: undefined, refusals: new Map() };
  }
  if (state.subscribed) {
    const asked = waiting ? askForOffers(config, state, left, now) : silenceOffers(state);
    decisions.push(...asked.decisions);
    state = asked.state;
  }
  const shortfalls = settledShortfalls(state.shortfalls, explain(config, state, left));
  return { state: shortfalls === state.shortfalls ? state : { ...state, shortfalls }, decisions };
}

function placeAll(config: CoreConfig, before: CoreState, now: number): Reaction {
  const placed = place(config, before, now);
  const count = placed.tasks.length;
  const lacking = [...placed.refusals.values()].flat();
  const offerCounts = countRefused({ ...before.offerCounts, used: before.offerCounts.used + placed.used }, lacking);
  const after: CoreState = {
    ...before,
    offers: new Map(),
    executors: new Map(placed.executors.map((executor) => [executor.id, executor])),
    tasks: new Map([...before.tasks, ...placed.tasks.map((task) => [task.id, task] as const)]),
    counts: { ...before.counts, launched: before.counts.launched + count },
    nextTask: before.nextTask + count,
    nextInstance: before.nextInstance + count,
    demand: placed.demand,
    offerCounts,
    refusals: new Map([...before.refusals, ...placed.refusals].filter(([, list]) => list.length > 0)),
  };
  return {
    state: { ...after, muted: wanted(config, after).every((n) => n === 0) },
    decisions: placed.decisions,
  };
}

function askForOffers(
  { reviveIntervalMs }: CoreConfig,
  before: CoreState,
  left: readonly number[],
  now: number,
): Reaction {
  const { executors, decisions } = evict(before, left, now);
  const state = { ...before, executors };
  if (!(state.muted || state.reviveWanted) || now - state.revivedAt < reviveIntervalMs) return { state, decisions };
  return {
    state: { ...state, muted: false, suppressed: false, reviveWanted: false, revivedAt: now },
    decisions: [...decisions, call({ type: 'REVIVE' })],
  };
}

function silenceOffers(state: CoreState): Reaction {
  if (state.suppressed || !state.muted) return nothing(state.reviveWanted ? { ...state, reviveWanted: false } : state);
  return { state: { ...state, reviveWanted: false, suppressed: true }, decisions: [call({ type: 'SUPPRESS' })] };
}

/** A subscription starts with no offers, no refusals, and the suppression that SUBSCRIBE carried: none. */
function subscribed(state: CoreState, frameworkId: string, now: number): Reaction {
  // Time without a master was no idleness.
  const executors = new Map(
    [...state.executors].map(([id, executor]) =>
      executor.taskId === undefined && !executor.leaving ? [id, { ...executor, idleSince: now }] : [id, executor],
    ),
  );
  const next: CoreState = {
    ...state,
    frameworkId,
    subscribed: true,
    executors,
    offers: new Map(),
    refusals: new Map(),
    maintenance: new Map(),
    suppressed: false,
    muted: false,
    reviveWanted: false,
  };
  // A new framework has nothing that could be asked about.
  if (state.frameworkId === undefined) return nothing(next);
  const { reconciliation, decisions } = askAll(next, now);
  return { state: { ...next, reconciliation }, decisions };
}

function offered(state: CoreState, offers: readonly Offer[]): Reaction {
  const { received } = state.offerCounts;
  const { executors, decisions } = compareWithOffers(state, offers);
  const next: CoreState = {
    ...state,
    executors,
    reviveWanted: state.reviveWanted || executors.size < state.executors.size,
    offers: new Map([...state.offers, ...offers.map((offer) => [offer.id.value, offer] as const)]),
    maintenance: maintenanceOf(state.maintenance, offers),
    offerCounts: { ...state.offerCounts, received: received + offers.length },
  };
  return { state: next, decisions };
}

/** Work of a kind that had none: offers that were refused for the sake of other kinds are wanted again. */
function demanded(state: CoreState, { demand, restingUntil }: Extract<CoreEvent, { type: 'demand' }>): CoreState {
  const rises = demand.some((n, lane) => n > 0 && (state.demand[lane] ?? 0) === 0);
  return { ...state, demand, restingUntil, reviveWanted: state.reviveWanted || (rises && state.subscribed) };
}

function tick(config: CoreConfig, state: CoreState, now: number): Reaction {
  if (!state.subscribed) return nothing(state);
  const { executors, decisions } = dismissIdle(config, state, now);
  const asked = askWhenDue(state, now);
  // A place came free: agents that were refused because all were taken are wanted again.
  const reviveWanted = state.reviveWanted || executors.size < state.executors.size;
  return {
    state: { ...state, executors, reviveWanted, reconciliation: asked.reconciliation },
    decisions: [...decisions, ...asked.decisions],
  };
}

/**
 * An executor ended, or (without executorId) an agent. Only a hint: it may come late, early or never. Tasks get updates of
 * their own, which may be lost as well: they are asked about. An executor with a task is forgotten with it.
 */
function failure(
  state: CoreState,
  agentId: string | undefined,
  executorId: string | undefined,
  now: number,
): CoreState {
  const met = (executor: string, agent: string): boolean =>
    agent === agentId && (executorId === undefined || executor === executorId);
  const executors = new Map(state.executors);
  for (const [id, executor] of state.executors) {
    if (!met(id, executor.agentId)) continue;
    if (executor.taskId === undefined) executors.delete(id);
    // Dead for certain, but its last update may yet come: it gets no other task.
    else if (executorId !== undefined) executors.set(id, { ...executor, leaving: true, idleSince: 0 });
  }
  const tasks = [...state.tasks.values()].filter((task) => met(task.executorId, task.agentId));
  const reconciliation = askSoon(state.reconciliation, tasks, now);
  const refusals = executorId === undefined ? withoutAgent(state.refusals, agentId) : state.refusals;
  return { ...state, executors, refusals, reconciliation, reviveWanted: true };
}

function withoutAgent(refusals: CoreState['refusals'], agentId: string | undefined): CoreState['refusals'] {
  return new Map([...refusals].filter(([key]) => !key.startsWith(`${agentId ?? ''} `)));
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
    reconciliation: { pending: new Set<string>(), dueAt: Infinity, waitMs: 0 },
  };
  return { state: { ...state, ...fresh, counts }, decisions };
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
