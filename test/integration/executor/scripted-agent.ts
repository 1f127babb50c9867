import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { workOf } from '../../../src/framework/work.ts';
import { answerCodec, assignmentCodec, type Sparse } from '../../../src/feed/messages.ts';
import type { Answer, Report } from '../../../src/feed/messages.generated.ts';
import { FeedServer } from '../../../src/feed/server.ts';
import { loadJob } from '../../../src/job/load.ts';
import { executorCall, executorEvent } from '../../../src/mesos/codec.ts';
import type { ExecutorCall, ExecutorEvent, TaskInfo, TaskStatus } from '../../../src/mesos/messages.generated.ts';
import { endpoint, type Endpoint, open, push } from '../mesos/endpoint.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/executor.cjs');

/** An agent whose every event a test writes; it takes updates in, and acknowledges them. */
export interface ScriptedAgent extends AsyncDisposable {
  readonly url: string;
  readonly calls: Endpoint<ExecutorCall>['exchanges'];
  readonly updates: readonly TaskStatus[];
  /** States told, in order, as `task STATE`. */
  states(): readonly string[];
  send(event: ExecutorEvent): void;
  until(isSo: (agent: ScriptedAgent) => boolean): Promise<void>;
}

export interface AgentScript {
  readonly port?: number;
  readonly tls?: ServerOptions;
  readonly failoverTimeoutS?: number;
  /** In place of SUBSCRIBED. */
  readonly first?: ExecutorEvent;
}

export async function scriptedAgent({
  port,
  tls,
  failoverTimeoutS = 3600,
  first,
}: AgentScript = {}): Promise<ScriptedAgent> {
  let stream: ServerResponse | undefined;
  const updates: TaskStatus[] = [];
  const take = (status: TaskStatus): void => {
    updates.push(status);
    if (stream && status.uuid)
      push(stream, executorEvent, {
        type: 'ACKNOWLEDGED',
        acknowledged: { task_id: status.task_id, uuid: status.uuid },
      });
  };
  const server = await endpoint(
    executorCall,
    ({ call, response }) => {
      if (call.type !== 'SUBSCRIBE') {
        response.writeHead(202).end();
        if (call.update) take(call.update.status);
        return;
      }
      stream = response;
      open(response);
      push(response, executorEvent, first ?? subscribed(failoverTimeoutS));
      for (const { status } of call.subscribe?.unacknowledged_updates ?? []) take(status);
    },
    port,
    tls,
  );
  const agent: ScriptedAgent = {
    url: server.url,
    calls: server.exchanges,
    updates,
    states: () => updates.map(({ task_id, state }) => `${task_id.value} ${state}`),
    send(event) {
      if (!stream) throw new Error('nobody is subscribed');
      push(stream, executorEvent, event);
    },
    async until(isSo) {
      while (!isSo(agent)) await sleep(5);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return agent;
}

function subscribed(failover_timeout: number): ExecutorEvent {
  return {
    type: 'SUBSCRIBED',
    subscribed: {
      executor_info: { executor_id: { value: 'e1' } },
      framework_info: { user: 'u', name: 'n', failover_timeout, capabilities: [{ type: 'TASK_KILLING_STATE' }] },
      agent_info: { hostname: 'localhost' },
    },
  };
}

/** The executor program as an agent starts it. */
export interface Program extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Resolves with exit code, or signal, and what it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

export async function startProgram(agentUrl: string, env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const sandbox = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const child = spawn(process.execPath, [PROGRAM], {
    cwd: sandbox,
    env: {
      MESOS_FRAMEWORK_ID: 'F',
      MESOS_EXECUTOR_ID: 'e1',
      MESOS_SLAVE_ID: 'S',
      MESOS_AGENT_ENDPOINT: new URL(agentUrl).host,
      MESOS_SANDBOX: sandbox,
      MESOS_CHECKPOINT: '1',
      MESOS_SUBSCRIPTION_BACKOFF_MAX: '200ms',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stderr }));
  return {
    child,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      await rm(sandbox, { recursive: true });
    },
  };
}

/** A feed that keeps what it is told and answers as the test says. */
export interface TestFeed extends AsyncDisposable {
  readonly url: string;
  readonly reports: readonly Report[];
  /** Ids of pages settled, in order of their reports. */
  pages(): readonly number[];
}

export const TOKEN = 'token-of-this-run';

export async function testFeed(
  answer: (report: Report) => Sparse<Answer> | Promise<Sparse<Answer>> = () => ({ done: true }),
  { port = 0, token = TOKEN } = {},
): Promise<TestFeed> {
  const reports: Report[] = [];
  const server = await FeedServer.listen({
    host: '127.0.0.1',
    port,
    token,
    artifacts: new Map(),
    exchange: async (report) => {
      reports.push(report);
      return answerCodec.encode(await answer(report));
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}/feed`,
    reports,
    pages: () => reports.flatMap((report) => report.pages.map((page) => page.id)),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** A task that begins with some pages of a site, one request at a time unless told otherwise. */
export async function taskOf(
  id: string,
  site: string,
  paths: readonly string[],
  feed: { readonly url: string; readonly token?: string },
  concurrency = 1,
  more = '',
): Promise<TaskInfo> {
  const directory = await mkdtemp(join(tmpdir(), 'job-'));
  const file = join(directory, 'job.yaml');
  await writeFile(
    file,
    `name: j\nseeds: ${site}/\nfetch: { retries: 0 }\npoliteness: { delay: 0, robots: ignore, auto_throttle: false }\n` +
      `extractors: { page: { fields: { title: title } } }\n${more}`,
  );
  const { job } = await loadJob(file, { env: {}, cwd: directory });
  await rm(directory, { recursive: true });
  const data = assignmentCodec.encode({
    feed_url: feed.url,
    token: feed.token ?? TOKEN,
    task_id: id,
    job: job.name,
    work: Buffer.from(JSON.stringify(workOf(job, 0))),
    urls_per_task: 1000,
    first: {
      requests: paths.map((path, i) => ({ id: i, url: `${site}${path}`, seed: `${site}/` })),
      hosts: [{ host: site, concurrency }],
    },
  });
  return { name: id, task_id: { value: id }, agent_id: { value: 'S' }, data };
}
