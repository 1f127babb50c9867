import { type LoadedJob, loadJob } from '../job/load.ts';
import { PinspiderError } from '../lib/errors.ts';
import type { Terminal } from './terminal.ts';

export interface Loaded {
  /** Those that are sound, in the order of the files. */
  readonly jobs: readonly LoadedFile[];
  /** Some file is not sound: its faults were told. */
  readonly faulty: boolean;
}

export interface LoadedFile extends LoadedJob {
  /** As the user named it. */
  readonly file: string;
}

/** Loads job files; tells all faults and warnings of all of them on stderr, each file's once. */
export async function loadJobs(
  files: readonly string[],
  set: readonly string[] | undefined,
  { env, cwd, stderr }: Pick<Terminal, 'env' | 'cwd' | 'stderr'>,
): Promise<Loaded> {
  const jobs: LoadedFile[] = [];
  let faulty = false;
  for (const file of new Set(files)) {
    try {
      const loaded = await loadJob(file, { env, cwd, set });
      for (const warning of loaded.warnings) stderr.write(`warning: ${warning}\n`);
      jobs.push({ file, ...loaded });
    } catch (error) {
      if (!(error instanceof PinspiderError)) throw error;
      stderr.write(`${error.message}\n`);
      faulty = true;
    }
  }
  return { jobs, faulty };
}
