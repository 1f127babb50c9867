import { Command, InvalidArgumentError, Option } from 'commander';
import { SETTLED_STATES, URL_STATES } from '../framework/url-states.ts';
import type { ClusterFlags } from './commands/cluster.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { InitFlags } from './commands/init.ts';
import type { PlanFlags } from './commands/plan.ts';
import type { RetryFlags } from './commands/retry.ts';
import type { RunFlags } from './commands/run.ts';
import type { SchemaFlags } from './commands/schema.ts';
import type { StateCommandFlags } from './commands/state.ts';
import type { TestFlags } from './commands/test.ts';
import type { TryFlags } from './commands/try.ts';
import type { UrlsFlags } from './commands/urls.ts';
import type { Terminal } from './terminal.ts';

export interface Program {
  readonly command: Command;
  /** Of the command that ran; 0 when none did. */
  exitCode(): number;
}

/**
 * The command line: names, arguments, flags, help. Commands are loaded when they are called, so that `--help` does not pay for
 * the crawler. Wrong usage throws CommanderError, after commander told it.
 */
export function createProgram(version: string, terminal: Terminal): Program {
  let exitCode = 0;
  const ended = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('pinspider')
    .description('Crawls the web as a YAML file says, on this machine or on an Apache Mesos cluster.')
    .version(version)
    .showSuggestionAfterError()
    .configureOutput({ writeErr: (text) => terminal.stderr.write(text) })
    .exitOverride();

  runFlags(program.command('run').description('crawl').argument('<job>', 'the job file'))
    .option('--seed <url>', "start here, in place of the job's seeds (repeatable)", collect)
    .option('--master <master>', 'local, local[N], host:5050, http(s)://host:5050[,host2], zk://host:2181[,host2]/path')
    .action(async (job: string, flags: RunFlags) => {
      const { run } = await import('./commands/run.ts');
      ended(await run(job, flags, terminal));
    });

  program
    .command('validate')
    .description('check job files; tells all faults at once')
    .argument('<jobs...>', 'job files')
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .action(async (jobs: string[], flags: { set?: string[] }) => {
      const { validate } = await import('./commands/validate.ts');
      ended(await validate(jobs, flags, terminal));
    });

  program
    .command('plan')
    .description('show what a run would do: resolved job, seeds, executors, first tasks; fetches no page')
    .argument('<job>', 'the job file')
    .option('--json', 'as JSON, with FrameworkInfo, ExecutorInfo and the first TaskInfos')
    .option('--robots', "ask every seed host's robots.txt for its verdict")
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .option('--seed <url>', "start here, in place of the job's seeds (repeatable)", collect)
    .option('--master <master>', 'in place of the job’s master')
    .action(async (job: string, flags: PlanFlags) => {
      const { plan } = await import('./commands/plan.ts');
      ended(await plan(job, flags, terminal));
    });

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
    .action(async (job: string, page: string, flags: TryFlags) => {
      const { tryPage } = await import('./commands/try.ts');
      ended(await tryPage(job, page, flags, terminal));
    });

  program
    .command('test')
    .description("run the jobs' tests on their fixtures")
    .argument('<jobs...>', 'job files')
    .option('--record <url>', 'save this page and its records as a new test')
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect)
    .action(async (jobs: string[], flags: TestFlags) => {
      const { test } = await import('./commands/test.ts');
      ended(await test(jobs, flags, terminal));
    });

  program
    .command('schema')
    .description('print the JSON Schema of job files')
    .option('--records <job>', "print the schema of this job's records instead")
    .action(async (flags: SchemaFlags) => {
      const { schema } = await import('./commands/schema.ts');
      ended(await schema(flags, terminal));
    });

  program
    .command('init')
    .description('write a commented job file to start from')
    .argument('[template]', 'site, api, shop, sitemap or pinterest', 'site')
    .option('--out <file>', 'where to; default TEMPLATE.yaml')
    .option('--force', 'replace an existing file')
    .action(async (template: string, flags: InitFlags) => {
      const { init } = await import('./commands/init.ts');
      ended(await init(template, flags, terminal));
    });

  stateFlags(
    program
      .command('state')
      .description('tell how a crawl stands: counts, reasons, hosts')
      .argument('<job>', 'the job file'),
  )
    .option('--json', 'as one JSON object')
    .option('--hosts <n>', 'show so many hosts, those with most URLs waiting; default 20', wholeNumber)
    .action(async (job: string, flags: StateCommandFlags) => {
      const { state } = await import('./commands/state.ts');
      ended(await state(job, flags, terminal));
    });

  filterFlags(
    program
      .command('urls')
      .description('list URLs of a crawl, one JSON object a line')
      .argument('<job>', 'the job file'),
    URL_STATES,
  ).action(async (job: string, flags: UrlsFlags) => {
    const { urls } = await import('./commands/urls.ts');
    ended(await urls(job, flags, terminal));
  });

  stateFlags(
    program
      .command('explain')
      .description('tell why a URL was or was not fetched')
      .argument('<job>', 'the job file')
      .argument('<url>', 'the URL'),
  )
    .option('--json', 'as JSON, one object for each executor that wants the URL')
    .action(async (job: string, url: string, flags: ExplainFlags) => {
      const { explain } = await import('./commands/explain.ts');
      ended(await explain(job, url, flags, terminal));
    });

  filterFlags(
    program
      .command('retry')
      .description('queue URLs again that failed, or other ones')
      .argument('<job>', 'the job file'),
    SETTLED_STATES,
  ).action(async (job: string, flags: RetryFlags) => {
    const { retry } = await import('./commands/retry.ts');
    ended(await retry(job, flags, terminal));
  });

  runFlags(
    program.command('demo').description('serve a small site on loopback and crawl it with jobs/pinterest.yaml'),
  ).action(async (flags: RunFlags) => {
    const { demo } = await import('./commands/demo.ts');
    ended(await demo(flags, terminal));
  });

  program
    .command('cluster')
    .description('run the embedded Mesos cluster alone, for other frameworks or several jobs')
    .option('--port <port>', "the master's port", wholeNumber, 5050)
    .option('--agents <n>', 'how many agents', wholeNumber, 1)
    .option('--cpus <n>', 'cpus of each agent; default: what the machine has, divided', Number)
    .option('--mem <mb>', 'MB of each agent; default: what the machine has, divided', wholeNumber)
    .option('--work-dir <dir>', 'where sandboxes go', '.pinspider/cluster')
    .option('--secret-file <file>', 'take the secret from this file; default: a new one, written into the work dir')
    .option('--restart-after <seconds>', 'start a process of it that died again after so long', Number, 1)
    .option('--agent-timeout <seconds>', 'declare an agent lost that is away for so long', Number, 75)
    .action(async (flags: Omit<ClusterFlags, 'program'>) => {
      const { cluster } = await import('./commands/cluster.ts');
      ended(await cluster({ ...flags, program: process.argv[1] ?? '' }, terminal));
    });

  program.command('cluster-part', { hidden: true }).action(async () => {
    const { clusterPart } = await import('./commands/cluster-part.ts');
    await clusterPart(terminal);
    ended(0);
  });

  return { command: program, exitCode: () => exitCode };
}

/** Flags that `run` and `demo` share. */
function runFlags(command: Command): Command {
  const levels = ['debug', 'info', 'warn', 'error'];
  return command
    .option('--set <path=value>', 'change a key of the job, e.g. scope.max_pages=10 (repeatable)', collect)
    .option('--out <dir>', 'where relative output paths start')
    .option('--state <dir>', 'where the run keeps what it knows; default .pinspider/JOB')
    .option('--fresh', 'start over: drop the state of an unfinished crawl')
    .option('--limit <pages>', 'fetch so many pages at most', wholeNumber)
    .option('--summary <file>', 'write the summary as JSON; - for stdout')
    .addOption(new Option('--log-format <format>', 'of the log on stderr').choices(['text', 'json']))
    .addOption(new Option('--log-level <level>', 'least severe lines to show').choices(levels))
    .option('--quiet', 'no live line and no closing table');
}

function stateFlags(command: Command): Command {
  return command
    .option('--dir <dir>', "the run's --state directory; default .pinspider/JOB")
    .option('--set <path=value>', 'change a key of the job (repeatable)', collect);
}

function filterFlags(command: Command, states: readonly string[]): Command {
  return stateFlags(command)
    .addOption(new Option('--state <state>', 'only URLs in this state').choices(states))
    .option('--host <host>', 'only URLs of this host');
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function wholeNumber(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidArgumentError('a whole number is wanted.');
  return n;
}
