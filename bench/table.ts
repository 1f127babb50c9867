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
  /** Of that, what is not mapped from files. */
  readonly ownMb: number;
  /** The machine's load at the end, over a minute. */
  readonly load: number;
  readonly machine: string;
  readonly executors?: string;
  /** How many executors a run had in the end that chose by itself. */
  readonly chosen?: number;
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
    ownMb: median(runs.map((run) => run.ownMb)),
    ...(first.chosen !== undefined && { chosen: median(runs.flatMap((run) => run.chosen ?? [])) }),
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
  'own MB',
  'wall ×',
  'steady ×',
  'CPU ×',
];

/** Figures of each peer, and how many times as long, as slow and as much CPU each of the others took as the first did. */
function cells(runs: readonly Run[]): string[][] {
  const first = runs[0];
  return runs.map((run) => {
    const own = [
      run.peer,
      String(run.pages),
      run.wallS.toFixed(2),
      (run.pages / run.wallS).toFixed(0),
      steadyRate(run)?.toFixed(0) ?? '',
      run.cpuS.toFixed(2),
      ((1e6 * run.cpuS) / run.pages).toFixed(0),
      run.rssMb.toFixed(0),
      run.ownMb.toFixed(0),
    ];
    if (first === undefined || run === first) return [...own, '', '', ''];
    const [ours, theirs] = [steadyRate(first), steadyRate(run)];
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
  return markdownTable(HEAD, cells(runs));
}

/** A Markdown table of figures, whose first column is a name. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map(line).join('\n');
}

/** Pages a second while pages came; undefined when they came at once. */
export function steadyRate({ pages, steadyS }: Run): number | undefined {
  return steadyS === null ? undefined : pages / steadyS;
}

/** The middle one, or the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
