import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allocatedTo,
  contains,
  listOf,
  minus,
  NO_RESOURCES,
  plus,
  resourceFault,
  resourcesOf,
} from '../../../src/cluster/resources.ts';
import { resourcesText } from '../../../src/cluster/resources-text.ts';
import type { Resource } from '../../../src/mesos/messages.generated.ts';

const scalar = (name: string, value: number, more: Partial<Resource> = {}): Resource => ({
  name,
  type: 'SCALAR',
  scalar: { value },
  ...more,
});
const ports = (...range: { begin: number; end: number }[]): Resource => ({
  name: 'ports',
  type: 'RANGES',
  ranges: { range },
});

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([begin, n]) => ({ begin, end: begin + n }));
const anyResource = fc.oneof(
  fc
    .tuple(fc.constantFrom('cpus', 'mem'), fc.integer({ min: 0, max: 9000 }), fc.constantFrom('*', 'a'))
    .map(([name, milli, role]) => scalar(name, milli / 1000, { role })),
  fc.array(anyRange, { maxLength: 4 }).map((range) => ports(...range)),
  fc
    .array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 })
    .map((item): Resource => ({ name: 'set', type: 'SET', set: { item } })),
);
const anyResources = fc.array(anyResource, { maxLength: 6 }).map(resourcesOf);

test('scalars have three decimals: 0.1 and 0.2 are 0.3', () => {
  const sum = plus(resourcesOf([scalar('cpus', 0.1)]), resourcesOf([scalar('cpus', 0.2)]));
  expect(listOf(sum)).toEqual([scalar('cpus', 0.3)]);
  expect(contains(sum, resourcesOf([scalar('cpus', 0.3)]))).toBe(true);
  expect(contains(sum, resourcesOf([scalar('cpus', 0.301)]))).toBe(false);
});

test('unreserved is one kind, however it is written; roles and allocations are kinds of their own', () => {
  const mixed = resourcesOf([
    scalar('cpus', 1),
    scalar('cpus', 1, { role: '*' }),
    scalar('cpus', 1, { reservations: [] }),
  ]);
  expect(listOf(mixed)).toEqual([scalar('cpus', 3)]);
  expect(contains(mixed, resourcesOf([scalar('cpus', 1, { role: 'a' })]))).toBe(false);
  expect(contains(mixed, allocatedTo(resourcesOf([scalar('cpus', 1)]), 'a'))).toBe(false);
});

test('ranges are cut and joined', () => {
  const left = minus(
    resourcesOf([ports({ begin: 1, end: 10 })]),
    resourcesOf([ports({ begin: 3, end: 4 }, { begin: 9, end: 12 })]),
  );
  expect(listOf(left)).toEqual([ports({ begin: 1, end: 2 }, { begin: 5, end: 8 })]);
  expect(listOf(plus(left, resourcesOf([ports({ begin: 3, end: 4 })])))).toEqual([ports({ begin: 1, end: 8 })]);
});

test('what is taken and given back is what there was', () => {
  fc.assert(
    fc.property(anyResources, anyResources, (all, some) => {
      const taken = minus(all, minus(all, some));
      expect(contains(all, taken)).toBe(true);
      expect(contains(some, taken)).toBe(true);
      const back = plus(minus(all, taken), taken);
      expect(contains(back, all) && contains(all, back)).toBe(true);
    }),
  );
});

test('nothing of what was taken is left', () => {
  fc.assert(
    fc.property(anyResources, (all) => {
      expect(minus(all, all)).toEqual(NO_RESOURCES);
    }),
  );
});

test('they print as in Mesos', () => {
  const list = [ports({ begin: 31_000, end: 32_000 }), scalar('cpus', 3.8), scalar('mem', 4032)];
  expect(resourcesText(allocatedTo(resourcesOf(list), '*'))).toBe(
    'ports(allocated: *):[31000-32000]; cpus(allocated: *):3.8; mem(allocated: *):4032',
  );
});

test.each([
  { resource: scalar('cpus', 1), want: undefined },
  { resource: scalar('', 1), want: 'Empty resource name' },
  { resource: scalar('cpus', -1), want: 'Invalid scalar resource: value < 0' },
  { resource: { name: 'cpus', type: 'SCALAR' } as const, want: 'Invalid scalar resource' },
  { resource: ports({ begin: 2, end: 1 }), want: 'Invalid ranges resource: begin > end' },
  { resource: ports({ begin: 1, end: 5 }, { begin: 5, end: 6 }), want: 'Invalid ranges resource: overlapping ranges' },
])('$resource is judged: $want', ({ resource, want }) => {
  expect(resourceFault(resource)).toBe(want);
});
