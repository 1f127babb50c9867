import type { Dispatcher } from 'undici';
import { CallLine } from './call-line.ts';
import { executorCall, executorEvent } from './codec.ts';
import { EventStream } from './event-stream.ts';
import type { ExecutorCall, ExecutorEvent } from './messages.generated.ts';
import type { Transport, TransportOptions } from './transport.ts';

/** The agent is on the same machine; what takes it longer is no answer. */
export const AGENT_ANSWER_WITHIN_MS = 60_000;

export interface ExecutorSubscriptionOptions {
  readonly transport: Transport;
  readonly response: Dispatcher.ResponseData;
  readonly headers: Readonly<Record<string, string>>;
  readonly connection: TransportOptions;
  /** Sees each event as it arrives, however slow the reader is. */
  readonly arrived: (event: ExecutorEvent) => void;
  readonly note: (what: string) => void;
}

/** One subscription at the agent, from its 200 to its end: the stream of events and the line of calls. */
export class ExecutorSubscription {
  readonly events: EventStream<ExecutorEvent>;
  readonly #transport: Transport;
  readonly #calls: CallLine;

  constructor({ transport, response, headers, connection, arrived, note }: ExecutorSubscriptionOptions) {
    this.#transport = transport;
    this.events = new EventStream(response.body, {
      decode: (record) => executorEvent.decode(record),
      arrived: (event) => {
        if (event.type === undefined || event.type === 'UNKNOWN') {
          note('skipped an event of a type that is not known here');
          return 'hide';
        }
        arrived(event);
        return 'deliver';
      },
      skipped: (what) => note(`skipped an event: ${what}`),
      // Agents send a heartbeat each half hour: silence says nothing. TCP tells when the agent is gone.
      silenceMaxMs: Infinity,
    });
    this.#calls = new CallLine({
      ...connection,
      ...{ url: transport.url, headers },
      endedBy: () => this.events.endedBy,
      onEnded: (reason) => this.events.drop(reason),
    });
  }

  /** @throws {PinspiderError} as CallLine.post */
  async send(call: ExecutorCall): Promise<void> {
    const name = call.type ?? 'call';
    const body = executorCall.encode(call);
    await this.#calls.post({ name, body, answerWithinMs: AGENT_ANSWER_WITHIN_MS, repeatable: call.type === 'UPDATE' });
  }

  async destroy(): Promise<void> {
    this.events.drop('closed by us');
    await Promise.all([this.#transport.destroy(), this.#calls.destroy()]);
  }
}
