#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { PinspiderError } from '../lib/errors.ts';
import type { Terminal } from './terminal.ts';

/** Wrong usage or a wrong job file, as opposed to a crawl or cluster that failed. */
const USAGE_CODES: ReadonlySet<string> = new Set(['CONFIG_INVALID', 'CONFIG_UNREADABLE', 'USAGE']);

const version = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

const terminal = openTerminal();
try {
  process.exitCode = await main(process.argv);
} catch (error) {
  // What an interrupt cuts off rejects with the signal's own reason.
  const cutOff = terminal.interrupted.aborted && error === terminal.interrupted.reason;
  process.exitCode = cutOff ? 130 : tell(error);
}
// Whatever still holds a socket or timer (a site's idle connection, say) must not hold the shell.
if (process.exitCode !== undefined) process.stdout.write('', () => process.exit());

async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  /** Commands are loaded when they are called: `--help` shall not pay for the crawler. */
  const action = (call: () => Promise<number>) => async () => {
    exitCode = await call();
  };
  const program = new Command('pinspider')
    .description('Crawls the web as a YAML file says, on this machine or on an Apache Mesos cluster.')
    .version(version)
    .showSuggestionAfterError()
    .configureOutput({ writeErr: (text) => terminal.stderr.write(text) })
    .exitOverride();

  const runCommand = program.command('run').description('crawl').argument('<job>', 'the job file');
  runFlags(runCommand)
    .option('--seed <url>', "start here, in place of the job's seeds (repeatable)", collect)
    .option('--master <master>', 'local, local[N], host:5050, http(s)://host:5050[,host2]')
    .action((job: string, flags) =>
      action(async () => (await import('./commands/run.ts')).run(job, flags, terminal))(),
    );

  program
    .command('validate')
    .description('check job files; tells all faults at once')
    .argument('<jobs...>', 'job files')
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .action((jobs: string[], flags: { set?: string[] }) =>
      action(async () => (await import('./commands/validate.ts')).validate(jobs, flags, terminal))(),
    );

  program
    .command('plan')
    .description('show what a run would do: resolved job, seeds, executors, first tasks; fetches no page')
    .argument('<job>', 'the job file')
    .option('--json', 'as JSON, with FrameworkInfo, ExecutorInfo and the first TaskInfos')
    .option('--robots', "ask every seed host's robots.txt for its verdict")
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .option('--seed <url>', "start here, in place of the job's seeds (repeatable)", collect)
    .option('--master <master>', 'in place of the job’s master')
    .action((job: string, flags) =>
      action(async () => (await import('./commands/plan.ts')).plan(job, flags, terminal))(),
    );

  program
    .command('try')
    .description('extract one page and tell, field by field, what matched')
    .argument('<job>', 'the job file')
    .argument('<page>', 'URL or HTML file')
    .option('--extractor <name>', 'only this extractor')
    .option('--field <path>', 'only this field')
    .option('--json', 'records as JSON, nothing else')
    .option('--explain', 'what came nearest where nothing matched')
    .option('--url <url>', 'the URL that a file stands for')
    .option('--watch', 'again whenever the job or the file changes')
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .action((job: string, page: string, flags) =>
      action(async () => (await import('./commands/try.ts')).tryPage(job, page, flags, terminal))(),
    );

  program
    .command('test')
    .description("run the jobs' tests on their fixtures")
    .argument('<jobs...>', 'job files')
    .option('--record <url>', 'save this page and its records as a new test')
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .action((jobs: string[], flags) =>
      action(async () => (await import('./commands/test.ts')).test(jobs, flags, terminal))(),
    );

  program
    .command('schema')
    .description('print the JSON Schema of job files')
    .option('--records <job>', "print the schema of this job's records instead")
    .action((flags) => action(async () => (await import('./commands/schema.ts')).schema(flags, terminal))());

  program
    .command('init')
    .description('write a commented job file to start from')
    .argument('[template]', 'site, api, shop, sitemap or pinterest', 'site')
    .option('--out <file>', 'where to; default TEMPLATE.yaml')
    .option('--force', 'replace an existing file')
    .action((template: string, flags) =>
      action(async () => (await import('./commands/init.ts')).init(template, flags, terminal))(),
    );

  const demoCommand = program
    .command('demo')
    .description('serve a small site on loopback and crawl it with jobs/pinterest.yaml');
  runFlags(demoCommand).action((flags) =>
    action(async () => (await import('./commands/demo.ts')).demo(flags, terminal))(),
  );

  program
    .command('cluster')
    .description('run the embedded Mesos cluster alone, for other frameworks or several jobs')
    .option('--port <port>', "the master's port", wholeNumber, 5050)
    .option('--agents <n>', 'how many agents', wholeNumber, 1)
    .option('--cpus <n>', 'cpus of each agent; default: what the machine has, divided', Number)
    .option('--mem <mb>', 'MB of each agent; default: what the machine has, divided', wholeNumber)
    .option('--work-dir <dir>', 'where sandboxes go', '.pinspider/cluster')
    .option('--secret-file <file>', 'take the secret from this file; default: a new one, written into the work dir')
    .action((flags) => action(async () => (await import('./commands/cluster.ts')).cluster(flags, terminal))());

  try {
    await program.parseAsync(argv);
  } catch (error) {
    // --help and --version end by an "error" of exit code 0; wrong usage was told by commander itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return exitCode;
}

/** Flags that `run` and `demo` share. */
function runFlags(command: Command): Command {
  return command
    .option('--set <path=value>', 'change a key of the job, e.g. scope.max_pages=10 (repeatable)', collect)
    .option('--out <dir>', 'where relative output paths start')
    .option('--state <dir>', 'where the run keeps its lock and sandboxes; default .pinspider/JOB')
    .option('--limit <pages>', 'fetch so many pages at most', wholeNumber)
    .option('--summary <file>', 'write the summary as JSON; - for stdout')
    .addOption(new Option('--log-format <format>', 'of the log on stderr').choices(['text', 'json']))
    .addOption(
      new Option('--log-level <level>', 'least severe lines to show').choices(['debug', 'info', 'warn', 'error']),
    )
    .option('--quiet', 'no live line and no closing table');
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function wholeNumber(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidArgumentError('a whole number is wanted.');
  return n;
}

function openTerminal(): Terminal {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(130);
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
  };
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
