import { setImmediate as turn } from 'node:timers/promises';
import type { RunOptions } from '../framework/run-options.ts';
import { coreConfig, frontierSettings } from '../framework/settings.ts';
import { Changes } from '../framework/changes.ts';
import { Driver } from '../framework/driver.ts';
import type { Delivery } from '../framework/infos.ts';
import { initialState } from '../framework/initial-state.ts';
import { Ledger } from '../framework/ledger.ts';
import { RecordKeys } from '../framework/record-keys.ts';
import type { Amounts } from '../framework/resources.ts';
import { seedUrls } from '../framework/seeds.ts';
import { Tally } from '../framework/tally.ts';
import { workOf } from '../framework/work.ts';
import { assignmentCodec } from '../feed/messages.ts';
import { openFrontier } from '../frontier/frontier.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { ExecutorInfo, Offer, SchedulerCall, TaskInfo } from '../mesos/messages.generated.ts';
import type { SchedulerSignal } from '../mesos/scheduler-client.ts';
import { createLog } from '../observe/log.ts';
import type { Sink } from '../sinks/types.ts';
import { memoryStore } from '../store/memory-store.ts';

/** A TaskInfo with its data, an Assignment, as JSON: the compiled job part (`work`) spelled out. */
export type ShownTask = Omit<TaskInfo, 'data'> & { readonly data: Readonly<Record<string, unknown>> };

/** What stands in the shown messages where a run puts what only it knows. */
export const PLACEHOLDERS = {
  frameworkId: 'FRAMEWORK-ID',
  agentId: 'AGENT-ID',
  feed: 'FEED-HOST:PORT',
  token: 'TOKEN',
} as const;

const NO_SINK: Sink = {
  name: 'none',
  write: () => undefined,
  flush: () => Promise.resolve(),
  positions: () => [],
  close: () => Promise.resolve(),
  files: () => [],
};

/**
 * The first tasks of a run, as its own scheduler launches them on one agent with these resources: the same driver, core,
 * ledger and frontier, which here talk to no master. No page is fetched.
 */
export async function rehearse(
  job: ResolvedJob,
  executor: RunOptions['executor'],
  agent: Amounts,
  now: () => number,
): Promise<readonly ShownTask[]> {
  const store = memoryStore();
  const frontier = await openFrontier(frontierSettings(job), store, now());
  frontier.add(seedUrls(job), now());
  const extractors = job.extractors.map(({ name, fields }) => ({ name, fields: fields.map((field) => field.name) }));
  const commit = (): Promise<void> => store.write(store.cut());
  const ledger = new Ledger({
    frontier,
    sink: NO_SINK,
    store,
    keys: await RecordKeys.load(store, extractors.length),
    changes: await Changes.open(store, job.extractors),
    lanes: [],
    tally: new Tally(extractors),
    extractors: extractors.map(({ name }) => name),
    commit,
    now,
  });
  const core = coreConfig(job, deliveryOf(executor));
  const calls: Omit<SchedulerCall, 'framework_id'>[] = [];
  const driver: Driver = new Driver({
    job,
    core,
    initial: initialState(core),
    ledger,
    frontier,
    feedUrl: `http://${PLACEHOLDERS.feed}/feed`,
    token: PLACEHOLDERS.token,
    work: job.executors.map((_, lane) => Buffer.from(JSON.stringify(workOf(job, lane)))),
    send: (call) => {
      calls.push(call);
      return Promise.resolve();
    },
    remember: () => undefined,
    commit,
    now,
    log: createLog({ format: 'text', level: 'error', now, write: () => undefined, mask: (line) => line }),
  });
  await driver.run(
    master(offerOf(job, agent), () => {
      driver.abort('the rehearsal is over');
    }),
  );
  return calls
    .flatMap((call) => call.accept?.operations ?? [])
    .flatMap((operation) => operation.launch?.task_infos ?? [])
    .map(shown);
}

/** ExecutorInfo of the first instance, with the resources that a task's executor would have. */
export function executorsOf(job: ResolvedJob, executor: RunOptions['executor']): readonly ExecutorInfo[] {
  const { lanes, executorInfo } = coreConfig(job, deliveryOf(executor));
  return lanes.map(({ executorNeed }, lane) => executorInfo(lane, lane + 1, resourcesOf(job, executorNeed)));
}

async function* master(offer: Offer, over: () => void): AsyncGenerator<SchedulerSignal> {
  // The driver looks at the frontier in its next turns; an offer that comes before would be declined.
  await turn();
  await turn();
  const framework_id = { value: PLACEHOLDERS.frameworkId };
  yield { type: 'event', event: { type: 'SUBSCRIBED', subscribed: { framework_id } } };
  yield { type: 'event', event: { type: 'OFFERS', offers: { offers: [offer] } } };
  over();
}

function offerOf(job: ResolvedJob, agent: Amounts): Offer {
  return {
    id: { value: 'OFFER-ID' },
    framework_id: { value: PLACEHOLDERS.frameworkId },
    agent_id: { value: PLACEHOLDERS.agentId },
    hostname: 'AGENT',
    resources: resourcesOf(job, agent),
    allocation_info: { role: job.mesos.roles[0] ?? '*' },
  };
}

function resourcesOf(job: ResolvedJob, amounts: Amounts): ExecutorInfo['resources'] & object {
  return (['cpus', 'mem', 'disk'] as const)
    .filter((name) => amounts[name] > 0)
    .map((name) => ({
      name,
      type: 'SCALAR',
      scalar: { value: amounts[name] / 1000 },
      allocation_info: { role: job.mesos.roles[0] ?? '*' },
    }));
}

function deliveryOf(executor: RunOptions['executor']): Delivery {
  if ('delivery' in executor) return executor.delivery;
  return { type: 'uri', uri: `http://${PLACEHOLDERS.feed}${executor.serve.path}` };
}

function shown(task: TaskInfo): ShownTask {
  const assignment = assignmentCodec.decode(task.data ?? new Uint8Array());
  const plain = JSON.parse(JSON.stringify(assignment)) as Readonly<Record<string, unknown>>;
  const work: unknown = JSON.parse(Buffer.from(assignment.work).toString('utf8'));
  return { ...task, data: { ...plain, work } };
}
