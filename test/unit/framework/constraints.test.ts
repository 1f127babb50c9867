import { describe, expect, test } from 'vitest';
import { compileConstraints, crowding, forbidding } from '../../../src/framework/constraints.ts';
import type { Constraint } from '../../../src/job/resolved.ts';
import type { Attribute, Offer } from '../../../src/mesos/messages.generated.ts';

const ATTRIBUTES: readonly Attribute[] = [
  { name: 'rack', type: 'TEXT', text: { value: 'r1' } },
  { name: 'cores', type: 'SCALAR', scalar: { value: 8 } },
  { name: 'disks', type: 'SET', set: { item: ['ssd', 'hdd'] } },
  { name: 'rooms', type: 'RANGES', ranges: { range: [{ begin: 3, end: 5 }] } },
];

const offer: Offer = {
  id: { value: 'o' },
  framework_id: { value: 'F' },
  agent_id: { value: 'S0' },
  hostname: 'node7.example',
  attributes: ATTRIBUTES,
  domain: { fault_domain: { region: { name: 'eu' }, zone: { name: 'eu-1' } } },
};

const is = (attribute: string, ...values: string[]): Constraint => ({ attribute, operator: 'IS', values });
const like = (attribute: string, pattern: string): Constraint => ({ attribute, operator: 'LIKE', pattern });
const unlike = (attribute: string, pattern: string): Constraint => ({ attribute, operator: 'UNLIKE', pattern });

test.each([
  ['an attribute has the value', is('rack', 'r1'), undefined],
  ['it has another', is('rack', 'r2'), 'rack is r2'],
  ['any of several values will do', is('rack', 'r2', 'r1'), undefined],
  ['an agent without the attribute', is('gpu', 'v100'), 'gpu is v100'],
  ['a number is compared as a number', is('cores', '8'), undefined],
  ['one item of a set is enough', is('disks', 'ssd'), undefined],
  ['ranges are compared as they are written', is('rooms', '3-5'), undefined],
  ['the host name counts as an attribute', like('hostname', 'node[0-9]+\\.example'), undefined],
  ['an expression takes the whole value', like('hostname', 'node[0-9]+'), 'hostname is like node[0-9]+'],
  ['the region', is('@region', 'eu'), undefined],
  ['the zone', is('@zone', 'eu-2'), '@zone is eu-2'],
  ['unlike what it is', unlike('rack', 'r.'), 'rack is unlike r.'],
  ['unlike what it is not', unlike('rack', 's.'), undefined],
  ['an agent without the attribute is unlike anything', unlike('gpu', '.*'), undefined],
  ['counting wants something to count', { attribute: 'gpu', operator: 'MAX_PER', count: 1 }, 'at most 1 for each gpu'],
] satisfies [string, Constraint, string | undefined][])('%s', (_, constraint, want) => {
  expect(forbidding(compileConstraints([constraint]), offer)?.text).toBe(want);
});

describe('constraints that depend on where the others are', () => {
  const two = compileConstraints([{ attribute: 'rack', operator: 'MAX_PER', count: 2 }]);
  const alike = compileConstraints([{ attribute: 'rack', operator: 'CLUSTER' }]);

  test.each([
    ['nobody is there', two, [], undefined],
    ['one is there, two may be', two, ['r1', 'r2', 'r2'], undefined],
    ['two are there', two, ['r1', 'r1'], 'at most 2 for each rack'],
    ['the first may be anywhere', alike, [], undefined],
    ['the others must be where the first is', alike, ['r1'], undefined],
    ['and nowhere else', alike, ['r2'], 'all with the same rack'],
  ] as const)('%s', (_, constraints, racks, want) => {
    const others = racks.map((rack) => ({ rack }));
    expect(crowding(constraints, offer, others)?.text).toBe(want);
  });
});
