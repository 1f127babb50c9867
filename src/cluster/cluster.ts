import { PinspiderError } from '../lib/errors.ts';
import { systemClock } from './clock.ts';
import { renewAgent, type RunningAgent, sandboxRoot, startAgent, stopRunning } from './cluster-agent.ts';
import { posted, postedToMaster } from './mailbox.ts';
import { loopbackAddress } from './master-info.ts';
import { Masters } from './masters.ts';
import type { ClusterOptions } from './options.ts';
import { systemUuid } from './uuid.ts';

const AGENT_TIMEOUT_MS = 75_000; // five pings, one every 15 s

/** What can be seen of one agent from outside. */
export interface ClusterAgent {
  /** Another one after {@link Cluster.startAgent} with `isNew`. */
  readonly id: string;
  /** `http://127.0.0.1:port` of the executor API. */
  readonly url: string;
  /** Directory under which the sandboxes lie: `frameworks/F/executors/E/runs/C`. */
  readonly sandboxes: string;
  /** Executors whose process has not ended. */
  executors(): readonly {
    readonly frameworkId: string;
    readonly executorId: string;
    readonly pid: number | undefined;
  }[];
}

/** A Mesos master, or several, and agents inside this process. */
export interface Cluster extends AsyncDisposable {
  /** `http://127.0.0.1:port` of the first master. */
  readonly url: string;
  /** The same of every master. */
  readonly masters: readonly string[];
  readonly agents: readonly ClusterAgent[];
  /**
   * Ends everything: schedulers' streams are cut, executors get SHUTDOWN and their grace, then SIGKILL to their process
   * trees. No process that a container started is left, but for what forked itself out of its tree.
   */
  close(): Promise<void>;
  /**
   * Plays the death of an agent's process: executors' streams are cut, offers rescinded, tasks of frameworks without
   * checkpointing lost. Its executors live on. `agentTimeoutMs` later the master declares it unreachable.
   */
  killAgent(index: number): void;
  /**
   * Plays the start of an agent that is dead. Executors that subscribe again in time are kept. Resolves when it has
   * registered.
   *
   * @param isNew with an empty work directory: under a new id, with no memory of its executors
   */
  startAgent(index: number, options?: { readonly isNew?: boolean }): Promise<void>;
  /** {@link Cluster.killAgent} and {@link Cluster.startAgent} in one. */
  restartAgent(index: number): Promise<void>;
  /** Plays an agent that dies and has missed its pings: its tasks are lost or unreachable. Its executors live on. */
  stopAgent(index: number): void;
  /** Plays SIGUSR1: the agent says goodbye to the master, its executors are asked to end. */
  removeAgent(index: number): void;
  /** Plays an operator who declares that the agent will never come back. */
  markAgentGone(index: number): void;
  /**
   * Plays the death of a master's process, the leader's if none is named: streams are cut, connections refused. Another
   * master, if there is one, leads `electionMs` later.
   */
  killMaster(index?: number): void;
  /**
   * Plays the start of a dead master: the leader, if nobody has taken over, which knows nothing but what agents tell it
   * when they register, `recoveryMs` later; until then it answers 503.
   */
  startMaster(options?: { readonly index?: number; readonly recoveryMs?: number }): Promise<void>;
  /** The leader dies and starts in its place: {@link Cluster.killMaster} and {@link Cluster.startMaster} in one. */
  restartMaster(options?: { readonly recoveryMs?: number }): Promise<void>;
}

/**
 * Starts masters and agents on loopback. They speak the v1 HTTP API of Mesos as a real cluster would.
 *
 * @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the port is taken; CONFIG_INVALID when the host is not loopback, or the secret cannot be one
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { workDir, secret, clock = systemClock, uuid = systemUuid, log = () => undefined } = options;
  const host = loopbackAddress(options.host ?? '127.0.0.1');
  if (secret === '' || secret.includes(':')) {
    throw new PinspiderError({
      code: 'CONFIG_INVALID',
      what: "the cluster's secret is empty or holds a colon",
      mend: 'use letters and digits: Basic authentication cannot send a colon',
    });
  }
  const firstId = uuid();
  const running: RunningAgent[] = [];
  const admitted = new Set<string>();
  const register = ({ agent }: RunningAgent): void => {
    const master = masters.current;
    if (!master || agent.state.phase !== 'RUNNING') return;
    admitted.add(agent.state.id);
    master.registerAgent(agent.registration(), posted(agent));
  };
  const masters = await Masters.open({
    host,
    port: options.port ?? 0,
    count: options.masters ?? 1,
    secret,
    firstId,
    allocationIntervalMs: options.allocationIntervalMs ?? 0,
    agentTimeoutMs: options.agentTimeoutMs ?? AGENT_TIMEOUT_MS,
    electionMs: options.electionMs ?? 0,
    clock,
    uuid,
    log,
    admitted: () => [...admitted],
    leads: (master) => {
      const all = (): void => {
        if (masters.current !== master) return;
        for (const one of running) {
          register(one);
          one.agent.resume();
        }
      };
      if (admitted.size > 0 && options.agentReregistrationMs) clock.after(options.agentReregistrationMs, all);
      else all();
    },
  });
  const link = postedToMaster(() => masters.current);
  let ids = 0;
  const nextId = (): string => `${firstId}-S${ids++}`;
  try {
    for (const agent of options.agents) {
      running.push(
        await startAgent({ id: nextId(), host, options: agent, workDir, secret, master: link, clock, uuid, log }),
      );
    }
  } catch (error) {
    await Promise.all([masters.close(), ...running.map(stopRunning)]);
    throw error;
  }
  masters.begin();

  const at = (index: number): RunningAgent => {
    const agent = running[index];
    if (!agent) throw new RangeError(`there is no agent ${index}`);
    return agent;
  };
  const killAgent = (index: number): void => {
    const { agent, server } = at(index);
    agent.goDown();
    server.closeAllConnections();
    masters.current?.agentDisconnected(agent.state.id);
  };
  const startAgentAt = async (index: number, { isNew = false } = {}): Promise<void> => {
    const one = at(index);
    if (isNew) {
      renewAgent(one, nextId());
      register(one);
      return;
    }
    await new Promise<void>((resolve) => {
      one.agent.comeBack(() => {
        register(one);
        resolve();
      });
    });
  };
  const startMaster = ({ index, recoveryMs = 0 }: { index?: number; recoveryMs?: number } = {}): Promise<void> =>
    new Promise((resolve) => {
      masters.start(index, recoveryMs);
      clock.after(recoveryMs, resolve);
    });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    masters.stop();
    await Promise.all(running.map(stopRunning));
    await masters.close();
    log('cluster closed');
  };
  const [url = ''] = masters.urls;
  log(`master at ${url.replace('http://', '')}, ${running.length} agent(s)`);
  return {
    url,
    masters: masters.urls,
    agents: running.map((one) => ({
      get id() {
        return one.agent.state.id;
      },
      url: `http://${one.endpoint}`,
      get sandboxes() {
        return sandboxRoot(workDir, one.agent.state.id);
      },
      executors: () => one.agent.runningExecutors(),
    })),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
    killAgent,
    startAgent: startAgentAt,
    restartAgent: async (index) => {
      killAgent(index);
      await startAgentAt(index);
    },
    stopAgent: (index) => {
      killAgent(index);
      masters.current?.agentUnreachable(at(index).agent.state.id);
    },
    removeAgent: (index) => {
      const { agent } = at(index);
      agent.leave();
      admitted.delete(agent.state.id);
      masters.current?.agentUnregistered(agent.state.id);
    },
    markAgentGone: (index) => {
      const { id } = at(index).agent.state;
      admitted.delete(id);
      masters.current?.markAgentGone(id);
    },
    killMaster: (index) => masters.kill(index),
    startMaster,
    restartMaster: async (restart = {}) => {
      masters.kill();
      await startMaster(restart);
    },
  };
}
