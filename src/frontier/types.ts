/**
 * The seam between the frontier and its users. The frontier decides which URL comes next; it owns no socket and no timer.
 *
 * A *lane* is the number of an executor kind of the job. A URL that two executors want is one entry in each lane.
 * Times are ms since the epoch and are passed in.
 */

import type { Quotas } from './quotas.ts';

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
  /** A trap rule puts it aside, and why: it counts as excluded, and `requeue` can queue it. */
  readonly parked?: string | undefined;
  /** The URL's fingerprint (lib/fingerprint.ts, seed 0), high word and low, by who has computed it already. Absent or both 0: not told. */
  readonly high?: number | undefined;
  readonly low?: number | undefined;
}

/** What is known of a page from its last fetch, for conditional requests and to tell whether it changed. */
export interface PageFacts {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** 64 bits, high word first. */
  readonly contentHash?: readonly [high: number, low: number] | undefined;
}

export interface LeasedUrl extends NewUrl {
  /** Dense, never reused in one crawl. */
  readonly id: number;
  /** How many times it was tried before. */
  readonly attempt: number;
  /** Of the fetch before, when it is fetched again. */
  readonly facts?: PageFacts | undefined;
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

/** Their places are their numbers in the store. */
export const OUTCOMES = ['fetched', 'not-modified', 'redirected', 'failed', 'excluded'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** A URL that a rule of the job keeps out, found on a page. */
export interface ExcludedUrl {
  /** Canonical absolute URL. */
  readonly url: string;
  /** The rule. */
  readonly reason: string;
}

/** What every settlement may bring. */
interface Brought {
  readonly id: number;
  /** URLs found on the page, which is noted as the one that they were found on. */
  readonly links?: readonly NewUrl[] | undefined;
  /** Counted once each; one that was or is yet added counts as added. */
  readonly excluded?: readonly ExcludedUrl[] | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  readonly facts?: PageFacts | undefined;
  /** The host is to blame (no connection, no answer, 5xx): counts towards backing off and giving it up. */
  readonly hostFault?: boolean | undefined;
}

/** How a lease of one URL ended. */
export type Settlement = Brought &
  (
    | { readonly outcome: Outcome; readonly reason?: string | undefined; readonly retryAt?: undefined }
    /** Failed for now: back to the queue, not before `retryAt`; counts an attempt. */
    | { readonly outcome: 'retry'; readonly reason: string; readonly retryAt: number }
    /** Not tried: back to the queue as it was. */
    | { readonly outcome: 'returned'; readonly reason?: undefined; readonly retryAt?: undefined }
  );

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
  /** Absent: none. */
  readonly quotas?: Quotas | undefined;
  readonly hostFailures: HostFailures;
  /** Waiting URLs to keep in memory, about 100 bytes each; the rest waits on disk. */
  readonly hotUrls: number;
}

/** When a host that fails and fails is left alone. What counts are settlements in a row with `hostFault`, of all tasks; a page fetched ends the row. */
export interface HostFailures {
  /** From so many on it rests after each: a second, then twice as long each time, a minute at most. */
  readonly backOffAfter: number;
  /** After so many it is given up: what waits of it counts as failed. Infinity = never. */
  readonly giveUpAfter: number;
}

/** A site that restarts is met again in the same run; one that is gone costs 16 requests and some six minutes. */
export const HOST_FAILURES: HostFailures = { backOffAfter: 5, giveUpAfter: 16 };

/**
 * 8 MB, so that crawls up to some hundred thousand pages read nothing back: what is read back costs as much once more as all else that is done for a
 * URL. In larger ones hosts take turns so long that more would only lie there.
 */
export const HOT_URLS = 80_000;

/** A task that held URLs when the process before this one ended. */
export interface HeldSession {
  readonly task: string;
  readonly lane: number;
  readonly urls: readonly LeasedUrl[];
}

export type UrlState = 'queued' | 'leased' | 'fetched' | 'not_modified' | 'redirected' | 'failed' | 'excluded';

export type SettledState = Exclude<UrlState, 'queued' | 'leased'>;

/** All that is known of one URL in one lane, for people. */
export interface UrlStatus {
  readonly url: string;
  /** Undefined for a URL that a rule keeps out of all lanes. */
  readonly lane: number | undefined;
  readonly state: UrlState;
  readonly reason?: string | undefined;
  readonly depth: number;
  readonly seed: string;
  readonly priority: number;
  readonly to?: string | undefined;
  /** The page on which it was found; absent for seeds. */
  readonly foundOn?: string | undefined;
  readonly attempt: number;
  readonly redirects: number;
  /** To the second. */
  readonly discoveredAt: number;
  readonly settledAt?: number | undefined;
  readonly status?: number | undefined;
  /** That holds it, or that settled it. */
  readonly task?: string | undefined;
  readonly retryAt?: number | undefined;
  readonly facts?: PageFacts | undefined;
}

/** A host as people want to see it. */
export interface HostStatus {
  readonly host: string;
  readonly queued: number;
  readonly leased: number;
  readonly fetched: number;
  readonly delayMs: number;
  readonly notBefore: number;
  /** Failures in a row that the host is to blame for. */
  readonly failures: number;
  /** Why nothing more of it is fetched. */
  readonly closed?: string | undefined;
  readonly robots?: HostRobots['status'] | undefined;
  readonly tasks: readonly string[];
}

/** Which pages are fetched again, and when. */
export interface Recrawl {
  /** How long a page is left alone after its fetch, ms. */
  readonly everyMs: number;
  /** Half as long after each fetch that finds it changed, twice as long after each that does not; from an eighth to eight times. */
  readonly adaptive: boolean;
}

/** Of which URLs something is asked. */
export interface UrlFilter {
  readonly state?: UrlState | undefined;
  /** `scheme://host:port` with the default port left out (URL.origin). */
  readonly host?: string | undefined;
}

/**
 * Contract. Every URL added is in exactly one state: queued, leased to one task, or settled. A URL of a host with a delay is
 * never leased to two tasks at once, nor is any other URL of that host; a host without delay may be shared, and the
 * concurrency granted for it over all tasks never exceeds `perHost`. `fetched` + leased never exceed `maxPages`.
 * (lane, url) pairs seen before are ignored by `add`.
 *
 * What changes the frontier does not wait and is in the store's open batch when it returns: everything between two cuts is one commit.
 * A lease may be told to its task once the cut that follows it is written.
 */
export interface Frontier {
  /** @returns how many were new */
  add(urls: readonly NewUrl[], now: number): number;
  /** Brings from disk what `lease` with the same arguments may need; a lease without it may get less. */
  prepare(task: string, lane: number, want: number, now: number): Promise<void>;
  lease(task: string, lane: number, want: number, now: number): Lease;
  /** Ends leases of `task`. A refused call changes nothing. @throws Error (a bug) when an id is not leased to that task */
  settle(task: string, settlements: readonly Settlement[], hosts: readonly HostReport[], now: number): void;
  /** The task is gone: what it held goes back to the queue, its hosts are free. Unknown tasks are ignored. @returns how many */
  release(task: string, now: number): number;
  /** Tasks that held URLs when the last process ended. They hold them still: whoever knows that one is dead releases it. */
  sessions(): readonly HeldSession[];
  /** How many more tasks of this lane could be given work right now. */
  demand(lane: number, now: number): number;
  /** When `demand` may next rise by itself (a delay or retry passing); undefined when nothing waits for time. */
  nextReadyAt(now: number): number | undefined;
  /** Nothing queued, nothing leased. */
  idle(): boolean;
  /** True when URLs wait that `maxPages` will never let through. */
  limitReached(): boolean;
  counts(): UrlCounts;
  /** How many URLs were settled so for each reason; of all outcomes when none is named. */
  reasons(outcome?: Outcome): ReadonlyMap<string, number>;

  /** All that is known of a canonical URL, by lane; empty when it was never met. */
  find(url: string): Promise<readonly UrlStatus[]>;
  /**
   * URLs in no order that means anything, read as they are asked for. One that is settled meanwhile may be met as it was and as it is.
   */
  list(filter: UrlFilter): AsyncIterable<UrlStatus>;
  /** All hosts of which URLs were added, as of the call. */
  hosts(): AsyncIterable<HostStatus>;
  /**
   * Queues settled URLs again, as new ones and with no attempt counted. Hosts that were given up are opened again with them; URLs that a rule of
   * the job keeps out stay out.
   *
   * @param commit called now and then, so that no commit grows without bound; the caller makes one then, and one at the end
   * @returns how many
   */
  requeue(
    filter: UrlFilter & { readonly state: SettledState },
    now: number,
    commit: () => Promise<void>,
  ): Promise<number>;
  /** Queues fetched pages again that are due; `commit` as for `requeue`. @returns how many */
  renew(policy: Recrawl, now: number, commit: () => Promise<void>): Promise<number>;
  /** Bytes on disk. */
  size(): Promise<number>;
}
