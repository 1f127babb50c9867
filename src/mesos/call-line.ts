import { setTimeout as sleep } from 'node:timers/promises';
import { PinspiderError } from '../lib/errors.ts';
import { inTurn } from './in-turn.ts';
import { connectionFault, refusalText, Transport, type TransportOptions } from './transport.ts';
import { judgeCall, type CallVerdict } from './verdict.ts';

export interface CallLineOptions extends TransportOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Why the subscription that the calls belong to has ended, once it has. */
  readonly endedBy: () => string | undefined;
  /** A call found out that the subscription is gone. */
  readonly onEnded: (reason: string) => void;
}

export interface Post {
  readonly name: string;
  readonly body: Uint8Array;
  readonly answerWithinMs: number;
  /**
   * Whether receiving it twice does no harm. When a connection breaks it is unknown whether the call was received: an update
   * has its uuid and may be sent again, but a second ACCEPT of one offer would lose the tasks of the first.
   */
  readonly repeatable?: boolean;
}

const REPEAT_AFTER_MS = [50, 250, 1000];

/**
 * The calls of one subscription: its own connection, one call at a time, in the order of asking. It dies with the
 * subscription, since nothing in it means anything to the next one: offers are void, the stream id is another.
 */
export class CallLine {
  readonly #options: CallLineOptions;
  readonly #transport: Transport;
  readonly #inTurn = inTurn();

  constructor(options: CallLineOptions) {
    this.#options = options;
    this.#transport = new Transport(options.url, options);
  }

  /**
   * Resolves when the other end has received the call, which is no promise of success: that comes as events.
   *
   * @throws {PinspiderError} MESOS_SUBSCRIPTION_ENDED when the call had no live subscription, and may or may not have been
   *   received; MESOS_CALL_REFUSED, with the reason, when the call itself is at fault
   */
  async post(call: Post): Promise<void> {
    return this.#inTurn(async () => {
      for (let round = 0; ; round++) {
        const endedBy = this.#options.endedBy();
        if (endedBy !== undefined) throw this.#fault('MESOS_SUBSCRIPTION_ENDED', `${call.name} not sent: ${endedBy}`);
        const { verdict, why, cause } = await this.#exchange(call);
        if (verdict === 'received') return;
        if (verdict === 'refused') throw this.#fault('MESOS_CALL_REFUSED', `${call.name} refused: ${why}`);
        const waitMs = verdict === 'later' && call.repeatable ? REPEAT_AFTER_MS[round] : undefined;
        if (waitMs === undefined) {
          this.#options.onEnded(`${call.name} failed: ${why}`);
          throw this.#fault('MESOS_SUBSCRIPTION_ENDED', `${call.name} not answered: ${why}`, cause);
        }
        await sleep(waitMs);
      }
    });
  }

  /** Lets the call in flight end: the answer to a TEARDOWN comes after the end of the stream. */
  async close(): Promise<void> {
    return this.#transport.close();
  }

  async destroy(): Promise<void> {
    return this.#transport.destroy();
  }

  async #exchange(call: Post): Promise<{ verdict: CallVerdict; why: string; cause?: unknown }> {
    try {
      const response = await this.#transport.post(call.body, this.#options.headers, call.answerWithinMs);
      const text = await refusalText(response.body);
      const why = `HTTP ${response.statusCode}${text && `: ${text}`}`;
      return { verdict: judgeCall(response.statusCode, text), why };
    } catch (cause) {
      return { verdict: 'later', why: connectionFault(cause), cause };
    }
  }

  #fault(code: PinspiderError['code'], what: string, cause?: unknown): PinspiderError {
    return new PinspiderError({ code, where: this.#options.url.origin, what, cause });
  }
}
