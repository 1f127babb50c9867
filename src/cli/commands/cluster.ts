import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { startProcesses } from '../../cluster/parts/supervisor.ts';
import { messageOf, PinspiderError } from '../../lib/errors.ts';
import { makeDirectory } from '../../lib/make-directory.ts';
import type { Terminal } from '../terminal.ts';

export interface ClusterFlags {
  readonly port: number;
  readonly agents: number;
  readonly cpus?: number | undefined;
  readonly mem?: number | undefined;
  readonly workDir: string;
  readonly secretFile?: string | undefined;
  /** Seconds until a process that died is started again. */
  readonly restartAfter: number;
  /** Seconds until the master declares an agent lost that is away. */
  readonly agentTimeout: number;
  /** The program itself, which runs again for each part. */
  readonly program: string;
}

const MEM_SHARE = 0.8;
const DISK_MIB = 10_240;

/** `pinspider cluster`: the embedded master and agents alone, a process each, until interrupted. */
export async function cluster(flags: ClusterFlags, terminal: Terminal): Promise<number> {
  if (flags.agents < 1) throw new PinspiderError({ code: 'USAGE', what: '--agents must be at least 1' });
  const workDir = resolve(terminal.cwd, flags.workDir);
  const secret = await secretOf(flags, workDir, terminal.cwd);
  const cpus = flags.cpus ?? availableParallelism() / flags.agents;
  const mem = flags.mem ?? Math.floor((totalmem() / 1024 / 1024 / flags.agents) * MEM_SHARE);
  if (!(cpus > 0)) throw new PinspiderError({ code: 'USAGE', what: '--cpus must be a number above 0' });
  const agent = { cpusMilli: Math.round(cpus * 1000), memMilli: mem * 1000, diskMilli: DISK_MIB * 1000 };
  await using running = await startProcesses({
    program: flags.program,
    args: ['cluster-part'],
    port: flags.port,
    agents: Array.from({ length: flags.agents }, () => agent),
    workDir,
    secret: secret.text,
    restartMs: flags.restartAfter * 1000,
    agentTimeoutMs: flags.agentTimeout * 1000,
    log: (line) => terminal.stderr.write(`${line}\n`),
  });
  const address = running.url.replace('http://', '');
  terminal.stderr.write(
    [
      ...running.parts().map(({ name, pid, url }) => `${name}: process ${pid ?? '?'}, ${url}`),
      `master on ${running.url}, ${flags.agents} ${flags.agents === 1 ? 'agent' : 'agents'} with ${cpus} cpus and ${mem} MB each`,
      `secret in ${secret.file} (principal: any)`,
      `a job: pinspider run JOB.yaml --master "http://pinspider:$(cat ${secret.file})@${address}"`,
      'kill any of these processes: it starts again in its place, and the crawl goes on; Ctrl-C ends all, with all executors',
      '',
    ].join('\n'),
  );
  if (!terminal.interrupted.aborted) await once(terminal.interrupted, 'abort');
  return 0;
}

/** The secret's text and the file in which the user finds it. */
async function secretOf(
  { secretFile }: ClusterFlags,
  workDir: string,
  cwd: string,
): Promise<{ readonly text: string; readonly file: string }> {
  try {
    if (secretFile !== undefined) {
      const file = resolve(cwd, secretFile);
      const text = (await readFile(file, 'utf8')).trim();
      if (text === '' || text.includes(':')) {
        const what = text === '' ? 'the secret is empty' : 'a secret with ":" cannot be sent by Basic authentication';
        throw new PinspiderError({ code: 'USAGE', where: secretFile, what, mend: 'use letters and digits' });
      }
      return { text, file };
    }
    await makeDirectory(workDir);
    const file = join(workDir, 'secret');
    const text = randomBytes(24).toString('base64url');
    await writeFile(file, `${text}\n`, { mode: 0o600 });
    return { text, file };
  } catch (error) {
    if (error instanceof PinspiderError) throw error;
    const mend = secretFile === undefined ? 'choose another --work-dir DIR' : 'check the path';
    throw new PinspiderError({
      code: 'STATE_UNWRITABLE',
      where: secretFile ?? workDir,
      what: messageOf(error),
      mend,
      cause: error,
    });
  }
}
