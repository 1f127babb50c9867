import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Resource } from '../mesos/messages.generated.ts';
import { Agent } from './agent/agent.ts';
import { executorEnvironment } from './agent/executor-environment.ts';
import { Launcher } from './agent/launcher.ts';
import { makeSandbox } from './agent/sandbox.ts';
import { executorToken } from './auth.ts';
import type { Clock } from './clock.ts';
import { serveExecutor } from './http/executor-endpoint.ts';
import { closeServer, listen, type Route } from './http/server.ts';
import type { MasterLink } from './links.ts';
import type { AgentOptions } from './options.ts';

const PORTS_DEFAULT = [31_000, 32_000] as const;
const REGISTRATION_TIMEOUT_MS = 60_000;
const REREGISTRATION_TIMEOUT_MS = 2000;
const SHUTDOWN_GRACE_MS = 5000;

export interface AgentSetting {
  readonly id: string;
  readonly host: string;
  /** Of the executor API; 0 takes a free one. */
  readonly port?: number;
  /** Writes down what must outlive the process. */
  readonly checkpoint?: () => void;
  readonly options: AgentOptions;
  readonly workDir: string;
  readonly secret: string;
  readonly master: MasterLink;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly log: (line: string) => void;
}

/** An agent with what it needs of the world: a listening executor API and a launcher of processes. */
export interface RunningAgent {
  /** Another one after {@link renewAgent}. */
  agent: Agent;
  readonly launcher: Launcher;
  readonly server: Server;
  /** `host:port` of the executor API. */
  readonly endpoint: string;
  readonly port: number;
  readonly renewed: (id: string) => Agent;
}

export async function startAgent(setting: AgentSetting): Promise<RunningAgent> {
  const { host, options, workDir, secret, master, clock, uuid, log, checkpoint = () => undefined } = setting;
  // The routes need the agent, the agent the port: requests cannot come before the port is known to anybody.
  const route: Route = (request, response) => serveExecutor({ agent: running.agent, secret }, request, response);
  const { server, port } = await listen(
    host,
    setting.port ?? 0,
    { '/api/v1/executor': route, '/slave(1)/api/v1/executor': route },
    log,
  );
  const endpoint = `${host}:${port}`;
  const launcher = new Launcher((spec) => {
    const { containerId, frameworkId, executorId } = spec;
    const agentId = running.agent.state.id;
    const sandbox = makeSandbox(workDir, { agentId, frameworkId, executorId, containerId });
    const token = executorToken({ fid: frameworkId, eid: executorId, cid: containerId }, secret);
    const environment = executorEnvironment({
      ...spec,
      agentId,
      endpoint,
      sandbox,
      token,
      extra: options.executorEnvironment ?? {},
    });
    return { sandbox, environment };
  }, log);
  const renewed = (id: string): Agent =>
    new Agent({
      id,
      info: {
        hostname: options.hostname ?? 'localhost',
        port,
        resources: resourcesFor(options),
        id: { value: id },
        ...(options.attributes && { attributes: options.attributes }),
      },
      attributes: options.attributes ?? [],
      port,
      registrationTimeoutMs: options.registrationTimeoutMs ?? REGISTRATION_TIMEOUT_MS,
      reregistrationTimeoutMs: options.reregistrationTimeoutMs ?? REREGISTRATION_TIMEOUT_MS,
      shutdownGraceMs: options.shutdownGraceMs ?? SHUTDOWN_GRACE_MS,
      master,
      clock,
      uuid,
      log,
      start: launcher.start,
      checkpoint,
    });
  const running: RunningAgent = { agent: renewed(setting.id), launcher, server, endpoint, port, renewed };
  // While the agent plays dead nobody gets through to it.
  server.on('connection', (socket) => {
    if (running.agent.state.phase === 'DOWN') socket.destroy();
  });
  return running;
}

/** The agent starts with an empty work directory: under a new id, and knowing nothing of executors that live on. */
export function renewAgent(running: RunningAgent, id: string): void {
  running.agent.stop();
  running.agent = running.renewed(id);
}

/** Where the agent of that id puts its sandboxes. */
export function sandboxRoot(workDir: string, agentId: string): string {
  return join(workDir, 'slaves', agentId);
}

/** Asks all executors to end, waits for their grace, ends what is left, then stops listening. */
export async function stopRunning({ agent, launcher, server }: RunningAgent): Promise<void> {
  agent.leave();
  const asked = agent.state.phase === 'RUNNING' ? agent.runningExecutors().map(({ pid }) => pid) : [];
  launcher.killAll((pid) => !asked.includes(pid)); // the others hear no SHUTDOWN
  await launcher.ended();
  agent.stop();
  await closeServer(server);
}

function resourcesFor({ cpusMilli, memMilli, diskMilli, ports = PORTS_DEFAULT }: AgentOptions): Resource[] {
  const scalar = (name: string, milli: number): Resource => ({ name, type: 'SCALAR', scalar: { value: milli / 1000 } });
  return [
    scalar('cpus', cpusMilli),
    scalar('mem', memMilli),
    scalar('disk', diskMilli),
    { name: 'ports', type: 'RANGES', ranges: { range: [{ begin: ports[0], end: ports[1] }] } },
  ];
}
