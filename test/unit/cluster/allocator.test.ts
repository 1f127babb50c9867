import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allocator, type Allocation } from '../../../src/cluster/master/allocator.ts';
import { contains, type Resources, resourcesOf, scalarMilli } from '../../../src/cluster/resources.ts';

const amount = (cpus: number, mem: number): Resources =>
  resourcesOf([
    { name: 'cpus', type: 'SCALAR', scalar: { value: cpus } },
    { name: 'mem', type: 'SCALAR', scalar: { value: mem } },
  ]);

function allocator(
  frameworks: Readonly<Record<string, readonly string[]>>,
  agents: readonly string[] = ['S0'],
): Allocator {
  const one = new Allocator();
  for (const id of agents) one.addAgent(id, amount(4, 1000));
  for (const [id, roles] of Object.entries(frameworks)) one.setRoles(id, roles, []);
  return one;
}

const whoGets = (given: readonly Allocation[]): string[] => given.map((a) => `${a.agentId} ${a.frameworkId} ${a.role}`);

test('all that is free on an agent goes to one role, and nothing twice', () => {
  const one = allocator({ f: ['a', 'b'] }, ['S0', 'S1']);
  expect(whoGets(one.allocate(0))).toEqual(['S0 f a', 'S1 f b']);
  expect(one.allocate(0)).toEqual([]);
});

test('who has least comes first', () => {
  const one = allocator({ f: ['*'], g: ['*'] }, ['S0']);
  const [first] = one.allocate(0);
  expect(first?.frameworkId).toBe('f');
  one.recover('f', '*', 'S0', amount(3, 900));
  expect(whoGets(one.allocate(0))).toEqual(['S0 g *']);
});

test('a refusal hides no more than what was refused, until it ends', () => {
  const one = allocator({ f: ['*'] });
  const [first] = one.allocate(0);
  if (!first) throw new Error('nothing was given');
  one.recover('f', '*', 'S0', amount(2, 500));
  one.refuse('f', '*', 'S0', amount(2, 500), 5000);
  expect(one.nextExpiry()).toBe(5000);
  expect(one.allocate(4999)).toEqual([]);
  one.recover('f', '*', 'S0', amount(0.1, 10)); // a task ended: more is free than was refused
  const [more] = one.allocate(4999);
  expect(scalarMilli(more?.resources ?? new Map(), 'cpus')).toBe(2100);
  one.recover('f', '*', 'S0', amount(1, 100));
  expect(one.allocate(4999)).toEqual([]); // a part of what was refused
  expect(whoGets(one.allocate(5000))).toEqual(['S0 f *']);
});

test('REVIVE clears refusals and suppression, SUPPRESS holds offers back, role by role', () => {
  const one = allocator({ f: ['a', 'b'] });
  one.suppress('f', ['a']);
  expect(whoGets(one.allocate(0))).toEqual(['S0 f b']);
  one.recover('f', 'b', 'S0', amount(4, 1000));
  one.refuse('f', 'b', 'S0', amount(4, 1000), 1e9);
  expect(one.allocate(0)).toEqual([]);
  one.revive('f', ['a']);
  expect(whoGets(one.allocate(0))).toEqual(['S0 f a']);
  one.recover('f', 'a', 'S0', amount(4, 1000));
  one.suppress('f', ['a']);
  one.revive('f', ['b']);
  expect(whoGets(one.allocate(0))).toEqual(['S0 f b']);
});

test('a framework without a stream, an inactive agent and crumbs are left out', () => {
  const one = allocator({ f: ['*'] });
  one.setFrameworkActive('f', false);
  expect(one.allocate(0)).toEqual([]);
  one.setFrameworkActive('f', true);
  one.setAgentActive('S0', false);
  expect(one.allocate(0)).toEqual([]);
  one.setAgentActive('S0', true);
  one.take('f', '*', 'S0', amount(3.991, 970));
  expect(one.allocate(0)).toEqual([]); // 0.009 cpus and 30 MB
  one.recover('f', '*', 'S0', amount(0, 2));
  expect(whoGets(one.allocate(0))).toEqual(['S0 f *']);
});

test('what is allocated never exceeds what an agent has', () => {
  const step = fc.record({
    what: fc.constantFrom('allocate', 'recover', 'refuse', 'suppress', 'revive', 'deactivate', 'activate'),
    framework: fc.constantFrom('f', 'g'),
    which: fc.nat(5),
    share: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const one = allocator({ f: ['*'], g: ['a', 'b'] }, ['S0', 'S1']);
      const held: Allocation[] = [];
      for (const [now, { what, framework, which, share }] of steps.entries()) {
        if (what === 'allocate') held.push(...one.allocate(now));
        else if (what === 'suppress') one.suppress(framework, ['*', 'a']);
        else if (what === 'revive') one.revive(framework, ['*', 'a', 'b']);
        else if (what === 'activate' || what === 'deactivate') one.setFrameworkActive(framework, what === 'activate');
        else {
          const [one_] = held.splice(which, 1);
          if (!one_) continue;
          one.recover(one_.frameworkId, one_.role, one_.agentId, one_.resources);
          if (what === 'refuse') one.refuse(one_.frameworkId, one_.role, one_.agentId, one_.resources, now + share);
        }
        for (const agentId of ['S0', 'S1']) {
          const usage = one.usage(agentId);
          const mine = held.filter((a) => a.agentId === agentId).map((a) => scalarMilli(a.resources, 'cpus'));
          expect(usage && contains(usage.total, usage.allocated)).toBe(true);
          expect(mine.reduce((sum, n) => sum + n, 0)).toBe(scalarMilli(usage?.allocated ?? new Map(), 'cpus'));
        }
      }
    }),
  );
});
