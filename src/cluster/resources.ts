import type { Resource, ValueRange } from '../mesos/messages.generated.ts';
import { without } from './without.ts';

/**
 * An amount of one kind of resource. Scalars are whole thousandths, as Mesos compares them (three decimals), so that
 * 0.1 + 0.2 is 0.3.
 */
export type Quantity =
  | { readonly type: 'SCALAR'; readonly milli: number }
  | { readonly type: 'RANGES'; readonly ranges: readonly ValueRange[] }
  | { readonly type: 'SET'; readonly items: readonly string[] };

interface Entry {
  /** The resource without its value: name, type, reservations, allocation, disk, … */
  readonly kind: Resource;
  readonly quantity: Quantity;
}

/** Resources by kind: amounts of different kinds (`cpus(*)`, `cpus(role)`) never mix. Immutable; empty kinds are absent. */
export type Resources = ReadonlyMap<string, Entry>;

export const NO_RESOURCES: Resources = new Map();

/** Sums up a list from the wire. Values that are not well formed count as nothing: {@link resourceFault} finds them. */
export function resourcesOf(list: readonly Resource[] = []): Resources {
  return list.reduce<Resources>((sum, resource) => {
    const kind = kindOf(resource);
    return plus(sum, new Map([[keyOf(kind), { kind, quantity: quantityOf(resource) }]]));
  }, NO_RESOURCES);
}

export function plus(a: Resources, b: Resources): Resources {
  const sum = new Map(a);
  for (const [key, entry] of b) {
    const quantity = add(sum.get(key)?.quantity, entry.quantity);
    if (!isZero(quantity)) sum.set(key, { kind: entry.kind, quantity });
  }
  return sum;
}

/** `a` less what it shares with `b`; never negative. */
export function minus(a: Resources, b: Resources): Resources {
  const rest = new Map<string, Entry>();
  for (const [key, entry] of a) {
    const taken = b.get(key)?.quantity;
    const quantity = taken ? subtract(entry.quantity, taken) : entry.quantity;
    if (!isZero(quantity)) rest.set(key, { kind: entry.kind, quantity });
  }
  return rest;
}

/** Whether `a` has all of `b`. */
export function contains(a: Resources, b: Resources): boolean {
  return minus(b, a).size === 0;
}

/** The sum over all roles and reservations of a scalar, in thousandths. */
export function scalarMilli(resources: Resources, name: string): number {
  let sum = 0;
  for (const { kind, quantity } of resources.values()) {
    if (kind.name === name && quantity.type === 'SCALAR') sum += quantity.milli;
  }
  return sum;
}

/** The same amounts, all allocated to `role`, or to nobody. */
export function allocatedTo(resources: Resources, role: string | undefined): Resources {
  return resourcesOf(
    listOf(resources).map((r) => ({
      ...without(r, 'allocation_info'),
      ...(role !== undefined && { allocation_info: { role } }),
    })),
  );
}

/** The form of the wire, in the order in which the kinds were first added. */
export function listOf(resources: Resources): Resource[] {
  return [...resources.values()].map(({ kind, quantity }) => ({ ...kind, ...valueOf(quantity) }));
}

/** The entries themselves, for printing. */
export function entriesOf(resources: Resources): readonly Entry[] {
  return [...resources.values()];
}

/** What makes a resource unusable, in Mesos's words, or `undefined`. */
export function resourceFault(resource: Resource): string | undefined {
  if (resource.name === '') return 'Empty resource name';
  switch (resource.type) {
    case 'SCALAR':
      if (!resource.scalar || resource.ranges || resource.set) return 'Invalid scalar resource';
      return resource.scalar.value < 0 ? 'Invalid scalar resource: value < 0' : undefined;
    case 'RANGES': {
      if (!resource.ranges || resource.scalar || resource.set) return 'Invalid ranges resource';
      const ranges = [...(resource.ranges.range ?? [])].sort((a, b) => a.begin - b.begin);
      if (ranges.some((r) => r.begin > r.end)) return 'Invalid ranges resource: begin > end';
      const overlaps = ranges.some((r, i) => r.begin <= (ranges[i - 1]?.end ?? -1));
      return overlaps ? 'Invalid ranges resource: overlapping ranges' : undefined;
    }
    case 'SET': {
      if (!resource.set || resource.scalar || resource.ranges) return 'Invalid set resource';
      const items = resource.set.item ?? [];
      return new Set(items).size < items.length ? 'Invalid set resource: duplicated elements' : undefined;
    }
    case 'TEXT':
      return 'Unsupported resource type';
  }
}

/** Reservations in their refined form, so that `role: "*"`, no role and an empty list are one kind. */
function kindOf(resource: Resource): Resource {
  const { role, reservation, reservations } = resource;
  const kind = without(resource, 'scalar', 'ranges', 'set', 'role', 'reservation', 'reservations');
  const refined = reservations?.length
    ? reservations
    : role !== undefined && role !== '*'
      ? [{ ...reservation, type: reservation ? ('DYNAMIC' as const) : ('STATIC' as const), role }]
      : undefined;
  return refined ? { ...kind, reservations: refined } : kind;
}

function keyOf(kind: Resource): string {
  return JSON.stringify(kind, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function quantityOf(resource: Resource): Quantity {
  switch (resource.type) {
    case 'RANGES':
      return { type: 'RANGES', ranges: coalesce(resource.ranges?.range ?? []) };
    case 'SET':
      return { type: 'SET', items: [...new Set(resource.set?.item ?? [])] };
    case 'SCALAR':
    case 'TEXT':
      return { type: 'SCALAR', milli: Math.max(0, Math.round((resource.scalar?.value ?? 0) * 1000)) };
  }
}

function valueOf(quantity: Quantity): Pick<Resource, 'scalar' | 'ranges' | 'set'> {
  switch (quantity.type) {
    case 'SCALAR':
      return { scalar: { value: quantity.milli / 1000 } };
    case 'RANGES':
      return { ranges: { range: quantity.ranges } };
    case 'SET':
      return { set: { item: quantity.items } };
  }
}

function isZero(quantity: Quantity): boolean {
  switch (quantity.type) {
    case 'SCALAR':
      return quantity.milli === 0;
    case 'RANGES':
      return quantity.ranges.length === 0;
    case 'SET':
      return quantity.items.length === 0;
  }
}

function add(a: Quantity | undefined, b: Quantity): Quantity {
  if (a?.type === 'SCALAR' && b.type === 'SCALAR') return { type: 'SCALAR', milli: a.milli + b.milli };
  if (a?.type === 'RANGES' && b.type === 'RANGES')
    return { type: 'RANGES', ranges: coalesce([...a.ranges, ...b.ranges]) };
  if (a?.type === 'SET' && b.type === 'SET') return { type: 'SET', items: [...new Set([...a.items, ...b.items])] };
  return b; // the type is part of the key, so only an absent `a` comes here
}

function subtract(a: Quantity, b: Quantity): Quantity {
  if (a.type === 'SCALAR' && b.type === 'SCALAR') return { type: 'SCALAR', milli: Math.max(0, a.milli - b.milli) };
  if (a.type === 'RANGES' && b.type === 'RANGES') return { type: 'RANGES', ranges: cut(a.ranges, b.ranges) };
  if (a.type === 'SET' && b.type === 'SET') return { type: 'SET', items: a.items.filter((i) => !b.items.includes(i)) };
  return a;
}

function coalesce(ranges: readonly ValueRange[]): ValueRange[] {
  const merged: ValueRange[] = [];
  for (const range of [...ranges].filter((r) => r.begin <= r.end).sort((a, b) => a.begin - b.begin)) {
    const last = merged.at(-1);
    if (last && range.begin <= last.end + 1) {
      merged[merged.length - 1] = { begin: last.begin, end: Math.max(last.end, range.end) };
    } else merged.push({ begin: range.begin, end: range.end });
  }
  return merged;
}

function cut(ranges: readonly ValueRange[], holes: readonly ValueRange[]): ValueRange[] {
  return holes.reduce<ValueRange[]>(
    (left, hole) =>
      left.flatMap((r) =>
        hole.end < r.begin || hole.begin > r.end
          ? [r]
          : [
              { begin: r.begin, end: hole.begin - 1 },
              { begin: hole.end + 1, end: r.end },
            ].filter((part) => part.begin <= part.end),
      ),
    [...ranges],
  );
}
