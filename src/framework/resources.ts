import type { Offer, Resource } from '../mesos/messages.generated.ts';

/**
 * What a worker takes of an agent, in thousandths (cpus: milli-cpus, mem and disk: milli-MiB). Mesos compares scalars with
 * three decimals, so integers of thousandths are exact where doubles are not.
 */
export interface Amounts {
  readonly cpus: number;
  readonly mem: number;
  readonly disk: number;
}

export const KINDS = ['cpus', 'mem', 'disk'] as const;

/** Scalars of one offer that are still free, entry by entry: `cpus(*)` and `cpus(role)` are different pools. */
export interface Pool {
  readonly entries: readonly { readonly resource: Resource; readonly milli: number }[];
}

/** The free scalars of offers that belong together (one agent, one role). Revocable and shared resources are left alone. */
export function poolOf(offers: readonly Offer[]): Pool {
  const entries = offers
    .flatMap((offer) => offer.resources ?? [])
    .filter((r) => r.type === 'SCALAR' && !r.revocable && !r.shared && !r.disk)
    .map((resource) => ({ resource, milli: toMilli(resource.scalar?.value ?? 0) }));
  return { entries };
}

const toMilli = (value: number): number => Math.round(value * 1000);

/** What a pool holds in all. */
export function totals(pool: Pool): Amounts {
  const sum = (kind: string): number =>
    pool.entries.reduce((total, { resource, milli }) => (resource.name === kind ? total + milli : total), 0);
  return { cpus: sum('cpus'), mem: sum('mem'), disk: sum('disk') };
}

export function covers(free: Amounts, need: Amounts): boolean {
  return KINDS.every((kind) => free[kind] >= need[kind]);
}

/** The kinds of which there is too little, e.g. `cpus 0.5 of 1`; empty when all fits. */
export function shortfall(free: Amounts, need: Amounts): string[] {
  return KINDS.filter((kind) => free[kind] < need[kind]).map(
    (kind) => `${kind} ${free[kind] / 1000} of ${need[kind] / 1000}`,
  );
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return { cpus: a.cpus + b.cpus, mem: a.mem + b.mem, disk: a.disk + b.disk };
}

/**
 * Cuts `need` out of a pool. The resources are the offer's own entries with smaller values, as Mesos wants them back (role,
 * reservations and all); reserved entries are used up before unreserved ones.
 *
 * @returns undefined when the pool holds too little; then nothing is taken
 */
export function carve(
  pool: Pool,
  need: Amounts,
): { readonly taken: readonly Resource[]; readonly rest: Pool } | undefined {
  if (!covers(totals(pool), need)) return undefined;
  const left: Record<string, number> = { ...need };
  const taken: Resource[] = [];
  const order = [...pool.entries.keys()].sort((a, b) => rank(pool, a) - rank(pool, b));
  const used = new Map<number, number>();
  for (const index of order) {
    const entry = pool.entries[index];
    const wanted = entry && (left[entry.resource.name] ?? 0);
    if (!entry || !wanted) continue;
    const milli = Math.min(wanted, entry.milli);
    if (milli === 0) continue;
    left[entry.resource.name] = wanted - milli;
    used.set(index, milli);
    taken.push({ ...entry.resource, scalar: { value: milli / 1000 } });
  }
  const entries = pool.entries.map((entry, index) => ({ ...entry, milli: entry.milli - (used.get(index) ?? 0) }));
  return { taken, rest: { entries: entries.filter((entry) => entry.milli > 0) } };
}

function rank(pool: Pool, index: number): number {
  const resource = pool.entries[index]?.resource;
  const reserved = (resource?.reservations?.length ?? 0) > 0 || (resource?.role !== undefined && resource.role !== '*');
  return reserved ? 0 : 1;
}
