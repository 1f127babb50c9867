import type { Amounts } from '../framework/resources.ts';
import type { ExecutorSettings, ResolvedJob } from '../job/resolved.ts';
import { unreachable } from '../lib/errors.ts';
import { counted } from './counted.ts';
import type { HostManners, RobotsAnswer } from './plan-manners.ts';
import { grouped, secondsText } from './terminal.ts';

const SEEDS_SHOWN = 10;

/** What people want to know before a run, as a map that reads well in YAML. */
export function overview(
  job: ResolvedJob,
  agent: Amounts,
  hosts: readonly HostManners[],
): Readonly<Record<string, unknown>> {
  const { seeds, executors, mesos } = job;
  const more = seeds.length > SEEDS_SHOWN ? { more_seeds: seeds.length - SEEDS_SHOWN } : {};
  return {
    master: masterText(mesos.master),
    seeds: seeds
      .slice(0, SEEDS_SHOWN)
      .map(({ url, method, to }) => [method, url, to && `(to ${to})`].filter(Boolean).join(' ')),
    ...more,
    executors: Object.fromEntries(executors.map((executor) => [executor.name, executorText(executor, agent, mesos)])),
    politeness: Object.fromEntries(hosts.map((host) => [host.host, mannersText(host)])),
  };
}

function masterText(master: ResolvedJob['mesos']['master']): string {
  switch (master.kind) {
    case 'local':
      return master.cpus === undefined ? 'local' : `local[${master.cpus}]`;
    case 'http':
      return master.urls.join(', ');
    case 'zk':
      return `zk://${master.servers.join(',')}${master.path}`;
    default:
      return unreachable(master);
  }
}

function executorText(
  executor: ExecutorSettings,
  agent: Amounts,
  { master }: ResolvedJob['mesos'],
): Record<string, unknown> {
  const { cpusMilli, memMilli, diskMilli, maxInstances, extractors } = executor;
  const disk = diskMilli > 0 ? `, ${grouped(diskMilli / 1000)} MB disk` : '';
  return {
    extractors,
    worker: `${cpusText(cpusMilli)}, ${memoryText(memMilli)}${disk}`,
    ...(maxInstances !== null && { max_instances: maxInstances }),
    ...(master.kind === 'local' && { fits: fitText(executor, agent) }),
    ...(master.kind === 'local' &&
      master.cpus === undefined && { begins_with: '1 worker; more are added while they pay' }),
  };
}

function fitText({ cpusMilli, memMilli, diskMilli, maxInstances }: ExecutorSettings, agent: Amounts): string {
  const room = (free: number, need: number): number => (need > 0 ? Math.floor(free / need) : Infinity);
  const workers = Math.min(
    room(agent.cpus, cpusMilli),
    room(agent.mem, memMilli),
    room(agent.disk, diskMilli),
    maxInstances ?? Infinity,
  );
  return `${counted(workers, 'worker')} at once on this machine's agent (${cpusText(agent.cpus)}, ${memoryText(agent.mem)})`;
}

function cpusText(milli: number): string {
  return milli === 1000 ? '1 cpu' : `${milli / 1000} cpus`;
}

function memoryText(milli: number): string {
  return `${grouped(milli / 1000)} MB`;
}

function mannersText({ delayMs, perHost, adapts, robots, robotsTxt }: HostManners): unknown {
  const pace =
    delayMs > 0
      ? `${secondsText(delayMs / 1000)} between requests${adapts ? ', longer when the host is slow' : ''}`
      : 'no delay';
  return {
    pace: `${pace}; ${counted(perHost, 'request')} at once at most`,
    robots: robots === 'obey' ? 'obeyed' : 'ignored',
    ...(robotsTxt && robotsText(robotsTxt)),
  };
}

const STATUS_TEXT: Readonly<Record<RobotsAnswer['status'], string>> = {
  rules: 'found',
  'allow-all': 'there is none: everything is allowed',
  'disallow-all': 'could not be fetched: nothing is allowed',
};

function robotsText({ status, crawlDelayMs, clamped, sitemaps, seeds }: RobotsAnswer): Record<string, unknown> {
  const delay =
    crawlDelayMs !== undefined &&
    `${secondsText(crawlDelayMs / 1000)}${clamped ? ', more than max_crawl_delay, which holds' : ''}`;
  return {
    robots_txt: STATUS_TEXT[status],
    ...(delay && { crawl_delay: delay }),
    ...(sitemaps.length > 0 && { sitemaps }),
    seeds: Object.fromEntries(
      seeds.map(({ url, allowed, rule }) => [url, allowed ? 'allowed' : `forbidden: ${rule ?? ''}`]),
    ),
  };
}
