import { describe, expect, test } from 'vitest';
import { BROKEN_CORES } from './broken-cores.ts';
import { planOf } from './plan.ts';
import { replay, shrink } from './shrink.ts';
import { type Options, play } from './world.ts';

const SEEDS = 10_000;
const BLOCK = 500;
const LONG = 600_000;

/** One seed alone, and in full: `SIMULATOR_SEED=123 npx vitest run test/simulator`. */
const only = process.env['SIMULATOR_SEED'];

async function check(seed: number, options: Options = {}): Promise<string | undefined> {
  const plan = planOf(seed);
  const { violation } = await play(plan, options);
  return violation && replay(plan, violation, options);
}

const worlds =
  only === undefined
    ? Array.from({ length: SEEDS / BLOCK }, (_, i) => ({ first: i * BLOCK, count: BLOCK }))
    : [{ first: Number(only), count: 1 }];

describe('a cluster where everything that may go wrong does', { timeout: LONG }, () => {
  test.each(worlds)('every law holds in the $count worlds from seed $first on', async ({ first, count }) => {
    for (let seed = first; seed < first + count; seed++) expect(await check(seed)).toBeUndefined();
  });
});

test('the same seed is the same story, to the last event', async () => {
  for (const seed of [3, 17, 256]) {
    const traces = await Promise.all(
      [1, 2].map(async () => {
        const trace: string[] = [];
        await play(planOf(seed), { trace: (line) => trace.push(line) });
        return trace;
      }),
    );
    expect(traces[0]?.length).toBeGreaterThan(10);
    expect(traces[0]).toEqual(traces[1]);
  }
});

describe('a core that', { timeout: LONG }, () => {
  test.each(BROKEN_CORES)('$fault is found out: $law', async ({ core, law }) => {
    const laws = new Set<string>();
    for (let seed = 0; seed < 300 && !laws.has(law); seed++) {
      const { violation } = await play(planOf(seed), { core });
      if (violation) laws.add(violation.law);
    }
    expect([...laws]).toContain(law);
  });
});

test(
  'a failing world is shrunk to what makes it fail, and told so that it can be played again',
  { timeout: LONG },
  async () => {
    const broken = BROKEN_CORES.find(({ fault }) => fault === 'keeps the id of a removed framework');
    if (!broken) throw new Error('no such core');
    const options = { core: broken.core };
    for (let seed = 0; ; seed++) {
      const plan = planOf(seed);
      const { violation } = await play(plan, options);
      if (!violation || plan.faults.length < 3) continue;
      const shrunk = await shrink(plan, violation.law, options);
      // Removed by an operator, or because it was away for too long: one fault is enough.
      expect(shrunk.faults).toHaveLength(1);
      const text = await replay(plan, violation, options);
      expect(text).toContain(`SIMULATOR_SEED=${seed} `);
      expect(text).toContain(`ms: ${shrunk.faults[0]?.kind ?? ''} (`);
      return;
    }
  },
);
