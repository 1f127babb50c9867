import { fingerprint } from '../lib/fingerprint.ts';
import { originOf } from '../lib/url.ts';
import { NO_HOST, NO_ORIGIN } from './add.ts';
import { lost } from './damage.ts';
import type { Entry, PageRef } from './entry.ts';
import type { Closed } from './host.ts';
import {
  NO_LANE,
  numberAt,
  queuePrefix,
  queuesPrefix,
  range,
  readQueueKey,
  readRetryKey,
  urlKey,
  urlPrefix,
  word,
} from './keys.ts';
import { publicFacts } from './recrawl.ts';
import { decodeRetry, decodeSettled } from './record.ts';
import { inLane } from './seen.ts';
import type { FrontierState } from './state.ts';
import { entriesOf } from './stored-hosts.ts';
import type { Outcome, UrlFilter, UrlState, UrlStatus } from './types.ts';

const STATES: Readonly<Record<Outcome, UrlState>> = {
  fetched: 'fetched',
  'not-modified': 'not_modified',
  redirected: 'redirected',
  failed: 'failed',
  excluded: 'excluded',
};

/** States of URLs whose records are in queues. */
const IN_QUEUES: readonly UrlState[] = ['queued', 'leased', 'failed', 'excluded'];

/** Pages whose URL is remembered while a list is read. */
const PAGES_KEPT = 10_000;

/** What people ask of a frontier about URLs. Records are read as they are asked for. */
export class Queries {
  readonly #state: FrontierState;
  readonly #pages = new Map<string, string | undefined>();
  /** The host that was looked up last: records come by hosts. */
  #latest = { number: -1, origin: '', closed: undefined as Closed | undefined };

  constructor(state: FrontierState) {
    this.#state = state;
  }

  async find(url: string): Promise<UrlStatus[]> {
    const { hosts, settings, seen } = this.#state;
    const words = new Uint32Array(2);
    fingerprint(url, 0, words, 0);
    const [high = 0, low = 0] = words;
    const number = hosts.numberOf(originOf(url));
    const keys = number === undefined ? [NO_HOST] : [NO_HOST, word(number)];
    const found: UrlStatus[] = [];
    for (const key of keys) await gather(this.#settled(urlPrefix(key, high, low)), url, found);
    // Whether it waits is known by its fingerprint; which of its queue's records is its is not. They end with the URL: most need not be read.
    const path = Buffer.from(url.slice(originOf(url).length));
    const isIt = (record: Uint8Array): boolean => path.equals(record.subarray(-path.length));
    const lanes = Array.from({ length: settings.lanes }, (_, lane) => lane);
    const isMissing = (lane: number): boolean =>
      seen.has(inLane(high, lane), low) && !found.some((status) => status.lane === lane);
    if (number !== undefined && lanes.some(isMissing)) await gather(this.#waiting(word(number), isIt), url, found);
    if (lanes.some(isMissing)) throw lost(`the record of ${url}`);
    return found;
  }

  async *list({ state, host }: UrlFilter): AsyncGenerator<UrlStatus, void, undefined> {
    const number = host === undefined ? undefined : this.#state.hosts.numberOf(host);
    const keys = host === undefined ? [''] : [NO_HOST, ...(number === undefined ? [] : [word(number)])];
    const waitsFor = state === undefined || IN_QUEUES.includes(state);
    const isSettled = state === undefined || !['queued', 'leased'].includes(state);
    const isWanted = (status: UrlStatus): boolean =>
      (state === undefined || status.state === state) && (host === undefined || originOf(status.url) === host);
    for (const key of keys) {
      // Waiting ones first: what is settled meanwhile is met twice, and nothing is missed.
      if (waitsFor && key !== NO_HOST) yield* filtered(this.#waiting(key), isWanted);
      if (isSettled) yield* filtered(this.#settled(`u${key}`), isWanted);
    }
  }

  /** URLs of which there is a record that says how they ended. */
  #settled(prefix: string): AsyncGenerator<UrlStatus, void, undefined> {
    const { store, codec, strings } = this.#state;
    const entries = entriesOf(store.scan(range(prefix)));
    const read = (key: string, value: Uint8Array): UrlStatus => {
      const settled = decodeSettled(value);
      const lane = key.charCodeAt(13);
      const origin = lane === NO_LANE ? NO_ORIGIN : this.#host(numberAt(key, 1)).origin;
      return {
        ...this.#basics(codec.decode(settled.entry, origin)),
        lane: lane === NO_LANE ? undefined : lane,
        state: STATES[settled.outcome],
        attempt: settled.attempt,
        settledAt: settled.settledAt,
        ...(settled.reason > 0 && { reason: strings.textOf(settled.reason) }),
        ...(settled.status > 0 && { status: settled.status }),
        ...(settled.task > 0 && { task: strings.textOf(settled.task) }),
        ...(settled.facts !== undefined && { facts: publicFacts(settled.facts) }),
      };
    };
    return mapped(entries, () => true, read);
  }

  /** URLs whose records are in queues: those that wait, are leased, or count as settled since their host was closed. @param host its key, or all @param isIt which records are wanted */
  async *#waiting(host: string, isIt = (_: Uint8Array): boolean => true): AsyncGenerator<UrlStatus, void, undefined> {
    const { store, settings, sessions, strings } = this.#state;
    const tasks = new Map<number, string>();
    for (const { task, leased } of sessions.values()) for (const id of leased.keys()) tasks.set(id, task);
    const { order, lanes } = settings;
    const prefixes =
      host === ''
        ? [queuesPrefix(order)]
        : Array.from({ length: lanes }, (_, lane) => queuePrefix(order, lane, numberAt(host, 0)));
    // All begun at once: what is tried and waits for its retry meanwhile is met twice, not never.
    const queues = prefixes.map((prefix) => store.scan(range(prefix)));
    const retries = store.scan(range(`d${host}`));
    try {
      for (const queue of queues) {
        const fresh = entriesOf(queue);
        yield* mapped(fresh, isIt, (key, value) => this.#queued(readQueueKey(order, key), value, tasks));
      }
      yield* mapped(entriesOf(retries), isIt, (key, value) => {
        const { attempt, retryAt, reason, entry } = decodeRetry(value);
        const status = this.#queued(readRetryKey(key), entry, tasks);
        return { reason: strings.textOf(reason), ...status, attempt, retryAt };
      });
    } finally {
      for (const scan of [...queues, retries]) await scan.return();
    }
  }

  #queued(
    { host, lane, id }: { readonly host: number; readonly lane: number; readonly id: number },
    bytes: Uint8Array,
    tasks: ReadonlyMap<number, string>,
  ): UrlStatus {
    const { origin, closed } = this.#host(host);
    const task = tasks.get(id);
    const entry = this.#state.codec.decode(bytes, origin);
    return {
      ...this.#basics(entry),
      lane,
      state: task !== undefined ? 'leased' : (closed?.state ?? 'queued'),
      attempt: 0,
      ...(task !== undefined ? { task } : closed && { reason: closed.reason }),
      ...(entry.facts !== undefined && { facts: publicFacts(entry.facts) }),
    };
  }

  #basics({ url, depth, seed, priority, redirects, to, discoveredAt, foundOn }: Entry): Basics {
    const page = foundOn && this.#pageUrl(foundOn);
    return {
      url,
      depth,
      seed,
      priority,
      redirects,
      discoveredAt,
      ...(to !== undefined && { to }),
      ...(page !== undefined && { foundOn: page }),
    };
  }

  /** URL of a page that was fetched; undefined when it is queued again. */
  #pageUrl({ host, high, low }: PageRef): string | undefined {
    const { store, codec, settings } = this.#state;
    const key = urlPrefix(word(host), high, low);
    if (this.#pages.has(key)) return this.#pages.get(key);
    if (this.#pages.size === PAGES_KEPT) this.#pages.clear();
    let url: string | undefined;
    for (let lane = 0; lane < settings.lanes && url === undefined; lane++) {
      const record = store.get(urlKey(word(host), high, low, lane));
      if (record !== undefined) url = codec.decode(decodeSettled(record).entry, this.#host(host).origin).url;
    }
    this.#pages.set(key, url);
    return url;
  }

  #host(number: number): { readonly origin: string; readonly closed: Closed | undefined } {
    if (this.#latest.number !== number) {
      const { hosts } = this.#state;
      const origin = hosts.originOf(number);
      this.#latest = { number, origin, closed: hosts.closedOf(origin, number) };
    }
    return this.#latest;
  }
}

type Basics = Pick<UrlStatus, 'url' | 'depth' | 'seed' | 'priority' | 'redirects' | 'discoveredAt' | 'to' | 'foundOn'>;

async function* mapped(
  entries: AsyncGenerator<readonly [string, Uint8Array], void, undefined>,
  isIt: (value: Uint8Array) => boolean,
  read: (key: string, value: Uint8Array) => UrlStatus,
): AsyncGenerator<UrlStatus, void, undefined> {
  for await (const [key, value] of entries) if (isIt(value)) yield read(key, value);
}

async function* filtered(
  statuses: AsyncIterable<UrlStatus>,
  isWanted: (status: UrlStatus) => boolean,
): AsyncGenerator<UrlStatus, void, undefined> {
  for await (const status of statuses) if (isWanted(status)) yield status;
}

/** Those of one URL. */
async function gather(statuses: AsyncIterable<UrlStatus>, url: string, into: UrlStatus[]): Promise<void> {
  for await (const status of statuses) if (status.url === url) into.push(status);
}
