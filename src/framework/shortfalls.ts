import type { CoreConfig, CoreState } from './core-types.ts';

/** What keeps an executor kind from being launched. `cpus`, `mem`, `disk`, `role`, `constraint` and `maintenance` are an offer's. */
export type ShortfallReason =
  | 'cpus'
  | 'mem'
  | 'disk'
  | 'role'
  | 'constraint'
  | 'maintenance'
  | 'no_master'
  | 'no_offers'
  | 'suppressed'
  | 'max_instances'
  | 'total_tasks'
  | 'politeness';

export interface Shortfall {
  /** Name of the executor kind. */
  readonly executor: string;
  readonly reason: ShortfallReason;
  /** For people: `agent S0 has cpus 0.5 of 1`. */
  readonly detail: string;
}

/** By agent and role: why its last offer did not serve. */
export type Refusals = ReadonlyMap<string, readonly Shortfall[]>;

/** What became of the offers of a run. */
export interface OfferCounts {
  readonly received: number;
  /** On which something was launched. */
  readonly used: number;
  /** How many offers lacked what, by executor kind, while work waited for it. */
  readonly refused: Readonly<Record<string, Readonly<Partial<Record<ShortfallReason, number>>>>>;
}

export const shortfallText = ({ executor, detail }: Shortfall): string => `${executor}: ${detail}`;

export function countRefused(counts: OfferCounts, shortfalls: readonly Shortfall[]): OfferCounts {
  if (shortfalls.length === 0) return counts;
  const refused = { ...counts.refused };
  for (const { executor, reason } of shortfalls) {
    const own = refused[executor];
    refused[executor] = { ...own, [reason]: (own?.[reason] ?? 0) + 1 };
  }
  return { ...counts, refused };
}

/** Why demand is not served just now, kind by kind. @param wanted demand that offers could serve, by lane */
export function explain(config: CoreConfig, state: CoreState, wanted: readonly number[]): readonly Shortfall[] {
  // What kept it from being launched stays to be told.
  if (state.stopping) return state.shortfalls;
  const found = config.lanes.flatMap(({ name, maxInstances }, lane): readonly Shortfall[] => {
    if ((state.demand[lane] ?? 0) === 0) return NONE;
    const tell = (reason: ShortfallReason, detail: string): readonly Shortfall[] => [
      { executor: name, reason, detail },
    ];
    if (state.counts.launched >= config.totalTasks) {
      return tell('total_tasks', `total_tasks (${config.totalTasks}) have been launched`);
    }
    if ((wanted[lane] ?? 0) === 0) return tell('max_instances', `max_instances (${maxInstances}) are at work`);
    if (!state.subscribed) return tell('no_master', 'there is no subscription to a master');
    const refused = [...state.refusals.values()].flat().filter(({ executor }) => executor === name);
    if (refused.length > 0) return refused;
    if (state.suppressed) return tell('suppressed', 'offers are silenced; they are asked for again in a moment');
    return tell('no_offers', `no offer has come for role ${config.roles.join(', ')}`);
  });
  if (found.length > 0 || state.restingUntil === undefined || state.tasks.size > 0) return found;
  const until = new Date(state.restingUntil).toISOString().slice(11, 19);
  return config.lanes.map(({ name }) => ({
    executor: name,
    reason: 'politeness' as const,
    detail: `every host with waiting URLs rests, the first until ${until} UTC`,
  }));
}

const NONE: readonly Shortfall[] = [];

/** The same list when it says the same, so that who compares by identity sees no change. */
export function settledShortfalls(before: readonly Shortfall[], after: readonly Shortfall[]): readonly Shortfall[] {
  const same =
    before.length === after.length &&
    after.every((shortfall, i) => shortfall.detail === before[i]?.detail && shortfall.executor === before[i].executor);
  return same ? before : after;
}
