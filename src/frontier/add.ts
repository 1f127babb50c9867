import { fingerprint } from '../lib/fingerprint.ts';
import { ByteWriter } from '../store/bytes.ts';
import type { PageRef } from './entry.ts';
import type { Host, Spot } from './host.ts';
import { NO_LANE, type Place, queueKey, urlKey, word } from './keys.ts';
import { placeHost } from './lanes.ts';
import { decodeSettled, encodeSettled } from './record.ts';
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
    const { settings, lanes, hosts, tally, codec, journal, store, counters } = this.#state;
    const lane = lanes[url.lane];
    if (lane === undefined) throw new Error(`bug: no lane ${url.lane}`);
    if (!this.#isNew(url.url, url.lane)) return false;
    tally.discovered++;
    const host = hosts.ofUrl(url.url);
    const entry = codec.encode({ ...url, foundOn, discoveredAt: now }, host.origin);
    if (url.parked !== undefined) {
      this.#park(url, url.parked, host, entry, now);
      return true;
    }
    const place: Place = { id: counters.url++, priority: url.priority, depth: url.depth };
    const spot = hosts.spot(host, url.lane);
    store.put(queueKey(settings.order, host.key, url.lane, place), entry);
    spot.stored++;
    journal.host(host);
    if (host.closed !== undefined) {
      tally.settle(host.closed.state, host.closed.reason);
      return true;
    }
    enqueue(this.#state, spot, place, entry);
    tally.queued++;
    lane.queued++;
    if (spot.queue.ready === 1) placeHost(host, settings, lanes, now);
    return true;
  }

  /** Counts a URL that a rule keeps out, once, and keeps its rule. */
  exclude(
    { url, reason }: ExcludedUrl,
    found: { depth: number; seed: string; on: PageRef; task: number },
    now: number,
  ): void {
    const { seen, lanes, tally, codec, journal, strings, store } = this.#state;
    const [high, low] = this.#print(url, NO_LANE);
    if (seen.has(high, low)) return;
    for (let lane = 0; lane < lanes.length; lane++) {
      if (seen.has(...this.#print(url, lane))) return;
    }
    seen.add(high, low);
    journal.print(high, low);
    tally.discovered++;
    tally.settle('excluded', reason);
    // Hosts of which nothing is fetched are not worth a record: all that is kept out goes under the number of none.
    const entry = codec.encode(
      { url, depth: found.depth, seed: found.seed, priority: 0, redirects: 0, foundOn: found.on, discoveredAt: now },
      NO_ORIGIN,
    );
    const settled = {
      outcome: 'excluded',
      reason: strings.numberOf(reason),
      task: found.task,
      status: 0,
      attempt: 0,
      settledAt: now,
    } as const;
    store.put(urlKey(NO_HOST, ...this.#print(url, 0), NO_LANE), encodeSettled(settled, entry, this.#writer));
  }

  #park(url: NewUrl, reason: string, host: Host, entry: Buffer, now: number): void {
    const { tally, strings, store } = this.#state;
    tally.settle('excluded', reason);
    const settled = {
      outcome: 'excluded',
      reason: strings.numberOf(reason),
      task: 0,
      status: 0,
      attempt: 0,
      settledAt: now,
    } as const;
    store.put(urlKey(host.key, ...this.#print(url.url, 0), url.lane), encodeSettled(settled, entry, this.#writer));
  }

  #isNew(url: string, lane: number): boolean {
    const { seen, journal } = this.#state;
    const [high, low] = this.#print(url, lane);
    if (!seen.add(high, low)) return false;
    journal.print(high, low);
    if (seen.has(...this.#print(url, NO_LANE))) this.#admit(url);
    return true;
  }

  /** A URL that a rule kept out on one path is let in on another. */
  #admit(url: string): void {
    const { store, tally, strings } = this.#state;
    const key = urlKey(NO_HOST, ...this.#print(url, 0), NO_LANE);
    const record = store.get(key);
    if (record === undefined) return; // let in before, for another lane
    store.delete(key);
    tally.discovered--;
    tally.settle('excluded', strings.textOf(decodeSettled(record).reason), -1);
  }

  #print(url: string, seed: number): [high: number, low: number] {
    fingerprint(url, seed, this.#words, 0);
    return [this.#words[0] ?? 0, this.#words[1] ?? 0];
  }
}

/** Key part of the number of no host. */
export const NO_HOST = word(0);

/** No URL starts with it, so that all are kept whole. */
export const NO_ORIGIN = ' ';

/** Puts a new URL among the hot ones of its queue or the cold ones. Counts nothing else. */
function enqueue({ urls, settings }: FrontierState, { queue, loading }: Spot, place: Place, entry: Uint8Array): void {
  if (queue.isCold(place)) {
    queue.addCold(1);
    loading?.late.push(place);
    return;
  }
  queue.push(urls.insert(place, entry));
  // Half stays, so that the next ones have room and the queue is walked once for many.
  if (urls.size > settings.hotUrls && queue.hot > 2 * HOT_MIN) queue.trim(HOT_MIN);
}
