import type { SchedulerEvent } from '../mesos/messages.generated.ts';
import type { Log } from '../observe/log.ts';
import type { CoreEvent } from './core-types.ts';

/**
 * What an event of the master means to the core; undefined for those that carry nothing for it.
 *
 * @param settledBy pages that a task has settled so far
 */
export function coreEvent(event: SchedulerEvent, settledBy: (task: string) => number): CoreEvent | undefined {
  if (event.subscribed) return { type: 'subscribed', frameworkId: event.subscribed.framework_id.value };
  if (event.offers) return { type: 'offers', offers: event.offers.offers ?? [] };
  if (event.rescind) return { type: 'rescind', offerId: event.rescind.offer_id.value };
  if (event.inverse_offers) {
    return { type: 'inverse-offers', inverseOffers: event.inverse_offers.inverse_offers ?? [] };
  }
  if (event.rescind_inverse_offer) {
    return { type: 'rescind-inverse', inverseOfferId: event.rescind_inverse_offer.inverse_offer_id.value };
  }
  if (event.update) {
    const { status } = event.update;
    return { type: 'update', status, settled: settledBy(status.task_id.value) };
  }
  if (event.failure) {
    const { agent_id: agent, executor_id: executor } = event.failure;
    return { type: 'failure', agentId: agent?.value, executorId: executor?.value };
  }
  return event.error && { type: 'error', message: event.error.message };
}

/** Tells of what the master says, as far as it is worth a line. */
export function logEvent(event: SchedulerEvent, log: Log): void {
  if (event.subscribed) log.info('framework registered', { framework_id: event.subscribed.framework_id.value });
  else if (event.update) {
    const { task_id: task, state, reason } = event.update.status;
    log.debug('task update', { task: task.value, state, reason });
  } else if (event.failure) {
    const { agent_id: agent, executor_id: executor, status } = event.failure;
    log.info(executor ? 'executor ended' : 'agent lost', { executor: executor?.value, agent: agent?.value, status });
  }
}
