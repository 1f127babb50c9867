/**
 * The seam between the frontier and its users. The frontier decides which URL comes next; it owns no socket and no timer.
 *
 * A *lane* is the number of an executor kind of the job. A URL that two executors want is one entry in each lane.
 * Times are ms since the epoch and are passed in.
 */

export interface NewUrl {
  /** Canonical absolute URL. */
  readonly url: string;
  readonly lane: number;
  readonly depth: number;
  /** URL of the seed from which it descends. */
  readonly seed: string;
  /** Higher goes first within its host. */
  readonly priority: number;
  /** How many redirects led here from the URL that was asked for. */
  readonly redirects: number;
  /** Extractor chosen by a follow rule. */
  readonly to?: string | undefined;
  /** Only for seeds that are more than a GET. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

export interface LeasedUrl extends NewUrl {
  /** Dense, never reused in one crawl. */
  readonly id: number;
  /** How many times it was tried before. */
  readonly attempt: number;
}

/** robots.txt of a host as last seen; travels with leases. */
export interface HostRobots {
  readonly status: 'rules' | 'allow-all' | 'disallow-all';
  /** The file's text when `rules`; why it could not be had when `disallow-all`. */
  readonly text: string;
  readonly expiresAt: number;
}

/** What a task must keep to while it works on a host. */
export interface HostGrant {
  /** `scheme://host:port` with the default port left out (URL.origin). */
  readonly host: string;
  /** Requests that this task may have under way at once. */
  readonly concurrency: number;
  /** Least time between the starts of two requests, ms. 0 = none. */
  readonly delayMs: number;
  /** No request before this time. */
  readonly notBefore: number;
  readonly robots?: HostRobots | undefined;
}

export interface Lease {
  readonly urls: readonly LeasedUrl[];
  /** One for each host among `urls`. */
  readonly hosts: readonly HostGrant[];
  /** True when nothing is waiting for this lane and nothing that could add to it is under way: the task may end. */
  readonly done: boolean;
  /** When `urls` is empty and not `done`: ask again after this many ms. */
  readonly pauseMs: number;
}

export type Outcome = 'fetched' | 'not-modified' | 'redirected' | 'failed' | 'excluded';

/** How a lease of one URL ended. */
export type Settlement =
  | { readonly id: number; readonly outcome: Outcome; readonly reason?: string | undefined }
  /** Failed for now: back to the queue, not before `retryAt`; counts an attempt. */
  | { readonly id: number; readonly outcome: 'retry'; readonly reason: string; readonly retryAt: number }
  /** Not tried: back to the queue as it was. */
  | { readonly id: number; readonly outcome: 'returned' };

/** What a task learnt about a host. Absent members leave what is known. */
export interface HostReport {
  readonly host: string;
  readonly notBefore?: number | undefined;
  /** Delay in force after adaptation and Crawl-delay, ms. */
  readonly delayMs?: number | undefined;
  readonly robots?: HostRobots | undefined;
}

export interface UrlCounts {
  readonly discovered: number;
  readonly queued: number;
  readonly leased: number;
  readonly fetched: number;
  readonly notModified: number;
  readonly redirected: number;
  readonly failed: number;
  readonly excluded: number;
}

export interface FrontierSettings {
  readonly lanes: number;
  readonly order: 'bfs' | 'dfs' | 'priority';
  /** Infinity = no limit. */
  readonly maxPages: number;
  /** Infinity = no limit. */
  readonly maxPagesPerHost: number;
  readonly politeness: {
    readonly delayMs: number;
    readonly perHost: number;
    /** robots.txt is obeyed: a host without delay is shared by several tasks only once its file is known. */
    readonly robots: boolean;
  };
}

/**
 * Contract. Every URL added is in exactly one state: queued, leased to one task, or settled. A URL of a host with a delay is
 * never leased to two tasks at once, nor is any other URL of that host; a host without delay may be shared, and the
 * concurrency granted for it over all tasks never exceeds `perHost`. `fetched` + leased never exceed `maxPages`.
 * No method waits; calls come one after another. (lane, url) pairs seen before are ignored by `add`.
 */
export interface Frontier {
  /** @returns how many were new */
  add(urls: readonly NewUrl[], now: number): number;
  /**
   * Counts URLs that a rule keeps out, once each, by 64-bit fingerprint (two words a URL, high first; of `lib/fingerprint.ts` with
   * seed 0, whatever the lane). A URL that was added is not counted, and one that is added later (too deep on one path, not on
   * another) leaves the count.
   */
  exclude(fingerprints: Uint32Array): number;
  lease(task: string, lane: number, want: number, now: number): Lease;
  /** Ends leases of `task`. @throws Error (a bug) when an id is not leased to that task */
  settle(task: string, settlements: readonly Settlement[], hosts: readonly HostReport[], now: number): void;
  /** The task is gone: what it held goes back to the queue, its hosts are free. Unknown tasks are ignored. @returns how many */
  release(task: string, now: number): number;
  /** How many more tasks of this lane could be given work right now. */
  demand(lane: number, now: number): number;
  /** When `demand` may next rise by itself (a delay or retry passing); undefined when nothing waits for time. */
  nextReadyAt(now: number): number | undefined;
  /** Nothing queued, nothing leased. */
  idle(): boolean;
  /** True when URLs wait that `maxPages` will never let through. */
  limitReached(): boolean;
  counts(): UrlCounts;
}
