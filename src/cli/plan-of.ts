import { compilePlan } from '../extract/plan.ts';
import type { Plan } from '../extract/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';

/** The job's extractors, compiled as an executor that runs all of them would. */
export function planOf(job: ResolvedJob): Promise<Plan> {
  const { extractors, follow, parser, politeness } = job;
  return compilePlan({ extractors, follow, parser, relNofollow: politeness.relNofollow === 'obey' });
}
