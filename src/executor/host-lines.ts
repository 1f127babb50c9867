import {
  afterEnd,
  afterStart,
  heldUntil,
  type HostSlot,
  openSlot,
  startableAt,
  throttled,
} from '../crawl/host-slot.ts';
import type { CrawledPage } from '../crawl/page.ts';
import type { Work } from '../crawl/work.ts';
import type { Sparse } from '../feed/messages.ts';
import type { Host, HostNews, Request } from '../feed/messages.generated.ts';
import { productTokenOf } from '../fetch/robots.ts';
import { fetchRobots } from '../fetch/robots-file.ts';
import type { Fetch } from '../fetch/types.ts';
import { originOf } from '../lib/url.ts';
import { disallowedBy, heldRobots, type HostRobots, robotsMessage, withRobotsDelay } from './host-robots.ts';

/** One host's waiting requests, and the terms on which they may start. */
export interface HostLine {
  readonly host: string;
  readonly waiting: Request[];
  slot: HostSlot;
  /** Requests that this task may have under way at once. */
  concurrency: number;
  robots: HostRobots | undefined;
  /** robots.txt is being fetched: no page starts before it is known. */
  asking: boolean;
}

export type Startable =
  | { readonly type: 'robots'; readonly line: HostLine }
  | { readonly type: 'request'; readonly line: HostLine; readonly request: Request };

/**
 * The hosts of one task. Hosts take turns; each starts requests no sooner than its delay allows and never more at once than
 * granted. Where robots.txt is obeyed and not known, it is fetched first, as a request of that host.
 */
export class HostLines {
  readonly #politeness: Work['politeness'];
  readonly #lines = new Map<string, HostLine>();
  readonly #news = new Map<string, Sparse<HostNews>>();
  readonly #productToken: string;
  /** Lines with waiting requests, next in turn first. */
  #turn: HostLine[] = [];
  #waiting = 0;
  #pausedUntil = 0;

  constructor(politeness: Work['politeness']) {
    this.#politeness = politeness;
    this.#productToken = productTokenOf(politeness.userAgent);
  }

  /** Requests that are held and not started. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Requests that all hosts together may have under way at once. */
  capacity(): number {
    let sum = 0;
    for (const line of this.#lines.values()) sum += line.concurrency;
    return sum;
  }

  /** Takes the scheduler's terms for hosts. */
  grant(hosts: readonly Host[]): void {
    for (const { host, concurrency, delay_ms, not_before, robots } of hosts) {
      const line = this.#lines.get(host) ?? this.#open(host, delay_ms);
      line.concurrency = Math.max(1, concurrency);
      line.slot = heldUntil(line.slot, not_before);
      const held = heldRobots(robots, this.#productToken);
      if (held) this.#learn(line, held);
    }
  }

  enqueue(request: Request): void {
    const host = originOf(request.url);
    const line = this.#lines.get(host) ?? this.#open(host, this.#politeness.delayMs);
    if (line.waiting.length === 0) this.#turn.push(line);
    line.waiting.push(request);
    this.#waiting++;
  }

  /** Whether anything may start now. */
  ready(now: number): boolean {
    return now >= this.#pausedUntil && this.#turn.some((line) => startAt(line) <= now);
  }

  /** The next thing to start, counted as started; undefined when nothing may start now. */
  next(now: number): Startable | undefined {
    if (now < this.#pausedUntil) return undefined;
    const at = this.#turn.findIndex((line) => startAt(line) <= now);
    const [line] = at === -1 ? [] : this.#turn.splice(at, 1);
    if (!line) return undefined;
    if (this.#mustAsk(line, now)) {
      line.slot = afterStart(line.slot, now);
      line.asking = true;
      this.#turn.push(line);
      return { type: 'robots', line };
    }
    const request = line.waiting.shift();
    if (!request) throw new Error('bug: a host without requests had its turn');
    this.#waiting--;
    if (line.waiting.length > 0) this.#turn.push(line);
    // What robots.txt forbids is not sent, so it takes no time of the host's.
    if (this.disallowedBy(line, request.url) === undefined) line.slot = afterStart(line.slot, now);
    return { type: 'request', line, request };
  }

  /** When something may start by the passing of time; undefined when only the end of a request can change it. */
  nextStartAt(): number | undefined {
    let at = Infinity;
    for (const line of this.#turn) at = Math.min(at, startAt(line));
    return at === Infinity ? undefined : Math.max(at, this.#pausedUntil);
  }

  /** Nothing starts before `at`, whatever the host. */
  pauseUntil(at: number): void {
    this.#pausedUntil = at;
  }

  /** Fetches a host's robots.txt, learns it, and has it told to the scheduler. */
  async fetchRobots(line: HostLine, fetch: Fetch, now: () => number, signal: AbortSignal): Promise<void> {
    const file = await fetchRobots(fetch, line.host, now(), signal);
    line.slot = afterEnd(line.slot);
    line.asking = false;
    const robots = robotsMessage(file);
    const held = heldRobots(robots, this.#productToken);
    if (held) this.#learn(line, held);
    this.#tell(line, { robots });
  }

  /** The robots.txt rule that forbids a URL, in words; undefined when it is allowed. */
  disallowedBy(line: HostLine, url: string): string | undefined {
    return this.#politeness.robots === 'ignore' ? undefined : disallowedBy(line.robots, url);
  }

  /** A request ended: adapts the host's delay, and holds the host when the server asked for silence. */
  finished(line: HostLine, page: CrawledPage): void {
    const { autoThrottle, perHost } = this.#politeness;
    const before = line.slot;
    line.slot = afterEnd(line.slot);
    const success = page.outcome === 'fetched' || page.outcome === 'not-modified';
    if (autoThrottle && page.transfer) line.slot = throttled(line.slot, page.transfer.elapsedMs, perHost, success);
    if (page.outcome === 'retry' && page.holdHost) line.slot = heldUntil(line.slot, page.retryAt);
    if (line.slot.delayMs > 0 || line.slot.nextFetchAt > before.nextFetchAt) this.#tell(line, {});
  }

  /** What was learnt of hosts since the last report. */
  takeNews(): Sparse<HostNews>[] {
    const news = [...this.#news.values()];
    this.#news.clear();
    return news;
  }

  /** Gives back every request that was not started. */
  takeWaiting(): Request[] {
    const all = this.#turn.flatMap((line) => line.waiting.splice(0));
    this.#turn = [];
    this.#waiting = 0;
    return all;
  }

  #open(host: string, delayMs: number): HostLine {
    const slot = openSlot(delayMs, 0, Math.min(delayMs, this.#politeness.delayMs));
    const line: HostLine = { host, waiting: [], slot, concurrency: 1, robots: undefined, asking: false };
    this.#lines.set(host, line);
    return line;
  }

  #mustAsk(line: HostLine, now: number): boolean {
    return this.#politeness.robots === 'obey' && (!line.robots || line.robots.expiresAt <= now);
  }

  #learn(line: HostLine, robots: HostRobots): void {
    line.robots = robots;
    line.slot = withRobotsDelay(line.slot, robots, this.#politeness.maxCrawlDelayMs);
  }

  #tell(line: HostLine, more: Sparse<HostNews>): void {
    const { host, slot } = line;
    const state = { host, not_before: slot.nextFetchAt, delay_ms: Math.round(slot.delayMs), has_delay: true };
    this.#news.set(host, { ...this.#news.get(host), ...state, ...more });
  }
}

/** When the next thing of a line may start; Infinity while its robots.txt is being fetched. */
function startAt(line: HostLine): number {
  return line.asking ? Infinity : startableAt(line.slot, line.concurrency);
}
