/**
 * npx tsx bench/all.ts [--runs 5] [--runs-of-synthetic 3] [--runs-of-a-million 1] [--only docs,ten,dom,synthetic,cores,reading] [--executors N] > tables.md
 *
 * Everything that docs/performance.md tells, as Markdown: each series by each peer in turns, what a second executor brings, what reading alone costs, then
 * what was hoped for beside what is. Some 35 minutes on a quiet machine. wget, which reads nothing, is left to run.ts; a peer that takes
 * long has three turns.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { coresExpectations, coresHead, coresRows, CORES_PLAN, runCores } from './cores-series.ts';
import { expectationLines } from './expectations.ts';
import { benchJob } from './jobs.ts';
import { benchPeers, runnable } from './peers.ts';
import { FOLDERS, readingHead, readingRow } from './reading.ts';
import { runSeries, type Outcome } from './series.ts';
import { servedSite } from './site-list.ts';
import { markdownOf, markdownTable, type Run } from './table.ts';

const DOCS = ['postgresql', 'python', 'handbook', 'sqlite', 'apache2'];
const READERS = ['pinspider', 'pinspider-tree', 'floor', 'scrapy', 'crawlee', 'goquery'];
const MILLION = 'synthetic-1000000';
const RUNS_OF_SLOW = 3;
const READING_PAGES = 400;

/** By group: site, job and peers. */
const PLAN: Readonly<Record<string, readonly (readonly [site: string, job: string, peers: readonly string[]])[]>> = {
  docs: DOCS.map((site) => [site, 'bench', READERS] as const),
  ten: ['postgresql', 'python', 'apache2'].map((site) => [site, 'ten', READERS] as const),
  dom: ['postgresql', 'apache2'].map((site) => [site, 'dom', READERS] as const),
  synthetic: [
    ['synthetic-10000', 'bench', ['pinspider', 'floor', 'goquery']],
    ['synthetic-100000', 'bench', ['pinspider', 'floor', 'goquery']],
    [MILLION, 'bench', ['pinspider', 'floor']],
  ],
};

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    'runs-of-synthetic': { type: 'string', default: '3' },
    'runs-of-a-million': { type: 'string', default: '1' },
    only: { type: 'string', default: [...Object.keys(PLAN), 'cores', 'reading'].join(',') },
    executors: { type: 'string', default: 'auto' },
  },
});
const groups = values.only.split(',');
const all = benchPeers({ executors: values.executors });
const medians: Run[] = [];
const hoped: string[] = [];
const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${machine}, executors: ${values.executors}.\n`);
for (const group of groups) for (const [name, job, peers] of PLAN[group] ?? []) await series(name, job, peers);
if (groups.includes('cores')) await cores();
if (groups.includes('reading')) await reading();
process.stdout.write(`\n### Hoped for, and so\n\n${[...expectationLines(medians), ...hoped].join('\n')}\n`);

async function series(name: string, jobName: string, names: readonly string[]): Promise<void> {
  await using site = await servedSite(name);
  const job = benchJob(jobName);
  const runs = Number(
    name === MILLION ? values['runs-of-a-million'] : site.synthetic ? values['runs-of-synthetic'] : values.runs,
  );
  const runsOfSlow = Math.min(runs, RUNS_OF_SLOW);
  const outcome = await runSeries({ site, job, peers: runnable(all, job, names), runs, runsOfSlow });
  medians.push(...outcome.medians);
  process.stdout.write(`\n### ${name}, job \`${jobName}\`, medians of ${runs}\n\n${markdownOf(outcome.medians)}\n\n`);
  tell(outcome);
}

async function cores(): Promise<void> {
  const rows: string[][] = [];
  const outcomes: Outcome[] = [];
  for (const one of CORES_PLAN) {
    const outcome = await runCores(one, Number(values['runs-of-synthetic']));
    outcomes.push(outcome);
    rows.push(...coresRows(outcome.medians));
    hoped.push(...coresExpectations(outcome.medians));
  }
  process.stdout.write(`\n### One executor or two, medians of ${values['runs-of-synthetic']}\n\n`);
  process.stdout.write(`${markdownTable(coresHead, rows)}\n\n`);
  for (const outcome of outcomes) tell(outcome);
}

async function reading(): Promise<void> {
  const rows: string[][] = [];
  for (const folder of FOLDERS) rows.push(await readingRow(folder, READING_PAGES));
  process.stdout.write(`\n### Reading alone\n\n${markdownTable(readingHead, rows)}\n`);
}

function tell({ notes, failed }: Outcome): void {
  // The lines below a count are for a terminal.
  for (const note of notes.filter((one) => !one.startsWith(' '))) process.stdout.write(`- ${note}\n`);
  if (failed) process.exitCode = 1;
}
