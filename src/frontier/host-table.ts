import { originOf } from '../lib/url.ts';
import { HostQueue } from './host-queue.ts';
import { type Host, newHost, newSpot, type Spot } from './host.ts';
import type { FrontierSettings } from './types.ts';
import type { UrlTable } from './url-table.ts';

/** All hosts ever met, by origin. */
export class HostTable {
  readonly #settings: FrontierSettings;
  readonly #urls: UrlTable;
  readonly #hosts = new Map<string, Host>();
  #latest: Host | undefined;

  constructor(settings: FrontierSettings, urls: UrlTable) {
    this.#settings = settings;
    this.#urls = urls;
  }

  get size(): number {
    return this.#hosts.size;
  }

  values(): IterableIterator<Host> {
    return this.#hosts.values();
  }

  /** Host of a canonical URL. */
  ofUrl(url: string): Host {
    const latest = this.#latest;
    // Most links of a page lead to its own host.
    if (latest !== undefined && url.startsWith(latest.origin) && url[latest.origin.length] === '/') return latest;
    return (this.#latest = this.ofOrigin(originOf(url)));
  }

  ofOrigin(origin: string): Host {
    const known = this.#hosts.get(origin);
    if (known !== undefined) return known;
    // A copy: the part of a longer string would keep all of it alive.
    const host = newHost(Buffer.from(origin).toString(), this.#settings.politeness.delayMs);
    this.#hosts.set(host.origin, host);
    return host;
  }

  spot(host: Host, lane: number): Spot {
    return (host.spots[lane] ??= newSpot(host, lane, new HostQueue(this.#urls, this.#settings.order)));
  }
}
