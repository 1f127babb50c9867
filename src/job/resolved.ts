import type { ExtractorSpec, FollowRule } from '../extract/spec.ts';
import type { SinkSettings } from '../sinks/types.ts';

/**
 * The job after reading: defaults in, units gone (durations ms, sizes bytes, memory MiB), paths absolute, variables
 * substituted. JSON data throughout. Beyond `job/` only this form exists.
 */
export interface ResolvedJob {
  readonly name: string;
  /** Absolute path of the file it came from. */
  readonly file: string;
  readonly description: string;
  readonly mesos: MesosSettings;
  readonly executors: readonly ExecutorSettings[];
  readonly seeds: readonly Seed[];
  readonly scope: ScopeSettings;
  readonly follow: readonly FollowRule[];
  readonly frontier: FrontierChoices;
  readonly politeness: PolitenessSettings;
  readonly fetch: JobFetchSettings;
  readonly parser: 'fast' | 'html5';
  readonly extractors: readonly ExtractorSpec[];
  readonly output: readonly SinkSettings[];
  readonly expect: Readonly<Record<string, Expectation>>;
  readonly tests: readonly JobTest[];
  /** Values that must never be shown; logs and plans replace them by `***`. */
  readonly secrets: readonly string[];
}

export interface MesosSettings {
  readonly master:
    | {
        readonly kind: 'local';
        /** cpus of the embedded agent; undefined = as the machine has */ readonly cpus?: number | undefined;
      }
    | { readonly kind: 'http'; readonly urls: readonly string[] }
    | {
        readonly kind: 'zk';
        /** `host:port` each. */
        readonly servers: readonly string[];
        readonly path: string;
        readonly credential?: { readonly user: string; readonly password: string } | undefined;
      };
  /** Seconds, as FrameworkInfo.failover_timeout counts. */
  readonly failoverTimeoutS: number;
  /** Never empty. */
  readonly roles: readonly string[];
  readonly user: string;
  readonly principal?: string | undefined;
  readonly secret?: string | undefined;
  readonly checkpoint: boolean;
  /** Files, absolute. */
  readonly tls?:
    | { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined }
    | undefined;
  /** `host` or `host:port` at which agents reach the feed. */
  readonly advertise?: string | undefined;
  /** Infinity is written as null. */
  readonly totalTasks: number | null;
  readonly urlsPerTask: number;
  readonly onTaskFailure: 'retry' | 'abort';
  readonly maxTaskRetries: number;
  /** How long a task may be silent before its worker is ended. */
  readonly leaseTimeoutMs: number;
}

export interface ExecutorSettings {
  readonly name: string;
  /** Thousandths of a cpu, executor and its task together. */
  readonly cpusMilli: number;
  /** Thousandths of a MiB (Mesos scalars have three decimals). */
  readonly memMilli: number;
  readonly diskMilli: number;
  readonly maxInstances: number | null;
  /** Names of the extractors it runs. */
  readonly extractors: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly container?: ContainerSettings | undefined;
  readonly idleTimeoutMs: number;
  /** All of them hold for each agent on which it runs. */
  readonly constraints: readonly Constraint[];
}

/** What an agent must be like. `attribute` names one of its attributes, or `hostname`, `@region`, `@zone`. Patterns are RE2 and take the whole value. */
export type Constraint =
  | { readonly attribute: string; readonly operator: 'IS'; readonly values: readonly string[] }
  | { readonly attribute: string; readonly operator: 'LIKE' | 'UNLIKE'; readonly pattern: string }
  /** At most so many executors of the kind where the attribute has the same value. */
  | { readonly attribute: string; readonly operator: 'MAX_PER'; readonly count: number }
  /** All executors of the kind where the attribute has one value. */
  | { readonly attribute: string; readonly operator: 'CLUSTER' };

export interface ContainerSettings {
  readonly image: string;
  readonly type: 'mesos' | 'docker';
  /** `host`, `bridge` (Docker's), or the name of a network. */
  readonly network: string;
  readonly volumes: readonly { readonly host: string; readonly container: string; readonly readOnly: boolean }[];
  readonly forcePull: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Seed {
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly to?: string | undefined;
}

export interface FrontierChoices {
  readonly order: 'bfs' | 'dfs' | 'priority';
  readonly dropParams: readonly string[];
  /** What a commit survives: the end of processes, or the loss of power. */
  readonly durability: 'processes' | 'power';
  /** null = no URL is taken for a trap. */
  readonly traps: TrapSettings | null;
  /** null = a crawl that is done is not gone through again. */
  readonly recrawl: RecrawlSettings | null;
  /** In the order of the job: the first that matches counts a URL. */
  readonly quota: readonly { readonly pattern: string; readonly limit: number }[];
}

/** null = no limit. */
export interface ScopeSettings {
  readonly within: 'host' | 'domain' | 'seed' | 'any';
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly maxDepth: number | null;
  readonly maxPages: number | null;
  readonly maxPagesPerHost: number | null;
  readonly maxTimeMs: number | null;
  readonly maxUrlLength: number;
}

export interface RecrawlSettings {
  /** Between two visits of a page; 0 = at every run. */
  readonly everyMs: number;
  readonly adaptive: boolean;
}

/** Limits past which a URL is taken for a trap; the schema tells each. */
export interface TrapSettings {
  readonly pathRepeats: number;
  readonly pathDepth: number;
  readonly params: number;
  readonly paramRepeats: number;
  readonly escapes: number;
  readonly counter: number;
  readonly yearsAhead: number;
  readonly yearsBack: number;
}

export interface PolitenessSettings {
  readonly robots: 'obey' | 'ignore';
  readonly relNofollow: 'obey' | 'ignore';
  readonly delayMs: number;
  readonly perHost: number;
  readonly autoThrottle: boolean;
  readonly maxCrawlDelayMs: number;
  readonly userAgent: string;
}

export interface JobFetchSettings {
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly retries: {
    readonly times: number;
    readonly backoffMs: number;
    readonly maxMs: number;
    /** Statuses and the word `network`. */
    readonly on: readonly (number | 'network')[];
  };
  readonly headers: Readonly<Record<string, string>>;
  readonly http2: boolean;
  readonly maxBody: number;
  readonly tls: { readonly verify: boolean };
  readonly charset?: string | undefined;
  readonly allowPrivate: boolean;
  /** Requests in ms: at most `count` a `perMs` over one task; null = no limit. */
  readonly rate: { readonly count: number; readonly perMs: number } | null;
}

export interface Expectation {
  readonly minRecords: number;
  readonly filled: Readonly<Record<string, number>>;
  readonly maxErrorRate: number | null;
}

export interface JobTest {
  /** Absolute path of the page. */
  readonly fixture: string;
  readonly url: string;
  readonly records: Readonly<Record<string, number>>;
  readonly first: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
