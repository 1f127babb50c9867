import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { PinspiderError } from '../lib/errors.ts';
import { packageFile } from '../lib/package-files.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Wrong usage or a wrong job file, as opposed to a crawl or cluster that failed. */
const USAGE_CODES: ReadonlySet<string> = new Set(['CONFIG_INVALID', 'CONFIG_UNREADABLE', 'USAGE']);

// A reader that has had enough, as `head`, is no fault: whoever waits for the write ends, everyone else goes on.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
const terminal = openTerminal();
void main(process.argv).then((exitCode) => {
  // Whatever still holds a socket or timer (a site's idle connection, say) must not hold the shell.
  process.stdout.write('', () => process.exit(exitCode));
});

async function main(argv: readonly string[]): Promise<number> {
  try {
    const program = createProgram(ownVersion(), terminal);
    await program.command.parseAsync(argv);
    return program.exitCode();
  } catch (error) {
    // --help and --version end by an "error" of exit code 0; wrong usage was told by commander itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // What an interrupt cuts off rejects with the signal's own reason.
    if (terminal.interrupted.aborted && error === terminal.interrupted.reason) return 130;
    if (isBrokenPipe(error)) return 141; // 128 + SIGPIPE, as a shell tells it
    return tell(error);
  }
}

function ownVersion(): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function openTerminal(): Terminal {
  const interrupt = new AbortController();
  const termination = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (interrupt.signal.aborted) process.exit(130);
    if (signal === 'SIGTERM') termination.abort();
    interrupt.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    now: Date.now,
    random: Math.random,
    interrupted: interrupt.signal,
    terminated: termination.signal,
  };
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE' && 'syscall' in error;
}

/** Users' mistakes are told in their terms; only a fault of ours shows where it happened. */
function tell(error: unknown): number {
  if (error instanceof PinspiderError) {
    terminal.stderr.write(`${error.message}\n`);
    return USAGE_CODES.has(error.code) ? 2 : 1;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr.write(`pinspider: an error of its own; please report it\n${text}\n`);
  return 1;
}
