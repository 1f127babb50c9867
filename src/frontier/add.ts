import { fingerprint } from '../lib/fingerprint.ts';
import { ByteWriter } from '../store/bytes.ts';
import type { PageRef } from './entry.ts';
import type { Host, Spot } from './host.ts';
import { NO_LANE, type Place, queueKey, urlKey, word } from './keys.ts';
import { placeHost } from './lanes.ts';
import { beginSettled, decodeSettled } from './record.ts';
import { EXCLUDED_MARK, inLane } from './seen.ts';
import type { FrontierState } from './state.ts';
import type { ExcludedUrl, NewUrl } from './types.ts';

/** URLs that a queue with some in memory may have there, whatever the others have. */
const HOT_MIN = 4;

/** URLs that are looked up at once. */
const BATCH = 128;

/** Takes up URLs that were not seen before in their lanes. */
export class Adder {
  readonly #state: FrontierState;
  readonly #words = new Uint32Array(2);
  readonly #writer = new ByteWriter();
  /** Of the URLs at hand: fingerprints, high word first, and which of them were seen. */
  readonly #prints = new Uint32Array(2 * BATCH);
  readonly #inLanes = new Uint32Array(2 * BATCH);
  readonly #known = new Uint8Array(BATCH);

  constructor(state: FrontierState) {
    this.#state = state;
  }

  /** @param foundOn the page that links to them @returns how many were new */
  add(urls: readonly NewUrl[], foundOn: PageRef | undefined, now: number): number {
    for (const { lane } of urls) if (this.#state.lanes[lane] === undefined) throw new Error(`bug: no lane ${lane}`);
    let added = 0;
    for (let from = 0; from < urls.length; from += BATCH) {
      const batch = urls.length <= BATCH ? urls : urls.slice(from, from + BATCH);
      this.#lookUp(batch);
      for (let i = 0; i < batch.length; i++) {
        const url = batch[i];
        if (url !== undefined && this.#known[i] === 0 && this.#addOne(url, i, foundOn, now)) added++;
      }
    }
    return added;
  }

  #lookUp(urls: readonly NewUrl[]): void {
    const prints = this.#prints;
    const inLanes = this.#inLanes;
    for (let i = 0; i < urls.length; i++) {
      const added = urls[i];
      if (added === undefined) continue;
      const { url, lane, high = 0, low = 0 } = added;
      if (high === 0 && low === 0) fingerprint(url, 0, prints, 2 * i);
      else {
        prints[2 * i] = high;
        prints[2 * i + 1] = low;
      }
      inLanes[2 * i] = inLane(prints[2 * i] ?? 0, lane);
      inLanes[2 * i + 1] = prints[2 * i + 1] ?? 0;
    }
    this.#state.seen.hasEach(inLanes, urls.length, this.#known);
  }

  /** Adds a URL that was not seen before those of its batch. @param i its place there @returns whether it was new */
  #addOne(url: NewUrl, i: number, foundOn: PageRef | undefined, now: number): boolean {
    const { hosts, tally, codec, seen, journal, quotas } = this.#state;
    const print = this.#inLanes[2 * i] ?? 0;
    const high = this.#prints[2 * i] ?? 0;
    const low = this.#prints[2 * i + 1] ?? 0;
    if (!seen.add(print, low)) return false;
    journal.print(print, low);
    if (seen.has(inLane(high, EXCLUDED_MARK), low)) this.#admit(high, low);
    tally.discovered++;
    const host = hosts.ofUrl(url.url);
    const entry = codec.encode(url, host.origin, { foundOn, discoveredAt: now });
    const keptOut = url.parked ?? quotas.full(url.lane, url.url);
    if (keptOut === undefined) this.enqueue(host, url.lane, url, entry, now);
    else this.#exclude(urlKey(host.key, high, low, url.lane), entry, keptOut, 0, now);
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
    fingerprint(url, 0, this.#words, 0);
    const [high = 0, low = 0] = this.#words;
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
    this.#exclude(urlKey(NO_HOST, high, low, NO_LANE), entry, reason, task, now);
  }

  #exclude(key: string, entry: Uint8Array, reason: string, task: number, now: number): void {
    const { tally, strings, store } = this.#state;
    const settled = {
      outcome: 'excluded',
      reason: strings.numberOf(reason),
      task,
      status: 0,
      attempt: 0,
      settledAt: now,
    } as const;
    tally.settle('excluded', reason);
    store.put(key, beginSettled(settled, this.#writer).lastBytes(entry).take());
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
  const isFull = urls.size >= settings.hotUrls;
  if (isFull && queue.ready === 0) {
    queue.beginCold(place);
    return;
  }
  queue.push(urls.insert(place, entry));
  // Half stays, so that the next ones have room and the queue is walked once for many.
  if (isFull && queue.hot > 2 * HOT_MIN) queue.trim(HOT_MIN);
}
