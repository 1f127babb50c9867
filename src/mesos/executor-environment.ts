import { PinspiderError } from '../lib/errors.ts';
import { parseDuration } from './duration.ts';
import type { Tls, TlsFiles } from './tls.ts';

// The agent's defaults, for what it tells only in some cases.
const RECOVERY_TIMEOUT_MS = 15 * 60_000;
const SUBSCRIPTION_BACKOFF_MAX_MS = 2000;
const SHUTDOWN_GRACE_MS = 5000;

export interface ExecutorEnvironment {
  readonly frameworkId: string;
  readonly executorId: string;
  readonly agentId: string;
  /** Scheme, host and port of the agent. */
  readonly agentUrl: URL;
  /** Unix socket of the agent, where it offers one in place of its port. */
  readonly agentSocket?: string;
  /** Directory as the executor sees it. */
  readonly sandbox: string;
  /** Whether tasks survive a restart of the agent, so that a lost connection is to be waited out. */
  readonly checkpoint: boolean;
  /** How long the agent may be away. */
  readonly recoveryTimeoutMs: number;
  readonly subscriptionBackoffMaxMs: number;
  /** From SHUTDOWN until the agent kills what is left. */
  readonly shutdownGraceMs: number;
  /** How libprocess would speak TLS to the agent, when it speaks TLS. */
  readonly tls?: TlsFiles & Required<Pick<Tls, 'verify'>>;
  /** Bearer token. Whoever reads it shall delete MESOS_EXECUTOR_AUTHENTICATION_TOKEN from the environment of its children. */
  readonly token?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What an agent tells an executor by its environment.
 * @throws {PinspiderError} EXECUTOR_ENVIRONMENT naming everything that is missing or ill-formed
 */
export function readExecutorEnvironment(env: Env): ExecutorEnvironment {
  const faults: string[] = [];
  const text = (...names: readonly string[]): string => {
    const value = names.map((name) => env[name]).find((one) => one);
    if (value === undefined) faults.push(`${names.join(' or ')} is missing`);
    return value ?? '';
  };
  const duration = (name: string, absentMs: number): number => {
    const value = env[name];
    if (value === undefined || value === '') return absentMs;
    const ms = parseDuration(value);
    if (ms === undefined) faults.push(`${name} is no duration: "${value}"`);
    return ms ?? absentMs;
  };
  const frameworkId = text('MESOS_FRAMEWORK_ID');
  const executorId = text('MESOS_EXECUTOR_ID');
  const agentId = text('MESOS_SLAVE_ID', 'MESOS_AGENT_ID');
  const agentUrl = agentUrlOf(text('MESOS_AGENT_ENDPOINT'), env, faults);
  const agentSocket = env['MESOS_DOMAIN_SOCKET'];
  const sandbox = text('MESOS_SANDBOX', 'MESOS_DIRECTORY');
  const checkpoint = checkpointOf(env['MESOS_CHECKPOINT'], faults);
  const recoveryTimeoutMs = duration('MESOS_RECOVERY_TIMEOUT', RECOVERY_TIMEOUT_MS);
  const subscriptionBackoffMaxMs = duration('MESOS_SUBSCRIPTION_BACKOFF_MAX', SUBSCRIPTION_BACKOFF_MAX_MS);
  const shutdownGraceMs = duration('MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD', SHUTDOWN_GRACE_MS);
  const token = env['MESOS_EXECUTOR_AUTHENTICATION_TOKEN'];
  if (!agentUrl || faults.length > 0) throw bad(faults);
  return {
    ...{ frameworkId, executorId, agentId, agentUrl, sandbox },
    ...{ checkpoint, recoveryTimeoutMs, subscriptionBackoffMaxMs, shutdownGraceMs },
    ...(agentSocket && { agentSocket }),
    ...(agentUrl.protocol === 'https:' && { tls: tlsOf(env) }),
    ...(token && { token }),
  };
}

/**
 * By libprocess's own variables, which operators hand to executors with the agent's --executor_environment_variables. Without
 * VERIFY_SERVER_CERT (VERIFY_CERT before 1.10) libprocess takes any certificate; here one whose authority is named must be
 * that authority's at least.
 */
function tlsOf(env: Env): NonNullable<ExecutorEnvironment['tls']> {
  const of = (name: string): string | undefined => env[`LIBPROCESS_SSL_${name}`] || undefined;
  const [ca, caDirectory, cert, key] = [of('CA_FILE'), of('CA_DIR'), of('CERT_FILE'), of('KEY_FILE')];
  const wanted = of('VERIFY_SERVER_CERT') ?? of('VERIFY_CERT');
  const named = ca !== undefined || caDirectory !== undefined;
  const verify = wanted === undefined ? (named ? 'chain' : 'none') : isTrue(wanted) ? 'name' : 'none';
  return { ca, caDirectory, cert, key, verify };
}

function isTrue(value: string | undefined): boolean {
  return /^(?:1|true)$/i.test(value ?? '');
}

/** The endpoint has no scheme: whether the agent speaks TLS shows only in libprocess's own switch. */
function agentUrlOf(endpoint: string, env: Env, faults: string[]): URL | undefined {
  if (endpoint === '') return undefined;
  const tls = isTrue(env['LIBPROCESS_SSL_ENABLED'] ?? env['SSL_ENABLED']);
  const url = `${tls ? 'https' : 'http'}://${endpoint}`;
  if (/^(?:[^:/@\s]+|\[[\da-f:.]+\]):\d+$/i.test(endpoint) && URL.canParse(url)) return new URL(url);
  faults.push(`MESOS_AGENT_ENDPOINT is no host:port: "${endpoint}"`);
  return undefined;
}

/** Agents write 1 or 0; their documentation says true. */
function checkpointOf(value: string | undefined, faults: string[]): boolean {
  if (value !== undefined && !/^(?:0|1|true|false)?$/i.test(value))
    faults.push(`MESOS_CHECKPOINT is neither 1 nor 0: "${value}"`);
  return isTrue(value);
}

function bad(faults: readonly string[]): PinspiderError {
  return new PinspiderError({
    code: 'EXECUTOR_ENVIRONMENT',
    what: faults.join('; '),
    mend: 'an executor is started by a Mesos agent, not by hand',
  });
}
