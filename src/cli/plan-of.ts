import { compilePlan } from '../extract/plan.ts';
import type { Plan } from '../extract/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';

/** The job's extractors, compiled as an executor that runs all of them would. */
export function planOf(job: ResolvedJob): Promise<Plan> {
  return Promise.resolve(compilePlan({ extractors: job.extractors, follow: job.follow, parser: job.parser }));
}
