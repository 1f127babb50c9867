import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import type { JobName } from './jobs.ts';
import type { BenchSite } from './site-list.ts';
import { heavySite } from './synthetic-heavy.ts';
import { readingOf } from './synthetic.ts';

/** What all pages of a synthetic site are like. */
export interface Synthetic {
  readonly size: number;
  readonly heavy: boolean;
}

/** Starts a server of its own for a site. */
export async function startSynthetic(site: Synthetic): Promise<BenchSite> {
  const folder = `${site.heavy ? 'heavy-' : ''}${site.size}`;
  const server = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'synthetic-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [address] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
  return {
    name: `synthetic-${folder}`,
    start: `${address.trim()}/${folder}/0.html`,
    synthetic: site,
    [Symbol.asyncDispose]: async () => {
      server.kill();
      await once(server, 'exit');
    },
  };
}

/** What is wrong with rows that should be all pages of a synthetic site, each once. */
export interface SyntheticCheck {
  readonly pages: number;
  /** At most ten lines. */
  readonly faults: readonly string[];
}

/** Reads JSON lines of a job one by one: a million rows need not be held. */
export async function checkSynthetic(
  file: string,
  start: string,
  { size, heavy }: Synthetic,
  job: JobName,
): Promise<SyntheticCheck> {
  const expected = heavy ? heavySite(size).reading : (n: number): object => readingOf(n, size);
  const seen = new Uint8Array(size);
  const faults: string[] = [];
  let [pages, wrong, repeated] = [0, 0, 0];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { url, ...row } = JSON.parse(line) as { readonly url: string };
    const n = Number(/\/(\d+)\.html$/.exec(url)?.[1] ?? NaN);
    if (seen[n] !== 0) repeated++;
    else pages++;
    seen[n] = 1;
    if (url === new URL(`${n}.html`, start).href && same(row, expected(n, job))) continue;
    if (wrong++ < FAULTS_SHOWN) faults.push(`wrong: ${line.slice(0, LINE_SHOWN)}`);
  }
  if (repeated > 0) faults.push(`${repeated} rows repeat a page or have no page of this site`);
  if (pages < size) faults.push(`${size - pages} pages are missing`);
  return { pages, faults };
}

const FAULTS_SHOWN = 5;
const LINE_SHOWN = 200;

function same(row: Readonly<Record<string, unknown>>, expected: object): boolean {
  return Object.entries(expected).every(([field, value]) => isDeepStrictEqual(row[field], value));
}
