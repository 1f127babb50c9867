import { PinspiderError } from '../lib/errors.ts';
import { inTurn } from './in-turn.ts';
import { connectionFault, refusalText, Transport, type TransportOptions } from './transport.ts';
import { judgeCall } from './verdict.ts';

export interface CallLineOptions extends TransportOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Why the subscription that the calls belong to has ended, once it has. */
  readonly endedBy: () => string | undefined;
  /** A call found out that the subscription is gone. */
  readonly onEnded: (reason: string) => void;
}

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
  async post(name: string, body: Uint8Array, answerWithinMs: number): Promise<void> {
    return this.#inTurn(async () => {
      const endedBy = this.#options.endedBy();
      if (endedBy !== undefined) throw this.#ended(name, endedBy);
      const { status, text } = await this.#exchange(name, body, answerWithinMs);
      const verdict = judgeCall(status, text);
      if (verdict === 'received') return;
      const what = `HTTP ${status}${text && `: ${text}`}`;
      if (verdict === 'refused') throw this.#fault('MESOS_CALL_REFUSED', `${name} refused: ${what}`);
      throw this.#lost(name, what);
    });
  }

  /** Lets the call in flight end: the answer to a TEARDOWN comes after the end of the stream. */
  async close(): Promise<void> {
    return this.#transport.close();
  }

  async destroy(): Promise<void> {
    return this.#transport.destroy();
  }

  async #exchange(name: string, body: Uint8Array, answerWithinMs: number): Promise<{ status: number; text: string }> {
    try {
      const response = await this.#transport.post(body, this.#options.headers, answerWithinMs);
      return { status: response.statusCode, text: await refusalText(response.body) };
    } catch (error) {
      // Whether it was received is unknown, and a second ACCEPT of one offer would lose the tasks of the first.
      // So it is not repeated: a new subscription begins with reconciliation.
      throw this.#lost(name, connectionFault(error), error);
    }
  }

  #lost(name: string, reason: string, cause?: unknown): PinspiderError {
    this.#options.onEnded(`${name} failed: ${reason}`);
    return this.#ended(name, reason, cause);
  }

  #ended(name: string, reason: string, cause?: unknown): PinspiderError {
    return this.#fault('MESOS_SUBSCRIPTION_ENDED', `${name} not sent, or not answered: ${reason}`, cause);
  }

  #fault(code: PinspiderError['code'], what: string, cause?: unknown): PinspiderError {
    return new PinspiderError({ code, where: this.#options.url.origin, what, cause });
  }
}
