/**
 * npx tsx bench/cores.ts [SITE:JOB…|SITE:JOB-tree…] [--runs 3]
 *
 * What a second executor brings: each crawl with one, with two and with as many as `master: local` chooses by itself, in turns. Default: a site of heavy
 * pages and sites of light ones. On two cores the scheduler and the site's server have their part of what two executors want.
 */
import { parseArgs } from 'node:util';
import { coresHead, coresRows, CORES_PLAN, runCores } from './cores-series.ts';
import { markdownTable } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
});
const plan = positionals.length > 0 ? positionals : CORES_PLAN;
const rows: string[][] = [];
for (const one of plan) {
  const { medians, notes, failed } = await runCores(one, Number(values.runs));
  rows.push(...coresRows(medians));
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (failed) process.exitCode = 1;
}
process.stdout.write(`${markdownTable(coresHead, rows)}\n`);
