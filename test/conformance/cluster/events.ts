import type { Likeness } from './likeness.ts';
import type { LiveEvent } from './wire.ts';

/** Events that come when time has passed, not when somebody did something. */
export const TIMED: ReadonlySet<string> = new Set(['OFFERS', 'HEARTBEAT']);

/** What tells one event from others on its stream. */
export function keyOf(event: LiveEvent): string {
  const { type, ...rest } = event;
  const body = (Object.values(rest)[0] ?? {}) as Record<string, { value?: string } | undefined>;
  if (type === 'UPDATE') {
    const { status } = (event as unknown as { update: { status: Record<string, unknown> } }).update;
    const {
      task_id: task,
      state,
      reason,
      uuid,
    } = status as { task_id: { value: string }; state: string; reason?: string; uuid?: string };
    return [
      'UPDATE',
      task.value,
      state,
      ...(reason === undefined ? [] : [reason]),
      ...(uuid === undefined ? ['without uuid'] : []),
    ].join(' ');
  }
  if (type === 'FAILURE') return `FAILURE ${body['executor_id']?.value ?? 'of the agent'}`;
  if (type === 'MESSAGE') return `MESSAGE ${JSON.stringify(body['data'])}`;
  if (type === 'LAUNCH') return `LAUNCH ${(body['task'] as unknown as { task_id: { value: string } }).task_id.value}`;
  if (type === 'KILL' || type === 'ACKNOWLEDGED') return `${type} ${body['task_id']?.value ?? ''}`;
  return type;
}

interface OfferLike {
  readonly agent_id: { readonly value: string };
  readonly executor_ids?: readonly { readonly value: string }[];
}

/** Offers of one event, and executors of one offer, are in the order of a hash table. */
export function inOrder(likeness: Pick<Likeness, 'text'> | undefined, event: LiveEvent): LiveEvent {
  const { offers } = event as { offers?: { offers: readonly OfferLike[] } };
  if (!offers) return event;
  const agent = ({ agent_id: { value } }: OfferLike): string => likeness?.text(value) ?? value;
  const sorted = [...offers.offers]
    .sort((a, b) => (agent(a) < agent(b) ? -1 : 1))
    .map((offer) => ({
      ...offer,
      ...(offer.executor_ids && { executor_ids: [...offer.executor_ids].sort((a, b) => (a.value < b.value ? -1 : 1)) }),
    }));
  return { ...event, offers: { offers: sorted } };
}

/** Whether a real cluster is free to send the two in either order. */
export function commute(a: LiveEvent, b: LiveEvent): boolean {
  const [one, other] = [executorOf(a), executorOf(b)];
  // two processes end when they end
  if (one !== undefined && other !== undefined && one !== other) return true;
  const types = [a.type, b.type];
  // an update waits for the acknowledgement of the one before, a message for nothing
  if (types.includes('MESSAGE')) return true;
  // an executor is thanked once its update is written down, which nothing else waits for
  if (types.includes('ACKNOWLEDGED')) return true;
  // timers of their own: the allocator's cycle and the heartbeat
  return types.includes('OFFERS') || types.includes('HEARTBEAT');
}

/** Whom an event of a scheduler's stream is about. */
function executorOf(event: LiveEvent): string | undefined {
  const { update, failure } = event as unknown as {
    update?: { status: { executor_id?: { value: string } } };
    failure?: { executor_id?: { value: string } };
  };
  return (update?.status.executor_id ?? failure?.executor_id)?.value;
}
