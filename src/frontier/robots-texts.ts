import type { Store } from '../store/types.ts';

/** Room in memory, in characters. Most files have some hundred. */
const CHARS_MAX = 1 << 20;

/** The robots.txt files of hosts: on disk, and in memory those that were asked for last, since each grant of a host tells its file. */
export class RobotsTexts {
  readonly #store: Store;
  /** By the host's key, the one that was asked for longest ago first. */
  readonly #texts = new Map<string, string>();
  #chars = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param host its key */
  set(host: string, text: string): void {
    this.#store.put(`r${host}`, Buffer.from(text));
    this.#keep(host, text);
  }

  get(host: string): string {
    const text = this.#texts.get(host) ?? Buffer.from(this.#store.get(`r${host}`) ?? '').toString();
    this.#keep(host, text);
    return text;
  }

  #keep(host: string, text: string): void {
    this.#drop(host);
    this.#texts.set(host, text);
    this.#chars += text.length;
    for (const [oldest] of this.#texts) {
      if (this.#chars <= CHARS_MAX) break;
      this.#drop(oldest);
    }
  }

  #drop(host: string): void {
    this.#chars -= this.#texts.get(host)?.length ?? 0;
    this.#texts.delete(host);
  }
}
