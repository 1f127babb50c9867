import { benchJob } from './jobs.ts';
import { onTrees, pinspider, runnable } from './peers.ts';
import { runSeries, type Outcome } from './series.ts';
import { servedSite } from './site-list.ts';
import { type Run, steadyRate } from './table.ts';

/** Sites with jobs: heavy pages, as trees and scanned, then light ones, few and many. */
export const CORES_PLAN: readonly string[] = [
  'synthetic-heavy-2000:dom-tree',
  'synthetic-heavy-4000:bench',
  'apache2:bench',
  'synthetic-10000:bench',
  'synthetic-100000:bench',
];

const SIZES = ['1', '2', 'auto'];
const HEAVY = /^synthetic-heavy-/;
const TREE = /-tree$/;

/** Crawls a `SITE:JOB`, or `SITE:JOB-tree` without the scan, with one executor, with two, and with as many as the run chooses, in turns. */
export async function runCores(one: string, runs: number): Promise<Outcome> {
  const [name = '', asked = 'bench'] = one.split(':');
  await using site = await servedSite(name);
  const job = benchJob(asked.replace(TREE, ''));
  const crawler = TREE.test(asked) ? onTrees : pinspider;
  const peers = SIZES.map((executors) => crawler({ executors }, `${asked} ${executors}`));
  return await runSeries({ site, job, peers: runnable(peers, job), runs });
}

/** The table's head. */
export const coresHead: readonly string[] = [
  'site, job',
  'executors',
  'wall s',
  'steady/s',
  'CPU s',
  'RSS MB',
  'times as fast as one',
  'steady',
];

/** A row for each number of executors; the last two columns are against one. */
export function coresRows(medians: readonly Run[]): string[][] {
  const first = medians[0];
  return medians.map((run) => {
    const [one, own] = [first && steadyRate(first), steadyRate(run)];
    return [
      `${run.site}, \`${jobOf(run)}\``,
      run.chosen === undefined ? (run.executors ?? '') : `${run.executors ?? ''}: ${run.chosen}`,
      run.wallS.toFixed(2),
      own?.toFixed(0) ?? '',
      run.cpuS.toFixed(2),
      run.rssMb.toFixed(0),
      first === undefined || first === run ? '' : (first.wallS / run.wallS).toFixed(2),
      first === run || one === undefined || own === undefined ? '' : (own / one).toFixed(2),
    ];
  });
}

/** What was hoped for beside what is: twice the executors shall pay where pages are heavy, and what the run chooses shall never be slower than one. */
export function coresExpectations(medians: readonly Run[]): string[] {
  const one = medians.find((run) => run.executors === '1');
  if (one === undefined) return [];
  return medians
    .filter((run) => run !== one)
    .flatMap((run) => {
      const hoped = run.executors === 'auto' ? 1 : HEAVY.test(run.site) ? 1.6 : undefined;
      if (hoped === undefined) return [];
      const [of, by] = [steadyRate(one), steadyRate(run)];
      // Chosen is what a user waits for; two are measured while both are at work.
      const is = run.executors === 'auto' || of === undefined || by === undefined ? one.wallS / run.wallS : by / of;
      const what = `${run.executors === 'auto' ? 'executors as chosen' : 'two executors, steady'}, times as fast as one`;
      return [
        `| ${run.site} | ${jobOf(run)} | ${what} | ≥ ${hoped} | ${is.toFixed(2)}${is >= hoped ? '' : ' (short)'} |`,
      ];
    });
}

/** With `-tree` where it was asked for so. */
function jobOf({ peer }: Run): string {
  return peer.slice(0, peer.lastIndexOf(' '));
}
