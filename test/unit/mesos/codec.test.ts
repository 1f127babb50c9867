import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { executorCall, schedulerCall, schedulerEvent } from '../../../src/mesos/codec.ts';

const JSON_TYPE = 'application/json';
const subscribe = { type: 'SUBSCRIBE', subscribe: { framework_info: { user: 'a', name: 'b' } } } as const;
const json = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

test.each(['application/x-protobuf', 'application/json'] as const)('a call survives %s', (media) => {
  expect(schedulerCall.decode(schedulerCall.encode(subscribe, media), media)).toEqual(subscribe);
});

test('a call without a required field is not encoded', () => {
  const call = { type: 'SUBSCRIBE', subscribe: { framework_info: { user: 'a' } } } as unknown as typeof subscribe;
  expect(() => schedulerCall.encode(call)).toThrow(/subscribe\.framework_info\.name: required/);
});

test('what is absent stays absent: nothing is filled in from defaults', () => {
  const update = { type: 'UPDATE', update: { status: { task_id: { value: 't' }, state: 'TASK_LOST' } } } as const;
  const status = schedulerEvent.decode(schedulerEvent.encode(update)).update?.status ?? {};
  expect(Object.keys(status)).toEqual(['task_id', 'state']);
});

describe('an enum number that is not known here', () => {
  test('reads as absent', () => {
    expect(schedulerEvent.decode(Buffer.from([8, 99]))).toEqual({});
  });

  test('is a missing field where the field is required', () => {
    const status = { task_id: { value: 't' }, state: 'TASK_LOST' } as const;
    const bytes = Buffer.from(schedulerEvent.encode({ type: 'UPDATE', update: { status } }));
    const at = bytes.lastIndexOf(Buffer.from([16, 5])); // state = TASK_LOST
    bytes[at + 1] = 99;
    expect(() => schedulerEvent.decode(bytes)).toThrow(/state/);
  });
});

test.each([
  { name: 'bytes that are no message', bytes: Buffer.from('xyz') },
  { name: 'a message cut short', bytes: schedulerCall.encode(subscribe).subarray(0, -1) },
])('$name: refused', ({ bytes }) => {
  expect(() => schedulerCall.decode(bytes)).toThrow(expect.objectContaining({ code: 'MESOS_MESSAGE' }) as Error);
});

describe('JSON as a real master reads it', () => {
  test.each([
    { name: 'an unknown field is ignored', given: { type: 'REVIVE', colour: 'blue' }, want: { type: 'REVIVE' } },
    { name: 'a field of Object.prototype is unknown', given: '{"__proto__":{"a":1},"constructor":1}', want: {} },
    { name: 'an unknown enum value is absent', given: { type: 'DANCE' }, want: {} },
    { name: 'a name of Object.prototype is no enum value', given: { type: 'toString' }, want: {} },
    { name: 'null is absent', given: { type: 'REVIVE', revive: null }, want: { type: 'REVIVE' } },
    {
      name: 'a number may be written as a string',
      given: { decline: { filters: { refuse_seconds: '5' } } },
      want: { decline: { filters: { refuse_seconds: 5 } } },
    },
    {
      name: 'infinity is a string',
      given: { decline: { filters: { refuse_seconds: 'Infinity' } } },
      want: { decline: { filters: { refuse_seconds: Infinity } } },
    },
    {
      name: 'a boolean may be written as a string',
      given: { subscribe: { framework_info: { user: 'a', name: 'b', checkpoint: 'true' } } },
      want: { subscribe: { framework_info: { user: 'a', name: 'b', checkpoint: true } } },
    },
    {
      name: 'an integer loses its fraction',
      given: { kill: { task_id: { value: 't' }, kill_policy: { grace_period: { nanoseconds: 1.9 } } } },
      want: { kill: { task_id: { value: 't' }, kill_policy: { grace_period: { nanoseconds: 1 } } } },
    },
    { name: 'an empty list is absent', given: { revive: { roles: [] } }, want: { revive: {} } },
    { name: 'a lone value is a list of one', given: { revive: { roles: 'a' } }, want: { revive: { roles: ['a'] } } },
    {
      name: 'bytes are base64',
      given: { message: { agent_id: { value: 'S' }, executor_id: { value: 'e' }, data: 'aGk=' } },
      want: { message: { agent_id: { value: 'S' }, executor_id: { value: 'e' }, data: new Uint8Array([104, 105]) } },
    },
  ])('$name', ({ given, want }) => {
    expect(schedulerCall.decode(json(given), JSON_TYPE)).toEqual(want);
  });

  const ids = { agent_id: { value: 'S' }, executor_id: { value: 'e' } };
  test.each([
    { name: 'no JSON', given: '{{{', message: /JSON/ },
    { name: 'no object', given: '[]', message: /the body: expecting a JSON object/ },
    {
      name: 'a number for a string',
      given: { framework_id: { value: 5 } },
      message: /framework_id.value: not expecting a JSON number/,
    },
    { name: 'a number for an enum', given: { type: 1 }, message: /type: not expecting a JSON number/ },
    { name: 'a string for a message', given: { kill: 'x' }, message: /kill: expecting a JSON object/ },
    { name: 'a list for a string', given: { framework_id: { value: ['x'] } }, message: /not expecting a JSON array/ },
    {
      name: 'a word for a number',
      given: { decline: { filters: { refuse_seconds: 'x' } } },
      message: /"x" is no number/,
    },
    {
      name: 'a boolean for a number',
      given: { decline: { filters: { refuse_seconds: true } } },
      message: /JSON boolean/,
    },
    {
      name: 'a word for a boolean',
      given: { subscribe: { framework_info: { checkpoint: 'yes' } } },
      message: /JSON string/,
    },
    { name: 'ill-formed base64', given: { message: { ...ids, data: 'a!b=' } }, message: /message.data: not base64/ },
    {
      name: 'a required field that is missing',
      given: { subscribe: {} },
      message: /subscribe.framework_info: required/,
    },
    { name: 'a required field that is null', given: { kill: { task_id: null } }, message: /kill.task_id: required/ },
  ])('$name: refused', ({ given, message }) => {
    expect(() => schedulerCall.decode(json(given), JSON_TYPE)).toThrow(
      expect.objectContaining({ code: 'MESOS_MESSAGE', message: expect.stringMatching(message) }) as Error,
    );
  });

  test('an integer that does not fit its type is refused', () => {
    expect(() => schedulerEvent.decode(json({ failure: { status: 2 ** 31 } }), JSON_TYPE)).toThrow(
      /does not fit int32/,
    );
  });
});

test('updates survive both encodings, whatever their bytes, texts and times', () => {
  fc.assert(
    fc.property(
      fc.record({
        data: fc.uint8Array({ minLength: 1, maxLength: 64 }),
        message: fc.string({ unit: 'grapheme' }),
        timestamp: fc.double({ noNaN: true }),
        healthy: fc.boolean(),
        media: fc.constantFrom('application/x-protobuf' as const, 'application/json' as const),
      }),
      ({ media, data, ...rest }) => {
        const status = { task_id: { value: 't' }, state: 'TASK_FINISHED' as const, data, ...rest };
        const call = { executor_id: { value: 'e' }, framework_id: { value: 'f' }, update: { status } };
        const got = executorCall.decode(executorCall.encode(call, media), media).update?.status;
        expect({ ...got, data: Buffer.from(got?.data ?? []), timestamp: (got?.timestamp ?? NaN) + 0 }).toEqual({
          ...status,
          data: Buffer.from(data),
          timestamp: rest.timestamp + 0, // JSON has no -0
        });
      },
    ),
  );
});
