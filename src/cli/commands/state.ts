import { relative } from 'node:path';
import type { StateReport } from '../../framework/state-view.ts';
import type { HostStatus } from '../../frontier/types.ts';
import { openJobState, type StateFlags } from '../job-state.ts';
import { bytesText, grouped, type Terminal } from '../terminal.ts';

export type StateCommandFlags = StateFlags & {
  readonly json?: boolean | undefined;
  readonly hosts?: number | undefined;
};

const HOSTS_SHOWN = 20;

/** `pinspider state JOB`: how the crawl stands, and its hosts with most URLs waiting. */
export async function state(
  file: string,
  { json, hosts = HOSTS_SHOWN, ...flags }: StateCommandFlags,
  terminal: Terminal,
): Promise<number> {
  const { job, directory, state: open } = await openJobState(file, flags, terminal);
  await using _open = open;
  const report = await open.report();
  const busiest = await mostWaiting(open.hosts(), hosts);
  terminal.stdout.write(
    json
      ? `${JSON.stringify(jsonOf(job.name, report, busiest.hosts))}\n`
      : textOf(job.name, report, busiest, relative(terminal.cwd, directory) || '.'),
  );
  return 0;
}

interface Busiest {
  readonly hosts: readonly HostStatus[];
  readonly total: number;
}

/** Those with most URLs waiting or leased; all hosts pass by, few are kept. */
async function mostWaiting(hosts: AsyncIterable<HostStatus>, count: number): Promise<Busiest> {
  let kept: HostStatus[] = [];
  let total = 0;
  const waiting = ({ queued, leased }: HostStatus): number => queued + leased;
  const order = (a: HostStatus, b: HostStatus): number => waiting(b) - waiting(a) || b.fetched - a.fetched;
  for await (const host of hosts) {
    total++;
    kept.push(host);
    if (kept.length >= 2 * count + 100) kept = kept.sort(order).slice(0, count);
  }
  return { hosts: kept.sort(order).slice(0, count), total };
}

function jsonOf(
  job: string,
  { status, startedAt, urls, reasons, bytesOnDisk }: StateReport,
  hosts: readonly HostStatus[],
): object {
  const { notModified, ...counts } = urls;
  return {
    job,
    status,
    started_at: new Date(startedAt).toISOString(),
    urls: { ...counts, not_modified: notModified },
    reasons,
    bytes_on_disk: bytesOnDisk,
    hosts: hosts.map(({ delayMs, notBefore, ...host }) => ({
      ...host,
      delay_ms: delayMs,
      ...(notBefore > 0 && { not_before: new Date(notBefore).toISOString() }),
    })),
  };
}

function textOf(job: string, report: StateReport, { hosts, total }: Busiest, directory: string): string {
  const { urls } = report;
  const began = new Date(report.startedAt).toISOString().slice(0, 19).replace('T', ' ');
  const counts = {
    queued: urls.queued,
    leased: urls.leased,
    fetched: urls.fetched,
    'not modified': urls.notModified,
    redirected: urls.redirected,
    failed: urls.failed,
    excluded: urls.excluded,
  };
  const reasons = Object.entries(report.reasons).sort(([, a], [, b]) => b - a);
  const lines = [
    `${job}: ${report.status} crawl of ${began} UTC, ${bytesText(report.bytesOnDisk)} in ${directory}`,
    `  ${grouped(urls.discovered)} URLs: ${Object.entries(counts)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${grouped(n)} ${name}`)
      .join(', ')}`,
    ...reasons.slice(0, HOSTS_SHOWN).map(([reason, n]) => `  ${grouped(n).padStart(9)} × ${reason}`),
  ];
  return [...lines, '', ...hostTable(hosts, total), ''].join('\n');
}

function hostTable(hosts: readonly HostStatus[], total: number): string[] {
  const head = ['host', 'queued', 'leased', 'fetched', 'delay', 'failures', 'state'];
  const rows = hosts.map((host) => [
    host.host,
    grouped(host.queued),
    grouped(host.leased),
    grouped(host.fetched),
    `${host.delayMs} ms`,
    grouped(host.failures),
    host.closed ?? (host.tasks.length > 0 ? `with ${host.tasks.join(', ')}` : ''),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, i) => (i === 0 || i === head.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`.trimEnd();
  const more = total > hosts.length ? [`  … and ${grouped(total - hosts.length)} more hosts`] : [];
  return [line(head), ...rows.map(line), ...more];
}
