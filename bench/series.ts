import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchJob } from './jobs.ts';
import { measure, type Command, type Measured } from './measure.ts';
import type { Peer } from './peers.ts';
import { differenceLines, differences, readRows, type Rows } from './rows.ts';
import type { BenchSite } from './site-list.ts';
import { checkSynthetic } from './synthetic-site.ts';
import { medianOf, type Run } from './table.ts';

/** Some peers crawl one site in turns, for one job. */
export interface Series {
  readonly site: BenchSite;
  readonly job: BenchJob;
  readonly peers: readonly Peer[];
  /** How many turns. */
  readonly runs: number;
  /** Turns of a peer whose first took longer than a quarter of a minute; default `runs`. What takes long varies less. */
  readonly runsOfSlow?: number;
}

export interface Outcome {
  /** Of each peer that ended well. */
  readonly medians: readonly Run[];
  /** What was read otherwise, a line each. */
  readonly notes: readonly string[];
  /** A peer failed, or pinspider lacks pages that another found. */
  readonly failed: boolean;
}

type Crawl = (site: BenchSite, folder: string) => Command;

const DIFFERENCES_SHOWN = 10;
const SLOW_S = 15;
const RESULTS = join(import.meta.dirname, 'results/runs.jsonl');

/** Runs a series; every run is kept as a line of `results/runs.jsonl`. */
export async function runSeries(series: Series): Promise<Outcome> {
  const { site, job, peers, runs: times, runsOfSlow = times } = series;
  const built = mkdtempSync(join(tmpdir(), 'pinspider-bench-'));
  const runs: Run[] = [];
  const read = new Map<string, Rows>();
  const notes = new Set<string>();
  let failed = false;
  try {
    const crawls = await Promise.all(peers.map(async (peer) => ({ peer, crawl: await peer.prepare(job, built) })));
    for (let turn = 1; turn <= times; turn++) {
      for (const { peer, crawl } of crawls) {
        const isSlow = runs.some((run) => run.peer === peer.name && run.wallS > SLOW_S);
        if (isSlow && turn > runsOfSlow) continue;
        process.stderr.write(`${site.name}, ${job.name}, turn ${turn} of ${times}: ${peer.name}\n`);
        const run = await once(series, peer, crawl, read, notes);
        if (run === undefined) failed = true;
        else runs.push(run);
      }
    }
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
  const medians = peers.flatMap((peer) => medianOf(runs.filter((run) => run.peer === peer.name)) ?? []);
  const compared = compareRows(read, job);
  if (site.synthetic !== undefined && notes.size > 0) failed = true;
  return { medians, notes: [...notes, ...compared.notes], failed: failed || compared.failed };
}

/** Runs a peer once and keeps its figures; undefined when it failed. */
async function once(
  { site, job }: Series,
  peer: Peer,
  crawl: Crawl,
  read: Map<string, Rows>,
  notes: Set<string>,
): Promise<Run | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'pinspider-bench-'));
  try {
    const command = crawl(site, folder);
    const measured = await measure(command);
    if (measured.exitCode !== 0 && peer.countPages === undefined) {
      process.stderr.write(`${peer.name} failed with ${measured.exitCode}\n${measured.stderr.slice(-2000)}\n`);
      return undefined;
    }
    const pages = peer.countPages?.(folder) ?? (await readPages(join(folder, command.rows ?? '')));
    const run = runOf(site, job, peer, pages, measured);
    mkdirSync(join(RESULTS, '..'), { recursive: true });
    appendFileSync(RESULTS, `${JSON.stringify(run)}\n`);
    return run;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  async function readPages(file: string): Promise<number> {
    if (site.synthetic !== undefined) {
      const { pages, faults } = await checkSynthetic(file, site.start, site.synthetic, job.name);
      for (const fault of faults) notes.add(`${peer.name}: ${fault}`);
      return pages;
    }
    const rows = await readRows(file);
    read.set(peer.name, rows);
    return rows.byUrl.size;
  }
}

function runOf({ name }: BenchSite, job: BenchJob, peer: Peer, pages: number, measured: Measured): Run {
  return {
    at: new Date().toISOString(),
    site: name,
    job: job.name,
    peer: peer.name,
    pages,
    wallS: measured.wallS,
    steadyS: measured.steadyS ?? null,
    cpuS: measured.cpuS,
    rssMb: measured.peakRssMb,
    ownMb: measured.peakOwnMb,
    load: loadavg()[0] ?? 0,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
    ...(peer.executors !== undefined && { executors: peer.executors }),
    ...(peer.chosen && { chosen: peer.chosen(measured.stderr) }),
  };
}

/**
 * What the others read other than we did. Texts may differ where HTML is invalid, since parsers mend it differently
 * (`bench/compare.ts` goes into that); pages may not.
 */
function compareRows(
  read: ReadonlyMap<string, Rows>,
  { fields, squeezed }: BenchJob,
): Pick<Outcome, 'notes' | 'failed'> {
  const ours = read.get('pinspider');
  const notes: string[] = [];
  let failed = false;
  for (const [name, rows] of read) {
    if (rows.repeated > 0) notes.push(`${name}: ${rows.repeated} rows repeat a URL`);
    if (ours === undefined || rows === ours) continue;
    const found = differences(ours, rows, fields, squeezed);
    const count = found.onlyLeft.length + found.onlyRight.length + found.values.length;
    notes.push(`${name} against pinspider: ${count} differences in ${rows.byUrl.size} rows of ${fields.length} values`);
    notes.push(...differenceLines(found, 'pinspider', name, DIFFERENCES_SHOWN).map((line) => `  ${line}`));
    if (found.onlyRight.length + ours.repeated > 0) failed = true;
  }
  return { notes, failed };
}
