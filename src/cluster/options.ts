import type { Attribute } from '../mesos/messages.generated.ts';
import type { Clock } from './clock.ts';

/** One agent of an embedded cluster. */
export interface AgentOptions {
  /** Thousandths of a CPU; nothing holds an executor to it, as under Mesos's posix launcher. */
  readonly cpusMilli: number;
  /** Thousandths of a MiB. */
  readonly memMilli: number;
  /** Thousandths of a MiB. */
  readonly diskMilli: number;
  /** The name of its machine, shown in offers. Default `localhost`. */
  readonly hostname?: string;
  /** First and last port offered. Default 31000–32000. */
  readonly ports?: readonly [number, number];
  readonly attributes?: readonly Attribute[];
  /** Added to every executor's environment, before its own variables. Nothing else is inherited; default none. */
  readonly executorEnvironment?: Readonly<Record<string, string>>;
  /** How long an executor may take to subscribe, fetching included. Default 60 s. */
  readonly registrationTimeoutMs?: number;
  /** How long executors have to subscribe again after a restart of the agent. Default 2 s. */
  readonly reregistrationTimeoutMs?: number;
  /** How long an executor has to end after SHUTDOWN, unless its ExecutorInfo says. Default 5 s. */
  readonly shutdownGraceMs?: number;
}

export interface ClusterOptions {
  /** Loopback only: the API starts processes. Default 127.0.0.1. */
  readonly host?: string;
  /** The master's port; 0 (default) takes a free one. Agents always take free ones. */
  readonly port?: number;
  readonly agents: readonly AgentOptions[];
  /** Sandboxes are made under `slaves/` in it, and stay. */
  readonly workDir: string;
  /** Every call must prove that it knows it: schedulers by Basic authentication, executors by a token made from it. */
  readonly secret: string;
  /** How many masters listen, of which one leads and the others redirect to it. Default 1. */
  readonly masters?: number;
  /** How long the masters take to elect a leader, at the start and after its death. Default 0. */
  readonly electionMs?: number;
  /** How long the agents take to register with a new leader. Default 0. */
  readonly agentReregistrationMs?: number;
  /** How long an agent may be away before it is declared lost. Default 75 s, the five pings of a real master. */
  readonly agentTimeoutMs?: number;
  /** 0 (default) offers freed resources at once; a real master does so every 1000 ms. */
  readonly allocationIntervalMs?: number;
  readonly clock?: Clock;
  /** A new RFC 4122 UUID at each call. */
  readonly uuid?: () => string;
  readonly log?: (line: string) => void;
}
