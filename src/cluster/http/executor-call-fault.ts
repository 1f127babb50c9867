import type { ExecutorCall } from '../../mesos/messages.generated.ts';
import { isUuid } from '../uuid.ts';

const PREFIX = 'Failed to validate Executor::Call: ';

/** Why a call is no call at all, whatever the agent knows; in Mesos's words. */
export function executorCallFault(call: ExecutorCall): string | undefined {
  const fault = faultOf(call);
  return fault && PREFIX + fault;
}

function faultOf(call: ExecutorCall): string | undefined {
  switch (call.type) {
    case 'SUBSCRIBE':
      return call.subscribe ? undefined : "Expecting 'subscribe' to be present";
    case 'UPDATE':
      return updateFault(call);
    case 'MESSAGE':
      return call.message ? undefined : "Expecting 'message' to be present";
    case 'HEARTBEAT':
    case 'UNKNOWN':
      return undefined;
    case undefined:
    default: // a number, which is a type that is not in our proto
      return "Expecting 'type' to be present";
  }
}

function updateFault({
  update,
  executor_id: { value: executorId },
  framework_id: { value: frameworkId },
}: ExecutorCall): string | undefined {
  if (!update) return "Expecting 'update' to be present";
  const { status } = update;
  const who = `executor ${executorId} of framework ${frameworkId}`;
  if (status.uuid === undefined) return "Expecting 'uuid' to be present";
  if (!isUuid(status.uuid)) return 'Not a valid UUID';
  if (status.executor_id && status.executor_id.value !== executorId) {
    return `ExecutorID in Call: ${executorId} does not match ExecutorID in TaskStatus: ${status.executor_id.value}`;
  }
  if (status.source !== 'SOURCE_EXECUTOR') {
    return `Received Call from ${who} with invalid source, expecting 'SOURCE_EXECUTOR'`;
  }
  return status.state === 'TASK_STAGING' ? `Received TASK_STAGING from ${who} which is not allowed` : undefined;
}
