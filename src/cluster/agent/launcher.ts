import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import type { CommandInfo } from '../../mesos/messages.generated.ts';
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
  readonly #running = new Set<Run>();

  constructor(surroundings: (spec: ContainerSpec) => Surroundings) {
    this.#surroundings = surroundings;
  }

  readonly start: StartContainer = (spec, events) => {
    const run: Run = new Run(spec.command, this.#surroundings(spec), {
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

  killAll(): void {
    for (const run of this.#running) run.kill();
  }

  /** Resolves when every container has ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#running].map((run) => run.ended));
  }
}

class Run implements Container {
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();
  #child: ChildProcess | undefined;

  constructor(command: CommandInfo, surroundings: Surroundings, events: ContainerEvents) {
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

  async #run(command: CommandInfo, { sandbox, environment }: Surroundings, events: ContainerEvents): Promise<void> {
    const stderr = join(sandbox, 'stderr');
    const say = (line: string): void => appendFileSync(stderr, `${line}\n`);
    try {
      await fetchUris(command.uris ?? [], sandbox, this.#abort.signal, say);
    } catch (error) {
      say(`Failed to fetch: ${messageOf(error)}`);
      if (!this.#abort.signal.aborted) events.fetchFailed();
      events.exited(this.#abort.signal.aborted ? constants.signals.SIGKILL : FETCH_FAILED);
      return;
    }
    if (this.#abort.signal.aborted) {
      events.exited(constants.signals.SIGKILL);
      return;
    }
    const status = await this.#spawn(command, sandbox, environment, events);
    if (this.pid !== undefined) signalGroup(this.pid, 'SIGKILL'); // children that it left in its group
    events.exited(status);
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
