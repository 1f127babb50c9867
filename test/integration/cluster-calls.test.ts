import { expect, test } from 'vitest';
import { executorToken } from '../../src/cluster/auth.ts';
import { without } from '../../src/cluster/without.ts';
import { SECRET, testCluster } from '../support/test-cluster.ts';
import { basic, post, resources, subscribe, task } from '../support/tiny-scheduler.ts';

const JSON_TYPE = 'application/json';
const PROTOBUF = 'application/x-protobuf';

// Statuses and bodies as a real master gave them.
test('calls that are none are refused in the words of a real master', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  await scheduler.next('SUBSCRIBED');
  const { frameworkId } = scheduler;
  const url = `${it.connection.url}/api/v1/scheduler`;
  const auth = { Authorization: basic(SECRET) };
  const headers = {
    ...auth,
    'Content-Type': JSON_TYPE,
    Accept: JSON_TYPE,
    'Mesos-Stream-Id': String(scheduler.headers['mesos-stream-id']),
  };
  const unbound = without(headers, 'Mesos-Stream-Id');
  const suppress = { type: 'SUPPRESS', framework_id: { value: frameworkId } };
  const invalid = 'Failed to validate scheduler::Call: ';
  const mismatch = (id: string) =>
    `The stream ID '${id}' included in this request didn't match the stream ID currently associated with framework ID ${frameworkId}`;
  const ack = (uuid: string) => ({
    ...suppress,
    type: 'ACKNOWLEDGE',
    acknowledge: { agent_id: { value: 'a' }, task_id: { value: 't' }, uuid },
  });
  const info = { user: 'root', name: 'x' };
  const cases: [string, unknown, Record<string, string>, number, string, string?, string?][] = [
    ['no-stream-id', suppress, unbound, 400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header"],
    ['wrong-stream-id', suppress, { ...headers, 'Mesos-Stream-Id': 'xyz' }, 400, mismatch('xyz')],
    [
      'stream-id-on-subscribe',
      { type: 'SUBSCRIBE', subscribe: { framework_info: info } },
      headers,
      400,
      "Subscribe calls should not include the 'Mesos-Stream-Id' header",
    ],
    [
      'bad-content-type',
      suppress,
      { ...headers, 'Content-Type': 'text/plain' },
      415,
      "Expecting 'Content-Type' of application/json or application/x-protobuf",
    ],
    [
      'json-charset',
      suppress,
      { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
      415,
      "Expecting 'Content-Type' of application/json or application/x-protobuf",
    ],
    ['empty-body', '', headers, 400, 'Failed to parse body into JSON: syntax error at line 1 near: '],
    [
      'other-encoding',
      suppress,
      { ...headers, 'Content-Type': PROTOBUF },
      400,
      'Failed to parse body into Call protobuf',
    ],
    ['empty-protobuf', '', { ...headers, 'Content-Type': PROTOBUF }, 400, `${invalid}Expecting 'type' to be present`],
    ['accept-text-plain', suppress, { ...headers, Accept: 'text/plain' }, 202, ''],
    ['path-with-slash', suppress, headers, 202, '', '/api/v1/scheduler/'],
    ['path-master-api', suppress, headers, 202, '', '/master/api/v1/scheduler'],
    ['wrong-path', suppress, headers, 404, '404 Not Found.', '/api/v1/nope'],
    [
      'PUT',
      suppress,
      headers,
      405,
      "405 Method Not Allowed. Expecting one of { 'POST' }, but received 'PUT'.",
      '/api/v1/scheduler',
      'PUT',
    ],
    ['no-type', { framework_id: { value: frameworkId } }, headers, 400, `${invalid}Expecting 'type' to be present`],
    ['unknown-enum', { ...suppress, type: 'NO_SUCH' }, headers, 400, `${invalid}Expecting 'type' to be present`],
    ['no-framework-id', { type: 'SUPPRESS' }, headers, 400, `${invalid}Expecting 'framework_id' to be present`],
    [
      'other-framework-id',
      { type: 'SUPPRESS', framework_id: { value: 'other' } },
      headers,
      400,
      'Framework cannot be found',
    ],
    [
      'accept-without-accept',
      { ...suppress, type: 'ACCEPT' },
      headers,
      400,
      `${invalid}Expecting 'accept' to be present`,
    ],
    ['ack-short-uuid', ack('AAAA'), headers, 400, `${invalid}Not a valid UUID`],
    ['ack-unknown-uuid', ack('7DtQU++STXymJ6EwnNnlnw=='), headers, 202, ''],
    [
      'message-unknown-agent',
      { ...suppress, type: 'MESSAGE', message: { agent_id: { value: 'x' }, executor_id: { value: 'y' }, data: '' } },
      headers,
      202,
      '',
    ],
    [
      'decline-unknown-offer',
      { ...suppress, type: 'DECLINE', decline: { offer_ids: [{ value: 'no' }] } },
      headers,
      202,
      '',
    ],
    ['json-unknown-field', { ...suppress, what: 1 }, headers, 202, ''],
    ['suppress-foreign-role', { ...suppress, suppress: { roles: ['zzz'] } }, headers, 202, ''],
    ['unknown-type', { ...suppress, type: 'UNKNOWN' }, headers, 501, '501 Not Implemented.'],
    [
      'subscribe-no-info',
      { type: 'SUBSCRIBE', subscribe: {} },
      unbound,
      400,
      'Failed to convert JSON into Call protobuf: Missing required fields: subscribe.framework_info',
    ],
    [
      'subscribe-id-only-in-info',
      { type: 'SUBSCRIBE', subscribe: { framework_info: { ...info, id: { value: 'x' } } } },
      unbound,
      400,
      `${invalid}'framework_id' differs from 'subscribe.framework_info.id'`,
    ],
    [
      'subscribe-accept-text',
      { type: 'SUBSCRIBE', subscribe: { framework_info: info } },
      { ...unbound, Accept: 'text/plain' },
      406,
      "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'",
    ],
    ['no-authorization', suppress, { 'Content-Type': JSON_TYPE }, 401, '401 Unauthorized.'],
    ['wrong-secret', suppress, { ...headers, Authorization: basic('wrong') }, 401, '401 Unauthorized.'],
    ['colon-in-secret', suppress, { ...headers, Authorization: basic(`${SECRET}:x`) }, 401, '401 Unauthorized.'],
    ['bearer', suppress, { ...headers, Authorization: `Bearer ${SECRET}` }, 401, '401 Unauthorized.'],
    [
      'other-principal',
      suppress,
      { ...headers, Authorization: basic(SECRET, 'other') },
      400,
      "Authenticated principal 'other' does not match principal 'pinspider' set in `FrameworkInfo`",
    ],
    [
      'principal-in-info',
      { type: 'SUBSCRIBE', subscribe: { framework_info: { ...info, principal: 'other' } } },
      unbound,
      400,
      `${invalid}Authenticated principal 'pinspider' does not match principal 'other' set in \`FrameworkInfo\``,
    ],
    [
      'change-user',
      {
        ...suppress,
        type: 'UPDATE_FRAMEWORK',
        update_framework: { framework_info: { ...info, user: 'zzz', id: { value: frameworkId } } },
      },
      headers,
      400,
      "FrameworkInfo update is not valid: Updating 'FrameworkInfo.user' is unsupported; attempted to update from 'root' to 'zzz'",
    ],
    [
      'change-name',
      {
        ...suppress,
        type: 'UPDATE_FRAMEWORK',
        update_framework: { framework_info: { ...info, id: { value: frameworkId } } },
      },
      headers,
      200,
      '',
    ],
  ];
  const got: unknown[] = [];
  for (const [name, body, sent, , , path = '/api/v1/scheduler', method] of cases) {
    const answer = await post(
      url.replace('/api/v1/scheduler', path),
      typeof body === 'string' ? body : JSON.stringify(body),
      sent,
      method,
    );
    got.push([name, answer.status, answer.body]);
  }
  expect(got).toEqual(cases.map(([name, , , status, body]) => [name, status, body]));
  expect((await post(url, '', {})).headers['www-authenticate']).toBe('Basic realm="mesos-master-scheduler"');
  expect((await post(url, '', auth, 'GET')).headers['allow']).toBe('POST');
});

test.each([
  {
    info: { role: 'a b' },
    want: "'FrameworkInfo.role' is not a valid role: Role component 'a b' is invalid because it contains backspace or whitespace",
  },
  {
    info: { role: '-a' },
    want: "'FrameworkInfo.role' is not a valid role: Role component '-a' is invalid because it starts with a dash",
  },
  {
    info: { roles: ['r1'] },
    want: "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable",
  },
  {
    info: { role: 'a', roles: ['b'], capabilities: [{ type: 'MULTI_ROLE' as const }] },
    want: "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable",
  },
  { info: { failover_timeout: 1e30 }, want: 'The framework failover_timeout (1e+30) is invalid' },
])('a FrameworkInfo with $info is refused on the stream', async ({ info, want }) => {
  await using it = await testCluster([]);
  await using scheduler = await subscribe(it.connection, info);
  expect(scheduler.status).toBe(200);
  expect((await scheduler.next('ERROR')).error?.message).toBe(want);
  expect(await scheduler.ended()).toBe('clean');
});

test('roles are offered to one at a time, with their allocation', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection, { roles: ['a', 'b'], capabilities: [{ type: 'MULTI_ROLE' }] });
  const offer = await scheduler.offer();
  expect(offer.allocation_info).toEqual({ role: 'a' });
  expect(offer.resources?.map((r) => [r.name, r.role, r.allocation_info])).toEqual(
    ['ports', 'cpus', 'mem', 'disk'].map((name) => [name, '*', { role: 'a' }]),
  );
  await scheduler.call({ type: 'SUPPRESS', suppress: { roles: ['a'] } });
  await scheduler.call({ type: 'DECLINE', decline: { offer_ids: [offer.id] } });
  expect((await scheduler.offer()).allocation_info).toEqual({ role: 'b' });
});

test('offers that do not go together, or are used up, lose every task of the ACCEPT', async () => {
  await using it = await testCluster([{}, {}]);
  await using scheduler = await subscribe(it.connection);
  const [one, two] = await scheduler.offers();
  if (!one || !two) throw new Error('two agents give two offers');
  const make = (id: string) => task(id, one.agent_id.value, []);
  const lost = async (ids: (typeof one.id)[]) => {
    const operations = [{ type: 'LAUNCH' as const, launch: { task_infos: [make('t')] } }];
    await scheduler.call({ type: 'ACCEPT', accept: { offer_ids: ids, operations } });
    const { state, reason, message, uuid } = await scheduler.update();
    expect({ state, reason, uuid }).toEqual({ state: 'TASK_LOST', reason: 'REASON_INVALID_OFFERS', uuid: undefined });
    return message;
  };
  const prefix = 'Task launched with invalid offers: ';
  expect(await lost([one.id, two.id])).toBe(
    `${prefix}Aggregated offers must belong to one single agent. Offer ${two.id.value} uses agent ${two.agent_id.value} and agent ${one.agent_id.value}`,
  );
  expect(await lost([one.id])).toBe(`${prefix}Offer ${one.id.value} is no longer valid`);
  const again = await scheduler.offer();
  expect(await lost([again.id, again.id])).toBe(`${prefix}Duplicate offer ${again.id.value} in offer list`);
});

test('good and bad tasks of one ACCEPT are told apart; groups and reservations are not supported', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  const agentId = offer.agent_id.value;
  const good = task('good', agentId, [['TASK_FINISHED']]);
  const { executor } = good;
  if (!executor) throw new Error('a task with an executor');
  await scheduler.call({
    type: 'ACCEPT',
    accept: {
      offer_ids: [offer.id],
      operations: [
        { type: 'RESERVE', reserve: { resources: [] } },
        {
          type: 'LAUNCH',
          launch: { task_infos: [{ ...task('big', agentId, []), resources: resources(100, 32) }, good] },
        },
        { type: 'LAUNCH_GROUP', launch_group: { executor, task_group: { tasks: [task('group', agentId, [])] } } },
      ],
    },
  });
  expect(await scheduler.update()).toMatchObject({
    task_id: { value: 'big' },
    state: 'TASK_ERROR',
    reason: 'REASON_TASK_INVALID',
  });
  expect(await scheduler.update()).toMatchObject({
    task_id: { value: 'group' },
    state: 'TASK_ERROR',
    reason: 'REASON_TASK_GROUP_INVALID',
  });
  expect(await scheduler.update()).toMatchObject({ task_id: { value: 'good' }, state: 'TASK_FINISHED' });
});

// As a real agent answered.
test('executor calls that are none are refused in the words of a real agent', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection, { failover_timeout: 60 });
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, [['TASK_RUNNING'], ['wait-kill']])]);
  const running = await scheduler.update('TASK_RUNNING');
  const fid = scheduler.frameworkId;
  const claims = { fid, eid: 'e1', cid: running.container_status?.container_id?.value ?? '' };
  const bearer = (c: typeof claims, secret = SECRET) => `Bearer ${executorToken(c, secret)}`;
  const headers = { 'Content-Type': JSON_TYPE, Accept: JSON_TYPE, Authorization: bearer(claims) };
  const ids = { framework_id: { value: fid }, executor_id: { value: 'e1' } };
  const uuid = '7DtQU++STXymJ6EwnNnlnw==';
  const update = (status: object) => ({
    ...ids,
    type: 'UPDATE',
    update: { status: { task_id: { value: 't1' }, state: 'TASK_RUNNING', source: 'SOURCE_EXECUTOR', uuid, ...status } },
  });
  const invalid = 'Failed to validate Executor::Call: ';
  const who = `executor e1 of framework ${fid}`;
  const cases: [string, object, number, string, Record<string, string>?][] = [
    [
      'unknown-framework',
      { ...ids, framework_id: { value: 'x' }, type: 'SUBSCRIBE', subscribe: {} },
      400,
      'Framework cannot be found',
    ],
    [
      'unknown-executor',
      { ...ids, executor_id: { value: 'nope' }, type: 'SUBSCRIBE', subscribe: {} },
      400,
      'Executor cannot be found',
    ],
    ['no-uuid', update({ uuid: undefined }), 400, `${invalid}Expecting 'uuid' to be present`],
    ['16-bytes-not-rfc4122', update({ uuid: 'AQEBAQEBAQEBAQEBAQEBAQ==' }), 400, `${invalid}Not a valid UUID`],
    [
      'wrong-source',
      update({ source: 'SOURCE_AGENT' }),
      400,
      `${invalid}Received Call from ${who} with invalid source, expecting 'SOURCE_EXECUTOR'`,
    ],
    [
      'no-source',
      update({ source: undefined }),
      400,
      `${invalid}Received Call from ${who} with invalid source, expecting 'SOURCE_EXECUTOR'`,
    ],
    [
      'staging',
      update({ state: 'TASK_STAGING' }),
      400,
      `${invalid}Received TASK_STAGING from ${who} which is not allowed`,
    ],
    [
      'other-executor',
      update({ executor_id: { value: 'zz' } }),
      400,
      `${invalid}ExecutorID in Call: e1 does not match ExecutorID in TaskStatus: zz`,
    ],
    ['wrong-agent', update({ agent_id: { value: 'another' } }), 202, ''],
    ['heartbeat', { ...ids, type: 'HEARTBEAT' }, 202, ''],
    ['no-token', { ...ids, type: 'HEARTBEAT' }, 401, '401 Unauthorized.', { Authorization: '' }],
    ['foreign-token', update({}), 401, '401 Unauthorized.', { Authorization: bearer(claims, 'guessed') }],
    [
      'token-of-another',
      update({}),
      403,
      `The token belongs to executor e2 of framework ${fid}, container ${claims.cid}`,
      { Authorization: bearer({ ...claims, eid: 'e2' }) },
    ],
    ['never-launched', update({ task_id: { value: 'never-launched' }, state: 'TASK_FINISHED' }), 202, ''],
  ];
  const got: unknown[] = [];
  for (const [name, call, , , more] of cases) {
    const answer = await post(`${it.cluster.agents[0]?.url ?? ''}/slave(1)/api/v1/executor`, JSON.stringify(call), {
      ...headers,
      ...more,
    });
    got.push([name, answer.status, answer.body]);
  }
  expect(got).toEqual(cases.map(([name, , status, body]) => [name, status, body]));
  // An update of a task that nobody launched is sent on; the one that named another agent is not.
  const stray = await scheduler.update();
  expect(stray).toMatchObject({ task_id: { value: 'never-launched' }, state: 'TASK_FINISHED' });
  expect(stray).not.toHaveProperty('container_status');
});

test('GET /health needs no secret, GET /state does', async () => {
  await using it = await testCluster();
  const { url } = it.connection;
  expect((await post(`${url}/health`, '', {}, 'GET')).status).toBe(200);
  expect((await post(`${url}/state`, '', {}, 'GET')).status).toBe(401);
  const state = await post(`${url}/state`, '', { Authorization: basic(SECRET) }, 'GET');
  expect(JSON.parse(state.body)).toMatchObject({
    frameworks: [],
    agents: [
      { id: it.cluster.agents[0]?.id, connected: true, resources: { cpus: 4, mem: 4096, disk: 4096 }, allocated: {} },
    ],
  });
});
