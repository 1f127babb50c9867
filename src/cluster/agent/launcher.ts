import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import type { CommandInfo } from '../../mesos/messages.generated.ts';
import { Attached } from './attached.ts';
import type { Attach } from './checkpoint.ts';
import type { Container, ContainerEvents, ContainerSpec, StartContainer } from './container.ts';
import { fetchUris } from './fetcher.ts';
import { killTree, signalGroup } from './process-tree.ts';

/** Where a container runs and with what; the launcher decides neither. */
export interface Surroundings {
  readonly sandbox: string;
  readonly environment: Readonly<Record<string, string>>;
}

// What Mesos's launcher reports for a program that is not there: execvp's failure, as a wait status.
const CANNOT_EXECUTE = 1001 << 8;
const FETCH_FAILED = 1 << 8;

/** Starts real processes, each the leader of a session and group of its own. */
export class Launcher {
  readonly #surroundings: (spec: ContainerSpec) => Surroundings;
  readonly #log: (line: string) => void;
  readonly #running = new Set<Run | Attached>();

  constructor(surroundings: (spec: ContainerSpec) => Surroundings, log: (line: string) => void) {
    this.#surroundings = surroundings;
    this.#log = log;
  }

  readonly start: StartContainer = (spec, events) => {
    const run: Run = new Run(spec.command, () => this.#surroundings(spec), {
      ...events,
      broken: (error) => this.#log(`container ${spec.containerId} cannot start: ${messageOf(error)}`),
      exited: (status) => {
        this.#running.delete(run);
        events.exited(status);
      },
    });
    this.#running.add(run);
    return run;
  };

  /** Watches a process that an earlier process of the agent had started. */
  readonly attach: Attach = (pid, events) => {
    const run: Attached = new Attached(pid, {
      ...events,
      exited: (status) => {
        this.#running.delete(run);
        events.exited(status);
      },
    });
    this.#running.add(run);
    return run;
  };

  /** How many containers have not ended. */
  get size(): number {
    return this.#running.size;
  }

  /** Ends the containers whose process (`undefined` before it runs) is meant. */
  killAll(isMeant: (pid: number | undefined) => boolean): void {
    for (const run of this.#running) if (isMeant(run.pid)) run.kill();
  }

  /** Resolves when every container has ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#running].map((run) => run.ended));
  }
}

interface RunEvents extends ContainerEvents {
  /** Something on this machine stood in the way: no directory could be made, a variable holds a NUL. */
  broken(error: unknown): void;
}

class Run implements Container {
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();
  #child: ChildProcess | undefined;

  constructor(command: CommandInfo, surroundings: () => Surroundings, events: RunEvents) {
    this.ended = this.#run(command, surroundings, events);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  terminate(): void {
    if (this.pid === undefined) this.kill();
    else signalGroup(this.pid, 'SIGTERM');
  }

  kill(): void {
    this.#abort.abort();
    if (this.pid !== undefined) killTree(this.pid);
  }

  async #run(command: CommandInfo, surroundings: () => Surroundings, events: RunEvents): Promise<void> {
    await Promise.resolve(); // nothing is told before the caller has the container
    let status = CANNOT_EXECUTE;
    try {
      status = await this.#life(command, surroundings(), events);
    } catch (error) {
      events.broken(error);
    }
    events.exited(status);
  }

  /** Fetches, runs, and cleans up; the wait status. */
  async #life(command: CommandInfo, { sandbox, environment }: Surroundings, events: RunEvents): Promise<number> {
    const { signal } = this.#abort;
    const say = (line: string): void => appendFileSync(join(sandbox, 'stderr'), `${line}\n`);
    try {
      await fetchUris(command.uris ?? [], sandbox, signal, say);
    } catch (error) {
      say(`Failed to fetch: ${messageOf(error)}`);
      if (signal.aborted) return constants.signals.SIGKILL;
      events.fetchFailed();
      return FETCH_FAILED;
    }
    if (signal.aborted) return constants.signals.SIGKILL;
    const status = await this.#spawn(command, sandbox, environment, events);
    if (this.pid !== undefined) signalGroup(this.pid, 'SIGKILL'); // children that it left in its group
    return status;
  }

  #spawn(
    command: CommandInfo,
    cwd: string,
    env: Readonly<Record<string, string>>,
    events: ContainerEvents,
  ): Promise<number> {
    const [out, err] = ['stdout', 'stderr'].map((name) => openSync(join(cwd, name), 'a'));
    const [program, argv] = argvOf(command);
    const [argv0, ...rest] = argv;
    return new Promise<number>((resolve) => {
      const child = spawn(program, rest, {
        cwd,
        env,
        detached: true, // setsid: a group that can be killed as one
        stdio: ['ignore', out, err],
        ...(argv0 !== undefined && { argv0 }),
      });
      this.#child = child;
      child.once('spawn', () => events.started());
      child.once('error', (error) => {
        if (child.pid !== undefined) return; // a failed kill; the exit will be told
        appendFileSync(join(cwd, 'stderr'), `Failed to execute command: ${error.message}\n`);
        resolve(CANNOT_EXECUTE);
      });
      child.once('exit', (code, signal) => resolve(signal ? constants.signals[signal] : (code ?? 0) << 8));
    }).finally(() => {
      for (const fd of [out, err]) if (fd !== undefined) closeSync(fd);
    });
  }
}

/** `arguments` begin with argv[0], as for exec(3). */
function argvOf({ shell = true, value = '', arguments: argv = [] }: CommandInfo): [string, readonly string[]] {
  return shell ? ['/bin/sh', ['sh', '-c', value]] : [value, argv];
}
