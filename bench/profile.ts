/**
 * npx tsx bench/profile.ts [SITE] [--job bench|ten|dom] [--executors 2] [--top 25] [--keep FOLDER]
 *
 * Crawls a site with pinspider, a CPU profile of each process, and prints where the time of the command and of its executors went:
 * by our layers, by packages, by files and by functions, in µs a page. `--keep` leaves the profiles there, for other tools.
 * The command is built for it, with source maps, in a folder of its own.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchJob } from './jobs.ts';
import { measure } from './measure.ts';
import { executorFlags, pinspiderCommand } from './peers.ts';
import { costsOf, readProfile, type Cost, type Profile } from './profile-costs.ts';
import { servedSite } from './site-list.ts';

const ROOT = join(import.meta.dirname, '..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    job: { type: 'string', default: 'bench' },
    executors: { type: 'string', default: '2' },
    top: { type: 'string', default: '25' },
    keep: { type: 'string' },
  },
});
const top = Number(values.top);
const folder = mkdtempSync(join(tmpdir(), 'pinspider-profile-'));
try {
  const main = buildWithMaps(join(folder, 'package'));
  await profile(main);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function profile(main: string): Promise<void> {
  await using site = await servedSite(positionals[0] ?? 'postgresql');
  const profiles = values.keep ?? join(folder, 'profiles');
  const work = join(folder, 'work');
  mkdirSync(work);
  const env = { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'profile-self.mjs')}`, PROFILE_TO: profiles };
  const flags = [
    ...executorFlags({ executors: values.executors }),
    ...['--set', `executors.crawler.env=${JSON.stringify(env)}`],
  ];
  const crawl = pinspiderCommand(benchJob(values.job).file, site.start, work, flags);
  const [node, , ...rest] = crawl.argv;
  const command = { argv: [node, main, ...rest] as const, env: { ...crawl.env, ...env }, cwd: work };
  const { exitCode, stderr, cpuS } = await measure(command);
  if (exitCode !== 0) throw new Error(`the crawl failed with ${exitCode}\n${stderr}`);
  const pages = readFileSync(join(work, 'page.jsonl'), 'utf8').split('\n').length - 1;
  process.stdout.write(
    `${site.start}, job ${values.job}: ${pages} pages, ${cpuS.toFixed(2)} s of CPU, profiler included\n`,
  );

  const read = readdirSync(profiles).map((name) => readProfile(join(profiles, name)));
  tell('the command: scheduler, master, agent', [read.filter((one) => !one.isExecutor)], pages);
  tell('the executors', [read.filter((one) => one.isExecutor)], pages);
}

function tell(kind: string, [profiles = []]: readonly (readonly Profile[])[], pages: number): void {
  const { busyUs, idleUs, groups, files, functions } = costsOf(profiles);
  const perPage = (us: number): string => (us / pages).toFixed(1).padStart(8);
  process.stdout.write(
    `\n${kind} (${profiles.length}): busy ${perPage(busyUs).trim()} µs a page, ${(busyUs / 1e6).toFixed(2)} s; ` +
      `idle ${((100 * idleUs) / (busyUs + idleUs)).toFixed(0)} % of the time\n`,
  );
  const list = (title: string, costs: readonly Cost[]): void => {
    process.stdout.write(`  ${title}\n`);
    for (const { name, us } of costs.slice(0, top)) {
      process.stdout.write(`  ${perPage(us)} µs ${((100 * us) / busyUs).toFixed(1).padStart(5)} %  ${name}\n`);
    }
  };
  list('by layer and package', groups);
  list('by file', files);
  list('by function', functions);
}

/** The package built with source maps; what it needs besides is linked. @returns the command's entry file */
function buildWithMaps(to: string): string {
  mkdirSync(to, { recursive: true });
  for (const name of ['node_modules', 'schemas', 'proto', 'jobs', 'fixtures'])
    symlinkSync(join(ROOT, name), join(to, name));
  cpSync(join(ROOT, 'package.json'), join(to, 'package.json'));
  const { status, stderr } = spawnSync('node', ['scripts/build.mjs', '--maps', '--to', join(to, 'dist')], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed\n${stderr}`);
  return join(to, 'dist/cli/main.js');
}
