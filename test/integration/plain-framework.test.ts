import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { SECRET, testCluster } from '../support/test-cluster.ts';

/**
 * A framework of node:http and nothing of ours: what it knows of the API is written here. It shows that the cluster serves
 * whoever speaks Mesos, in either codec, and not merely our own client.
 */
const PROTO = `
  syntax = "proto2";
  message Value { required string value = 1; }
  message Scalar { required double value = 1; }
  message Resource { required string name = 1; required int32 type = 2; optional Scalar scalar = 3; }
  message Environment { message Variable { required string name = 1; optional string value = 2; } repeated Variable variables = 1; }
  message Command { optional Environment environment = 2; optional bool shell = 6; optional string value = 3; }
  message Task { required string name = 1; required Value task_id = 2; required Value agent_id = 3; repeated Resource resources = 4; optional Command command = 7; }
  message FrameworkInfo { required string user = 1; required string name = 2; optional string principal = 8; }
  message Offer { required Value id = 1; required Value agent_id = 3; required string hostname = 4; }
  message Status { required Value task_id = 1; required int32 state = 2; optional string message = 4; optional Value agent_id = 5; optional bytes uuid = 11; }
  message Operation { message Launch { repeated Task task_infos = 1; } optional int32 type = 1; optional Launch launch = 2; }
  message Event {
    message Subscribed { required Value framework_id = 1; }
    message Offers { repeated Offer offers = 1; }
    message Update { required Status status = 1; }
    optional int32 type = 1; optional Subscribed subscribed = 2; optional Offers offers = 3; optional Update update = 5;
  }
  message Call {
    message Subscribe { required FrameworkInfo framework_info = 1; }
    message Accept { repeated Value offer_ids = 1; repeated Operation operations = 2; }
    message Acknowledge { required Value agent_id = 1; required Value task_id = 2; required bytes uuid = 3; }
    optional Value framework_id = 1; optional int32 type = 2; optional Subscribe subscribe = 3; optional Accept accept = 4;
    optional Acknowledge acknowledge = 8;
  }`;
const { root } = protobuf.parse(PROTO, { keepCase: true });

// The numbers of scheduler.proto and mesos.proto.
const CALLS = { SUBSCRIBE: 1, TEARDOWN: 2, ACCEPT: 3, ACKNOWLEDGE: 8 } as const;
const STATES: Readonly<Record<number, string>> = {
  0: 'TASK_STARTING',
  1: 'TASK_RUNNING',
  2: 'TASK_FINISHED',
  3: 'TASK_FAILED',
};
const LAUNCH = 1;
const SCALAR = 0;

type Json = Readonly<Record<string, unknown>>;

interface Event {
  readonly subscribed?: { readonly framework_id: { readonly value: string } };
  readonly offers?: {
    readonly offers: readonly { readonly id: { value: string }; readonly agent_id: { value: string } }[];
  };
  readonly update?: {
    readonly status: {
      readonly state: string | number;
      readonly message?: string;
      readonly agent_id: object;
      readonly task_id: object;
      readonly uuid?: string;
    };
  };
}

interface Codec {
  readonly media: string;
  readonly encode: (type: keyof typeof CALLS, call: Json) => Uint8Array;
  readonly decode: (record: Uint8Array) => Event;
  readonly number: (name: string, value: number) => string | number;
}

const JSON_CODEC: Codec = {
  media: 'application/json',
  encode: (type, call) => Buffer.from(JSON.stringify({ type, ...call })),
  decode: (record) => JSON.parse(Buffer.from(record).toString('utf8')) as Event,
  number: (name) => name,
};

const PROTOBUF_CODEC: Codec = {
  media: 'application/x-protobuf',
  encode: (type, call) => {
    const message = root.lookupType('Call');
    return message.encode(message.fromObject({ type: CALLS[type], ...call })).finish();
  },
  decode: (record) => {
    const message = root.lookupType('Event');
    return message.toObject(message.decode(record), { bytes: String });
  },
  number: (_, value) => value,
};

/** `LENGTH\nBYTES`, again and again. */
async function* recordsOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const chunk of response) {
    held = Buffer.concat([held, chunk]);
    for (let end = held.indexOf(10); end > 0; end = held.indexOf(10)) {
      const length = Number(held.subarray(0, end).toString('latin1'));
      if (held.length < end + 1 + length) break;
      yield held.subarray(end + 1, end + 1 + length);
      held = held.subarray(end + 1 + length);
    }
  }
}

test.each([
  ['JSON', JSON_CODEC],
  ['protobuf', PROTOBUF_CODEC],
])('a framework of plain http runs a command task, in %s', async (_, { media, encode, decode, number }) => {
  await using it = await testCluster([{ executorEnvironment: { PATH: process.env['PATH'] ?? '' } }]);
  const authorization = `Basic ${Buffer.from(`other:${SECRET}`).toString('base64')}`;
  const open = (headers: Readonly<Record<string, string>>): ClientRequest =>
    request(`${it.cluster.url}/api/v1/scheduler`, {
      method: 'POST',
      agent: false,
      headers: { 'Content-Type': media, Accept: media, Authorization: authorization, ...headers },
    });
  const subscription = open({});
  subscription.end(encode('SUBSCRIBE', { subscribe: { framework_info: { user: 'root', name: 'plain' } } }));
  const [stream] = (await once(subscription, 'response')) as [IncomingMessage];
  expect(stream.statusCode).toBe(200);
  expect(stream.headers['content-type']).toBe(media);
  let frameworkId = '';
  const call = async (type: keyof typeof CALLS, body: Json): Promise<void> => {
    const sent = open({ 'Mesos-Stream-Id': String(stream.headers['mesos-stream-id']) });
    sent.end(encode(type, { framework_id: { value: frameworkId }, ...body }));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(202);
  };
  const told: string[] = [];
  let isLaunched = false;
  for await (const record of recordsOf(stream)) {
    const { subscribed, offers, update } = decode(record);
    if (subscribed) frameworkId = subscribed.framework_id.value;
    const [offer] = offers?.offers ?? [];
    if (offer && !isLaunched) {
      isLaunched = true;
      const variables = [{ name: 'ANSWER', value: '42' }];
      const task = {
        name: 'echo',
        task_id: { value: 'echo-1' },
        agent_id: offer.agent_id,
        resources: [
          { name: 'cpus', type: number('SCALAR', SCALAR), scalar: { value: 0.1 } },
          { name: 'mem', type: number('SCALAR', SCALAR), scalar: { value: 32 } },
        ],
        command: { shell: true, value: 'test "$ANSWER" = 42', environment: { variables } },
      };
      const operations = [{ type: number('LAUNCH', LAUNCH), launch: { task_infos: [task] } }];
      await call('ACCEPT', { accept: { offer_ids: [offer.id], operations } });
    }
    if (!update) continue;
    const { state, message, agent_id, task_id, uuid } = update.status;
    const name = typeof state === 'number' ? (STATES[state] ?? String(state)) : state;
    told.push(message === undefined ? name : `${name}: ${message}`);
    if (uuid !== undefined) await call('ACKNOWLEDGE', { acknowledge: { agent_id, task_id, uuid } });
    if (name === 'TASK_FINISHED' || name === 'TASK_FAILED') await call('TEARDOWN', {});
  }
  // The stream ended by itself: TEARDOWN closes it.
  expect(told).toEqual(['TASK_STARTING', 'TASK_RUNNING', 'TASK_FINISHED: Command exited with status 0']);
});
