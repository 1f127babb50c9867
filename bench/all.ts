/**
 * npx tsx bench/all.ts [--runs 5] [--runs-of-a-million 1] [--only docs,ten,dom,synthetic] [--executors N] > tables.md
 *
 * Everything that docs/performance.md tells, as Markdown: each series by each peer in turns, then what was hoped for beside what is.
 * Takes about ten minutes a run, and a quiet machine.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { expectationLines } from './expectations.ts';
import { benchJob } from './jobs.ts';
import { benchPeers, runnable } from './peers.ts';
import { runSeries } from './series.ts';
import { servedSite } from './site-list.ts';
import { markdownOf, type Run } from './table.ts';

const DOCS = ['postgresql', 'python', 'handbook', 'sqlite', 'apache2'];
const MILLION = 'synthetic-1000000';

/** By group: site, job, and the peers when not all of them. */
const PLAN: Readonly<Record<string, readonly (readonly [site: string, job: string, peers?: readonly string[]])[]>> = {
  docs: DOCS.map((site) => [site, 'bench'] as const),
  ten: ['postgresql', 'python', 'apache2'].map((site) => [site, 'ten'] as const),
  dom: ['postgresql', 'apache2'].map((site) => [site, 'dom'] as const),
  synthetic: [
    ['synthetic-10000', 'bench'],
    ['synthetic-100000', 'bench', ['pinspider', 'floor', 'goquery', 'wget']],
    [MILLION, 'bench', ['pinspider', 'floor']],
  ],
};

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    'runs-of-a-million': { type: 'string', default: '1' },
    only: { type: 'string', default: Object.keys(PLAN).join(',') },
    executors: { type: 'string', default: 'auto' },
  },
});
const all = benchPeers({ executors: values.executors });
const medians: Run[] = [];
const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${machine}, executors: ${values.executors}.\n`);
for (const group of values.only.split(',')) {
  for (const [name, jobName, names] of PLAN[group] ?? []) {
    await using site = await servedSite(name);
    const job = benchJob(jobName);
    const runs = Number(name === MILLION ? values['runs-of-a-million'] : values.runs);
    const outcome = await runSeries({ site, job, peers: runnable(all, job, names), runs });
    medians.push(...outcome.medians);
    process.stdout.write(`\n### ${name}, job \`${jobName}\`, medians of ${runs}\n\n${markdownOf(outcome.medians)}\n\n`);
    // The lines below a count are for a terminal.
    for (const note of outcome.notes.filter((one) => !one.startsWith(' '))) process.stdout.write(`- ${note}\n`);
    if (outcome.failed) process.exitCode = 1;
  }
}
process.stdout.write(`\n### Hoped for, and so\n\n${expectationLines(medians).join('\n')}\n`);
