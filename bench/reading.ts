import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseFast } from '../src/extract/dom/document.ts';
import { compilePlan, planWith } from '../src/extract/plan.ts';
import { PageText } from '../src/lib/page-text.ts';
import type { Page, Plan } from '../src/extract/types.ts';
import { planOptions } from './prepare.ts';

/** Documentation sites as Debian's packages have them. */
export const FOLDERS: readonly string[] = [
  '/usr/share/doc/postgresql-doc-15/html',
  '/usr/share/doc/sqlite3',
  '/usr/share/doc/python3.11/html',
];

const ROUNDS = 10;
const JOBS = ['bench', 'ten'];
const NOTHING = Buffer.alloc(0);

/** What reading a page costs for a job, µs of CPU time. */
export interface Reading {
  readonly job: string;
  readonly tree: number;
  readonly scan: number;
}

/** At most so many pages of a site, from all over it. */
export function pagesOf(folder: string, most: number): Page[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  const step = Math.max(1, Math.floor(files.length / most));
  return files
    .sort()
    .filter((_, i) => i % step === 0)
    .slice(0, most)
    .map((file) => pageOf(readFileSync(join(folder, file)), file));
}

function pageOf(body: Buffer, file: string): Page {
  const url = `http://127.0.0.1/${file}`;
  return {
    url,
    seed: url,
    depth: 0,
    status: 200,
    headers: {},
    html: PageText.ofUtf8(body),
    fetchedAt: 0,
    job: 'bench',
    task: 'bench',
  };
}

/** KiB a page. */
export function sizeOf(pages: readonly Page[]): number {
  return pages.reduce((sum, { html }) => sum + html.bytes.length, 0) / 1024 / pages.length;
}

/** The scan against the tree, for each job that is scanned. */
export async function readings(pages: readonly Page[]): Promise<Reading[]> {
  const found: Reading[] = [];
  for (const job of JOBS) {
    const options = await planOptions(job);
    const scan = await compilePlan(options);
    if (scan.backEnd.kind !== 'scan') throw new Error(`the job "${job}" is not scanned`);
    const dom = planWith(options, () => parseFast, { kind: 'dom', because: 'to compare' });
    const [treeUs = 0, scanUs = 0] = costs([dom, scan], pages);
    found.push({ job, tree: treeUs, scan: scanUs });
  }
  return found;
}

/** The table's head. */
export const readingHead: readonly string[] = ['site', ...JOBS.map((job) => `\`${job}\`, µs: tree / scan`)];

/** A row of it for a site. */
export async function readingRow(folder: string, pagesMost: number): Promise<string[]> {
  const pages = pagesOf(folder, pagesMost);
  const site = basename(folder) === 'html' ? basename(dirname(folder)) : basename(folder);
  const cells = (await readings(pages)).map(
    ({ tree, scan }) => `${tree.toFixed(0)} / ${scan.toFixed(0)} = ${(tree / scan).toFixed(1)}`,
  );
  return [`${site}, ${sizeOf(pages).toFixed(0)} KB a page`, ...cells];
}

/** µs of CPU time a page for each plan, decoding included: the least of some rounds; they run in turns, since the machine is not ours alone. */
function costs(plans: readonly Plan[], pages: readonly Page[]): number[] {
  const least = plans.map(() => Infinity);
  const bodies = pages.map(({ html }) => html.bytes);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, plan] of plans.entries()) {
      // as they come from the wire, since a text keeps what was decoded of it
      const fresh = pages.map((page, n) => ({ ...page, html: PageText.ofUtf8(bodies[n] ?? NOTHING) }));
      const before = process.cpuUsage();
      for (const page of fresh) plan.extract(page);
      const { user, system } = process.cpuUsage(before);
      least[i] = Math.min(least[i] ?? Infinity, (user + system) / pages.length);
    }
  }
  return least;
}
