import { join, resolve } from 'node:path';
import { loadJob } from '../job/load.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { type OpenState, openState } from './open-state.ts';
import type { Terminal } from './terminal.ts';

/** Flags of all commands that look into the state of a job. */
export interface StateFlags {
  readonly dir?: string | undefined;
  readonly set?: readonly string[] | undefined;
}

/** Where a run of the job keeps what it knows. */
export function stateDirOf(job: ResolvedJob, dir: string | undefined, cwd: string): string {
  return resolve(cwd, dir ?? join('.pinspider', job.name));
}

/** Loads a job, warnings told, and opens its state. @throws {PinspiderError} as `loadJob` and `openState` */
export async function openJobState(
  file: string,
  flags: StateFlags,
  { env, cwd, stderr, now }: Terminal,
): Promise<{ readonly job: ResolvedJob; readonly directory: string; readonly state: OpenState }> {
  const { job, warnings } = await loadJob(file, { env, cwd, set: flags.set });
  for (const warning of warnings) stderr.write(`warning: ${warning}\n`);
  const directory = stateDirOf(job, flags.dir, cwd);
  return { job, directory, state: await openState(job, directory, now) };
}
