import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/mesos/duration.ts';
import { readExecutorEnvironment } from '../../../src/mesos/executor-environment.ts';

/** What a real agent gave an executor of a checkpointing framework. */
const REAL = {
  LIBPROCESS_IP: '127.0.0.1',
  LIBPROCESS_PORT: '0',
  MESOS_AGENT_ENDPOINT: '127.0.0.1:5051',
  MESOS_CHECKPOINT: '1',
  MESOS_DIRECTORY: '/host/sandbox',
  MESOS_EXECUTOR_ID: 'e1',
  MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD: '5secs',
  MESOS_FRAMEWORK_ID: 'f-0000',
  MESOS_HTTP_COMMAND_EXECUTOR: '0',
  MESOS_RECOVERY_TIMEOUT: '15mins',
  MESOS_SANDBOX: '/sandbox',
  MESOS_SLAVE_ID: 'f-S0',
  MESOS_SLAVE_PID: 'slave(1)@127.0.0.1:5051',
  MESOS_SUBSCRIPTION_BACKOFF_MAX: '2secs',
  PATH: '/usr/bin:/bin',
  PWD: '/sandbox',
};

test('what a real agent gives is understood', () => {
  expect(readExecutorEnvironment(REAL)).toEqual({
    frameworkId: 'f-0000',
    executorId: 'e1',
    agentId: 'f-S0',
    agentUrl: new URL('http://127.0.0.1:5051'),
    sandbox: '/sandbox',
    checkpoint: true,
    recoveryTimeoutMs: 900_000,
    subscriptionBackoffMaxMs: 2000,
    shutdownGraceMs: 5000,
  });
});

test.each([
  { name: 'without checkpointing', env: { MESOS_CHECKPOINT: '0' }, want: { checkpoint: false } },
  {
    name: 'checkpointing as the documentation spells it',
    env: { MESOS_CHECKPOINT: 'true' },
    want: { checkpoint: true },
  },
  {
    name: 'without the durations, which agents leave out',
    env: { MESOS_RECOVERY_TIMEOUT: undefined, MESOS_SUBSCRIPTION_BACKOFF_MAX: undefined },
    want: { recoveryTimeoutMs: 900_000, subscriptionBackoffMaxMs: 2000 },
  },
  { name: 'with TLS', env: { LIBPROCESS_SSL_ENABLED: '1' }, want: { agentUrl: new URL('https://127.0.0.1:5051') } },
  {
    name: 'over IPv6',
    env: { MESOS_AGENT_ENDPOINT: '[::1]:5051' },
    want: { agentUrl: new URL('http://[::1]:5051') },
  },
  { name: 'with a token', env: { MESOS_EXECUTOR_AUTHENTICATION_TOKEN: 'a.b.c' }, want: { token: 'a.b.c' } },
  { name: 'with a socket', env: { MESOS_DOMAIN_SOCKET: '/run/agent' }, want: { agentSocket: '/run/agent' } },
  { name: 'with the old name of the sandbox', env: { MESOS_SANDBOX: undefined }, want: { sandbox: '/host/sandbox' } },
])('$name', ({ env, want }) => {
  expect(readExecutorEnvironment({ ...REAL, ...env })).toMatchObject(want);
});

test('everything that is wrong is told at once', () => {
  const env = { MESOS_AGENT_ENDPOINT: 'nowhere', MESOS_CHECKPOINT: 'maybe', MESOS_RECOVERY_TIMEOUT: '15 minutes' };
  expect(() => readExecutorEnvironment(env)).toThrow(
    expect.objectContaining({
      code: 'EXECUTOR_ENVIRONMENT',
      message:
        'MESOS_FRAMEWORK_ID is missing; MESOS_EXECUTOR_ID is missing; MESOS_SLAVE_ID or MESOS_AGENT_ID is missing; ' +
        'MESOS_AGENT_ENDPOINT is no host:port: "nowhere"; MESOS_SANDBOX or MESOS_DIRECTORY is missing; ' +
        'MESOS_CHECKPOINT is neither 1 nor 0: "maybe"; MESOS_RECOVERY_TIMEOUT is no duration: "15 minutes"; ' +
        'an executor is started by a Mesos agent, not by hand',
    }) as Error,
  );
});

test.each([
  ['15mins', 900_000],
  ['2secs', 2000],
  ['1.5mins', 90_000],
  ['100ms', 100],
  ['1hrs', 3_600_000],
  ['1days', 86_400_000],
  ['2weeks', 1_209_600_000],
  ['500us', 0.5],
  ['0ns', 0],
  ['15', undefined],
  ['secs', undefined],
  ['-1secs', undefined],
  ['1 sec', undefined],
  ['', undefined],
])('duration %j is %j ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
