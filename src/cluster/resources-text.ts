import { entriesOf, type Quantity, type Resources } from './resources.ts';

/** Prints as Mesos does in its messages: `cpus(allocated: *):3.8; ports(allocated: *):[31000-32000]`. */
export function resourcesText(resources: Resources): string {
  return entriesOf(resources)
    .map(({ kind, quantity }) => {
      const allocated = kind.allocation_info?.role === undefined ? '' : `(allocated: ${kind.allocation_info.role})`;
      const reserved = kind.reservations?.length
        ? `(reservations: [${kind.reservations.map((r) => `(${r.type ?? 'UNKNOWN'},${r.role ?? '*'})`).join(',')}])`
        : '';
      const revocable = kind.revocable ? '{REV}' : '';
      return `${kind.name}${allocated}${reserved}${revocable}:${quantityText(quantity)}`;
    })
    .join('; ');
}

function quantityText(quantity: Quantity): string {
  switch (quantity.type) {
    case 'SCALAR':
      return String(quantity.milli / 1000);
    case 'RANGES':
      return `[${quantity.ranges.map((r) => `${r.begin}-${r.end}`).join(', ')}]`;
    case 'SET':
      return `{${quantity.items.join(', ')}}`;
  }
}
