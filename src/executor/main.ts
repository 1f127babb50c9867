import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { messageOf } from '../lib/errors.ts';
import { letMainThreadGoFirst } from '../lib/helper-threads.ts';
import { warmUpGently, warmUpModules } from '../lib/warm-up.ts';
import { ExecutorClient } from '../mesos/executor-client.ts';
import { type ExecutorEnvironment, readExecutorEnvironment } from '../mesos/executor-environment.ts';
import { readTls, type Tls } from '../mesos/tls.ts';
import { createLog } from '../observe/log.ts';
import { ExecutorDriver } from './driver.ts';
import { Worker } from './worker.ts';

// The scheduler dismisses idle executors after `idle_timeout`; this is for those that it has forgotten.
const LEAVE_AFTER_MS = 10 * 60_000;

/** RFC 4122 version 4, as 16 bytes: real agents refuse anything else. */
function uuid(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

/** The agent is on this machine: its certificate may bear the machine's name as well as the address that agents tell. */
async function agentTls({ tls }: ExecutorEnvironment): Promise<Tls | undefined> {
  return tls && { ...(await readTls(tls)), verify: tls.verify, names: [hostname()] };
}

/** The executor program: `node executor.cjs`, started by a Mesos agent with its environment. */
async function main(): Promise<void> {
  const clock = { now: Date.now, random: Math.random };
  const log = createLog({
    format: 'text',
    level: 'info',
    now: Date.now,
    write: (line) => console.error(line),
    mask: (line) => line,
  });
  const environment = readExecutorEnvironment(process.env);
  // Whatever this process may start must not inherit it.
  delete process.env['MESOS_EXECUTOR_AUTHENTICATION_TOKEN'];
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  const worker = new Worker(clock, warmUpModules);
  const note = (what: string): void => log.warn(what);
  const client = new ExecutorClient({ environment, tls: await agentTls(environment), ...clock, uuid, note });
  const { shutdownGraceMs } = environment;
  const driver = new ExecutorDriver({ client, worker, log, shutdownGraceMs, leaveAfterMs: LEAVE_AFTER_MS });
  await driver.run(stop.signal);
}

warmUpGently('executor');
letMainThreadGoFirst();
main().then(
  // What is open ends with the process. To destroy sockets one by one is dearer: Node reads the stack of the error for each, for which V8
  // looks for the ends of all lines of the program.
  () => process.exit(0),
  (error: unknown) => {
    console.error(`pinspider executor: ${messageOf(error)}`);
    process.exit(1);
  },
);
