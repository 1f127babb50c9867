/** Values of one log line; undefined ones are left out. */
export type Fields = Readonly<Record<string, unknown>>;

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes lines for people (stderr) or machines (JSON). Never throws. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export interface LogOptions {
  readonly format: 'text' | 'json';
  /** Lines below this level are dropped. */
  readonly level: Level;
  readonly now: () => number;
  readonly write: (line: string) => void;
  /** Cuts secrets out of the finished line. */
  readonly mask: (line: string) => string;
}

const ORDER: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export function createLog({ format, level, now, write, mask }: LogOptions): Log {
  const line =
    (at: Level) =>
    (message: string, fields: Fields = {}) => {
      if (ORDER[at] < ORDER[level]) return;
      const time = new Date(now()).toISOString();
      write(
        mask(
          format === 'json'
            ? JSON.stringify({ time, level: at, message, ...fields })
            : textLine(time, at, message, fields),
        ),
      );
    };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

function textLine(time: string, level: Level, message: string, fields: Fields): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => `${key}=${typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value)}`,
    );
  return [time.slice(11, 23), level.padEnd(5), message, ...pairs].join(' ');
}
