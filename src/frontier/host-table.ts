import { fingerprint } from '../lib/fingerprint.ts';
import { originOf } from '../lib/url.ts';
import type { Store } from '../store/types.ts';
import { lost } from './damage.ts';
import { decodeHost, type HostNumbers } from './host-record.ts';
import { HostQueue } from './host-queue.ts';
import { type Closed, type Host, newHost, newSpot, type Spot } from './host.ts';
import type { Journal } from './journal.ts';
import { bytesOf, numberAt, queuePrefix, word } from './keys.ts';
import { type FingerprintSet, inLane, ORIGIN_MARK } from './seen.ts';
import type { Counters } from './state.ts';
import type { Strings } from './strings.ts';
import type { FrontierSettings, HostRobots } from './types.ts';
import type { UrlTable } from './url-table.ts';

interface Parts {
  readonly settings: FrontierSettings;
  readonly store: Store;
  readonly strings: Strings;
  readonly journal: Journal;
  readonly seen: FingerprintSet;
  readonly urls: UrlTable;
  readonly counters: Counters;
}

/** All hosts ever met, by origin: in memory those that are in play, on disk all. */
export class HostTable {
  readonly #parts: Parts;
  readonly #hosts = new Map<string, Host>();
  readonly #print = new Uint32Array(2);
  #latest: Host | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Hosts in memory. */
  get size(): number {
    return this.#hosts.size;
  }

  values(): IterableIterator<Host> {
    return this.#hosts.values();
  }

  /** Host of a canonical URL; made when it is new. */
  ofUrl(url: string): Host {
    const latest = this.#latest;
    // Most links of a page lead to its own host.
    if (latest !== undefined && url.startsWith(latest.origin) && url[latest.origin.length] === '/') return latest;
    return (this.#latest = this.ofOrigin(originOf(url)));
  }

  ofOrigin(origin: string): Host {
    return this.#hosts.get(origin) ?? this.known(origin) ?? this.#make(origin);
  }

  /** The host if it was ever met. */
  known(origin: string): Host | undefined {
    const host = this.#hosts.get(origin);
    if (host !== undefined || !this.#wasMet(origin)) return host;
    const { store, strings } = this.#parts;
    const number = store.get(`o${bytesOf(origin)}`);
    const numbers = number && store.get(`n${Buffer.from(number).toString('latin1')}`);
    if (number === undefined || numbers === undefined) throw lost(`the record of host ${origin}`);
    return this.restore(origin, numberAt(Buffer.from(number).toString('latin1'), 0), decodeHost(numbers, strings));
  }

  /** The host's number if a URL of it was ever added; leaves it where it is. */
  numberOf(origin: string): number | undefined {
    const number = this.#hosts.get(origin)?.number;
    if (number !== undefined || !this.#wasMet(origin)) return number;
    const stored = this.#parts.store.get(`o${bytesOf(origin)}`);
    return stored && numberAt(Buffer.from(stored).toString('latin1'), 0);
  }

  /** Whether and why nothing more of the host is fetched; leaves it where it is. */
  closedOf(origin: string, number: number): Closed | undefined {
    const host = this.#hosts.get(origin);
    if (host !== undefined) return host.closed;
    const numbers = this.#parts.store.get(`n${word(number)}`);
    return numbers && decodeHost(numbers, this.#parts.strings).closed;
  }

  /** The host if it is in memory. */
  inMemory(origin: string): Host | undefined {
    return this.#hosts.get(origin);
  }

  /** Takes a stored host into memory. Its queues are all cold, and what of them is leased is for the caller to take out. */
  restore(origin: string, number: number, numbers: HostNumbers): Host {
    const host = newHost(origin, number, numbers.delayMs);
    host.notBefore = numbers.notBefore;
    host.robots = numbers.robots;
    host.closed = numbers.closed;
    host.failures = numbers.failures;
    host.fetched = numbers.fetched;
    for (const [lane, { stored, retries }] of numbers.lanes.entries()) {
      if (stored + retries === 0) continue;
      const spot = this.spot(host, lane);
      spot.stored = stored;
      spot.retries = retries;
      if (host.closed === undefined) spot.queue.addCold(stored);
    }
    this.#hosts.set(origin, host);
    return host;
  }

  /** Origin of a host by its number. */
  originOf(number: number): string {
    const origin = this.#parts.store.get(`h${word(number)}`);
    if (origin === undefined) throw lost(`the origin of host ${number}`);
    return Buffer.from(origin).toString();
  }

  spot(host: Host, lane: number): Spot {
    const { urls, settings } = this.#parts;
    return (host.spots[lane] ??= newSpot(
      host,
      lane,
      new HostQueue(urls, settings.order),
      queuePrefix(settings.order, host.key, lane),
    ));
  }

  setRobots(host: Host, robots: HostRobots): void {
    this.#parts.store.put(`r${host.key}`, Buffer.from(robots.text));
  }

  /** robots.txt of the host as last seen. */
  robotsOf({ key, robots }: Host): HostRobots | undefined {
    return robots && { ...robots, text: Buffer.from(this.#parts.store.get(`r${key}`) ?? '').toString() };
  }

  #make(origin: string): Host {
    const { settings, store, journal, seen, counters } = this.#parts;
    // A copy: the part of a longer string would keep all of it alive.
    const bytes = Buffer.from(origin);
    const host = newHost(bytes.toString(), counters.host++, settings.politeness.delayMs);
    // As #wasMet left it.
    const [high = 0, low = 0] = this.#print;
    seen.add(high, low);
    journal.print(high, low);
    journal.host(host);
    store.put(`h${host.key}`, bytes);
    store.put(`o${bytes.toString('latin1')}`, Buffer.from(host.key, 'latin1'));
    this.#hosts.set(host.origin, host);
    return host;
  }

  #wasMet(origin: string): boolean {
    fingerprint(origin, 0, this.#print, 0);
    const [high = 0, low = 0] = this.#print;
    this.#print[0] = inLane(high, ORIGIN_MARK);
    return this.#parts.seen.has(this.#print[0], low);
  }
}
