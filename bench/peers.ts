import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { jobFile, type BenchJob, type JobName } from './jobs.ts';
import type { Command } from './measure.ts';
import { GO_PATH, prepareFloor, prepareGoquery } from './prepare.ts';
import type { BenchSite } from './site-list.ts';

export interface Peer {
  readonly name: string;
  /** What to do when it cannot run here; undefined when it can. */
  readonly missing: () => string | undefined;
  /** How many executors it has, as asked. */
  readonly executors?: string;
  /** How many it had in the end, by what it wrote to stderr, when it chose by itself. */
  readonly chosen?: (stderr: string) => number;
  /** Jobs that it knows. */
  readonly jobs: readonly JobName[];
  /** Builds what it takes into a folder. @returns the command that crawls one site */
  readonly prepare: (job: BenchJob, folder: string) => Promise<(site: BenchSite, folder: string) => Command>;
  /** Pages when there are no rows: wget saves them, and calls a run a failure when one was missing. */
  readonly countPages?: (folder: string) => number;
}

export interface PinspiderOptions {
  /** Executors at a time, each with a cpu of its own; `auto` lets the run choose, as `master: local` does. */
  readonly executors: string;
}

const ROWS = 'page.jsonl';
const main = join(import.meta.dirname, '../dist/cli/main.js');
const here = (path: string): string => join(import.meta.dirname, path);

/** The crawlers under measurement, ours first. */
export function benchPeers(options: PinspiderOptions): Peer[] {
  return [pinspider(options), onTrees(options), floor, scrapy, crawlee, goquery, wget];
}

/** Those of the names (default: all) that know the job and are here; tells how to get what is missing. */
export function runnable(peers: readonly Peer[], job: BenchJob, names?: readonly string[]): Peer[] {
  const unknown = names?.find((name) => !peers.some((peer) => peer.name === name));
  if (unknown !== undefined)
    throw new Error(`no peer "${unknown}"; there are ${peers.map(({ name }) => name).join(', ')}`);
  return peers.filter(({ name, jobs, missing }) => {
    if (!jobs.includes(job.name) || names?.includes(name) === false) return false;
    const mend = missing();
    if (mend !== undefined) process.stderr.write(`${name} is left out: it is not here; ${mend}\n`);
    return mend === undefined;
  });
}

/** Our own command on a job file; the job reads `SEED`. */
export function pinspiderCommand(job: string, seed: string, folder: string, flags: readonly string[] = []): Command {
  const own = ['--out', folder, '--state', join(folder, 'state'), '--summary', join(folder, 'summary.json'), '--quiet'];
  return { argv: ['node', main, 'run', job, ...own, ...flags], env: { SEED: seed }, cwd: folder };
}

/** Flags for so many executors. */
export function executorFlags({ executors }: PinspiderOptions): string[] {
  const [master, most] = executors === 'auto' ? ['local', availableParallelism()] : [`local[${executors}]`, executors];
  return ['--set', `master=${master}`, '--set', `executors.crawler.max_instances=${most}`];
}

/** Why our own command cannot run. */
export function pinspiderMissing(): string | undefined {
  return existsSync(main) ? undefined : 'npm run build';
}

/** Scrapy's command; `scope` as scrapy_spider.py tells. */
export function scrapyCommand(seed: string, scope: 'pages' | 'links', folder: string, job: JobName = 'bench'): Command {
  return {
    argv: ['scrapy', 'runspider', here('peers/scrapy_spider.py')],
    env: { START: seed, SCOPE: scope, JOB: job, OUT: join(folder, ROWS) },
    cwd: folder,
    rows: ROWS,
  };
}

/** Why Scrapy cannot run. */
export function scrapyMissing(): string | undefined {
  return installed('scrapy') ? undefined : 'apt-get install --no-install-recommends python3-scrapy';
}

/** Ourselves with so many executors. */
export function pinspider(options: PinspiderOptions, name = 'pinspider'): Peer {
  return {
    ...ourselves(options),
    name,
    jobs: ['bench', 'ten', 'dom'],
    prepare: async ({ file }) => crawlWith(file, options),
  };
}

/** Ourselves on the same fields without the scan. */
export function onTrees(options: PinspiderOptions, name = 'pinspider-tree'): Peer {
  return {
    ...ourselves(options),
    name,
    jobs: ['ten', 'dom'],
    prepare: async ({ name }) => crawlWith(jobFile(`${name}-tree`), options),
  };
}

function ourselves({ executors }: PinspiderOptions): Pick<Peer, 'missing' | 'executors' | 'chosen'> {
  return { missing: pinspiderMissing, executors, ...(executors === 'auto' && { chosen: chosenOf }) };
}

/** As the log has it, which in JSON says more than mistakes in quiet runs too. */
function chosenOf(log: string): number {
  const grown = [...log.matchAll(/"message":"another executor pays".*?"executors":(\d+)/g)].at(-1);
  return Number(grown?.[1] ?? 1);
}

function crawlWith(file: string, options: PinspiderOptions) {
  return ({ start }: BenchSite, folder: string): Command => ({
    ...pinspiderCommand(file, start, folder, [...executorFlags(options), '--log-format', 'json']),
    rows: ROWS,
  });
}

const floor: Peer = {
  name: 'floor',
  missing: () => undefined,
  jobs: ['bench', 'ten', 'dom'],
  prepare: async ({ name }, built) => {
    const argv = await prepareFloor(name, built);
    return ({ start }, folder) => ({ argv: [...argv, start, ROWS], env: {}, cwd: folder, rows: ROWS });
  },
};

const scrapy: Peer = {
  name: 'scrapy',
  missing: scrapyMissing,
  jobs: ['bench', 'ten'],
  prepare:
    async ({ name }) =>
    ({ start }, folder) =>
      scrapyCommand(start, 'pages', folder, name),
};

const crawlee: Peer = {
  name: 'crawlee',
  missing: () => (existsSync(here('crawlee/node_modules/crawlee')) ? undefined : 'npm ci --prefix bench/crawlee'),
  jobs: ['bench', 'ten', 'dom'],
  prepare:
    async ({ name }) =>
    ({ start }, folder) => ({
      argv: ['node', here('crawlee/crawlee.mjs')],
      env: { START: start, JOB: name, OUT: join(folder, ROWS) },
      cwd: folder,
      rows: ROWS,
    }),
};

const goquery: Peer = {
  name: 'goquery',
  missing: () =>
    installed('go') && existsSync(join(GO_PATH, 'src/github.com/PuerkitoBio/goquery'))
      ? undefined
      : 'apt-get install --no-install-recommends golang-go golang-github-puerkitobio-goquery-dev',
  jobs: ['bench'],
  prepare: async (_, built) => {
    const argv = prepareGoquery(built);
    return ({ start }, folder) => ({ argv, env: { START: start, OUT: join(folder, ROWS) }, cwd: folder, rows: ROWS });
  },
};

/** Follows the same links and saves the pages; it reads nothing from them, so it is no equal but a floor. */
const wget: Peer = {
  name: 'wget',
  missing: () => (installed('wget') ? undefined : 'apt-get install --no-install-recommends wget'),
  jobs: ['bench'],
  prepare:
    async () =>
    ({ start }, folder) => ({
      // Its regexes take the whole URL; --follow-tags leaves pictures, styles and scripts where they are.
      argv: [
        ...(['wget', '--quiet', '--recursive', '--level=inf', '--follow-tags=a', '--execute=robots=off'] as const),
        '--no-host-directories',
        '--accept-regex=^[^?]*/([^/.?]*|[^/?]*[.]html?)$',
        `--directory-prefix=${join(folder, 'pages')}`,
        start,
      ],
      env: {},
      cwd: folder,
    }),
  countPages: (folder) =>
    readdirSync(join(folder, 'pages'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .length,
};

function installed(program: string): boolean {
  return spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;
}
