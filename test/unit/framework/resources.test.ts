import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carve, plus, type Pool, poolOf, shortfall, totals } from '../../../src/framework/resources.ts';
import type { Offer, Resource } from '../../../src/mesos/messages.generated.ts';

const scalar = (name: string, value: number, role = '*'): Resource => ({
  name,
  type: 'SCALAR',
  scalar: { value },
  role,
});
const offer = (...resources: Resource[]): Offer => ({
  id: { value: 'o' },
  framework_id: { value: 'f' },
  agent_id: { value: 's' },
  hostname: 'h',
  resources,
});

test('tenths of a cpu add up exactly', () => {
  const pool = poolOf([offer(scalar('cpus', 0.1)), offer(scalar('cpus', 0.2), scalar('mem', 100))]);
  expect(totals(pool)).toEqual({ cpus: 300, mem: 100_000, disk: 0 });
  expect(carve(pool, { cpus: 300, mem: 0, disk: 0 })?.taken.map((r) => r.scalar?.value)).toEqual([0.1, 0.2]);
});

test('a reserved pool is used up before the common one, each as its own entry', () => {
  const pool = poolOf([offer(scalar('cpus', 2), scalar('cpus', 1, 'crawl'))]);
  const cut = carve(pool, { cpus: 1500, mem: 0, disk: 0 });
  expect(cut?.taken).toEqual([scalar('cpus', 1, 'crawl'), scalar('cpus', 0.5)]);
  expect(cut && totals(cut.rest).cpus).toBe(1500);
});

test('what does not fit is not taken, and said', () => {
  const pool = poolOf([offer(scalar('cpus', 0.5), scalar('mem', 64))]);
  const need = { cpus: 1000, mem: 64_000, disk: 0 };
  expect(carve(pool, need)).toBeUndefined();
  expect(shortfall(totals(pool), need)).toEqual(['cpus 0.5 of 1']);
});

test('ports, revocable resources and volumes are left alone', () => {
  const ports: Resource = { name: 'ports', type: 'RANGES', ranges: { range: [{ begin: 31000, end: 32000 }] } };
  const revocable: Resource = { ...scalar('cpus', 4), revocable: {} };
  expect(poolOf([offer(ports, revocable)]).entries).toEqual([]);
});

const amount = fc.integer({ min: 0, max: 100_000 });
const amounts = fc.record({ cpus: amount, mem: amount, disk: amount });
const pools = fc
  .array(
    fc.record({
      name: fc.constantFrom('cpus', 'mem', 'disk'),
      milli: fc.integer({ min: 1, max: 50_000 }),
      role: fc.constantFrom('*', 'a'),
    }),
  )
  .map((entries) => poolOf([offer(...entries.map((e) => scalar(e.name, e.milli / 1000, e.role)))]));

test('whatever is cut, taken and rest together are what there was, to the thousandth', () => {
  const taken = (resources: readonly Resource[]): Pool => poolOf([offer(...resources)]);
  fc.assert(
    fc.property(pools, fc.array(amounts, { maxLength: 5 }), (pool, needs) => {
      let rest = pool;
      for (const need of needs) {
        const cut = carve(rest, need);
        if (!cut) {
          expect(shortfall(totals(rest), need)).not.toEqual([]);
          continue;
        }
        expect(totals(taken(cut.taken))).toEqual(need);
        expect(plus(totals(taken(cut.taken)), totals(cut.rest))).toEqual(totals(rest));
        rest = cut.rest;
      }
    }),
  );
});
