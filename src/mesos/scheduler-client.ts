import { PinspiderError } from '../lib/errors.ts';
import { Backoff } from './backoff.ts';
import { schedulerCall } from './codec.ts';
import { Deadline } from './deadline.ts';
import { listedMasters, type Masters } from './masters.ts';
import type { FrameworkInfo, SchedulerCall, SchedulerEvent } from './messages.generated.ts';
import { pause } from './pause.ts';
import { ANSWER_WITHIN_MS, SchedulerSubscription } from './scheduler-subscription.ts';
import { subscribe } from './subscribe.ts';
import type { Tls } from './tls.ts';
import type { TransportOptions } from './transport.ts';
import { type ZooKeeperAddress, ZooKeeperMasters } from './zookeeper-masters.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export interface SchedulerClientOptions {
  /** Base URLs, or the ZooKeeper that knows the leader. Of several any will do, and the next one is tried when one fails. */
  readonly masters: readonly string[] | ZooKeeperAddress;
  /** For https. With it masters found by ZooKeeper are taken to speak TLS. */
  readonly tls?: Tls | undefined;
  readonly credential?: { readonly principal: string; readonly secret: string } | undefined;
  /** Asked at every SUBSCRIBE, so that a stored framework id and changed suppression travel. */
  readonly subscription: () => {
    readonly frameworkInfo: FrameworkInfo;
    readonly suppressedRoles?: readonly string[];
  };
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly connectTimeoutMs?: number;
  /** How long without a subscription, at the start or later, until signals() throws; undefined: never. */
  readonly giveUpAfterMs?: number | undefined;
  /** Told what is worth a log line but is no signal: a skipped event. */
  readonly note?: (what: string) => void;
}

export type SchedulerSignal =
  | { readonly type: 'subscribed'; readonly master: string } // stream open (200), before its first event
  | { readonly type: 'event'; readonly event: SchedulerEvent }
  | { readonly type: 'disconnected'; readonly reason: string; readonly retryInMs: number };

/**
 * The scheduler's side of the v1 API: a stream of events that comes back after every loss, and calls in order.
 *
 * What it does not decide: what the events mean. After `subscribed` all held offers are void, and tasks are to be
 * reconciled. "Framework has been removed" means that the id is dead: it subscribes again with what `subscription` says then.
 */
export class SchedulerClient {
  readonly #options: SchedulerClientOptions;
  readonly #connection: TransportOptions;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #closed = new AbortController();
  #live: SchedulerSubscription | undefined;
  #moved = new AbortController();

  /** @throws {PinspiderError} CONFIG_INVALID when no master is named, or the credential cannot be sent */
  constructor(options: SchedulerClientOptions) {
    this.#options = options;
    const { connectTimeoutMs = CONNECT_TIMEOUT_MS, masters, tls } = options;
    if ('length' in masters && masters.length === 0)
      throw new PinspiderError({ code: 'CONFIG_INVALID', what: 'no master is named' });
    this.#connection = { connectTimeoutMs, tls };
    this.#headers = authorization(options.credential);
  }

  /**
   * Subscribes, and again after every loss, until the signal aborts or the client is closed: then it ends. It also ends
   * after the ERROR event of a framework that another instance has taken over: to answer would be to take it back. One reader.
   *
   * @throws {PinspiderError} MESOS_CALL_REFUSED when the master refuses us for good, MESOS_UNREACHABLE when patience ran
   *   out or for TLS faults, MESOS_QUEUE_FULL when the reader is too slow, MESOS_MESSAGE when the subscription breaks the proto
   */
  async *signals(signal: AbortSignal): AsyncGenerator<SchedulerSignal> {
    const stop = AbortSignal.any([signal, this.#closed.signal]);
    const patience = new Deadline(this.#options.giveUpAfterMs);
    const until = AbortSignal.any([stop, patience.signal]);
    const backoff = new Backoff(this.#options.random);
    const masters = this.#openMasters();
    let why = '';
    const onSubscribed = (): void => {
      backoff.succeeded();
      patience.callOff();
    };
    const stopped = (): boolean => stop.aborted;
    try {
      while (!stopped()) {
        patience.start();
        const at = masters.current();
        const end: End =
          'url' in at ? yield* this.#subscribeOnce(at.url, until, onSubscribed) : { reason: at.none, next: 'other' };
        if (stopped() || end.next === 'none') return;
        if (end.next === 'other') masters.failed();
        if (!patience.passed || !why) why = end.reason; // what patience itself cut short explains nothing
        if (!patience.passed) {
          patience.start();
          const retryInMs = backoff.failed();
          yield { type: 'disconnected', reason: end.reason, retryInMs };
          await pause(retryInMs, AbortSignal.any([until, this.#moved.signal]));
        }
        if (patience.passed) throw this.#outOfPatience(why);
      }
    } finally {
      patience.callOff();
      masters.close();
    }
  }

  /**
   * Sends one call, in the order of the calls to `send` and with one in flight, with framework id and stream id. Resolves
   * when the master has received it: whether it did any good, events will tell.
   *
   * @throws {PinspiderError} MESOS_SUBSCRIPTION_ENDED when there is no live subscription, or the call found it dead: it may
   *   have been received nevertheless; MESOS_CALL_REFUSED when the master finds fault with the call; MESOS_MESSAGE when the
   *   call breaks the proto
   */
  async send(call: Omit<SchedulerCall, 'framework_id'>): Promise<void> {
    if (!this.#live) {
      const what = `${call.type ?? 'call'} not sent: not subscribed`;
      throw new PinspiderError({ code: 'MESOS_SUBSCRIPTION_ENDED', what });
    }
    await this.#live.send(call);
  }

  /** Cuts the connections; the framework's failover_timeout begins to run. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#live?.destroy();
  }

  #openMasters(): Masters {
    const { masters, tls } = this.#options;
    if ('length' in masters) return listedMasters(masters);
    // The old leader may go on talking for a while, cut off from ZooKeeper and from its cluster.
    const changed = (): void => {
      this.#live?.events.drop('ZooKeeper names another leader');
      this.#moved.abort();
    };
    return new ZooKeeperMasters({ address: masters, scheme: tls ? 'https' : 'http', changed });
  }

  async *#subscribeOnce(url: URL, until: AbortSignal, onSubscribed: () => void): AsyncGenerator<SchedulerSignal, End> {
    const moved = (this.#moved = new AbortController());
    const { frameworkInfo, suppressedRoles } = this.#options.subscription();
    const frameworkId = frameworkInfo.id;
    const opened = await subscribe({
      url,
      body: schedulerCall.encode({
        type: 'SUBSCRIBE',
        ...(frameworkId && { framework_id: frameworkId }),
        subscribe: { framework_info: frameworkInfo, ...(suppressedRoles && { suppressed_roles: suppressedRoles }) },
      }),
      headers: this.#headers,
      ...this.#connection,
      answerWithinMs: ANSWER_WITHIN_MS,
      signal: AbortSignal.any([until, moved.signal]),
    });
    if ('retry' in opened) return { reason: opened.retry, next: 'other' };
    const { transport, response } = opened;
    const streamId = response.headers['mesos-stream-id'];
    if (typeof streamId !== 'string') {
      await transport.destroy();
      return lost(transport.url, 'an answer without Mesos-Stream-Id: is that a Mesos master?', 'other');
    }
    const live = new SchedulerSubscription({
      ...{ transport, response, streamId, frameworkId, onSubscribed },
      headers: this.#headers,
      connection: this.#connection,
      note: this.#options.note ?? (() => undefined),
    });
    this.#live = live;
    const drop = (): void => live.events.drop('closed by us');
    until.addEventListener('abort', drop);
    if (until.aborted) drop();
    let last: SchedulerEvent | undefined;
    try {
      yield { type: 'subscribed', master: transport.url.origin };
      for await (const event of live.events) {
        if (until.aborted) break;
        last = event;
        yield { type: 'event', event };
      }
    } finally {
      until.removeEventListener('abort', drop);
      void live.close().catch(() => undefined); // the connections are dead or dying; there is nothing to tell
    }
    if (last?.type !== 'ERROR') return lost(transport.url, live.events.endedBy ?? 'ended', 'same');
    const message = last.error?.message ?? '';
    return lost(transport.url, message, /framework failed over/i.test(message) ? 'none' : 'same');
  }

  #outOfPatience(last: string): PinspiderError {
    return new PinspiderError({
      code: 'MESOS_UNREACHABLE',
      where: mastersText(this.#options.masters),
      what: `no subscription for ${(this.#options.giveUpAfterMs ?? 0) / 1000} s (${last})`,
      mend: 'is the address right, and is a master up?',
    });
  }
}

/** As a user reads it, without what is secret. */
export function mastersText(masters: SchedulerClientOptions['masters']): string {
  return 'length' in masters ? masters.join(', ') : `zk://${masters.servers.join(',')}${masters.path}`;
}

/** How an attempt, or a subscription, ended: why, and which master to turn to next. A lost one may only have restarted. */
interface End {
  readonly reason: string;
  readonly next: 'same' | 'other' | 'none';
}

function lost(url: URL, why: string, next: End['next']): End {
  return { reason: `${url.host}: ${why}`, next };
}

/** Masters split `principal:secret` at every colon, and take two parts only. */
function authorization(credential: SchedulerClientOptions['credential']): Readonly<Record<string, string>> {
  if (!credential) return {};
  const { principal, secret } = credential;
  if (`${principal}${secret}`.includes(':')) {
    const what = 'a Mesos principal or secret cannot contain ":"';
    throw new PinspiderError({ code: 'CONFIG_INVALID', what });
  }
  return { authorization: `Basic ${Buffer.from(`${principal}:${secret}`).toString('base64')}` };
}
