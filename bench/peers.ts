import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Measured } from './measure.ts';
import type { BenchSite } from './site-list.ts';

export interface Peer {
  readonly name: string;
  /** What to do when it cannot run here; undefined when it can. */
  readonly missing: () => string | undefined;
  readonly command: (site: BenchSite, folder: string) => Command;
  /** JSON lines that it wrote in its folder; wget writes none. */
  readonly rows?: string;
  /** Pages when there are no rows. */
  readonly countPages?: (folder: string) => number;
  /** Seconds by its own clock, which leaves the start of its runtime out; undefined when it tells none. */
  readonly ownSeconds: (measured: Measured, folder: string) => number | undefined;
}

export interface PinspiderOptions {
  /** Executors at a time, each with a cpu of its own. */
  readonly executors: number;
}

const root = join(import.meta.dirname, '..');
const main = join(root, 'dist/cli/main.js');

/** The crawlers under measurement, ours first. */
export function benchPeers(options: PinspiderOptions): Peer[] {
  return [pinspider(options), scrapy, crawlee, wget];
}

/** Our own command on a job file; the job reads `SEED`. */
export function pinspiderCommand(job: string, seed: string, folder: string, flags: readonly string[] = []): Command {
  const own = ['--out', folder, '--state', join(folder, 'state'), '--summary', join(folder, 'summary.json'), '--quiet'];
  return { argv: ['node', main, 'run', job, ...own, ...flags], env: { SEED: seed }, cwd: folder };
}

/** Why our own command cannot run. */
export function pinspiderMissing(): string | undefined {
  return existsSync(main) ? undefined : 'npm run build';
}

/** Scrapy's command; `scope` as scrapy_spider.py tells. */
export function scrapyCommand(seed: string, scope: 'pages' | 'links', folder: string): Command {
  return {
    argv: ['scrapy', 'runspider', join(import.meta.dirname, 'peers/scrapy_spider.py')],
    env: { START: seed, SCOPE: scope, OUT: join(folder, 'page.jsonl') },
    cwd: folder,
  };
}

/** Why Scrapy cannot run. */
export function scrapyMissing(): string | undefined {
  return installed('scrapy') ? undefined : 'apt-get install --no-install-recommends python3-scrapy';
}

function pinspider({ executors }: PinspiderOptions): Peer {
  const size = ['--set', `master=local[${executors}]`, '--set', `executors.crawler.max_instances=${executors}`];
  return {
    name: 'pinspider',
    missing: pinspiderMissing,
    command: (site, folder) => pinspiderCommand(join(import.meta.dirname, 'jobs/bench.yaml'), site.start, folder, size),
    rows: 'page.jsonl',
    ownSeconds: (_, folder) => numberOf(readFileSync(join(folder, 'summary.json'), 'utf8'), 'duration_s'),
  };
}

const scrapy: Peer = {
  name: 'scrapy',
  missing: scrapyMissing,
  command: (site, folder) => scrapyCommand(site.start, 'pages', folder),
  rows: 'page.jsonl',
  ownSeconds: ({ stdout }) => numberOf(stdout, 'seconds'),
};

const crawlee: Peer = {
  name: 'crawlee',
  missing: () =>
    existsSync(join(import.meta.dirname, 'crawlee/node_modules/crawlee')) ? undefined : 'npm ci --prefix bench/crawlee',
  command: (site, folder) => ({
    argv: ['node', join(import.meta.dirname, 'crawlee/crawlee.mjs')],
    env: { START: site.start, OUT: join(folder, 'page.jsonl') },
    cwd: folder,
  }),
  rows: 'page.jsonl',
  ownSeconds: ({ stdout }) => numberOf(stdout, 'seconds'),
};

/** Follows the same links and saves the pages; it reads nothing from them, so it is no equal but a floor. */
const wget: Peer = {
  name: 'wget',
  missing: () => (installed('wget') ? undefined : 'apt-get install --no-install-recommends wget'),
  command: (site, folder) => ({
    // Its regexes take the whole URL; --follow-tags leaves pictures, styles and scripts where they are.
    argv: [
      ...(['wget', '--quiet', '--recursive', '--level=inf', '--follow-tags=a', '--execute=robots=off'] as const),
      '--no-host-directories',
      '--accept-regex=^[^?]*/([^/.?]*|[^/?]*[.]html?)$',
      `--directory-prefix=${join(folder, 'pages')}`,
      site.start,
    ],
    env: {},
    cwd: folder,
  }),
  countPages: (folder) =>
    readdirSync(join(folder, 'pages'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .length,
  ownSeconds: () => undefined,
};

function installed(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A number of the last JSON object that stands on a line of its own, or of the text as a whole. */
function numberOf(text: string, key: string): number | undefined {
  const line = text.trim().startsWith('{') ? text : text.trim().split('\n').at(-1);
  const value = Object.entries(JSON.parse(line ?? '{}') as object).find(([name]) => name === key)?.[1] as unknown;
  return typeof value === 'number' ? value : undefined;
}
