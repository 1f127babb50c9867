import { schedulerNoteCodec } from '../feed/messages.ts';
import type { SchedulerCall } from '../mesos/messages.generated.ts';
import type { CoreState } from './core-types.ts';

export interface AddressNotesOptions {
  readonly state: () => CoreState;
  /** Tasks that have not reported to this process yet. */
  readonly unheard: () => readonly string[];
  readonly send: (call: Omit<SchedulerCall, 'framework_id'>) => Promise<void>;
  /** Where the feed is now, and its token. */
  readonly feedUrl: string;
  readonly token: string;
}

// Framework messages may be lost; a task that keeps pages for us waits no longer than this.
const INTERVAL_MS = 2000;

/**
 * Tells tasks that outlived the last scheduler where the feed is now, until they report. Their own attempts go to where it was.
 */
export function sendAddressNotes({ state, unheard, send, feedUrl, token }: AddressNotesOptions): Disposable {
  const data = schedulerNoteCodec.encode({ feed_url: feedUrl, token });
  const tell = (): void => {
    const { subscribed, tasks } = state();
    if (!subscribed) return;
    for (const id of unheard()) {
      const task = tasks.get(id);
      if (task === undefined) continue;
      const message = { agent_id: { value: task.agentId }, executor_id: { value: task.executorId }, data };
      // Refused or lost: the next one may arrive.
      send({ type: 'MESSAGE', message }).catch(() => undefined);
    }
  };
  const timer = setInterval(tell, INTERVAL_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
