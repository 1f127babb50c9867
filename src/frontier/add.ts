import { fingerprint } from '../lib/fingerprint.ts';
import { ByteWriter } from '../store/bytes.ts';
import type { PageRef } from './entry.ts';
import type { Host, Spot } from './host.ts';
import { NO_LANE, type Place, queueKey, urlKey, word } from './keys.ts';
import { placeHost } from './lanes.ts';
import { decodeSettled, encodeSettled } from './record.ts';
import { EXCLUDED_MARK, inLane } from './seen.ts';
import type { FrontierState } from './state.ts';
import type { ExcludedUrl, NewUrl } from './types.ts';

/** URLs that every queue may have in memory, whatever the others have. */
const HOT_MIN = 4;

/** Takes up URLs that were not seen before in their lanes. */
export class Adder {
  readonly #state: FrontierState;
  readonly #words = new Uint32Array(2);
  readonly #writer = new ByteWriter();

  constructor(state: FrontierState) {
    this.#state = state;
  }

  /** @param foundOn the page that links to it @returns whether it was new */
  add(url: NewUrl, foundOn: PageRef | undefined, now: number): boolean {
    const { lanes, hosts, tally, codec, quotas } = this.#state;
    if (lanes[url.lane] === undefined) throw new Error(`bug: no lane ${url.lane}`);
    if (!this.#isNew(url)) return false;
    tally.discovered++;
    const host = hosts.ofUrl(url.url);
    const entry = codec.encode(url, host.origin, { foundOn, discoveredAt: now });
    const keptOut = url.parked ?? quotas.full(url.lane, url.url);
    if (keptOut !== undefined) {
      this.#exclude(host.key, url.lane, entry, keptOut, 0, now);
      return true;
    }
    this.enqueue(host, url.lane, url, entry, now);
    return true;
  }

  /** Puts a URL into its host's queue as a new one. */
  enqueue(host: Host, lane: number, url: Queued, entry: Uint8Array, now: number): void {
    const { settings, lanes, hosts, tally, journal, store, counters, quotas } = this.#state;
    const place: Place = { id: counters.url++, priority: url.priority, depth: url.depth };
    const spot = hosts.spot(host, lane);
    store.put(queueKey(settings.order, spot.prefix, place), entry);
    spot.stored++;
    quotas.take(lane, url.url);
    journal.host(host);
    if (host.closed !== undefined) {
      tally.settle(host.closed.state, host.closed.reason);
      return;
    }
    keep(this.#state, spot, place, entry);
    tally.queued++;
    const queued = lanes[lane];
    if (queued !== undefined) queued.queued++;
    if (spot.queue.ready === 1) placeHost(host, settings, lanes, now);
  }

  /** Counts a URL that a rule keeps out, once, and keeps its rule. */
  exclude({ url, reason }: ExcludedUrl, found: FoundOn, now: number): void {
    const { seen, lanes, tally, codec, journal } = this.#state;
    const [high, low] = this.#print(url);
    const mark = inLane(high, EXCLUDED_MARK);
    if (seen.has(mark, low)) return;
    for (let lane = 0; lane < lanes.length; lane++) if (seen.has(inLane(high, lane), low)) return;
    seen.add(mark, low);
    journal.print(mark, low);
    tally.discovered++;
    const { depth, seed, on, task } = found;
    const kept = { url, lane: NO_LANE, depth, seed, priority: 0, redirects: 0 };
    // Hosts of which nothing is fetched are not worth a record: all that is kept out goes under the number of none.
    const entry = codec.encode(kept, NO_ORIGIN, { foundOn: on, discoveredAt: now });
    this.#exclude(NO_HOST, NO_LANE, entry, reason, task, now);
  }

  /** Stores the URL of the latest fingerprint as excluded. */
  #exclude(host: string, lane: number, entry: Uint8Array, reason: string, task: number, now: number): void {
    const { tally, strings, store } = this.#state;
    const [high = 0, low = 0] = this.#words;
    const settled = {
      outcome: 'excluded',
      reason: strings.numberOf(reason),
      task,
      status: 0,
      attempt: 0,
      settledAt: now,
    } as const;
    tally.settle('excluded', reason);
    store.put(urlKey(host, high, low, lane), encodeSettled(settled, entry, this.#writer));
  }

  #isNew({ url, lane }: NewUrl): boolean {
    const { seen, journal } = this.#state;
    const [high, low] = this.#print(url);
    const print = inLane(high, lane);
    if (!seen.add(print, low)) return false;
    journal.print(print, low);
    if (seen.has(inLane(high, EXCLUDED_MARK), low)) this.#admit(high, low);
    return true;
  }

  /** A URL that a rule kept out on one path is let in on another. */
  #admit(high: number, low: number): void {
    const { store, tally, strings } = this.#state;
    const key = urlKey(NO_HOST, high, low, NO_LANE);
    const record = store.get(key);
    if (record === undefined) return; // let in before, for another lane
    store.delete(key);
    tally.discovered--;
    tally.settle('excluded', strings.textOf(decodeSettled(record).reason), -1);
  }

  #print(url: string): [high: number, low: number] {
    fingerprint(url, 0, this.#words, 0);
    return [this.#words[0] ?? 0, this.#words[1] ?? 0];
  }
}

type Queued = Pick<NewUrl, 'url' | 'priority' | 'depth'>;

/** Where and by whom a URL was found. */
interface FoundOn {
  readonly on: PageRef;
  readonly depth: number;
  readonly seed: string;
  /** Number of its name. */
  readonly task: number;
}

/** Key part of the number of no host. */
export const NO_HOST = word(0);

/** No URL starts with it, so that all are kept whole. */
export const NO_ORIGIN = ' ';

/** Puts a new URL among the hot ones of its queue or the cold ones. Counts nothing else. */
function keep({ urls, settings }: FrontierState, { queue, loading }: Spot, place: Place, entry: Uint8Array): void {
  if (queue.isCold(place)) {
    queue.addCold(1);
    loading?.late.push(place);
    return;
  }
  queue.push(urls.insert(place, entry));
  // Half stays, so that the next ones have room and the queue is walked once for many.
  if (urls.size > settings.hotUrls && queue.hot > 2 * HOT_MIN) queue.trim(HOT_MIN);
}
