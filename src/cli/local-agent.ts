import { availableParallelism, totalmem } from 'node:os';
import type { Amounts } from '../framework/resources.ts';
import type { ResolvedJob } from '../job/resolved.ts';

// The scheduler, the master and the system need memory too.
const MEM_SHARE = 0.8;
const DISK_MIB = 10_240;

/** What the one agent of the embedded cluster offers, in thousandths: what the machine has, or the cpus of `local[N]`. */
export function localAgent({ mesos, executors }: Pick<ResolvedJob, 'mesos' | 'executors'>): Amounts {
  const { master } = mesos;
  const asked = master.kind === 'local' ? master.cpus : undefined;
  const largest = Math.max(...executors.map((executor) => executor.cpusMilli));
  // Without a number the machine decides, but one worker always fits: cpus are shares, not pins.
  const cpus = asked !== undefined ? Math.round(asked * 1000) : Math.max(availableParallelism() * 1000, largest);
  return { cpus, mem: Math.floor((totalmem() / 1024 / 1024) * MEM_SHARE) * 1000, disk: DISK_MIB * 1000 };
}
