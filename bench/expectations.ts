import { steadyRate, type Run } from './table.ts';

const OURS = 'pinspider';
const TREE = 'pinspider-tree';

/** A Markdown table of what pinspider should be against what it is, for the series that were run. */
export function expectationLines(medians: readonly Run[]): string[] {
  const find = (site: string, job: string, peer: string): Run | undefined =>
    medians.find((run) => run.site === site && run.job === job && run.peer === peer);
  const lines: string[] = [];
  const against = (ours: Run, peer: string, what: string, hoped: number, measure: Measure): void => {
    const other = find(ours.site, ours.job, peer);
    const is = other === undefined ? undefined : measure(ours, other);
    const job = ours.peer === TREE ? `${ours.job}-tree` : ours.job;
    if (is !== undefined) lines.push(line(ours.site, job, `${what} ${peer}`, hoped, is));
  };
  for (const ours of medians) {
    if (ours.site.startsWith('synthetic')) continue;
    if (ours.job === 'dom' && [OURS, TREE].includes(ours.peer)) against(ours, 'crawlee', 'times as fast as', 5, wall);
    if (ours.peer !== OURS) continue;
    if (ours.job !== 'dom') {
      against(ours, 'scrapy', 'times as fast as', 15, wall);
      against(ours, 'crawlee', 'times as fast as', 15, wall);
    }
    against(ours, 'floor', 'of the steady pages/s of', 0.7, steady);
    if (ours.job === 'ten') against(ours, TREE, 'times as fast as', 3, steady);
    against(ours, 'goquery', 'times as fast as', 1, wall);
  }
  return [
    '| site | job | measure | hoped for | is |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    ...growthLines((size) => find(`synthetic-${size}`, 'bench', OURS)),
  ];
}

type Measure = (ours: Run, other: Run) => number | undefined;

const wall: Measure = (ours, other) => ours.pages / ours.wallS / (other.pages / other.wallS);
const steady: Measure = (ours, other) => {
  const [a, b] = [steadyRate(ours), steadyRate(other)];
  return a === undefined || b === undefined ? undefined : a / b;
};

/** How a million small pages go against ten thousand, and memory against that of a hundred thousand. */
function growthLines(ofSize: (size: number) => Run | undefined): string[] {
  const [small, middle, large] = [ofSize(10_000), ofSize(100_000), ofSize(1_000_000)];
  const lines: string[] = [];
  const add = (measure: string, [least, most]: readonly [number, number], is: number | undefined): void => {
    if (is === undefined) return;
    const hoped = [...(least > 0 ? [`≥ ${least}`] : []), ...(most < Infinity ? [`≤ ${most}`] : [])].join(', ');
    const shown = `${is.toFixed(is < 10 ? 2 : 0)}${is >= least && is <= most ? '' : ' (short)'}`;
    lines.push(`| synthetic | bench | ${measure} | ${hoped} | ${shown} |`);
  };
  const [smallRate, largeRate] = [small && steadyRate(small), large && steadyRate(large)];
  add('steady pages/s at 1,000,000 pages', [5000, Infinity], largeRate);
  if (smallRate !== undefined && largeRate !== undefined)
    add('against 10,000 pages', [0.8, 1.2], largeRate / smallRate);
  add('RSS of all processes at 1,000,000, MB', [0, 500], large?.rssMb);
  if (middle && large) {
    add('against 100,000 pages', [0, 1.1], large.rssMb / middle.rssMb);
    add('the same without what is mapped from files', [0, 1.1], large.ownMb / middle.ownMb);
  }
  return lines;
}

function line(site: string, job: string, measure: string, hoped: number, is: number): string {
  const shown = `${is.toFixed(2)}${is >= hoped ? '' : ' (short)'}`;
  return `| ${site} | ${job} | ${measure} | ≥ ${hoped} | ${shown} |`;
}
