import type { ExtractorSpec, FollowRule } from '../extract/spec.ts';
import type { ScopeSettings } from './scope.ts';
import type { TrapSettings } from './traps.ts';

/**
 * The compiled part of a job that travels to executors, as JSON in `Assignment.work`: all that fetching and extracting
 * need, nothing that changes from task to task, no YAML. Durations in ms, sizes in bytes; null = no limit.
 */
export interface Work {
  readonly job: string;
  /** This executor's own number in `lanes`. */
  readonly lane: number;
  /** Every executor kind of the job: links go to each lane one of whose extractors matches. */
  readonly lanes: readonly { readonly name: string; readonly extractors: readonly string[] }[];
  /** All extractors of the job; those of other lanes only route links. */
  readonly extractors: readonly ExtractorSpec[];
  readonly follow: readonly FollowRule[];
  readonly parser: 'fast' | 'html5';
  readonly scope: ScopeSettings;
  readonly dropParams: readonly string[];
  /** null = no URL is taken for a trap. */
  readonly traps: TrapSettings | null;
  /** Pages are visited again: what is needed to tell changed ones is reported with each. */
  readonly recrawl: boolean;
  readonly politeness: {
    readonly robots: 'obey' | 'ignore';
    readonly relNofollow: 'obey' | 'ignore';
    /** Between two requests to a host, where neither the host nor adaptation asks for more. */
    readonly delayMs: number;
    readonly perHost: number;
    readonly autoThrottle: boolean;
    readonly maxCrawlDelayMs: number;
    readonly userAgent: string;
  };
  readonly fetch: {
    readonly timeoutMs: number;
    readonly connectTimeoutMs: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly http2: boolean;
    readonly maxBody: number;
    readonly verifyTls: boolean;
    readonly charset?: string | undefined;
    readonly allowPrivate: boolean;
    /** Hosts that seeds name: let through although their address is private. */
    readonly namedHosts: readonly string[];
    readonly retries: {
      readonly times: number;
      readonly backoffMs: number;
      readonly maxMs: number;
      readonly on: readonly (number | 'network')[];
    };
    readonly rate: { readonly count: number; readonly perMs: number } | null;
  };
}

/** Requests that one task has under way at once, over all hosts. Measured: 32 to 64 is where undici is fastest. */
export const MAX_IN_FLIGHT = 64;
