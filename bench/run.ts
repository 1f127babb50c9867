/**
 * npm run bench -- [SITE…] [--runs 3] [--peers pinspider,scrapy,crawlee,wget] [--executors 2]
 *
 * Crawls a site with every peer in turns and prints medians and ratios. Sites: `sites.tsv`; default postgresql. Installs nothing.
 * Exit code 1 when a peer failed, or pinspider found other pages than Scrapy did.
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './measure.ts';
import { benchPeers, type Peer } from './peers.ts';
import { differenceLines, differences, readRows, type Rows } from './rows.ts';
import { servedSite, type BenchSite } from './site-list.ts';
import { medianOf, tableOf, type Run } from './table.ts';

const FIELDS = ['title', 'h1', 'p', 'links'];
const DIFFERENCES_SHOWN = 10;
const RESULTS = join(import.meta.dirname, 'results/runs.jsonl');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    peers: { type: 'string', default: 'pinspider,scrapy,crawlee,wget' },
    executors: { type: 'string', default: '2' },
  },
});
const executors = Number(values.executors);
const chosen = values.peers.split(',');
const peers = benchPeers({ executors }).filter((peer) => chosen.includes(peer.name) && canRun(peer));
mkdirSync(join(RESULTS, '..'), { recursive: true });
for (const name of positionals.length > 0 ? positionals : ['postgresql']) {
  await bench(await servedSite(name), Number(values.runs));
}

async function bench(site: BenchSite, times: number): Promise<void> {
  const runs: Run[] = [];
  const rows = new Map<string, Rows>();
  for (let turn = 1; turn <= times; turn++) {
    for (const peer of peers) {
      process.stderr.write(`${site.name}, turn ${turn} of ${times}: ${peer.name}\n`);
      const run = await once(peer, site, rows);
      if (run !== undefined) runs.push(run);
    }
  }
  const medians = peers.flatMap((peer) => medianOf(runs.filter((run) => run.peer === peer.name)) ?? []);
  process.stdout.write(`\n${site.start}, medians of ${times}, ${executors} executors\n${tableOf(medians)}\n`);
  compareRows(rows);
}

/** Runs a peer once and keeps its figures; undefined when it failed. */
async function once(peer: Peer, site: BenchSite, rows: Map<string, Rows>): Promise<Run | undefined> {
  const folder = mkdtempSync(join(tmpdir(), `pinspider-bench-${peer.name}-`));
  try {
    const measured = await measure(peer.command(site, folder));
    // wget calls a run a failure when one page of it was missing.
    if (measured.exitCode !== 0 && peer.rows !== undefined) {
      process.stderr.write(`${peer.name} failed with ${measured.exitCode}\n${measured.stderr.slice(-2000)}\n`);
      process.exitCode = 1;
      return undefined;
    }
    if (peer.rows !== undefined) rows.set(peer.name, await readRows(join(folder, peer.rows)));
    const run: Run = {
      at: new Date().toISOString(),
      site: site.name,
      peer: peer.name,
      pages: rows.get(peer.name)?.byUrl.size ?? peer.countPages?.(folder) ?? 0,
      wallS: measured.wallS,
      ownS: peer.ownSeconds(measured, folder) ?? null,
      cpuS: measured.cpuS,
      rssMb: measured.peakRssMb,
      machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
      ...(peer.name === 'pinspider' ? { executors } : {}),
    };
    appendFileSync(RESULTS, `${JSON.stringify(run)}\n`);
    return run;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Prints what each peer read other than Scrapy did. Texts may differ where HTML is invalid, since parsers mend it differently
 * (`bench/compare.ts` goes into that); pages may not.
 */
function compareRows(rows: ReadonlyMap<string, Rows>): void {
  const reference = rows.get('scrapy');
  for (const [name, own] of rows) {
    if (own.repeated > 0) process.stdout.write(`${name}: ${own.repeated} rows repeat a URL\n`);
    if (reference === undefined || own === reference) continue;
    const found = differences(own, reference, FIELDS);
    const lines = differenceLines(found, name, 'scrapy', DIFFERENCES_SHOWN);
    const count = found.onlyLeft.length + found.onlyRight.length + found.values.length;
    process.stdout.write(`${name} against scrapy: ${count} differences in ${own.byUrl.size} rows\n`);
    for (const line of lines) process.stdout.write(`  ${line}\n`);
    if (name === 'pinspider' && found.onlyLeft.length + found.onlyRight.length + own.repeated > 0) process.exitCode = 1;
  }
}

function canRun(peer: Peer): boolean {
  const mend = peer.missing();
  if (mend !== undefined) process.stderr.write(`${peer.name} is left out: it is not here; ${mend}\n`);
  return mend === undefined;
}
