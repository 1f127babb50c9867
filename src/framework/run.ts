import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { FeedServer } from '../feed/server.ts';
import { createMemoryFrontier } from '../frontier/memory-frontier.ts';
import type { Frontier, UrlCounts } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { messageOf } from '../lib/errors.ts';
import { SchedulerClient } from '../mesos/scheduler-client.ts';
import type { Log } from '../observe/log.ts';
import { openSinks } from '../sinks/open.ts';
import type { Sink } from '../sinks/types.ts';
import type { CoreConfig, TaskCounts } from './core-types.ts';
import { Driver, type DriverEnd } from './driver.ts';
import { type Delivery, executorInfo, frameworkInfo, laneConfig } from './infos.ts';
import { Ledger } from './ledger.ts';
import { seedUrls } from './seeds.ts';
import { shortfallText } from './shortfalls.ts';
import { type EndReason, summarize, type Summary } from './summary.ts';
import { brokenExpectations, Tally } from './tally.ts';
import { workOf } from './work.ts';

export interface RunOptions {
  readonly job: ResolvedJob;
  /** Base URLs of the masters. */
  readonly masters: readonly string[];
  readonly credential?: { readonly principal: string; readonly secret: string } | undefined;
  /** How long no master may answer before the run fails, ms. */
  readonly giveUpAfterMs: number;
  /** Where the feed listens, and the host:port under which agents reach it (port 0: the one that it got). */
  readonly feed: { readonly listen: string; readonly port: number; readonly advertise: string };
  /** The executor program: where it lies, or its bytes to be served to agents. */
  readonly executor:
    { readonly delivery: Delivery } | { readonly serve: { readonly path: string; readonly bytes: Uint8Array } };
  readonly stdout: Writable;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  /** Aborted = interrupted: tasks settle what they hold, then the run ends. */
  readonly signal: AbortSignal;
  /** Called once with a function that tells how things stand. */
  readonly watch?: ((snapshot: () => Snapshot) => void) | undefined;
}

/** How things stand, for the live line. */
export interface Snapshot {
  readonly urls: UrlCounts;
  readonly records: number;
  readonly invalid: number;
  readonly bytes: number;
  readonly tasks: TaskCounts & { readonly running: number };
  readonly executors: number;
  /** Requests under way, as the executors last told. */
  readonly inFlight: number;
  /** Why waiting work is not launched; empty when all is well. */
  readonly waiting: readonly string[];
  /** Why there is no subscription just now. */
  readonly noMaster: string | undefined;
}

export interface RunResult {
  readonly summary: Summary;
  /** 0 done and every expectation held · 1 failed · 130 interrupted. */
  readonly exitCode: 0 | 1 | 130;
  readonly files: readonly string[];
}

// After an interrupt: time for pages under way to be settled.
const INTERRUPT_GRACE_MS = 5_000;

/** Runs a job on a master that is there: registers, crawls, and resolves when all is over. */
export async function runCrawl(options: RunOptions): Promise<RunResult> {
  const { job, now, log } = options;
  const startedAt = now();
  const extractors = job.extractors.map(({ name, fields, meta, invalid }) => ({
    name,
    fields: fields.map((field) => field.name),
    meta,
    keepsInvalid: invalid === 'keep',
  }));
  const sink = await openSinks(job.output, {
    job: job.name,
    startedAt,
    extractors,
    stdout: options.stdout,
  });
  const tally = new Tally(extractors);
  const frontier = createMemoryFrontier(frontierSettings(job));
  frontier.add(seedUrls(job), now());
  const ledger = new Ledger({ frontier, sink, tally, extractors: job.extractors.map((e) => e.name), now });

  const token = randomBytes(24).toString('base64url');
  const served = 'serve' in options.executor ? options.executor.serve : undefined;
  const feed = await FeedServer.listen({
    host: options.feed.listen,
    port: options.feed.port,
    token,
    artifacts: new Map(served ? [[served.path, served.bytes]] : []),
    exchange: async (report) => {
      try {
        return await ledger.exchange(report);
      } catch (error) {
        if (isSinkFault(error)) driver.abort(messageOf(error));
        throw error;
      } finally {
        driver.consider();
      }
    },
  });
  const base = `http://${withPort(options.feed.advertise, feed.port)}`;
  const delivery: Delivery =
    'delivery' in options.executor ? options.executor.delivery : { type: 'uri', uri: `${base}${served?.path ?? ''}` };
  const core = coreConfig(job, delivery);
  const client: SchedulerClient = new SchedulerClient({
    masters: options.masters,
    credential: options.credential,
    subscription: () => ({ frameworkInfo: frameworkInfo(job, driver.state.frameworkId) }),
    random: options.random,
    giveUpAfterMs: options.giveUpAfterMs,
  });
  const driver: Driver = new Driver({
    job,
    core,
    ledger,
    frontier,
    feedUrl: `${base}/feed`,
    token,
    work: job.executors.map((_, lane) => Buffer.from(JSON.stringify(workOf(job, lane)))),
    send: (call) => client.send(call),
    now,
    log,
  });

  options.watch?.(() => snapshot(driver, frontier, tally));
  const over = new AbortController();
  const limits = watchLimits(options, driver, over.signal);
  let end: DriverEnd;
  try {
    end = await driver.run(client.signals(over.signal));
  } catch (error) {
    end = { reason: 'aborted', message: messageOf(error) };
  } finally {
    over.abort();
    await client.close();
    await feed.close();
  }
  const closing = await closeSink(sink);
  const messages = [...(end.reason === 'aborted' ? [end.message] : []), ...closing];
  const { fetched, notModified } = frontier.counts();
  if (
    messages.length === 0 &&
    fetched + notModified === 0 &&
    tally.firstTrouble !== undefined &&
    !options.signal.aborted
  ) {
    messages.push(`no page could be fetched: ${tally.firstTrouble}`);
  }
  const broken = messages.length === 0 ? brokenExpectations(job.expect, tally) : [];
  const reason = reasonOf({
    messages,
    broken,
    interrupted: options.signal.aborted,
    limited: limits.timeUp(),
    driver,
    frontier,
    core,
  });
  const summary = summarize({
    job: job.name,
    reason,
    messages: [...messages, ...broken],
    master: options.masters.join(','),
    frameworkId: driver.state.frameworkId,
    tasks: driver.state.counts,
    urls: frontier.counts(),
    tally,
    startedAt,
    endedAt: now(),
  });
  const exitCode = reason === 'interrupted' ? 130 : reason === 'aborted' || reason === 'expectation' ? 1 : 0;
  return { summary, exitCode, files: sink.files() };
}

/** The frontier's part of the job. */
export function frontierSettings(job: ResolvedJob): Parameters<typeof createMemoryFrontier>[0] {
  const { scope, politeness } = job;
  return {
    lanes: job.executors.length,
    order: job.frontier.order,
    maxPages: scope.maxPages ?? Infinity,
    maxPagesPerHost: scope.maxPagesPerHost ?? Infinity,
    politeness: { delayMs: politeness.delayMs, perHost: politeness.perHost, robots: politeness.robots === 'obey' },
  };
}

/** The scheduler core's part of the job. */
export function coreConfig(job: ResolvedJob, delivery: Delivery): CoreConfig {
  return {
    lanes: job.executors.map(laneConfig),
    roles: job.mesos.roles,
    totalTasks: job.mesos.totalTasks ?? Infinity,
    onTaskFailure: job.mesos.onTaskFailure,
    maxTaskRetries: job.mesos.maxTaskRetries,
    executorInfo: (lane, instance, resources) => executorInfo(job, lane, instance, resources, delivery),
  };
}

function snapshot(driver: Driver, frontier: Frontier, tally: Tally): Snapshot {
  const { counts, tasks, executors, shortfalls } = driver.state;
  const sum = (numbers: Readonly<Record<string, number>>): number => Object.values(numbers).reduce((a, b) => a + b, 0);
  return {
    urls: frontier.counts(),
    records: sum(tally.by((t) => t.records)),
    invalid: sum(tally.by((t) => t.invalid)),
    bytes: tally.bytes,
    tasks: { ...counts, running: tasks.size },
    executors: executors.size,
    inFlight: [...driver.progress.values()].reduce((total, { in_flight }) => total + in_flight, 0),
    waiting: shortfalls.map(shortfallText),
    noMaster: driver.noMaster,
  };
}

/** Ends the run when the user interrupts it or `max_time` is over. */
function watchLimits(options: RunOptions, driver: Driver, over: AbortSignal): { timeUp: () => boolean } {
  let timeUp = false;
  const { maxTimeMs } = options.job.scope;
  const stopSoon = async (): Promise<void> => {
    driver.stop();
    await sleep(INTERRUPT_GRACE_MS, undefined, { signal: over });
    driver.abort('tasks did not settle their pages in time');
  };
  // Both end by the abort of `over`; its rejection says only that.
  const quiet = (): undefined => undefined;
  options.signal.addEventListener('abort', () => void stopSoon().catch(quiet), { once: true, signal: over });
  if (maxTimeMs !== null) {
    void sleep(maxTimeMs, undefined, { signal: over }).then(() => {
      timeUp = true;
      driver.stop();
    }, quiet);
  }
  return { timeUp: () => timeUp };
}

async function closeSink(sink: Sink): Promise<string[]> {
  try {
    await sink.close();
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

interface Ending {
  readonly messages: readonly string[];
  readonly broken: readonly string[];
  readonly interrupted: boolean;
  readonly limited: boolean;
  readonly driver: Driver;
  readonly frontier: Frontier;
  readonly core: CoreConfig;
}

function reasonOf({ messages, broken, interrupted, limited, driver, frontier, core }: Ending): EndReason {
  if (interrupted) return 'interrupted';
  if (messages.length > 0) return 'aborted';
  if (broken.length > 0) return 'expectation';
  if (limited || frontier.limitReached()) return 'limit';
  if (!frontier.idle() && driver.state.counts.launched >= core.totalTasks) return 'total_tasks';
  return 'finished';
}

function isSinkFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SINK_UNWRITABLE';
}

function withPort(address: string, port: number): string {
  return /:\d+$/.test(address) ? address : `${address}:${port}`;
}
