/**
 * What reading a page costs for the jobs of the bench: the scan against the tree, on whole documentation sites, in µs of this process's CPU time.
 * With `--check`, instead: every page is read by both with hundreds of selectors, made of the page's own names, and every
 * difference is told.
 *
 *   npx tsx bench/extract.ts [--check] [--pages N] [FOLDER]...
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compilePlan, planWith } from '../src/extract/plan.ts';
import { parseFast } from '../src/extract/dom/document.ts';
import { decodeText } from '../src/fetch/charset.ts';
import type { PageText } from '../src/lib/page-text.ts';
import type { Page, Plan } from '../src/extract/types.ts';
import { checkPages } from './extract-check.ts';
import { planOptions } from './prepare.ts';

const FOLDERS = ['/usr/share/doc/postgresql-doc-15/html', '/usr/share/doc/sqlite3', '/usr/share/doc/python3.11/html'];
const ROUNDS = 10;

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false }, pages: { type: 'string', default: '400' } },
  allowPositionals: true,
});

const JOBS = ['bench', 'ten'];

function pagesOf(folder: string, most: number): Page[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  const step = Math.max(1, Math.floor(files.length / most));
  return files
    .sort()
    .filter((_, i) => i % step === 0)
    .slice(0, most)
    .map((file) => pageOf(decodeText(readFileSync(join(folder, file)), 'text/html; charset=utf-8').text, file));
}

function pageOf(html: PageText, file: string): Page {
  const url = `http://127.0.0.1/${file}`;
  return { url, seed: url, depth: 0, status: 200, headers: {}, html, fetchedAt: 0, job: 'bench', task: 'bench' };
}

/** µs of CPU time a page for each plan, the least of some rounds; they run in turns, since the machine is not ours alone. */
function costs(plans: readonly Plan[], pages: readonly Page[]): number[] {
  const least = plans.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, plan] of plans.entries()) {
      const before = process.cpuUsage();
      for (const page of pages) plan.extract(page);
      const { user, system } = process.cpuUsage(before);
      least[i] = Math.min(least[i] ?? Infinity, (user + system) / pages.length);
    }
  }
  return least;
}

const folders = positionals.length > 0 ? positionals : FOLDERS;
for (const folder of folders) {
  const pages = pagesOf(folder, Number(values.pages));
  if (values.check) {
    const { selectors, differences } = checkPages(pages);
    console.log(`${folder}: ${pages.length} pages, ${selectors} selectors, ${differences.length} differences`);
    for (const difference of differences.slice(0, 20)) console.log(`  ${difference}`);
    if (differences.length > 0) process.exitCode = 1;
    continue;
  }
  const kilobytes = pages.reduce((sum, { html }) => sum + html.characters.length, 0) / 1024 / pages.length;
  console.log(`${folder}: ${pages.length} pages of ${kilobytes.toFixed(1)} KB`);
  for (const name of JOBS) {
    const options = await planOptions(name);
    const scan = await compilePlan(options);
    if (scan.backEnd.kind !== 'scan') throw new Error(`the job "${name}" is not scanned`);
    const dom = planWith(options, () => parseFast, { kind: 'dom', because: 'to compare' });
    const [domCost = 0, scanCost = 0] = costs([dom, scan], pages);
    const ratio = (domCost / scanCost).toFixed(1);
    console.log(`  ${name}: tree ${domCost.toFixed(0)} µs, scan ${scanCost.toFixed(0)} µs a page, ${ratio} times`);
  }
}
