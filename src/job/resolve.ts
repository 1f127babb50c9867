import { resolve } from 'node:path';
import type { KeyPath } from '../extract/types.ts';
import type { Parts } from './check.ts';
import { constraintsOf } from './constraints.ts';
import { extractorsOf } from './cross-checks.ts';
import type { Executor, Job } from './job.generated.ts';
import type {
  ContainerSettings,
  ExecutorSettings,
  FrontierChoices,
  JobFetchSettings,
  MesosSettings,
  ResolvedJob,
  ScopeSettings,
  TrapSettings,
} from './resolved.ts';
import { durationMs, memoryMilli, rateOf, sizeBytes } from './units.ts';

export interface ResolveContext {
  readonly file: string;
  /** System user as whom executors run when the job names none. */
  readonly user: string;
  /** The job names its executors; otherwise the one of the schema's default runs all extractors, whatever they are called. */
  readonly namesExecutors: boolean;
  /** User-Agent of a job that gives none. */
  readonly userAgent: string;
  /** Folder of the file in which the value at this path is written. */
  readonly folderOf: (path: KeyPath) => string;
  readonly secrets: ReadonlySet<string>;
}

/** Puts the resolved job together. `job` is valid and has the schema's defaults; nothing here can be the user's fault. */
export function resolveJob(job: Job, parts: Parts, context: ResolveContext): ResolvedJob {
  const names = parts.extractors.map((e) => e.name);
  return {
    name: job.name,
    file: context.file,
    description: have(job.description),
    mesos: mesosOf(job, parts, context),
    executors: Object.entries(have(job.executors)).map(([name, executor]) =>
      executorOf(name, executor, context.namesExecutors ? extractorsOf(name, executor.extractors, names) : names),
    ),
    seeds: have(parts.seeds),
    scope: scopeOf(have(job.scope)),
    follow: parts.follow,
    frontier: frontierOf(have(job.frontier)),
    politeness: {
      robots: have(job.politeness?.robots),
      relNofollow: have(job.politeness?.rel_nofollow),
      delayMs: ms(job.politeness?.delay),
      perHost: have(job.politeness?.per_host),
      autoThrottle: have(job.politeness?.auto_throttle),
      maxCrawlDelayMs: ms(job.politeness?.max_crawl_delay),
      userAgent: job.politeness?.user_agent ?? context.userAgent,
    },
    fetch: fetchOf(have(job.fetch)),
    parser: have(job.fetch?.parser),
    extractors: parts.extractors,
    output: have(parts.output),
    expect: Object.fromEntries(
      Object.entries(have(job.expect)).map(([name, e]) => [
        name,
        { minRecords: have(e.min_records), filled: have(e.filled), maxErrorRate: e.max_error_rate ?? null },
      ]),
    ),
    tests: have(job.tests).map((t, i) => ({
      fixture: resolve(context.folderOf(['tests', i, 'fixture']), t.fixture),
      url: t.url,
      records: have(t.records),
      first: have(t.first),
    })),
    secrets: [...context.secrets],
  };
}

function mesosOf(job: Job, parts: Parts, { user, folderOf }: ResolveContext): MesosSettings {
  const { master, principal, secret } = have(parts.master);
  const local = master.kind === 'local';
  return {
    master,
    failoverTimeoutS: ms(job.failover_timeout ?? (local ? '2m' : '1h')) / 1000,
    roles: listOf(job.role),
    user: job.user ?? user,
    principal: job.principal ?? principal,
    secret: job.secret ?? secret,
    checkpoint: job.checkpoint ?? !local,
    tls:
      job.tls &&
      Object.fromEntries(
        Object.entries(job.tls).map(([key, file]: [string, string]) => [key, resolve(folderOf(['tls', key]), file)]),
      ),
    advertise: job.advertise,
    totalTasks: job.total_tasks ?? null,
    urlsPerTask: have(job.urls_per_task),
    onTaskFailure: have(job.on_task_failure),
    maxTaskRetries: have(job.max_task_retries),
    leaseTimeoutMs: ms(job.lease_timeout),
  };
}

function executorOf(name: string, executor: Executor, extractors: readonly string[]): ExecutorSettings {
  return {
    name,
    cpusMilli: Math.round(have(executor.cpus) * 1000),
    memMilli: have(memoryMilli(have(executor.mem))),
    diskMilli: have(memoryMilli(have(executor.disk))),
    maxInstances: executor.max_instances ?? null,
    extractors,
    env: Object.fromEntries(Object.entries(have(executor.env)).map(([key, value]) => [key, String(value)])),
    container: containerOf(executor.container),
    idleTimeoutMs: ms(executor.idle_timeout),
    constraints: constraintsOf(executor.constraints),
  };
}

function containerOf(container: Executor['container']): ContainerSettings | undefined {
  if (container === undefined) return undefined;
  if (typeof container === 'string') throw new Error('bug: short form of container past longForms');
  return {
    image: container.image,
    type: have(container.type),
    network: have(container.network),
    volumes: have(container.volumes).map((volume) => {
      const [host = '', inside = '', mode] = volume.split(':');
      return { host, container: inside, readOnly: mode === 'ro' };
    }),
    forcePull: have(container.force_pull),
    parameters: Object.fromEntries(Object.entries(have(container.parameters)).map(([key, v]) => [key, String(v)])),
  };
}

function scopeOf(scope: NonNullable<Job['scope']>): ScopeSettings {
  return {
    within: have(scope.within),
    allow: listOf(scope.allow),
    deny: listOf(scope.deny),
    maxDepth: scope.max_depth ?? null,
    maxPages: scope.max_pages ?? null,
    maxPagesPerHost: scope.max_pages_per_host ?? null,
    maxTimeMs: scope.max_time === undefined ? null : ms(scope.max_time),
    maxUrlLength: have(scope.max_url_length),
  };
}

function frontierOf(frontier: NonNullable<Job['frontier']>): FrontierChoices {
  return {
    order: have(frontier.order),
    dropParams: listOf(frontier.drop_params),
    durability: have(frontier.durability),
    traps: trapsOf(have(frontier.traps)),
    recrawl: frontier.recrawl
      ? { everyMs: ms(frontier.recrawl.every), adaptive: have(frontier.recrawl.adaptive) }
      : null,
    quota: Object.entries(frontier.quota ?? {}).map(([pattern, limit]) => ({ pattern, limit })),
  };
}

function trapsOf(traps: NonNullable<NonNullable<Job['frontier']>['traps']>): TrapSettings | null {
  if (traps === false) return null;
  if (traps === true) throw new Error('bug: short form of traps past longForms');
  return {
    pathRepeats: have(traps.path_repeats),
    pathDepth: have(traps.path_depth),
    params: have(traps.params),
    paramRepeats: have(traps.param_repeats),
    escapes: have(traps.escapes),
    counter: have(traps.counter),
    yearsAhead: have(traps.years_ahead),
    yearsBack: have(traps.years_back),
  };
}

function fetchOf(fetch: NonNullable<Job['fetch']>): JobFetchSettings {
  const retries = have(fetch.retries);
  if (typeof retries === 'number') throw new Error('bug: short form of retries past longForms');
  return {
    timeoutMs: ms(fetch.timeout),
    connectTimeoutMs: ms(fetch.connect_timeout),
    retries: {
      times: have(retries.times),
      backoffMs: ms(retries.backoff),
      maxMs: ms(retries.max),
      on: have(retries.on),
    },
    headers: Object.fromEntries(Object.entries(have(fetch.headers)).map(([key, value]) => [key, String(value)])),
    http2: have(fetch.http2),
    maxBody: have(sizeBytes(have(fetch.max_body))),
    tls: { verify: have(fetch.tls?.verify) },
    charset: fetch.charset,
    allowPrivate: have(fetch.allow_private),
    rate: fetch.rate === undefined ? null : have(rateOf(fetch.rate)),
  };
}

/** What the schema gives a default to, or a check has found sound. */
function have<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('bug: a checked job lacks a value that has a default');
  return value;
}

function ms(written: string | number | undefined): number {
  return have(durationMs(have(written)));
}

function listOf(written: string | readonly string[] | undefined): readonly string[] {
  return typeof written === 'string' ? [written] : have(written);
}
