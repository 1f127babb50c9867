import type { SchedulerCall } from '../../mesos/messages.generated.ts';
import { isUuid } from '../uuid.ts';

const PREFIX = 'Failed to validate scheduler::Call: ';

/** The field that a call of the type must bring. */
const PAYLOADS = {
  ACCEPT: 'accept',
  DECLINE: 'decline',
  ACCEPT_INVERSE_OFFERS: 'accept_inverse_offers',
  DECLINE_INVERSE_OFFERS: 'decline_inverse_offers',
  KILL: 'kill',
  SHUTDOWN: 'shutdown',
  ACKNOWLEDGE: 'acknowledge',
  ACKNOWLEDGE_OPERATION_STATUS: 'acknowledge_operation_status',
  RECONCILE: 'reconcile',
  RECONCILE_OPERATIONS: 'reconcile_operations',
  MESSAGE: 'message',
  REQUEST: 'request',
  UPDATE_FRAMEWORK: 'update_framework',
} as const satisfies Partial<Record<NonNullable<SchedulerCall['type']>, keyof SchedulerCall>>;

/** Why a call is no call at all, whatever the master knows; in Mesos's words. */
export function schedulerCallFault(call: SchedulerCall, principal: string): string | undefined {
  const fault = faultOf(call, principal);
  return fault && PREFIX + fault;
}

export function principalFault(principal: string, expected: string): string {
  return `Authenticated principal '${principal}' does not match principal '${expected}' set in \`FrameworkInfo\``;
}

function faultOf(call: SchedulerCall, principal: string): string | undefined {
  // A number is a type that is not in our proto; Mesos drops it at the decoder.
  if (typeof call.type !== 'string') return "Expecting 'type' to be present";
  const id = call.framework_id?.value;
  if (call.type === 'SUBSCRIBE') {
    const info = call.subscribe?.framework_info;
    if (!info) return "Expecting 'subscribe' to be present";
    if (info.id?.value !== id) return "'framework_id' differs from 'subscribe.framework_info.id'";
    return info.principal !== undefined && info.principal !== principal
      ? principalFault(principal, info.principal)
      : undefined;
  }
  if (id === undefined) return "Expecting 'framework_id' to be present";
  const payload = PAYLOADS[call.type as keyof typeof PAYLOADS] as keyof SchedulerCall | undefined;
  if (payload && call[payload] === undefined) return `Expecting '${payload}' to be present`;
  const ack = call.acknowledge ?? call.acknowledge_operation_status;
  if (ack && !isUuid(ack.uuid)) return 'Not a valid UUID';
  const update = call.update_framework;
  return update && update.framework_info.id?.value !== id
    ? "'framework_id' differs from 'update_framework.framework_info.id'"
    : undefined;
}
