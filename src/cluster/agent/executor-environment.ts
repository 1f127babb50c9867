import type { CommandInfo } from '../../mesos/messages.generated.ts';
import { durationText } from '../duration-text.ts';

/** What a Mesos agent sets when nobody else sets PATH. */
const PATH_DEFAULT = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const RECOVERY_TIMEOUT_MS = 15 * 60_000;
const SUBSCRIPTION_BACKOFF_MAX_MS = 2000;

export interface EnvironmentFacts {
  readonly agentId: string;
  readonly frameworkId: string;
  readonly executorId: string;
  /** `host:port` of the executor API. */
  readonly endpoint: string;
  readonly sandbox: string;
  readonly checkpoint: boolean;
  readonly shutdownGraceMs: number;
  readonly token: string;
  /** From the agent's options. */
  readonly extra: Readonly<Record<string, string>>;
  readonly command: CommandInfo;
}

/** The whole environment of an executor: nothing is inherited. The command's own variables win over all. */
export function executorEnvironment(facts: EnvironmentFacts): Record<string, string> {
  const { endpoint, sandbox } = facts;
  const own = (facts.command.environment?.variables ?? []).map(({ name, value, secret }): [string, string] => [
    name,
    value ?? Buffer.from(secret?.value?.data ?? []).toString(),
  ]);
  return {
    PATH: PATH_DEFAULT,
    PWD: sandbox,
    LIBPROCESS_IP: endpoint.slice(0, endpoint.lastIndexOf(':')),
    LIBPROCESS_PORT: '0',
    MESOS_AGENT_ENDPOINT: endpoint,
    MESOS_CHECKPOINT: facts.checkpoint ? '1' : '0',
    MESOS_DIRECTORY: sandbox,
    MESOS_EXECUTOR_AUTHENTICATION_TOKEN: facts.token,
    MESOS_EXECUTOR_ID: facts.executorId,
    MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD: durationText(facts.shutdownGraceMs),
    MESOS_FRAMEWORK_ID: facts.frameworkId,
    MESOS_HTTP_COMMAND_EXECUTOR: '0',
    MESOS_SANDBOX: sandbox,
    MESOS_SLAVE_ID: facts.agentId,
    MESOS_SLAVE_PID: `slave(1)@${endpoint}`,
    ...(facts.checkpoint && {
      MESOS_RECOVERY_TIMEOUT: durationText(RECOVERY_TIMEOUT_MS),
      MESOS_SUBSCRIPTION_BACKOFF_MAX: durationText(SUBSCRIPTION_BACKOFF_MAX_MS),
    }),
    ...facts.extra,
    ...Object.fromEntries(own),
  };
}
