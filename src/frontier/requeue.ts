import type { Adder } from './add.ts';
import { openHost } from './closing.ts';
import type { Host } from './host.ts';
import { NO_LANE, numberAt, range, word } from './keys.ts';
import { placeHost, quotaLeft } from './lanes.ts';
import { isDue } from './recrawl.ts';
import { decodeSettled, type Settled } from './record.ts';
import type { FrontierState } from './state.ts';
import { entriesOf, storedHosts } from './stored-hosts.ts';
import type { Outcome, Recrawl, SettledState } from './types.ts';

const OUTCOMES: Readonly<Record<SettledState, Outcome>> = {
  fetched: 'fetched',
  not_modified: 'not-modified',
  redirected: 'redirected',
  failed: 'failed',
  excluded: 'excluded',
};

// URLs queued again in one commit.
const COMMIT_URLS = 5000;

type Commit = () => Promise<void>;

/** Puts settled URLs back into their queues. */
export class Requeuer {
  readonly #state: FrontierState;
  readonly #adder: Adder;

  constructor(state: FrontierState, adder: Adder) {
    this.#state = state;
    this.#adder = adder;
  }

  async requeue(state: SettledState, origin: string | undefined, now: number, commit: Commit): Promise<number> {
    const opened = await this.#openHosts(state, origin, now);
    const outcome = OUTCOMES[state];
    const isWanted = (settled: Settled): boolean => settled.outcome === outcome;
    return opened + (await this.#requeueAll(origin, isWanted, false, now, commit));
  }

  renew(policy: Recrawl, now: number, commit: Commit): Promise<number> {
    const isWanted = (settled: Settled): boolean =>
      (settled.outcome === 'fetched' || settled.outcome === 'not-modified') && isDue(settled, policy, now);
    return this.#requeueAll(undefined, isWanted, true, now, commit);
  }

  /** Opens hosts again that were closed and whose URLs count as `state`. @returns how many URLs that sets free */
  async #openHosts(state: SettledState, origin: string | undefined, now: number): Promise<number> {
    const { store, strings, hosts, settings, lanes } = this.#state;
    let freed = 0;
    for await (const chunk of storedHosts(store, strings)) {
      for (const stored of chunk) {
        if (origin !== undefined && stored.origin !== origin) continue;
        const closed = hosts.liveOf(stored.origin)?.closed ?? stored.numbers.closed;
        if (closed?.state !== state) continue;
        const host = hosts.ofOrigin(stored.origin);
        if (host.closed === undefined || quotaLeft(host, settings) <= 0) continue;
        host.pins++;
        freed += await openHost(this.#state, host).finally(() => host.pins--);
        placeHost(host, settings, lanes, now);
      }
    }
    return freed;
  }

  async #requeueAll(
    origin: string | undefined,
    isWanted: (settled: Settled) => boolean,
    withFacts: boolean,
    now: number,
    commit: Commit,
  ): Promise<number> {
    const { store, hosts } = this.#state;
    const number = origin === undefined ? undefined : hosts.numberOf(origin);
    if (origin !== undefined && number === undefined) return 0;
    let count = 0;
    for await (const [key, value] of entriesOf(store.scan(range(number === undefined ? 'u' : `u${word(number)}`)))) {
      if (key.charCodeAt(13) === NO_LANE || !isWanted(decodeSettled(value))) continue;
      // The crawl may have gone on since the scan began.
      const current = store.get(key);
      if (current === undefined || !isWanted(decodeSettled(current))) continue;
      this.#requeueOne(key, current, withFacts, now);
      if (++count % COMMIT_URLS === 0) await commit();
    }
    return count;
  }

  #requeueOne(key: string, record: Uint8Array, withFacts: boolean, now: number): void {
    const { store, hosts, tally, strings, codec, quotas } = this.#state;
    const { outcome, reason, entry, facts } = decodeSettled(record);
    const host: Host = hosts.ofOrigin(hosts.originOf(numberAt(key, 1)));
    const lane = key.charCodeAt(13);
    store.delete(key);
    tally.settle(outcome, reason === 0 ? undefined : strings.textOf(reason), -1);
    if (outcome === 'fetched') host.fetched--;
    const url = codec.decode(entry, host.origin);
    const { foundOn, discoveredAt } = url;
    if (outcome === 'fetched' || outcome === 'not-modified') quotas.giveBack(lane, url.url); // it takes one anew
    const isTold = withFacts && facts !== undefined;
    const bytes = isTold ? codec.encode({ ...url, lane }, host.origin, { foundOn, discoveredAt, facts }) : entry;
    this.#adder.enqueue(host, lane, url, bytes, now);
  }
}
