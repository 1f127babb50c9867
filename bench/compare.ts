/**
 * tsx bench/compare.ts [SITE…] [--executors 2]
 *
 * Crawls whole sites with `jobs/links.yaml` and with Scrapy under the same scope (every link of the start page's host, queries
 * included) and prints every page that only one of them has, and every title, first h1 and number of links that differs from
 * parsel's. Default: python, postgresql, handbook and sqlite. Exit code 1 when there is a difference, or a crawl failed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, type Command } from './measure.ts';
import { pinspiderCommand, pinspiderMissing, scrapyCommand, scrapyMissing } from './peers.ts';
import { differenceLines, differences, readRows, type Rows } from './rows.ts';
import { servedSite, type BenchSite } from './site-list.ts';

const FIELDS = ['title', 'h1', 'links'];
const JOB = join(import.meta.dirname, '../jobs/links.yaml');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { executors: { type: 'string', default: '2' } },
});
const missing = [pinspiderMissing(), scrapyMissing()].filter((mend) => mend !== undefined);
if (missing.length > 0) {
  process.stderr.write(`first: ${missing.join('; ')}\n`);
  process.exitCode = 2;
} else {
  const names = positionals.length > 0 ? positionals : ['python', 'postgresql', 'handbook', 'sqlite'];
  for (const name of names) await compare(await servedSite(name));
}

async function compare(site: BenchSite): Promise<void> {
  const size = ['--set', `master=local[${values.executors}]`];
  const ours = await crawl('pinspider', (folder) => pinspiderCommand(JOB, site.start, folder, size));
  const theirs = await crawl('scrapy', (folder) => scrapyCommand(site.start, 'links', folder));
  if (ours === undefined || theirs === undefined) return;

  const found = differences(ours, theirs, FIELDS);
  const lines = differenceLines(found, 'pinspider', 'parsel');
  process.stdout.write(
    `${site.name}: ${ours.byUrl.size} pages, Scrapy ${theirs.byUrl.size}; ` +
      `only pinspider ${found.onlyLeft.length}, only Scrapy ${found.onlyRight.length}; ` +
      `${found.values.length} of ${ours.byUrl.size * FIELDS.length} values differ; rows repeated ${ours.repeated}\n`,
  );
  for (const line of lines) process.stdout.write(`  ${line}\n`);
  if (lines.length > 0 || ours.repeated > 0) process.exitCode = 1;
}

/** The rows of one crawl; undefined when it failed. */
async function crawl(name: string, command: (folder: string) => Command): Promise<Rows | undefined> {
  const folder = mkdtempSync(join(tmpdir(), `pinspider-compare-${name}-`));
  try {
    const { exitCode, stderr } = await measure(command(folder));
    if (exitCode === 0) return await readRows(join(folder, name === 'pinspider' ? 'out/page.jsonl' : 'page.jsonl'));
    process.stderr.write(`${name} failed with ${exitCode}\n${stderr.slice(-2000)}\n`);
    process.exitCode = 1;
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
