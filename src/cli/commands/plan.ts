import { stringify } from 'yaml';
import type { Json } from '../../extract/types.ts';
import { frameworkInfo } from '../../framework/infos.ts';
import type { Amounts } from '../../framework/resources.ts';
import { loadJob } from '../../job/load.ts';
import { maskJson, maskOf } from '../../job/mask.ts';
import type { ExecutorSettings, ResolvedJob } from '../../job/resolved.ts';
import { executorProgram } from '../executor-program.ts';
import { localAgent } from '../local-agent.ts';
import { planOf } from '../plan-of.ts';
import { manners } from '../plan-manners.ts';
import { overview } from '../plan-overview.ts';
import { executorsOf, PLACEHOLDERS, rehearse } from '../rehearsal.ts';
import type { Terminal } from '../terminal.ts';

export interface PlanFlags {
  readonly json?: boolean | undefined;
  readonly robots?: boolean | undefined;
  readonly set?: readonly string[] | undefined;
  readonly seed?: readonly string[] | undefined;
  readonly master?: string | undefined;
}

const NOTE =
  `what only a run knows stands as a placeholder: ${Object.values(PLACEHOLDERS).join(', ')}; ` +
  'the offer is taken to be one free agent of this size, with room for one worker of each executor at least';

/** `pinspider plan JOB`: what a run would do, told and not done. Fetches no page; with `--robots` only the hosts' robots.txt. */
export async function plan(file: string, flags: PlanFlags, terminal: Terminal): Promise<number> {
  const { env, cwd, stdout, stderr } = terminal;
  const { job, warnings } = await loadJob(file, {
    env,
    cwd,
    set: flags.set,
    overrides: { master: flags.master, seeds: flags.seed },
  });
  for (const warning of warnings) stderr.write(`warning: ${warning}\n`);
  await planOf(job);
  const hosts = await manners(job, flags.robots === true, terminal);
  const told = flags.json
    ? { ...(await wireForms(job, terminal)), ...(flags.robots && { politeness: hosts }) }
    : { plan: overview(job, localAgent(job), hosts), job: shownJob(job) };
  const masked = maskJson(plain(told), maskOf(job.secrets));
  stdout.write(flags.json ? `${JSON.stringify(masked, undefined, 2)}\n` : stringify(masked, { lineWidth: 0 }));
  return 0;
}

/** As Mesos gets it, in the protos' field names. */
async function wireForms(job: ResolvedJob, { now }: Terminal): Promise<Readonly<Record<string, unknown>>> {
  const program = await executorProgram(job);
  const infos = executorsOf(job, program);
  return {
    note: NOTE,
    job: shownJob(job),
    frameworkInfo: frameworkInfo(job, undefined),
    executors: job.executors.map(({ name, cpusMilli, memMilli, diskMilli }, lane) => ({
      name,
      resources: { cpus: cpusMilli / 1000, mem: memMilli / 1000, disk: diskMilli / 1000 },
      executorInfo: infos[lane],
    })),
    tasks: await rehearse(job, program, roomyAgent(job), now),
    seeds: job.seeds,
  };
}

function shownJob(job: ResolvedJob): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(job).filter(([key]) => key !== 'secrets'));
}

/** An agent like the embedded one, with room for a worker of each executor at least: the first task of each is to be seen. */
function roomyAgent(job: ResolvedJob): Amounts {
  const { cpus, mem, disk } = localAgent(job);
  const sum = (of: (executor: ExecutorSettings) => number): number => job.executors.reduce((n, one) => n + of(one), 0);
  return {
    cpus: Math.max(
      cpus,
      sum((executor) => executor.cpusMilli),
    ),
    mem: Math.max(
      mem,
      sum((executor) => executor.memMilli),
    ),
    disk: Math.max(
      disk,
      sum((executor) => executor.diskMilli),
    ),
  };
}

/** JSON data of anything that JSON can write: undefined members are gone, messages are plain objects. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
