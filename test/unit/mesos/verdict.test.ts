import { expect, test } from 'vitest';
import { judgeCall, judgeSubscribe } from '../../../src/mesos/verdict.ts';

// Statuses and texts as real masters and agents answer them.
test.each([
  [202, '', 'received'],
  [200, '', 'received'],
  [400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header", 'ended'],
  [400, "The stream ID 'x' included in this request didn't match the stream ID currently associated with …", 'ended'],
  [400, 'Framework cannot be found', 'ended'],
  [400, 'Executor cannot be found', 'ended'],
  [403, 'Framework is not subscribed', 'ended'],
  [403, 'Not authorized to update framework', 'refused'],
  [400, "Failed to validate scheduler::Call: Expecting 'type' to be present", 'refused'],
  [400, 'Failed to validate Executor::Call: Not a valid UUID', 'refused'],
  [401, '401 Unauthorized.', 'refused'],
  [415, "Expecting 'Content-Type' of application/json or application/x-protobuf", 'refused'],
  [501, '', 'refused'],
  [307, '', 'ended'],
  [404, '', 'later'],
  [500, '', 'later'],
  [503, 'Master has not finished recovery', 'later'],
])('a call answered by %i %s is %s', (status, text, want) => {
  expect(judgeCall(status, text)).toBe(want);
});

test.each([
  [307, '', 'redirect'],
  [503, 'No leader elected', 'retry'],
  [404, '404 Not Found.', 'retry'],
  [302, '', 'retry'],
  [500, '', 'retry'],
  [400, 'Executor cannot be found', 'unknown'],
  [400, "Failed to validate scheduler::Call: 'framework_id' differs from 'subscribe.framework_info.id'", 'refused'],
  [401, '', 'refused'],
  [403, '', 'refused'],
  [406, '', 'refused'],
  [501, '', 'refused'],
])('a subscription answered by %i %s is %s', (status, text, want) => {
  expect(judgeSubscribe(status, text)).toBe(want);
});
