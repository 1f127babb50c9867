import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runCrawl, type RunResult } from '../../framework/run.ts';
import { lockRun } from '../../framework/run-lock.ts';
import { loadJob } from '../../job/load.ts';
import { maskOf } from '../../job/mask.ts';
import { messageOf, PinspiderError } from '../../lib/errors.ts';
import { warmUpGently } from '../../lib/warm-up.ts';
import { createLog, type Level } from '../../observe/log.ts';
import { closingTable } from '../closing-table.ts';
import { connectionOf } from '../connection.ts';
import { startEmbedded } from '../embedded.ts';
import { executorProgram } from '../executor-program.ts';
import { stateDirOf } from '../job-state.ts';
import { LiveLine } from '../live-line.ts';
import type { Terminal } from '../terminal.ts';

export interface RunFlags {
  readonly master?: string | undefined;
  readonly seed?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly state?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly summary?: string | undefined;
  readonly logFormat?: 'text' | 'json' | undefined;
  readonly logLevel?: Level | undefined;
  readonly quiet?: boolean | undefined;
}

// A master that does not answer: long enough for a fail-over, short enough for someone who mistyped an address.
const GIVE_UP_FIRST_MS = 30_000;

// What is in use after a collection grows by so much before the next, where V8 would let it grow fourfold: of a large crawl little lives long, and the
// command holds a quarter less memory (38 of 155 MB) for a hundredth more instructions.
const HEAP_GROWTH = '--heap-growing-percent=60';

/** `pinspider run JOB`: crawls. Resolves with the exit code. */
export async function run(file: string, flags: RunFlags, terminal: Terminal): Promise<number> {
  const loadedAt = terminal.now();
  warmUpGently('command');
  const { job, warnings } = await loadJob(file, {
    env: terminal.env,
    cwd: terminal.cwd,
    set: flags.set,
    overrides: { master: flags.master, seeds: flags.seed, out: flags.out, limit: flags.limit },
  });
  const live: { line?: LiveLine } = {};
  const print = (line: string): void => {
    if (live.line) live.line.print(line);
    else terminal.stderr.write(`${line}\n`);
  };
  for (const warning of warnings) print(warning);
  const log = createLog({
    format: flags.logFormat ?? 'text',
    level: flags.logLevel ?? (flags.logFormat === 'json' ? 'info' : flags.quiet ? 'error' : 'warn'),
    now: terminal.now,
    write: print,
    mask: maskOf(job.secrets),
  });
  log.debug('the job is read', { ms: terminal.now() - loadedAt });

  setFlagsFromString(HEAP_GROWTH);
  const stateDir = stateDirOf(job, flags.state, terminal.cwd);
  await using _lock = await lockRun(stateDir, process.pid);
  await using embedded = job.mesos.master.kind === 'local' ? await startEmbedded(job, stateDir, log) : undefined;
  let result: RunResult;
  try {
    result = await runCrawl({
      job,
      stateDir,
      fresh: flags.fresh ?? false,
      ownCluster: embedded !== undefined,
      notice: flags.quiet ? () => undefined : print,
      ...(await connectionOf(job, embedded, log)),
      giveUpAfterMs: GIVE_UP_FIRST_MS,
      executor: await executorProgram(job),
      stdout: terminal.stdout,
      log,
      now: terminal.now,
      random: terminal.random,
      signal: terminal.interrupted,
      // A supervisor that ends this process starts it again, and the cluster is there meanwhile.
      handOver: embedded || job.mesos.failoverTimeoutS === 0 ? undefined : terminal.terminated,
      watch: flags.quiet ? undefined : (snapshot) => (live.line = new LiveLine(terminal, snapshot, job.scope.maxPages)),
    });
  } finally {
    live.line?.stop();
    delete live.line;
  }
  if (!flags.quiet) terminal.stderr.write(closingTable(result, terminal));
  else for (const message of result.summary.messages) terminal.stderr.write(`${message}\n`);
  const { failed, lost } = result.summary.tasks;
  if (embedded && result.exitCode === 1 && failed + lost > 0) {
    terminal.stderr.write(
      `what the workers said: ${relative(terminal.cwd, embedded.sandboxes)}/**/runs/latest/stderr\n`,
    );
  }
  if (flags.summary !== undefined) await writeSummary(flags.summary, result, terminal);
  return result.exitCode;
}

async function writeSummary(target: string, { summary }: RunResult, { stdout, cwd }: Terminal): Promise<void> {
  const text = `${JSON.stringify(summary)}\n`;
  if (target === '-') return void stdout.write(text);
  try {
    await writeFile(resolve(cwd, target), text);
  } catch (error) {
    throw new PinspiderError({
      code: 'SINK_UNWRITABLE',
      where: target,
      what: `the summary cannot be written (${messageOf(error)})`,
      mend: 'choose another --summary FILE',
      cause: error,
    });
  }
}
