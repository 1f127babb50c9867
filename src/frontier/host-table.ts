import { fingerprint } from '../lib/fingerprint.ts';
import { originOf } from '../lib/url.ts';
import type { Store } from '../store/types.ts';
import { lost } from './damage.ts';
import { decodeHost, type HostNumbers, takeNumbers } from './host-record.ts';
import { HostQueue } from './host-queue.ts';
import { type Closed, type Host, newHost, newSpot, type Spot } from './host.ts';
import type { Journal } from './journal.ts';
import { bytesOf, numberAt, queuePrefix, word } from './keys.ts';
import { OriginIndex } from './origin-index.ts';
import { PackedHosts } from './packed-hosts.ts';
import { tasksWanted } from './politeness.ts';
import { RobotsTexts } from './robots-texts.ts';
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

/** For each so many URLs that may be in memory one host may be an object. */
const URLS_A_HOST = 10;

// Hosts looked at for each that is to be packed: those that tasks hold are in the way. No more at one cut than takes a ms, and some
// of the rest.
const LOOKS = 4;
const LOOKS_MAX = 1024;
const LOOKS_PART = 1 / 16;

/**
 * All hosts ever met: on disk all, in memory those that are in play, as objects those that were worked on last. An object is good until
 * the next cut of the store; who keeps it longer holds URLs of it or pins it.
 */
export class HostTable {
  readonly #parts: Parts;
  readonly #liveMax: number;
  /** By slot, the one that was looked at longest ago first. */
  readonly #live = new Map<number, Host>();
  readonly #packed: PackedHosts;
  readonly #index = new OriginIndex();
  readonly #robots: RobotsTexts;
  readonly #freeSlots: number[] = [];
  #slots = 0;
  readonly #print = new Uint32Array(2);
  #latest: Host | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#robots = new RobotsTexts(parts.store);
    this.#liveMax = Math.ceil(parts.settings.hotUrls / URLS_A_HOST);
    this.#packed = new PackedHosts(parts.strings, parts.settings.lanes, {
      make: (origin, number, slot) => newHost(origin, number, slot, parts.settings.politeness.delayMs),
      addSpot: (host, lane) => this.spot(host, lane),
    });
    // After the journal: what is packed is then as it is stored.
    parts.store.onCut(() => {
      this.shrink();
    });
  }

  /** Hosts in memory. */
  get size(): number {
    return this.#index.size;
  }

  /** Hosts that are objects: all that are not as they are stored, and some more. */
  live(): IterableIterator<Host> {
    return this.#live.values();
  }

  /** The host in a slot. */
  at(slot: number): Host {
    const live = this.#live.get(slot);
    if (live !== undefined) return live;
    const host = this.#packed.take(slot);
    if (host === undefined) throw new Error('bug: no host in this slot');
    this.#live.set(slot, host);
    return host;
  }

  /** How many more tasks of the lane the host in a slot could do with. */
  tasksWanted(slot: number, lane: number): number {
    const host = this.#live.get(slot);
    if (host === undefined) return this.#packed.wanted(slot, lane);
    const spot = host.spots[lane];
    return spot === undefined ? 0 : tasksWanted(spot, this.#parts.settings.politeness);
  }

  /** Host of a canonical URL; made when it is new. */
  ofUrl(url: string): Host {
    const latest = this.#latest;
    // Most links of a page lead to its own host.
    if (latest !== undefined && url.startsWith(latest.origin) && url[latest.origin.length] === '/') return latest;
    return (this.#latest = this.ofOrigin(originOf(url)));
  }

  ofOrigin(origin: string): Host {
    return this.known(origin) ?? this.#make(origin);
  }

  /** The host if it was ever met. */
  known(origin: string): Host | undefined {
    const slot = this.#slotOf(origin);
    if (slot !== undefined) return this.at(slot);
    if (!this.#wasMet()) return undefined;
    const { store, strings } = this.#parts;
    const number = store.get(`o${bytesOf(origin)}`);
    const numbers = number && store.get(`n${Buffer.from(number).toString('latin1')}`);
    if (number === undefined || numbers === undefined) throw lost(`the record of host ${origin}`);
    return this.restore(origin, numberAt(Buffer.from(number).toString('latin1'), 0), decodeHost(numbers, strings));
  }

  /** The host's number if a URL of it was ever added; leaves it where it is. */
  numberOf(origin: string): number | undefined {
    const slot = this.#slotOf(origin);
    if (slot !== undefined) return this.#live.get(slot)?.number ?? this.#packed.numberAt(slot);
    if (!this.#wasMet()) return undefined;
    const stored = this.#parts.store.get(`o${bytesOf(origin)}`);
    return stored && numberAt(Buffer.from(stored).toString('latin1'), 0);
  }

  /** Whether and why nothing more of the host is fetched; leaves it where it is. */
  closedOf(origin: string, number: number): Closed | undefined {
    const host = this.liveOf(origin);
    if (host !== undefined) return host.closed;
    const numbers = this.#parts.store.get(`n${word(number)}`);
    return numbers && decodeHost(numbers, this.#parts.strings).closed;
  }

  /** The host if it is an object. */
  liveOf(origin: string): Host | undefined {
    const slot = this.#slotOf(origin);
    return slot === undefined ? undefined : this.#live.get(slot);
  }

  /** Takes a stored host into memory. Its queues are all cold, and what of them is leased is for the caller to take out. */
  restore(origin: string, number: number, numbers: HostNumbers): Host {
    const host = this.#enter(origin, number);
    for (const [lane, { stored, retries }] of takeNumbers(host, numbers).lanes.entries()) {
      if (stored + retries === 0) continue;
      const spot = this.spot(host, lane);
      spot.stored = stored;
      spot.retries = retries;
      if (host.closed === undefined) spot.queue.addCold(stored);
    }
    return host;
  }

  /** Packs objects that nobody works on, until there are not too many; what is in no play any more leaves memory. All must be as it is stored. */
  shrink(): void {
    this.#latest = undefined;
    const excess = this.#live.size - this.#liveMax;
    let looks = Math.min(LOOKS * excess, Math.ceil(LOOKS_MAX + LOOKS_PART * excess));
    for (const [slot, host] of this.#live) {
      if (this.#live.size <= this.#liveMax || looks-- === 0) break;
      this.#live.delete(slot);
      if (isAtWork(host)) this.#live.set(slot, host);
      else if (isInPlay(host)) this.#pack(host);
      else this.#leave(host);
    }
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
      queuePrefix(settings.order, lane, host.number),
    ));
  }

  setRobots(host: Host, robots: HostRobots): void {
    this.#robots.set(host.key, robots.text);
  }

  /** robots.txt of the host as last seen. */
  robotsOf({ key, robots }: Host): HostRobots | undefined {
    return robots && { ...robots, text: this.#robots.get(key) };
  }

  /** A host that was never met. */
  #make(origin: string): Host {
    const { store, journal, seen, counters } = this.#parts;
    // As #slotOf left it.
    const [high = 0, low = 0] = this.#print;
    const mark = inLane(high, ORIGIN_MARK);
    seen.add(mark, low);
    journal.print(mark, low);
    const host = this.#enter(origin, counters.host++);
    journal.host(host);
    store.put(`h${host.key}`, Buffer.from(host.origin));
    store.put(`o${bytesOf(host.origin)}`, Buffer.from(host.key, 'latin1'));
    return host;
  }

  /** Gives a host a slot. */
  #enter(origin: string, number: number): Host {
    const slot = this.#freeSlots.pop() ?? this.#slots++;
    // A copy: the part of a longer string would keep all of it alive.
    const kept = Buffer.from(origin).toString();
    const host = newHost(kept, number, slot, this.#parts.settings.politeness.delayMs);
    this.#live.set(slot, host);
    this.#index.add(this.#hash(origin), slot);
    return host;
  }

  #pack(host: Host): void {
    const { settings, urls } = this.#parts;
    // Its turn may be far off: the room is for those whose is near.
    if (urls.size > settings.hotUrls) for (const spot of host.spots) spot?.queue.trim(0);
    this.#packed.put(host, (spot) => tasksWanted(spot, settings.politeness));
  }

  #leave({ origin, slot }: Host): void {
    this.#index.delete(this.#hash(origin), slot);
    this.#freeSlots.push(slot);
  }

  #slotOf(origin: string): number | undefined {
    return this.#index.find(this.#hash(origin), (slot) => {
      const live = this.#live.get(slot);
      return live === undefined ? this.#packed.isOf(slot, origin) : live.origin === origin;
    });
  }

  /** Low word of the origin's fingerprint, which is in `#print` then. */
  #hash(origin: string): number {
    fingerprint(origin, 0, this.#print, 0);
    return this.#print[1] ?? 0;
  }

  /** Whether the origin that was looked up last was met. */
  #wasMet(): boolean {
    const [high = 0, low = 0] = this.#print;
    return this.#parts.seen.has(inLane(high, ORIGIN_MARK), low);
  }
}

function isInPlay({ spots }: Host): boolean {
  return spots.some((spot) => spot !== undefined && spot.stored + spot.retries > 0);
}

/** Whether there are references to the object or what it holds is not stored. */
function isAtWork({ holdings, pins, spots }: Host): boolean {
  const isBusy = (spot: Spot | undefined): boolean =>
    spot !== undefined && (spot.loading !== undefined || spot.queue.delayed > 0);
  return holdings.length > 0 || pins > 0 || spots.some(isBusy);
}
