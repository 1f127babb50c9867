import type { ResolvedJob } from '../../job/resolved.ts';
import { counted } from '../counted.ts';
import { loadJobs } from '../load-jobs.ts';
import { planOf } from '../plan-of.ts';
import type { Terminal } from '../terminal.ts';

export interface ValidateFlags {
  readonly set?: readonly string[] | undefined;
}

/** `pinspider validate JOB…`: everything that can be known before the first request. Resolves with the exit code. */
export async function validate(files: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<number> {
  const { jobs, faulty } = await loadJobs(files, flags.set, terminal);
  for (const { file, job } of jobs) {
    await planOf(job);
    terminal.stdout.write(`${file}: ok (${sizeOf(job)})\n`);
  }
  return faulty ? 2 : 0;
}

function sizeOf({ extractors, executors, seeds }: ResolvedJob): string {
  return [
    counted(extractors.length, 'extractor'),
    counted(executors.length, 'executor'),
    counted(seeds.length, 'seed'),
  ].join(', ');
}
