import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** An empty folder of this run's own. */
  readonly cwd: string;
  /** A file in it that grows with each page. */
  readonly rows?: string | undefined;
}

export interface Measured {
  readonly wallS: number;
  /** What the whole file of rows would take at the rate at which it grew from its first bytes to its last; undefined when it came at once. */
  readonly steadyS: number | undefined;
  /** User and system time of the process and all that it waited for. */
  readonly cpuS: number;
  /** Largest sum of resident memory over the process and its descendants; pages that they share count for each. */
  readonly peakRssMb: number;
  /** The same without what is mapped from files, programs and LevelDB's tables, which the system can drop and read again. */
  readonly peakOwnMb: number;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const SAMPLE_EVERY_MS = 20;
const MEMORY_EVERY = 5; // samples
const GIVE_UP_AFTER_MS = 30 * 60_000;

/** Runs a command under GNU time, which alone tells the CPU time of processes that are gone already. */
export async function measure({ argv, env, cwd, rows }: Command): Promise<Measured> {
  const times = join(cwd, 'time.txt');
  const began = performance.now();
  const child = spawn('/usr/bin/time', ['-f', '%U %S', '-o', times, '--', ...argv], {
    cwd,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, to be ended as one
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));

  const pid = child.pid ?? 0;
  const growth = new Growth(rows === undefined ? undefined : join(cwd, rows));
  let [peak, peakOwn, samples] = [0, 0, 0];
  const sampler = setInterval(() => {
    growth.sample();
    if (samples++ % MEMORY_EVERY !== 0) return;
    const { resident, own } = treeMemory(pid);
    [peak, peakOwn] = [Math.max(peak, resident), Math.max(peakOwn, own)];
  }, SAMPLE_EVERY_MS);
  const guard = setTimeout(() => process.kill(-pid, 'SIGKILL'), GIVE_UP_AFTER_MS);
  let wallS = 0;
  child.once('exit', () => (wallS = (performance.now() - began) / 1000));
  try {
    const exitCode = await new Promise<number>((done, fail) => {
      child.once('error', fail).once('close', (code) => done(code ?? 1));
    });
    // GNU time puts a line about a failed command before the figures.
    const [user = 0, system = 0] = (readFileSync(times, 'utf8').trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    growth.sample();
    const memory = { peakRssMb: peak / 1024, peakOwnMb: peakOwn / 1024 };
    return { wallS, steadyS: growth.steadyS(), cpuS: user + system, ...memory, exitCode, stdout, stderr };
  } finally {
    clearInterval(sampler);
    clearTimeout(guard);
  }
}

/**
 * Ours and the peer's own. Where NODE_EXTRA_CA_CERTS is set, every Node process reads and parses that file as it starts: a whole system's
 * certificates take 40 ms, which a crawl over plain HTTP has no use for, and which crawlers of other make are not charged for.
 */
function environment(own: Command['env']): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  return { ...inherited, ...own };
}

/** How a file grows. */
class Growth {
  readonly #file: string | undefined;
  #first: Size | undefined;
  #last: Size | undefined;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  sample(): void {
    const bytes = this.#file === undefined ? 0 : (statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0);
    if (bytes === 0 || bytes === this.#last?.bytes) return;
    this.#last = { at: performance.now(), bytes };
    this.#first ??= this.#last;
  }

  steadyS(): number | undefined {
    const [first, last] = [this.#first, this.#last];
    if (first === undefined || last === undefined || first === last) return undefined;
    return ((last.at - first.at) / 1000) * (last.bytes / (last.bytes - first.bytes));
  }
}

interface Size {
  readonly at: number;
  readonly bytes: number;
}

/** KiB of a process and its descendants now. */
function treeMemory(pid: number): { readonly resident: number; readonly own: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return childrenOf(pid)
      .map(treeMemory)
      .reduce((sum, one) => ({ resident: sum.resident + one.resident, own: sum.own + one.own }), {
        resident: field('VmRSS'),
        own: field('RssAnon'),
      });
  } catch {
    return { resident: 0, own: 0 }; // it ended between the look at its parent and this one
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
