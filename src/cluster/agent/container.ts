import type { CommandInfo } from '../../mesos/messages.generated.ts';

/** What is to run where. */
export interface ContainerSpec {
  readonly containerId: string;
  readonly frameworkId: string;
  readonly executorId: string;
  readonly command: CommandInfo;
  readonly checkpoint: boolean;
  readonly shutdownGraceMs: number;
}

/** A command that is being fetched for, runs, or has ended. */
export interface Container {
  /** Process id, once it runs. */
  readonly pid: number | undefined;
  /** Asks the process group to end (SIGTERM). */
  terminate(): void;
  /** Ends the whole process tree at once (SIGKILL), or the fetching for it. */
  kill(): void;
}

/** Called at most once each, `started` before `exited`; never before `start` has returned. */
export interface ContainerEvents {
  started(): void;
  /** The files of the command could not be brought; `exited` follows. */
  fetchFailed(): void;
  /** @param status raw wait status */
  exited(status: number): void;
}

export type StartContainer = (spec: ContainerSpec, events: ContainerEvents) => Container;
