import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider } from './command.ts';
import type { ManyHosts } from './many-hosts.ts';
import { type Workspace, workspace } from './workspace.ts';

/** Two executors, two extractors, every kind of output file; keys, so that records are known by them. */
export const everySinkJob = (site: ManyHosts): string => `
name: many
master: local[2]
seeds: ${site.seed}
scope: { within: any, deny: ["**/p/13"] }
follow: true
politeness: { delay: 0, per_host: 8, auto_throttle: false }
fetch: { retries: { times: 3, backoff: 50ms }, allow_private: true }
executors:
  one: { cpus: 1, mem: 256, max_instances: 1, extractors: [page, item] }
  two: { cpus: 1, mem: 256, max_instances: 1, extractors: [head] }
extractors:
  page: { fields: { url: { from: url }, n: h1 | number, links: "a[href]::count" } }
  item: { each: .item, key: name, fields: { name: b, price: i | number } }
  head: { fields: { title: title } }
output: ["out/{extractor}.jsonl", "out/{extractor}.csv"]
`;

const EXTRACTORS = ['page', 'item', 'head'];

/** All that a crawl wrote, line by line, in an order that does not depend on it. */
export async function linesOf(space: Workspace): Promise<Record<string, string[]>> {
  const files = EXTRACTORS.flatMap((name) => [`out/${name}.jsonl`, `out/${name}.csv`]);
  const entries = files.map(async (file) => {
    const text = await readFile(join(space.directory, file), 'utf8');
    return [file, text.split('\n').sort()] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

export interface Expected {
  readonly lines: Record<string, string[]>;
  readonly urls: Summary['urls'];
}

/** What an undisturbed run of the job gives. */
export async function undisturbed(site: ManyHosts): Promise<Expected> {
  await using space = await workspace(everySinkJob(site));
  const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-', '--quiet'], space.directory);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { lines: await linesOf(space), urls: (JSON.parse(stdout) as Summary).urls };
}

/** The counts of a crawl that is over, as the store on disk says; undefined while it is not. */
export async function endedIn(space: Workspace): Promise<Summary['urls'] | undefined> {
  const { code, stdout, stderr } = await pinspider(['state', space.job, '--json'], space.directory);
  // Killed before anything was stored.
  if (stderr.includes('no crawl of this job is known')) return undefined;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { status, urls } = JSON.parse(stdout) as { status: string; urls: Summary['urls'] };
  return status === 'finished' ? urls : undefined;
}

const SETTLED = new Set(['fetched', 'redirected', 'failed', 'excluded']);

/** URLs that both executors have settled for good, as the store on disk says. */
export async function settledIn(space: Workspace): Promise<Set<string>> {
  const { code, stdout, stderr } = await pinspider(['urls', space.job], space.directory);
  // Killed before anything was stored.
  if (stderr.includes('no crawl of this job is known')) return new Set();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const once = new Set<string>();
  const both = new Set<string>();
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const { url, state, executor } = JSON.parse(line) as { url: string; state: string; executor?: string };
    if (!SETTLED.has(state)) continue;
    if (executor === undefined || once.has(url)) both.add(url);
    once.add(url);
  }
  return both;
}
