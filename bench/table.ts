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
  readonly executors?: number;
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

/** Figures of each peer, then how many times the first is as fast, as thrifty and as small as each of the others. */
export function tableOf(runs: readonly Run[]): string {
  const first = runs[0];
  const head = ['peer', 'pages', 'wall s', 'pages/s', 'steady/s', 'CPU s', 'RSS MB', 'speed ×', 'CPU ×', 'RSS ×'];
  const lines = runs.map((run) => [
    run.peer,
    String(run.pages),
    run.wallS.toFixed(2),
    (run.pages / run.wallS).toFixed(0),
    run.steadyS === null ? '' : (run.pages / run.steadyS).toFixed(0),
    run.cpuS.toFixed(2),
    run.rssMb.toFixed(0),
    ...(first === undefined || run === first
      ? ['', '', '']
      : [
          first.pages / first.wallS / (run.pages / run.wallS),
          run.cpuS / run.pages / (first.cpuS / first.pages),
          run.rssMb / first.rssMb,
        ].map((ratio) => ratio.toFixed(1))),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  return [head, ...lines]
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
