import { createLinkRouter } from '../../crawl/links.ts';
import { workOf } from '../../framework/work.ts';
import type { ResolvedJob } from '../../job/resolved.ts';
import { PinspiderError } from '../../lib/errors.ts';
import { canonicalUrl } from '../../lib/url.ts';
import { openJobState, type StateFlags } from '../job-state.ts';
import type { Terminal } from '../terminal.ts';
import { urlRow, type UrlRow } from '../url-row.ts';

export type ExplainFlags = StateFlags & { readonly json?: boolean | undefined };

/** `pinspider explain JOB URL`: why that URL was or was not fetched. */
export async function explain(file: string, url: string, flags: ExplainFlags, terminal: Terminal): Promise<number> {
  const { job, state } = await openJobState(file, flags, terminal);
  await using _open = state;
  const canonical = canonicalUrl(url, undefined, { dropParams: job.frontier.dropParams });
  if (canonical === undefined) {
    throw new PinspiderError({ code: 'USAGE', where: url, what: 'this is no http or https URL' });
  }
  const found = await state.find(canonical);
  const rows =
    found.length > 0 ? found.map((status) => urlRow(status, job)) : [await unknown(job, canonical, terminal.now())];
  for (const row of rows) terminal.stdout.write(flags.json ? `${JSON.stringify(row)}\n` : told(row));
  return 0;
}

/** A URL that no page linked to: what the job would do with it. */
async function unknown(job: ResolvedJob, url: string, now: number): Promise<UrlRow> {
  const { excludedBy, lanesOf } = await createLinkRouter(workOf(job, 0), now);
  const rules = job.seeds.map((seed) => excludedBy(url, seed.url, 0));
  const rule = rules.every((one) => one !== undefined) ? rules[0] : undefined;
  const executors = lanesOf(url).map((lane) => job.executors[lane]?.name ?? '');
  const verdict =
    rule !== undefined
      ? `${rule} would keep it out`
      : executors.length === 0
        ? 'no extractor matches it and links are not followed'
        : `it would go to ${executors.join(' and ')}`;
  return { url, state: 'unknown', reason: `no page linked to it; ${verdict}` };
}

function told(row: UrlRow): string {
  const width = Math.max(...Object.keys(row).map((key) => key.length));
  const lines = Object.entries(row)
    .filter(([key]) => key !== 'url')
    .map(([key, value]) => `  ${key.replace('_', ' ').padEnd(width)}  ${value}`);
  return [String(row['url']), ...lines, ''].join('\n');
}
