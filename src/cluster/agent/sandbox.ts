import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the directory of one run, `slaves/A/frameworks/F/executors/E/runs/C` as Mesos lays it out, and points `runs/latest` to it.
 *
 * Synchronous: it is a handful of system calls, and what follows on it must not overtake it.
 */
export function makeSandbox(
  workDir: string,
  ids: {
    readonly agentId: string;
    readonly frameworkId: string;
    readonly executorId: string;
    readonly containerId: string;
  },
): string {
  const runs = join(workDir, 'slaves', ids.agentId, 'frameworks', ids.frameworkId, 'executors', ids.executorId, 'runs');
  const sandbox = join(runs, ids.containerId);
  mkdirSync(sandbox, { recursive: true, mode: 0o750 });
  const latest = join(runs, 'latest');
  rmSync(latest, { force: true });
  symlinkSync(ids.containerId, latest);
  return sandbox;
}
