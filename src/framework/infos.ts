import { createHash } from 'node:crypto';
import type { ResolvedJob } from '../job/resolved.ts';
import type { CommandInfo, ExecutorInfo, FrameworkInfo, Resource, TaskInfo } from '../mesos/messages.generated.ts';
import { containerInfo } from './container-info.ts';
import { compileConstraints } from './constraints.ts';
import type { LaneConfig, Launch } from './core-types.ts';
import type { Amounts } from './resources.ts';

/** How agents get and start the executor program. */
export type Delivery =
  /** The agent is this machine: the program lies where it was built. */
  | { readonly type: 'path'; readonly node: string; readonly file: string }
  /** Fetched by the agent into the sandbox; `node` must be on its PATH. The URL names the content by hash, so it never changes. */
  | { readonly type: 'uri'; readonly uri: string };

// What a task takes of its worker's declared room. Mesos wants each task to have resources and offers at least 0.01 cpus
// and 32 MiB; the executor keeps the rest, since a Node process holds its memory between tasks.
const TASK_CPUS_MILLI = 100;
const TASK_MEM_MILLI = 32_000;
const EXECUTOR_SHUTDOWN_GRACE_NS = 10_000_000_000;

export function frameworkInfo(job: ResolvedJob, frameworkId: string | undefined): FrameworkInfo {
  return {
    user: job.mesos.user,
    name: `pinspider: ${job.name}`,
    ...(frameworkId !== undefined && { id: { value: frameworkId } }),
    failover_timeout: job.mesos.failoverTimeoutS,
    checkpoint: job.mesos.checkpoint,
    roles: job.mesos.roles,
    ...(job.mesos.principal !== undefined && { principal: job.mesos.principal }),
    capabilities: [{ type: 'MULTI_ROLE' }, { type: 'PARTITION_AWARE' }, { type: 'TASK_KILLING_STATE' }],
    labels: { labels: [{ key: 'job', value: job.name }] },
  };
}

/** Splits what the job declares for one worker into the executor's part and the task's. */
export function laneConfig(executor: ResolvedJob['executors'][number]): LaneConfig {
  const declared: Amounts = { cpus: executor.cpusMilli, mem: executor.memMilli, disk: executor.diskMilli };
  const taskNeed = {
    cpus: Math.min(TASK_CPUS_MILLI, Math.floor(declared.cpus / 2)),
    mem: Math.min(TASK_MEM_MILLI, Math.floor(declared.mem / 2)),
    disk: 0,
  };
  return {
    name: executor.name,
    taskNeed,
    executorNeed: { cpus: declared.cpus - taskNeed.cpus, mem: declared.mem - taskNeed.mem, disk: declared.disk },
    maxInstances: executor.maxInstances ?? Infinity,
    idleTimeoutMs: executor.idleTimeoutMs,
    constraints: compileConstraints(executor.constraints),
  };
}

/**
 * The ExecutorInfo of one instance of an executor kind. Its id is name, hash of all that is equal among instances, and the
 * instance number: ids are never reused. Nothing volatile or secret is in it, since Mesos compares it as a whole and prints
 * it in error messages.
 */
export function executorInfo(
  job: ResolvedJob,
  lane: number,
  instance: number,
  resources: readonly Resource[],
  delivery: Delivery,
): ExecutorInfo {
  const settings = job.executors[lane];
  if (!settings) throw new Error(`bug: no executor ${lane}`);
  const body: Omit<ExecutorInfo, 'executor_id'> = {
    type: 'CUSTOM',
    name: `${job.name}/${settings.name}`,
    source: 'pinspider',
    command: command(settings, delivery),
    // The agent that runs the program where it lies is the embedded one, which knows no containers.
    ...(settings.container && delivery.type === 'uri' && { container: containerInfo(settings.container) }),
    shutdown_grace_period: { nanoseconds: EXECUTOR_SHUTDOWN_GRACE_NS },
  };
  const hash = createHash('sha256')
    .update(JSON.stringify([body, settings.cpusMilli, settings.memMilli]))
    .digest('hex');
  return { ...body, executor_id: { value: `${settings.name}-${hash.slice(0, 8)}-${instance}` }, resources };
}

function command(settings: ResolvedJob['executors'][number], delivery: Delivery): CommandInfo {
  const flags = nodeFlags(settings.memMilli);
  const env = Object.entries(settings.env).map(([name, value]) => ({ name, value, type: 'VALUE' as const }));
  const environment = env.length > 0 ? { environment: { variables: env } } : {};
  if (delivery.type === 'path') {
    return { shell: false, value: delivery.node, arguments: [delivery.node, ...flags, delivery.file], ...environment };
  }
  const name = delivery.uri.slice(delivery.uri.lastIndexOf('/') + 1);
  const uris = [{ value: delivery.uri, extract: false, executable: false, cache: false }];
  return { shell: true, value: `exec node ${flags.join(' ')} ${name}`, uris, ...environment };
}

/** V8's share of the declared memory: what its code, stacks and socket buffers need besides was measured at about 60 MB. */
function nodeFlags(memMilli: number): string[] {
  const mem = Math.floor(memMilli / 1000);
  const oldSpace = Math.max(24, mem - 88);
  // Small young generation where memory is scarce: it is kept threefold.
  const semiSpace = mem < 192 ? 2 : mem < 384 ? 8 : 16;
  return [`--max-old-space-size=${oldSpace}`, `--max-semi-space-size=${semiSpace}`];
}

/**
 * A task as Mesos gets it, with a name and labels that say in its pages what the task is about.
 *
 * @param data the assignment
 * @param firstUrl of what it begins with
 */
export function taskInfo(
  job: ResolvedJob,
  launch: Launch,
  agentId: string,
  data: Uint8Array,
  firstUrl: string | undefined,
): TaskInfo {
  const executor = job.executors[launch.lane]?.name ?? '';
  const host = firstUrl !== undefined && URL.canParse(firstUrl) ? new URL(firstUrl).host : undefined;
  const labels = { job: job.name, executor, ...(host !== undefined && { host }) };
  return {
    name: `${job.name}/${executor}${host === undefined ? '' : `: ${host}`}`,
    task_id: { value: launch.taskId },
    agent_id: { value: agentId },
    resources: launch.resources,
    executor: launch.executor,
    data,
    labels: { labels: Object.entries(labels).map(([key, value]) => ({ key, value })) },
  };
}
