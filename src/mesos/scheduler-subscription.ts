import type { Dispatcher } from 'undici';
import { PinspiderError } from '../lib/errors.ts';
import { CallLine } from './call-line.ts';
import { schedulerCall, schedulerEvent } from './codec.ts';
import { EventStream } from './event-stream.ts';
import type { FrameworkID, SchedulerCall, SchedulerEvent } from './messages.generated.ts';
import type { Transport, TransportOptions } from './transport.ts';

/** What a real master announces; holds until SUBSCRIBED tells its own. */
const HEARTBEAT_MS = 15_000;
// Five missed heartbeats, not one: the scheduler API advises it, and a long pause of a busy master looks like one.
const HEARTBEATS_MISSED_MAX = 5;

export const ANSWER_WITHIN_MS = HEARTBEATS_MISSED_MAX * HEARTBEAT_MS;

export interface SchedulerSubscriptionOptions {
  readonly transport: Transport;
  readonly response: Dispatcher.ResponseData;
  readonly streamId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connection: TransportOptions;
  readonly frameworkId: FrameworkID | undefined;
  /** SUBSCRIBED has come. */
  readonly onSubscribed: () => void;
  readonly note: (what: string) => void;
}

/** One subscription, from its 200 to its end: the stream of events, and the line of calls that bear its stream id. */
export class SchedulerSubscription {
  readonly events: EventStream<SchedulerEvent>;
  readonly #options: SchedulerSubscriptionOptions;
  readonly #calls: CallLine;
  #frameworkId: FrameworkID | undefined;
  #answerWithinMs = ANSWER_WITHIN_MS;
  #subscribed = false;

  constructor(options: SchedulerSubscriptionOptions) {
    const { transport, response, streamId, headers, connection } = options;
    this.#options = options;
    this.#frameworkId = options.frameworkId;
    this.events = new EventStream(response.body, {
      decode: (record) => schedulerEvent.decode(record),
      arrived: (event) => this.#arrived(event),
      skipped: (what) => this.#skipped(what),
      silenceMaxMs: ANSWER_WITHIN_MS,
    });
    this.#calls = new CallLine({
      url: transport.url,
      headers: { ...headers, 'mesos-stream-id': streamId },
      ...connection,
      endedBy: () => this.events.endedBy,
      onEnded: (reason) => this.events.drop(reason),
    });
  }

  /** @throws {PinspiderError} as CallLine.post; MESOS_MESSAGE when the call breaks the proto */
  async send(call: Omit<SchedulerCall, 'framework_id'>): Promise<void> {
    const name = call.type ?? 'call';
    if (!this.#frameworkId) {
      const what = `${name} not sent: the master has not told the framework id yet`;
      throw new PinspiderError({ code: 'MESOS_SUBSCRIPTION_ENDED', what });
    }
    const body = schedulerCall.encode({ ...call, framework_id: this.#frameworkId });
    await this.#calls.post({ name, body, answerWithinMs: this.#answerWithinMs });
  }

  /** Closes the stream; a call in flight may still end. */
  async close(): Promise<void> {
    this.events.drop('closed by us');
    await this.#options.transport.destroy();
    await this.#calls.close();
  }

  /** Cuts everything. */
  async destroy(): Promise<void> {
    this.events.drop('closed by us');
    await Promise.all([this.#options.transport.destroy(), this.#calls.destroy()]);
  }

  #arrived(event: SchedulerEvent): 'deliver' | 'hide' | 'last' {
    if (event.type === undefined || event.type === 'UNKNOWN') {
      this.#options.note('skipped an event of a type that is not known here');
      return 'hide';
    }
    if (event.type === 'SUBSCRIBED') {
      this.#frameworkId = event.subscribed?.framework_id ?? this.#frameworkId;
      this.#heartbeat(event.subscribed?.heartbeat_interval_seconds);
      this.#subscribed = true;
      this.#options.onSubscribed();
    }
    return event.type === 'ERROR' ? 'last' : 'deliver';
  }

  #heartbeat(seconds: number | undefined): void {
    if (seconds === undefined || !(seconds > 0)) return;
    this.#answerWithinMs = Math.ceil(HEARTBEATS_MISSED_MAX * seconds * 1000);
    this.events.watch(this.#answerWithinMs);
  }

  /** One event that cannot be read is skipped: an update would be sent again at every new subscription, which would not end. */
  #skipped(what: string): void {
    if (this.#subscribed) this.#options.note(`skipped an event: ${what}`);
    else this.events.drop(`no Mesos events: ${what}`);
  }
}
