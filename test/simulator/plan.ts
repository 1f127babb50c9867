import { Random } from './random.ts';

/** What may go wrong; `which` chooses among what is there at the time, `ms` is how long it lasts. */
export const FAULTS = [
  'executor-dies',
  'executor-cannot-start',
  'agent-partitioned',
  'agent-restarts',
  'agent-dies',
  'task-declared-lost',
  'master-fails-over',
  'scheduler-restarts',
  'stream-cut',
  'offers-rescinded',
  'maintenance',
  'feed-down',
  'framework-removed',
  'neighbour',
] as const;

export interface Fault {
  readonly at: number;
  readonly kind: (typeof FAULTS)[number];
  readonly which: number;
  readonly ms: number;
}

export interface AgentPlan {
  readonly cpusMilli: number;
  readonly memMilli: number;
  /** Part of the cpus that is reserved to the first role. */
  readonly reservedMilli: number;
  readonly rack: string;
}

export interface LanePlan {
  readonly cpusMilli: number;
  readonly memMilli: number;
  readonly maxInstances: number;
  /** The rack where it must run. */
  readonly rack: string | undefined;
}

/** A world: what there is, and what happens to it. The same plan is the same story. */
export interface Plan {
  readonly seed: number;
  readonly agents: readonly AgentPlan[];
  readonly lanes: readonly LanePlan[];
  readonly roles: readonly string[];
  readonly hosts: number;
  readonly pages: number;
  readonly delayMs: number;
  readonly perHost: number;
  readonly urlsPerTask: number;
  readonly totalTasks: number;
  readonly maxTaskRetries: number;
  /** How often a message that may be repeated is, and one that may be lost is. */
  readonly noise: number;
  /** Most that a message takes, ms. */
  readonly latencyMs: number;
  readonly faults: readonly Fault[];
}

/** No fault begins later. */
const FAULTS_UNTIL_MS = 15_000;

export function planOf(seed: number): Plan {
  const random = new Random(seed);
  const lanes = random.chance(0.35) ? 2 : 1;
  const racks = ['r1', 'r2'];
  const agents = Array.from({ length: random.int(1, 3) }, (_, i): AgentPlan => {
    const cpusMilli = random.pick([1000, 1100, 2000, 2100, 3300]);
    return {
      cpusMilli,
      memMilli: random.pick([300_000, 512_000, 1_024_000]),
      reservedMilli: random.chance(0.2) ? random.pick([100, 500, cpusMilli]) : 0,
      rack: racks[i % 2] ?? 'r1',
    };
  });
  // Every kind fits every agent, or the crawl would never end.
  const kinds = Array.from({ length: lanes }, (): LanePlan => ({
    cpusMilli: random.pick([200, 300, 500, 700, 1000]),
    memMilli: random.pick([96_000, 128_000, 256_000]),
    maxInstances: random.chance(0.3) ? random.int(1, 2) : Infinity,
    rack: random.chance(0.1) ? 'r1' : undefined,
  }));
  const calm = random.chance(0.05);
  return {
    seed,
    agents,
    lanes: kinds,
    roles: random.chance(0.15) ? ['a', 'b'] : [random.chance(0.5) ? '*' : 'a'],
    hosts: random.int(1, 4),
    pages: random.int(2, 10),
    delayMs: random.pick([0, 0, 200, 700]),
    perHost: random.int(1, 3),
    urlsPerTask: random.pick([2, 4, 8, 100]),
    totalTasks: random.chance(0.2) ? random.int(1, 12) : Infinity,
    maxTaskRetries: random.chance(0.1) ? random.int(0, 2) : 1000,
    noise: random.chance(0.5) ? 0.15 : 0,
    latencyMs: random.pick([5, 50, 400]),
    faults: calm ? [] : Array.from({ length: random.int(1, 6) }, () => faultOf(random)).sort((a, b) => a.at - b.at),
  };
}

function faultOf(random: Random): Fault {
  return {
    at: random.int(1, random.chance(0.7) ? 5_000 : FAULTS_UNTIL_MS),
    kind: random.pick(FAULTS),
    which: random.int(0, 9),
    ms: random.pick([300, 2_000, 6_000, 14_000, 24_000]),
  };
}
