import type { Plan } from './plan.ts';
import type { Violation } from './violation.ts';
import { type Options, type Outcome, play } from './world.ts';

const TRIES_MAX = 150;
const TRACE_SHOWN = 30;

/** Simpler plans, the greatest simplification first. */
function* simpler(plan: Plan): Generator<Plan> {
  for (let i = 0; i < plan.faults.length; i++) yield { ...plan, faults: plan.faults.filter((_, at) => at !== i) };
  if (plan.noise > 0) yield { ...plan, noise: 0 };
  if (plan.agents.length > 1) yield { ...plan, agents: plan.agents.slice(0, -1) };
  if (plan.pages > 1) yield { ...plan, pages: Math.ceil(plan.pages / 2) };
  if (plan.lanes.length > 1) yield { ...plan, lanes: plan.lanes.slice(0, 1) };
  if (plan.hosts > 1) yield { ...plan, hosts: 1 };
  if (plan.delayMs > 0) yield { ...plan, delayMs: 0 };
  if (plan.latencyMs > 5) yield { ...plan, latencyMs: 5 };
  if (plan.totalTasks < Infinity) yield { ...plan, totalTasks: Infinity };
}

/** A plan as simple as can be found in which the same law does not hold. */
export async function shrink(plan: Plan, law: string, options: Options): Promise<Plan> {
  let best = plan;
  let tries = 0;
  for (let better = true; better && tries < TRIES_MAX;) {
    better = false;
    for (const candidate of simpler(best)) {
      if (++tries > TRIES_MAX) break;
      const { violation } = await play(candidate, options);
      if (violation?.law !== law) continue;
      best = candidate;
      better = true;
      break;
    }
  }
  return best;
}

/** What there is to know of a failing seed, short enough to read. */
export async function replay(plan: Plan, violation: Violation, options: Options = {}): Promise<string> {
  const shrunk = await shrink(plan, violation.law, options);
  const trace: string[] = [];
  const outcome: Outcome = await play(shrunk, {
    ...options,
    trace: (line) => {
      if (!line.endsWith('tick → nothing')) trace.push(line);
    },
  });
  const { faults, ...world } = shrunk;
  return [
    `seed ${plan.seed}: ${violation.message}`,
    `run it alone: SIMULATOR_SEED=${plan.seed} npx vitest run test/simulator`,
    `shrunk to: ${JSON.stringify(world)}`,
    ...faults.map(({ at, kind, which, ms }) => `  at ${at} ms: ${kind} (${which}, for ${ms} ms)`),
    `what happened last:`,
    ...trace.slice(-TRACE_SHOWN).map((line) => `  ${line}`),
    `${(outcome.at / 1000).toFixed(3)} ${outcome.violation?.message ?? ''}`,
  ].join('\n');
}
