import { PinspiderError } from '../lib/errors.ts';
import { systemClock } from './clock.ts';
import { type RunningAgent, sandboxRoot, startAgent, stopRunning } from './cluster-agent.ts';
import { serveState } from './http/operator-endpoint.ts';
import { write } from './http/plain.ts';
import { serveScheduler } from './http/scheduler-endpoint.ts';
import { closeServer, listen, type Route } from './http/server.ts';
import { posted, postedToMaster } from './mailbox.ts';
import { Master } from './master/master.ts';
import { loopbackAddress, masterInfo } from './master-info.ts';
import type { ClusterOptions } from './options.ts';
import { systemUuid } from './uuid.ts';

/** What can be seen of one agent from outside. */
export interface ClusterAgent {
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

/** A Mesos master and its agents inside this process. */
export interface Cluster extends AsyncDisposable {
  /** `http://127.0.0.1:port` of the master. */
  readonly url: string;
  readonly agents: readonly ClusterAgent[];
  /**
   * Ends everything: schedulers' streams are cut, executors get SHUTDOWN and their grace, then SIGKILL to their process
   * trees. No process that a container started is left, but for what forked itself out of its tree.
   */
  close(): Promise<void>;
  /**
   * Plays the death and new start of an agent's process: executors' streams are cut, offers rescinded, tasks of frameworks
   * without checkpointing lost. Executors that subscribe again in time are kept. Resolves when the agent has registered again.
   */
  restartAgent(index: number): Promise<void>;
  /** Plays an agent that dies and misses its pings: its tasks are lost or unreachable. Its executors live on. */
  stopAgent(index: number): void;
  /** The agent of {@link Cluster.stopAgent} comes back, and its tasks with it. Resolves when it has registered. */
  startAgent(index: number): Promise<void>;
  /**
   * Plays the death of the master and a new one in its place: schedulers' streams are cut and it knows nothing but what
   * agents tell it when they register, `recoveryMs` later; until then it answers 503.
   */
  restartMaster(options?: { readonly recoveryMs?: number }): Promise<void>;
}

/**
 * Starts a master and its agents on loopback. They speak the v1 HTTP API of Mesos as a real cluster would.
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
  let master: Master | undefined;
  const scheduler: Route = (request, response) =>
    serveScheduler({ master: () => master, secret, uuid }, request, response);
  const state: Route = (request, response) => serveState(master, secret, request, response);
  const health: Route = (_, response) => write(response, { status: 200 });
  const { server, port } = await listen(
    host,
    options.port ?? 0,
    {
      '/api/v1/scheduler': scheduler,
      '/master/api/v1/scheduler': scheduler,
      '/state': state,
      '/master/state': state,
      '/health': health,
      '/master/health': health,
    },
    log,
  );

  const newMaster = (awaitedAgents: readonly string[]): Master =>
    new Master({
      info: masterInfo(uuid(), host, port),
      allocationIntervalMs: options.allocationIntervalMs ?? 0,
      clock,
      log,
      awaitedAgents,
    });
  const first = newMaster([]);
  const running: RunningAgent[] = [];
  const register = ({ agent }: RunningAgent): void => master?.registerAgent(agent.registration(), posted(agent));
  const link = postedToMaster(() => master);
  try {
    for (const [index, agentOptions] of options.agents.entries()) {
      const id = `${first.state.info.id}-S${index}`;
      running.push(
        await startAgent({ id, host, options: agentOptions, workDir, secret, master: link, clock, uuid, log }),
      );
    }
  } catch (error) {
    await Promise.all([closeServer(server), ...running.map(stopRunning)]);
    throw error;
  }
  master = first;
  for (const agent of running) register(agent);

  const at = (index: number): RunningAgent => {
    const agent = running[index];
    if (!agent) throw new RangeError(`there is no agent ${index}`);
    return agent;
  };
  const down = ({ agent, server: own }: RunningAgent): void => {
    agent.goDown();
    own.closeAllConnections();
    master?.agentDisconnected(agent.state.id);
  };
  const up = (one: RunningAgent): Promise<void> =>
    new Promise((resolve) => {
      one.agent.comeBack(() => {
        register(one);
        resolve();
      });
    });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    master?.stop();
    master = undefined;
    server.closeAllConnections();
    await Promise.all(running.map(stopRunning));
    await closeServer(server);
    log('cluster closed');
  };
  log(`master at ${host}:${port}, ${running.length} agent(s)`);
  return {
    url: `http://${host}:${port}`,
    agents: running.map(({ agent, endpoint }) => ({
      id: agent.state.id,
      url: `http://${endpoint}`,
      sandboxes: sandboxRoot(workDir, agent.state.id),
      executors: () => agent.runningExecutors(),
    })),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
    restartAgent: async (index) => {
      down(at(index));
      await up(at(index));
    },
    stopAgent: (index) => {
      down(at(index));
      master?.agentUnreachable(at(index).agent.state.id);
    },
    startAgent: (index) => up(at(index)),
    restartMaster: ({ recoveryMs = 0 } = {}) => {
      master?.stop();
      master = undefined;
      server.closeAllConnections();
      return new Promise((resolve) => {
        clock.after(recoveryMs, () => {
          if (closing) {
            resolve();
            return;
          }
          master = newMaster(running.map(({ agent }) => agent.state.id));
          for (const one of running) {
            if (one.agent.state.phase !== 'RUNNING') continue;
            register(one);
            one.agent.resume();
          }
          resolve();
        });
      });
    },
  };
}
