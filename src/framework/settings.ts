import { type FrontierSettings, HOST_FAILURES, HOT_URLS } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { CoreConfig } from './core-types.ts';
import { compileQuotas } from './quota.ts';
import { type Delivery, executorInfo, laneConfig } from './infos.ts';

/** The frontier's part of the job. */
export function frontierSettings(job: ResolvedJob): FrontierSettings {
  const { scope, politeness } = job;
  return {
    lanes: job.executors.length,
    order: job.frontier.order,
    hotUrls: HOT_URLS,
    hostFailures: HOST_FAILURES,
    maxPages: scope.maxPages ?? Infinity,
    maxPagesPerHost: scope.maxPagesPerHost ?? Infinity,
    ...(job.frontier.quota.length > 0 && { quotas: compileQuotas(job.frontier.quota) }),
    politeness: { delayMs: politeness.delayMs, perHost: politeness.perHost, robots: politeness.robots === 'obey' },
  };
}

// A real master's allocator runs for each REVIVE, and would not offer what a task leaves before its next round anyway.
const REVIVE_MS = 100;
// Our own answers at once. Tasks of small pages live for less than a tenth of a second; each would be followed by a pause that is longer than itself.
const REVIVE_LOCAL_MS = 5;

/** The scheduler core's part of the job. */
export function coreConfig(job: ResolvedJob, delivery: Delivery): CoreConfig {
  return {
    lanes: job.executors.map(laneConfig),
    roles: job.mesos.roles,
    totalTasks: job.mesos.totalTasks ?? Infinity,
    onTaskFailure: job.mesos.onTaskFailure,
    maxTaskRetries: job.mesos.maxTaskRetries,
    reviveIntervalMs: job.mesos.master.kind === 'local' ? REVIVE_LOCAL_MS : REVIVE_MS,
    executorInfo: (lane, instance, resources) => executorInfo(job, lane, instance, resources, delivery),
  };
}
