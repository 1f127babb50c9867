/**
 * npx tsx bench/start.ts [CHECKOUT…] [--runs 9] [--pages 40] [--set path=value…]
 *
 * Where the time before the first request and after the last page goes: `pinspider run` of a built checkout (default: this one;
 * several take turns) on a small site that this process serves. Prints medians of each stage in ms since the command was started,
 * as the command's log, the agent's and the site tell them, and the CPU time of all processes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './measure.ts';
import { median } from './table.ts';

/** What tells a stage: a message of the log, and where one message tells of several things, what else its line says. */
const STAGES: readonly { readonly name: string; readonly message: RegExp; readonly line?: RegExp }[] = [
  { name: 'job read', message: /^the job is read$/ },
  { name: 'cluster up', message: /^master at / },
  { name: 'store open', message: /^the state is open$/ },
  { name: 'feed listens', message: /^the feed listens$/ },
  { name: 'subscribed', message: /^framework registered$/ },
  { name: 'task launched', message: /^launch$/ },
  { name: 'executor process', message: /^executor .* runs as process/ },
  { name: 'task runs', message: /^task update$/, line: /TASK_RUNNING/ },
];

interface Figures {
  /** ms since the start of the command. */
  readonly stages: ReadonlyMap<string, number>;
  readonly cpuMs: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '9' },
    pages: { type: 'string', default: '40' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const checkouts = positionals.length > 0 ? positionals : [join(import.meta.dirname, '..')];
const site = { pages: Number(values.pages), times: [] as number[] };
const server = createServer((request, response) => {
  if (request.url !== '/robots.txt') site.times.push(Date.now());
  response.setHeader('content-type', 'text/html').end(page(request.url ?? '/'));
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const seed = `http://127.0.0.1:${(server.address() as AddressInfo).port}/0`;

const runs = new Map<string, Figures[]>(checkouts.map((checkout) => [checkout, []]));
for (let turn = 0; turn < Number(values.runs); turn++) {
  for (const checkout of checkouts) runs.get(checkout)?.push(await once(checkout));
}
server.close();
for (const [checkout, figures] of runs) print(checkout, figures);

async function once(checkout: string): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'pinspider-start-'));
  site.times = [];
  try {
    const began = Date.now();
    const job = join(import.meta.dirname, 'jobs/bench.yaml');
    const own = ['--out', folder, '--state', join(folder, 'state'), '--log-format', 'json', '--log-level', 'debug'];
    const { stderr, exitCode, cpuS, wallS } = await measure({
      argv: ['node', join(resolve(checkout), 'dist/cli/main.js'), 'run', job, ...own, ...values.set.flatMap(asFlag)],
      env: { SEED: seed },
      cwd: folder,
    });
    if (exitCode !== 0 || site.times.length !== site.pages) throw new Error(`a run failed:\n${stderr}`);
    const [first = 0, last = 0] = [site.times[0], site.times.at(-1)];
    const ended = began + wallS * 1000;
    const stages = new Map<string, number>(stagesOf(stderr).map(([name, at]) => [name, at - began]));
    stages
      .set('first request', first - began)
      .set('last request', last - began)
      .set('ended', ended - began);
    return { stages: stages.set('last request to end', ended - last), cpuMs: cpuS * 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first line of each stage that the log has, epoch ms. */
function stagesOf(log: string): [name: string, at: number][] {
  const lines = log.split('\n').filter((line) => line.startsWith('{'));
  const parsed = lines.map((line) => ({
    line,
    ...(JSON.parse(line) as { time: string; message: string; ms?: number }),
  }));
  const read = parsed.find(({ message }) => message === 'the job is read');
  const loaded: [string, number][] = read ? [['command loaded', Date.parse(read.time) - (read.ms ?? 0)]] : [];
  const later = STAGES.flatMap(({ name, message, line = /^/ }) => {
    const found = parsed.find((one) => message.test(one.message) && line.test(one.line));
    return found ? [[name, Date.parse(found.time)] as [string, number]] : [];
  });
  return [...loaded, ...later];
}

function print(checkout: string, figures: readonly Figures[]): void {
  const names = [...(figures[0]?.stages.keys() ?? [])];
  console.log(`\n${checkout}, ${site.pages} pages, medians of ${figures.length}, ms`);
  for (const name of names) {
    const of = figures.flatMap(({ stages }) => stages.get(name) ?? []);
    console.log(`${name.padEnd(20)} ${median(of).toFixed(0).padStart(6)}   best ${Math.min(...of).toFixed(0)}`);
  }
  console.log(
    `${'CPU'.padEnd(20)} ${median(figures.map(({ cpuMs }) => cpuMs))
      .toFixed(0)
      .padStart(6)}`,
  );
}

function asFlag(assignment: string): string[] {
  return ['--set', assignment];
}

/** Each page links to the next ten, so that the second leads on to all. */
function page(path: string): string {
  const own = Number(path.slice(1));
  const links = Array.from({ length: 10 }, (_, i) => own + i + 1).filter((n) => n < site.pages);
  return `<title>${own}</title><h1>Page ${own}</h1><p>Of a small site.${links.map((n) => `<a href="/${n}">${n}</a>`).join('')}`;
}
