/** What is made once before a bench, so that no crawler is charged for it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { PlanOptions } from '../src/extract/plan.ts';
import { loadJob } from '../src/job/load.ts';
import { jobFile } from './jobs.ts';

/** What our executors compile of a job file of the bench. */
export async function planOptions(job: string): Promise<PlanOptions> {
  const options = { env: { SEED: 'http://127.0.0.1/' }, cwd: import.meta.dirname };
  const { extractors, follow, parser } = (await loadJob(jobFile(job), options)).job;
  return { extractors, follow, parser };
}

/** Bundles `floor.ts` and resolves its job. @returns how to call it, start page and file of rows to follow */
export async function prepareFloor(job: string, folder: string): Promise<readonly [string, string, string]> {
  const [program, plan] = [join(folder, 'floor.mjs'), join(folder, `${job}.json`)];
  await build({
    entryPoints: [join(import.meta.dirname, 'floor.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Bundled CommonJS packages call require for Node's own modules.
    banner: {
      js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);",
    },
    logLevel: 'warning',
  });
  writeFileSync(plan, JSON.stringify(await planOptions(job)));
  return ['node', program, plan];
}

/** Compiles the peer in Go with the packages of Debian. @throws Error with what the compiler says */
export function prepareGoquery(folder: string): readonly [string] {
  const program = join(folder, 'goquery');
  const { status, stderr } = spawnSync('go', ['build', '-o', program, 'main.go'], {
    cwd: join(import.meta.dirname, 'peers/goquery'),
    env: { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`go build: ${stderr}`);
  return [program];
}

/** Where Debian puts the sources of Go packages. */
export const GO_PATH = '/usr/share/gocode';
