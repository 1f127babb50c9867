import { createHash } from 'node:crypto';
import type { ResolvedJob } from '../job/resolved.ts';

/**
 * The parts of a job that bind an unfinished crawl, each as a hash. Whatever is in none of them (politeness, fetching, limits,
 * resources, the cluster) holds from the next run on.
 */
export interface JobParts {
  /** What records look like: extractors with their fields, the parser, charset. */
  readonly extraction: string;
  /** Where records go. */
  readonly output: string;
  /** Which executor runs which extractors: queues are by executor. */
  readonly executors: string;
  /** What makes two URLs one, and in which order they wait. */
  readonly frontier: string;
  /** Which URLs belong to the crawl: seeds, scope, follow rules. */
  readonly reach: string;
}

export function jobParts(job: ResolvedJob): JobParts {
  const { within, allow, deny, maxDepth, maxUrlLength } = job.scope;
  return {
    extraction: hashOf([job.extractors, job.parser, job.fetch.charset ?? null]),
    output: hashOf(job.output),
    executors: hashOf(job.executors.map(({ name, extractors }) => [name, extractors])),
    frontier: hashOf([job.frontier.order, job.frontier.dropParams]),
    reach: hashOf([job.seeds, job.follow, within, allow, deny, maxDepth, maxUrlLength]),
  };
}

export type Change = keyof JobParts;

export function changedParts(before: JobParts, after: JobParts): Change[] {
  return (Object.keys(after) as Change[]).filter((part) => before[part] !== after[part]);
}

/** Changes with which a crawl cannot go on: what is stored would be of two kinds. `reach` alone can: see `reconsider`. */
export const BINDING: Readonly<Partial<Record<Change, string>>> = {
  extraction: 'its extractors',
  output: 'its outputs',
  executors: 'its executors, or which extractors they run',
  frontier: 'frontier.order or frontier.drop_params',
};

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
