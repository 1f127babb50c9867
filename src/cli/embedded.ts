import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startCluster } from '../cluster/cluster.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { PinspiderError } from '../lib/errors.ts';
import type { Log } from '../observe/log.ts';
import { localAgent } from './local-agent.ts';

/** A cluster inside this process, with one agent that offers what the machine has. */
export interface Embedded extends AsyncDisposable {
  readonly url: string;
  readonly credential: { readonly principal: string; readonly secret: string };
  /** Below it lie the executors' sandboxes, each with the files stdout and stderr. */
  readonly sandboxes: string;
}

/** @throws {PinspiderError} CLUSTER_TOO_SMALL when an executor of the job fits on no agent of ours */
export async function startEmbedded(job: ResolvedJob, stateDir: string, log: Log): Promise<Embedded> {
  const { cpus: cpusMilli, mem: memMilli, disk: diskMilli } = localAgent(job);
  for (const { name, cpusMilli: cpus, memMilli: mem, diskMilli: disk } of job.executors) {
    const lacks = [
      ...(cpus > cpusMilli ? [`${cpus / 1000} cpus of ${cpusMilli / 1000}`] : []),
      ...(mem > memMilli ? [`${mem / 1000} MB of ${memMilli / 1000}`] : []),
      ...(disk > diskMilli ? [`${disk / 1000} MB disk of ${diskMilli / 1000}`] : []),
    ];
    if (lacks.length === 0) continue;
    throw new PinspiderError({
      code: 'CLUSTER_TOO_SMALL',
      what: `executor ${name} needs ${lacks.join(' and ')} that the embedded cluster has`,
      mend: `lower executors.${name}, or raise master: local[N]`,
    });
  }
  const workDir = join(stateDir, 'cluster');
  // Sandboxes of the last run stay to be looked at; those of earlier runs would pile up.
  await rm(join(workDir, 'slaves'), { recursive: true, force: true });
  const secret = randomBytes(24).toString('base64url');
  const cluster = await startCluster({
    agents: [{ cpusMilli, memMilli, diskMilli }],
    workDir,
    secret,
    log: (line) => log.debug(line),
  });
  return {
    url: cluster.url,
    credential: { principal: 'pinspider', secret },
    sandboxes: join(workDir, 'slaves'),
    [Symbol.asyncDispose]: () => cluster.close(),
  };
}
