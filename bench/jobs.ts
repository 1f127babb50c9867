import { join } from 'node:path';

/** What the peers are set to read; the file of that name in `jobs/` is ours, and says it in full. */
export interface BenchJob {
  readonly name: JobName;
  readonly file: string;
  /** Names of the values in a row, `url` left out. */
  readonly fields: readonly string[];
  /** White space is left out when rows are compared: the others put none between the blocks that a value spans. */
  readonly squeezed: boolean;
}

const JOBS = {
  bench: ['title', 'h1', 'p', 'links'],
  ten: ['title', 'description', 'heading', 'intro', 'codes', 'up', 'links', 'sections', 'rows'],
  dom: ['title', 'heading', 'intro', 'note', 'listings', 'links', 'lists'],
} as const;

export type JobName = keyof typeof JOBS;

/** The job of that name. @throws Error that names them all when there is none */
export function benchJob(name: string): BenchJob {
  const known = Object.keys(JOBS).find((job): job is JobName => job === name);
  if (known === undefined) throw new Error(`no job "${name}"; there are ${Object.keys(JOBS).join(', ')}`);
  return { name: known, file: jobFile(known), fields: JOBS[known], squeezed: known !== 'bench' };
}

/** A job file of the bench. */
export function jobFile(name: string): string {
  return join(import.meta.dirname, 'jobs', `${name}.yaml`);
}
