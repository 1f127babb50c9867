/** One run of one peer. */
export interface Run {
  readonly at: string;
  readonly site: string;
  readonly job: string;
  readonly peer: string;
  readonly pages: number;
  readonly wallS: number;
  /** As `Measured` has it. */
  readonly steadyS: number | null;
  readonly cpuS: number;
  readonly rssMb: number;
  /** The machine's load at the end, over a minute. */
  readonly load: number;
  readonly machine: string;
  readonly executors?: string;
}

/** The run whose every figure is the median of its kind; undefined when there is none. */
export function medianOf(runs: readonly Run[]): Run | undefined {
  const first = runs[0];
  if (first === undefined) return undefined;
  const steady = runs.flatMap((run) => run.steadyS ?? []);
  return {
    ...first,
    pages: median(runs.map((run) => run.pages)),
    wallS: median(runs.map((run) => run.wallS)),
    steadyS: steady.length > 0 ? median(steady) : null,
    cpuS: median(runs.map((run) => run.cpuS)),
    rssMb: median(runs.map((run) => run.rssMb)),
  };
}

const HEAD = [
  'peer',
  'pages',
  'wall s',
  'pages/s',
  'steady/s',
  'CPU s',
  'CPU µs/page',
  'RSS MB',
  'wall ×',
  'steady ×',
  'CPU ×',
];

/** Figures of each peer, and how many times as long, as slow and as much CPU each of the others took as the first did. */
function cells(runs: readonly Run[]): string[][] {
  const first = runs[0];
  const steady = ({ pages, steadyS }: Run): number | undefined => (steadyS === null ? undefined : pages / steadyS);
  return runs.map((run) => {
    const own = [
      run.peer,
      String(run.pages),
      run.wallS.toFixed(2),
      (run.pages / run.wallS).toFixed(0),
      steady(run)?.toFixed(0) ?? '',
      run.cpuS.toFixed(2),
      ((1e6 * run.cpuS) / run.pages).toFixed(0),
      run.rssMb.toFixed(0),
    ];
    if (first === undefined || run === first) return [...own, '', '', ''];
    const [ours, theirs] = [steady(first), steady(run)];
    return [
      ...own,
      (first.pages / first.wallS / (run.pages / run.wallS)).toFixed(1),
      ours === undefined || theirs === undefined ? '' : (ours / theirs).toFixed(2),
      (run.cpuS / run.pages / (first.cpuS / first.pages)).toFixed(1),
    ];
  });
}

/** For a terminal. */
export function tableOf(runs: readonly Run[]): string {
  const lines = [HEAD, ...cells(runs)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const padded = (cell: string, i: number): string =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return lines.map((line) => line.map(padded).join('  ')).join('\n');
}

/** The same as Markdown. */
export function markdownOf(runs: readonly Run[]): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [HEAD, HEAD.map((_, i) => (i === 0 ? '---' : '--:')), ...cells(runs)].map(line).join('\n');
}

/** The middle one, or the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
