import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { PinspiderError } from '../../lib/errors.ts';
import { loopbackAddress } from '../master-info.ts';
import type { AgentOptions } from '../options.ts';
import { systemUuid } from '../uuid.ts';
import type { Report, Role } from './child.ts';

export interface SupervisorOptions {
  /** What to run for each part, with which arguments: it must call `runPart`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly host?: string;
  /** The master's; 0 takes a free one. */
  readonly port: number;
  readonly agents: readonly AgentOptions[];
  readonly workDir: string;
  readonly secret: string;
  /** How long a part that died stays dead. */
  readonly restartMs: number;
  /** How long an agent may be away before the master declares it lost. */
  readonly agentTimeoutMs: number;
  readonly log: (line: string) => void;
}

/** A master and agents, each in a process of its own that may be killed at any time: it is started again in its place. */
export interface ProcessCluster extends AsyncDisposable {
  readonly url: string;
  /** The parts by name, with the ids of the processes that they are now. */
  parts(): readonly { readonly name: string; readonly pid: number | undefined; readonly url: string }[];
}

const KILL_MS = 15_000; // an executor's grace is 5 s

/**
 * @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the port is taken; CONFIG_INVALID when the host is not loopback
 */
export async function startProcesses(options: SupervisorOptions): Promise<ProcessCluster> {
  const { port, agents, workDir, secret, agentTimeoutMs } = options;
  const host = loopbackAddress(options.host ?? '127.0.0.1');
  const clusterId = systemUuid();
  const shared = { host, workDir, secret };
  const master = new Part('master', options, (own) => ({
    role: 'master',
    part: { ...shared, clusterId, port: own || port, agentTimeoutMs },
  }));
  const running: Part[] = [];
  const close = async (): Promise<void> => {
    await master.close(); // first: schedulers are to hear nothing of the end of the rest
    await Promise.all(running.map((part) => part.close()));
  };
  try {
    await master.start();
    for (const [index, agent] of agents.entries()) {
      const part = new Part(`agent ${index}`, options, (own) => ({
        role: 'agent',
        part: { ...shared, id: `${clusterId}-S${index}`, port: own, masterUrl: master.url(host), options: agent },
      }));
      running.push(part);
      await part.start();
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: master.url(host),
    parts: () => [master, ...running].map((part) => ({ name: part.name, pid: part.pid, url: part.url(host) })),
    [Symbol.asyncDispose]: close,
  };
}

/** One process, and the next in its place. */
class Part {
  readonly name: string;
  readonly #options: SupervisorOptions;
  readonly #role: (ownPort: number) => Role;
  #child: ChildProcess | undefined;
  #port = 0;
  #isClosing = false;

  /** @param role what it is, given the port that it had before, or 0 */
  constructor(name: string, options: SupervisorOptions, role: (ownPort: number) => Role) {
    this.name = name;
    this.#options = options;
    this.#role = role;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  url(host: string): string {
    return `http://${host}:${this.#port}`;
  }

  async start(): Promise<void> {
    const { program, args, log, restartMs } = this.#options;
    // A session of its own: Ctrl-C at the terminal is the supervisor's to hear. Its own end is told by the channel.
    const child = fork(program, args, { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    child.send(this.#role(this.#port));
    const report = await firstReport(child);
    if (!report) throw new Error(`${this.name} ended before it could serve`);
    if ('what' in report) {
      if (report.code === undefined) throw new Error(report.what);
      throw new PinspiderError({ code: report.code, what: report.what });
    }
    this.#port = report.port;
    child.once('exit', (code, signal) => {
      if (this.#isClosing) return;
      log(
        `${this.name} (process ${child.pid ?? '?'}) ended by ${signal ?? `exit ${code ?? '?'}`}; it starts again in ${restartMs / 1000} s`,
      );
      setTimeout(() => void this.#again(), restartMs).unref();
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    if (child.connected) child.disconnect();
    const kill = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
    await gone;
    clearTimeout(kill);
  }

  async #again(): Promise<void> {
    if (this.#isClosing) return;
    try {
      await this.start();
      this.#options.log(`${this.name} runs again as process ${this.pid ?? '?'}`);
    } catch (error) {
      this.#options.log(`${this.name} cannot start: ${error instanceof Error ? error.message : String(error)}`);
      setTimeout(() => void this.#again(), this.#options.restartMs || 1000).unref();
    }
  }
}

/** What the process says of its start, or `undefined` when it ends without a word. */
function firstReport(child: ChildProcess): Promise<Report | undefined> {
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(message as Report)); // from our own program
    child.once('exit', () => resolve(undefined));
  });
}
