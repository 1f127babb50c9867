import { expect, test } from 'vitest';
import { schedulerCall } from '../../../src/mesos/codec.ts';

const subscribe = { type: 'SUBSCRIBE', subscribe: { framework_info: { user: 'a', name: 'b' } } } as const;

test.each(['application/x-protobuf', 'application/json'] as const)('a call survives %s', (media) => {
  expect(schedulerCall.decode(schedulerCall.encode(subscribe, media), media)).toEqual(subscribe);
});

test('a call without a required field is not encoded', () => {
  const call = { type: 'SUBSCRIBE', subscribe: { framework_info: { user: 'a' } } } as unknown as typeof subscribe;
  expect(() => schedulerCall.encode(call)).toThrow(/subscribe\.framework_info\.name: required/);
});
