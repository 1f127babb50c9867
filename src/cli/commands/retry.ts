import type { SettledState } from '../../frontier/types.ts';
import { openJobState, type StateFlags } from '../job-state.ts';
import { grouped, type Terminal } from '../terminal.ts';

export type RetryFlags = StateFlags & { readonly state?: SettledState; readonly host?: string | undefined };

/** `pinspider retry JOB`: queues URLs again that failed, or that were kept out. */
export async function retry(
  file: string,
  { state: only = 'failed', host, ...flags }: RetryFlags,
  terminal: Terminal,
): Promise<number> {
  const { state } = await openJobState(file, flags, terminal);
  await using _open = state;
  const count = await state.requeue({ state: only, host });
  const { status } = await state.report();
  const next =
    count === 0 ? '' : status === 'running' ? '; the run under way fetches them' : `; run ${file} to fetch them`;
  terminal.stderr.write(`${grouped(count)} URL${count === 1 ? '' : 's'} queued again${next}\n`);
  return 0;
}
