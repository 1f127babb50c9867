import { createLinkRouter } from '../crawl/links.ts';
import { openFrontier } from '../frontier/frontier.ts';
import type { Frontier } from '../frontier/types.ts';
import { messageOf } from '../lib/errors.ts';
import { mastersText, SchedulerClient } from '../mesos/scheduler-client.ts';
import { openSinks } from '../sinks/open.ts';
import type { Sink } from '../sinks/types.ts';
import { sendAddressNotes } from './address-notes.ts';
import { Changes } from './changes.ts';
import { Committer } from './commit.ts';
import { serveControl } from './control-server.ts';
import { forgetTasks, recallCore, recordCore } from './core-store.ts';
import type { CoreConfig } from './core-types.ts';
import { type CrawlState, keepProgress, openCrawlState, putRecord } from './crawl-state.ts';
import { Driver, type DriverEnd } from './driver.ts';
import { reasonOf, watchLimits } from './ending.ts';
import { deliveryOf, feedBase, listenForFeed } from './feed-endpoint.ts';
import { frameworkInfo } from './infos.ts';
import { jobParts } from './job-parts.ts';
import { Ledger } from './ledger.ts';
import { localSize } from './local-size.ts';
import { RecordKeys } from './record-keys.ts';
import { takeUp } from './resume.ts';
import type { RunOptions } from './run-options.ts';
import { coreConfig, frontierSettings } from './settings.ts';
import { watchSilence } from './silence-watch.ts';
import { snapshot } from './snapshot.ts';
import { stateView } from './state-view.ts';
import { summarize, type Summary } from './summary.ts';
import { brokenExpectations, Tally } from './tally.ts';
import { Waiting } from './waiting.ts';
import { workOf } from './work.ts';

export interface RunResult {
  readonly summary: Summary;
  /** 0 done and every expectation held · 1 failed · 130 interrupted. */
  readonly exitCode: 0 | 1 | 130;
  readonly files: readonly string[];
  /** The same command goes on where this one ended. */
  readonly unfinished: boolean;
  /** Tasks that go on without this process. */
  readonly tasksLeft: number;
}

/** Runs a job on a master that is there: registers, crawls, and resolves when all is over. Goes on with an unfinished crawl. */
export async function runCrawl(options: RunOptions): Promise<RunResult> {
  const { job, now } = options;
  const state = await openCrawlState({
    directory: options.stateDir,
    durability: job.frontier.durability,
    parts: jobParts(job),
    fresh: options.fresh,
    keep: job.frontier.recrawl !== null ? 'urls' : job.extractors.some(({ change }) => change) ? 'changes' : 'nothing',
    ownCluster: options.ownCluster,
    now: now(),
  });
  try {
    return await crawl(options, state);
  } finally {
    await state.store.close();
  }
}

async function crawl(options: RunOptions, state: CrawlState): Promise<RunResult> {
  const { job } = options;
  const extractors = job.extractors.map(({ name, fields, meta, invalid, change }) => ({
    name,
    fields: fields.map((field) => field.name),
    meta,
    keepsInvalid: invalid === 'keep',
    changeMembers: change?.members,
  }));
  const sink = await openSinks(job.output, {
    job: job.name,
    startedAt: state.record.startedAt,
    extractors,
    resume: state.positions,
    forced: job.frontier.durability === 'power',
    stdout: options.stdout,
  });
  let ended: Ended;
  try {
    ended = await drive(options, state, sink, new Tally(extractors, state.tally));
  } catch (error) {
    await sink.close().catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
  const messages = new Set([...ended.messages, ...(await faultOf(sink.close()))]);
  return resultOf(options, state, ended, [...messages], sink.files());
}

interface Ended {
  readonly messages: readonly string[];
  readonly timeUp: boolean;
  readonly ranMs: number;
  readonly driver: Driver;
  readonly frontier: Frontier;
  readonly core: CoreConfig;
  readonly tally: Tally;
}

/** From the first offer to the last commit. */
async function drive(options: RunOptions, state: CrawlState, sink: Sink, tally: Tally): Promise<Ended> {
  const { job, now, log, notice } = options;
  const { store, record } = state;
  const committer: Committer = new Committer({
    store,
    sink,
    failed: (error) => driver.abort(messageOf(error)),
    step: options.step,
  });
  const commit = (): Promise<void> => committer.commit();
  const frontier = await openFrontier(frontierSettings(job), store, now());
  log.debug('the state is open');
  const names = job.extractors.map(({ name }) => name);
  const keys = await RecordKeys.load(store, names.length);
  const changes = await Changes.open(store, job.extractors);
  const lanes = job.executors.map((executor) => executor.extractors.map((name) => names.indexOf(name)));
  const keptOutBy = record.recheck ? (await createLinkRouter(workOf(job, 0), now())).excludedBy : undefined;
  const ledger = new Ledger({
    frontier,
    sink,
    store,
    keys,
    changes,
    lanes,
    tally,
    extractors: names,
    keptOutBy,
    commit,
    now,
    waiting: new Waiting(),
  });
  const begunAt = now();
  const ranMs = (): number => state.ranMs + now() - begunAt;
  keepProgress(store, sink, tally, ranMs);

  const served = 'serve' in options.executor ? options.executor.serve : undefined;
  const feed = await listenForFeed(options, record, {
    token: record.token,
    artifacts: new Map(served ? [[served.path, served.bytes]] : []),
    exchange: (report) => ledger.exchange(report).finally(() => driver.consider()),
  });
  const feedPort = feed.port;
  const base = feedBase(options, feedPort);
  log.info('the feed listens', { feed_port: feedPort, feed_url: base });
  const core = coreConfig(job, deliveryOf(options, base));
  const initial = await recallCore(store, core, options.ownCluster);
  await takeUp({ job, state, frontier, ledger, live: new Set(initial.tasks.keys()), commit, now: now(), notice });
  putRecord(store, { ...record, feedPort });
  const client: SchedulerClient = new SchedulerClient({
    masters: options.masters,
    tls: options.tls,
    credential: options.credential,
    subscription: () => ({ frameworkInfo: frameworkInfo(job, driver.state.frameworkId) }),
    random: options.random,
    giveUpAfterMs: options.giveUpAfterMs,
  });
  const driver: Driver = new Driver({
    job,
    core,
    initial,
    ledger,
    frontier,
    size: localSize(options),
    feedUrl: `${base}/feed`,
    token: record.token,
    work: job.executors.map((_, lane) => Buffer.from(JSON.stringify(workOf(job, lane)))),
    send: (call) => client.send(call),
    remember: (before, after) => recordCore(store, before, after),
    commit,
    now,
    log,
  });

  options.watch?.(() => snapshot(driver, frontier, tally));
  const over = new AbortController();
  const { signal: interrupted, handOver } = options;
  const limits = watchLimits({ interrupted, handOver, maxTimeMs: job.scope.maxTimeMs }, driver, over.signal);
  let end: DriverEnd;
  try {
    await commit();
    await using _control = await serveControl(
      options.stateDir,
      stateView({ store, frontier, running: true, commit, now }),
    );
    using _notes = sendAddressNotes({
      state: () => driver.state,
      unheard: () => ledger.unheard(),
      send: (call) => client.send(call),
      feedUrl: `${base}/feed`,
      token: record.token,
    });
    using _watch = watchSilence({
      state: () => driver.state,
      silentSince: (time) => ledger.silentSince(time),
      send: (call) => client.send(call),
      leaseTimeoutMs: job.mesos.leaseTimeoutMs,
      now,
      log,
    });
    end = await driver.run(client.signals(over.signal));
  } catch (error) {
    end = { reason: 'aborted', message: messageOf(error) };
  } finally {
    over.abort();
    await client.close();
    await feed.close();
  }
  // After the TEARDOWN no task is left; without it they go on until the next run, or until the master's patience ends.
  if (driver.tornDown) forgetTasks(store, driver.state, ledger);
  const finished = end.reason === 'ended' && !options.signal.aborted;
  putRecord(store, { ...record, feedPort, over: finished || frontier.idle() });
  const messages = [...(end.reason === 'aborted' ? [end.message] : []), ...(await faultOf(commit()))];
  return { messages, timeUp: limits.timeUp(), ranMs: ranMs(), driver, frontier, core, tally };
}

function resultOf(
  options: RunOptions,
  state: CrawlState,
  { timeUp, ranMs, driver, frontier, core, tally }: Ended,
  faults: readonly string[],
  files: readonly string[],
): RunResult {
  const { job } = options;
  const interrupted = options.signal.aborted;
  const messages = [...faults];
  const { fetched, notModified } = frontier.counts();
  if (messages.length === 0 && fetched + notModified === 0 && tally.firstTrouble !== undefined && !interrupted) {
    messages.push(`no page could be fetched: ${tally.firstTrouble}`);
  }
  const broken = messages.length === 0 ? brokenExpectations(job.expect, tally) : [];
  const reason = reasonOf({ messages, broken, interrupted, limited: timeUp, driver, frontier, core });
  const summary = summarize({
    job: job.name,
    reason,
    messages: [...messages, ...broken],
    master: mastersText(options.masters),
    frameworkId: driver.state.frameworkId,
    tasks: driver.state.counts,
    offers: driver.state.offerCounts,
    shortfalls: driver.state.shortfalls,
    urls: frontier.counts(),
    exclusions: frontier.reasons('excluded'),
    tally,
    startedAt: state.record.startedAt,
    durationMs: ranMs,
  });
  const exitCode = reason === 'interrupted' ? 130 : reason === 'aborted' || reason === 'expectation' ? 1 : 0;
  const unfinished = (reason === 'interrupted' || reason === 'aborted') && !frontier.idle();
  const tasksLeft = interrupted && !driver.tornDown && !options.ownCluster ? driver.state.tasks.size : 0;
  return { summary, exitCode, files, unfinished, tasksLeft };
}

async function faultOf(step: Promise<void>): Promise<string[]> {
  try {
    await step;
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}
