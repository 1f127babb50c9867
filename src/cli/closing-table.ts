import { relative } from 'node:path';
import type { RunResult } from '../framework/run.ts';
import { bytesText, grouped, painter, secondsText, type Terminal } from './terminal.ts';

const REASONS = {
  finished: 'finished',
  limit: 'stopped at a limit of the job',
  total_tasks: 'stopped after total_tasks',
  aborted: 'aborted',
  interrupted: 'interrupted',
  expectation: 'finished, but expectations do not hold',
} as const;

const LISTED_MAX = 5;

/** The short table at the end of a run. */
export function closingTable(result: RunResult, terminal: Terminal): string {
  const { summary, files, exitCode } = result;
  const paint = painter(terminal.stderr, terminal.env);
  const { urls, tasks } = summary;
  const settled = urls.fetched + urls.not_modified + urls.redirected + urls.failed;
  const rate = summary.duration_s > 0 ? settled / summary.duration_s : 0;
  const head = `${summary.job}: ${REASONS[summary.reason]} in ${secondsText(summary.duration_s)}`;
  const counts = [
    ['pages', `${grouped(urls.fetched)} fetched (${grouped(rate)}/s, ${bytesText(summary.bytes)})`],
    ['other urls', others(urls)],
    ['tasks', `${grouped(tasks.launched)} launched${endings(tasks)}`],
    ...Object.entries(summary.records).map(
      ([name, n]) => [name, `${grouped(n)} records${besides(summary, name)}`] as const,
    ),
    ...files.map((file) => ['written', relative(terminal.cwd, file) || file] as const),
  ] as const;
  const width = Math.max(...counts.map(([name]) => name.length));
  const rows = counts.filter(([, text]) => text !== '').map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  const reasons = [...listed(summary.failures, 'failed'), ...listed(summary.exclusions, 'excluded')];
  const troubles = reasons.map(([kind, text]) => `  ${kind.padEnd(width)}  ${text}`);
  const messages = summary.messages.map((message) => paint('red', `  ${message}`));
  const hint = hintsOf(result).map((text) => `  ${text}`);
  return [paint(exitCode === 0 ? 'green' : 'red', head), ...rows, ...troubles, ...messages, ...hint, ''].join('\n');
}

function hintsOf({ unfinished, tasksLeft }: RunResult): string[] {
  if (!unfinished) return [];
  const kept = 'the state is kept: the same command goes on, --fresh starts over';
  if (tasksLeft === 0) return [kept];
  const left = `${tasksLeft} ${tasksLeft === 1 ? 'task goes' : 'tasks go'} on crawling on the cluster`;
  return [`${left}: the same command takes what they did, within failover_timeout`, kept];
}

function listed(counts: Readonly<Record<string, number>>, kind: string): (readonly [string, string])[] {
  return Object.entries(counts)
    .slice(0, LISTED_MAX)
    .map(([why, n]) => [kind, `${grouped(n)} × ${why}`] as const);
}

function others(urls: RunResult['summary']['urls']): string {
  const kinds = {
    redirected: urls.redirected,
    failed: urls.failed,
    excluded: urls.excluded,
    waiting: urls.queued + urls.leased,
  };
  return Object.entries(kinds)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${grouped(n)} ${kind}`)
    .join(', ');
}

function endings(tasks: RunResult['summary']['tasks']): string {
  const { failed, killed, lost } = tasks;
  const kinds = Object.entries({ failed, killed, lost }).filter(([, n]) => n > 0);
  return kinds.length > 0 ? ` (${kinds.map(([kind, n]) => `${n} ${kind}`).join(', ')})` : '';
}

function besides({ invalid, skipped, duplicates }: RunResult['summary'], name: string): string {
  const kinds = {
    invalid: invalid[name] ?? 0,
    'with the same key': duplicates[name] ?? 0,
    'pages without it': skipped[name] ?? 0,
  };
  const told = Object.entries(kinds).filter(([, n]) => n > 0);
  return told.length > 0 ? ` (${told.map(([kind, n]) => `${grouped(n)} ${kind}`).join(', ')})` : '';
}
