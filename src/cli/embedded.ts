import { randomBytes } from 'node:crypto';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../cluster/cluster.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { PinspiderError } from '../lib/errors.ts';
import type { Log } from '../observe/log.ts';

/** A cluster inside this process, with one agent that offers what the machine has. */
export interface Embedded extends AsyncDisposable {
  readonly url: string;
  readonly credential: { readonly principal: string; readonly secret: string };
}

// The scheduler, the master and the system need memory too.
const MEM_SHARE = 0.8;
const DISK_MIB = 10_240;

/** @throws {PinspiderError} CLUSTER_TOO_SMALL when an executor of the job fits on no agent of ours */
export async function startEmbedded(job: ResolvedJob, stateDir: string, log: Log): Promise<Embedded> {
  const { master } = job.mesos;
  const asked = master.kind === 'local' ? master.cpus : undefined;
  const largest = Math.max(...job.executors.map((executor) => executor.cpusMilli));
  // Without a number the machine decides, but one worker always fits: cpus are shares, not pins.
  const cpusMilli = asked !== undefined ? Math.round(asked * 1000) : Math.max(availableParallelism() * 1000, largest);
  const memMilli = Math.floor((totalmem() / 1024 / 1024) * MEM_SHARE) * 1000;
  for (const { name, cpusMilli: cpus, memMilli: mem, diskMilli: disk } of job.executors) {
    const lacks = [
      ...(cpus > cpusMilli ? [`${cpus / 1000} cpus of ${cpusMilli / 1000}`] : []),
      ...(mem > memMilli ? [`${mem / 1000} MB of ${memMilli / 1000}`] : []),
      ...(disk > DISK_MIB * 1000 ? [`${disk / 1000} MB disk of ${DISK_MIB}`] : []),
    ];
    if (lacks.length === 0) continue;
    throw new PinspiderError({
      code: 'CLUSTER_TOO_SMALL',
      what: `executor ${name} needs ${lacks.join(' and ')} that the embedded cluster has`,
      mend: `lower executors.${name}, or raise master: local[N]`,
    });
  }
  const secret = randomBytes(24).toString('base64url');
  const cluster = await startCluster({
    agents: [{ cpusMilli, memMilli, diskMilli: DISK_MIB * 1000 }],
    workDir: join(stateDir, 'cluster'),
    secret,
    log: (line) => log.debug(line),
  });
  return {
    url: cluster.url,
    credential: { principal: 'pinspider', secret },
    [Symbol.asyncDispose]: () => cluster.close(),
  };
}
