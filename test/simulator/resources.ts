import type { Resource } from '../../src/mesos/messages.generated.ts';

/** Thousandths by kind: `cpus`, `cpus/a` for what is reserved to role a. Written apart from the core's own arithmetic. */
export type Bag = Map<string, number>;

export function bagOf(resources: readonly Resource[] = []): Bag {
  const bag: Bag = new Map();
  for (const { name, scalar, reservations } of resources) {
    const role = reservations?.[0]?.role;
    add(bag, role === undefined ? name : `${name}/${role}`, Math.round((scalar?.value ?? 0) * 1000));
  }
  return bag;
}

function add(bag: Bag, kind: string, milli: number): void {
  bag.set(kind, (bag.get(kind) ?? 0) + milli);
}

export function addTo(bag: Bag, more: Bag): void {
  for (const [kind, milli] of more) add(bag, kind, milli);
}

export function minus(a: Bag, b: Bag): Bag {
  const rest = new Map(a);
  for (const [kind, milli] of b) add(rest, kind, -milli);
  return rest;
}

export const covers = (a: Bag, b: Bag): boolean => [...b].every(([kind, milli]) => (a.get(kind) ?? 0) >= milli);

/** Of what is free, what may be offered to the role. */
export function forRole(bag: Bag, role: string): Resource[] {
  return [...bag]
    .filter(([kind, milli]) => milli > 0 && (!kind.includes('/') || kind.endsWith(`/${role}`)))
    .map(([kind, milli]) => ({
      name: kind.replace(/\/.*/, ''),
      type: 'SCALAR' as const,
      scalar: { value: milli / 1000 },
      allocation_info: { role },
      ...(kind.includes('/') && { reservations: [{ type: 'STATIC' as const, role }] }),
    }));
}

export function sumOf(resources: readonly Resource[], name: string): number {
  return resources.reduce((sum, r) => (r.name === name ? sum + Math.round((r.scalar?.value ?? 0) * 1000) : sum), 0);
}
