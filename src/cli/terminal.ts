/** What commands may touch of the outside: handed in by `main.ts`, the only reader of argv, env and the terminal. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Data goes here, nothing else. */
  readonly stdout: NodeJS.WriteStream;
  /** For people. */
  readonly stderr: NodeJS.WriteStream;
  readonly now: () => number;
  readonly random: () => number;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly interrupted: AbortSignal;
  /** Aborts at a first SIGTERM: the process is to end, by its supervisor's will rather than by the user's. */
  readonly terminated: AbortSignal;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/** Colours only on a terminal, and not against the user's wish (https://no-color.org). */
export function painter(stream: NodeJS.WriteStream, env: Terminal['env']): (style: Style, text: string) => string {
  const on = stream.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return (style, text) => (on ? `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m` : text);
}

/** 1234567 → `1,234,567`, on every machine alike. */
export const grouped = (n: number): string =>
  Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');

/** 1536000 → `1.5 MB` */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? 'B'}`;
}

/** 93.4 → `1m 33s` */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m ${s % 60}s`;
  return `${Math.floor(s / 3600)}h ${Math.floor((s % 3600) / 60)}m`;
}
