/**
 * Measures the frontier on disk: `npx tsx bench/frontier.ts [URLS...] [--hosts N]`, 10^4 to 10^6 URLs on 100,000 hosts by default; 10^7 takes some minutes.
 *
 * Each size is a process of its own, and its restart another. Pages of 100 links are offered, 95 of them known, until so many URLs
 * are waiting; then they are leased and settled, up to a million of them; then the state is opened again. Commits are made as the ledger makes
 * them: for each exchange with a task. Rates are by CPU second of the whole process, merging of tables included, so that what else the
 * machine does matters little; the making of the URLs is measured apart and left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFrontier } from '../src/frontier/frontier.ts';
import { type Frontier, type FrontierSettings, HOST_FAILURES, HOT_URLS, type NewUrl } from '../src/frontier/types.ts';
import { openStore } from '../src/store/level-store.ts';
import type { Store } from '../src/store/types.ts';

const PAGE_LINKS = 100;
const NEW_LINKS = 5;
const PAGES_A_COMMIT = 10;
const LEASE = 64;
const SETTLED_MAX = 1_000_000;
const NOW = Date.UTC(2026, 0);

const SETTINGS: FrontierSettings = {
  lanes: 1,
  order: 'bfs',
  maxPages: Infinity,
  maxPagesPerHost: Infinity,
  politeness: { delayMs: 0, perHost: 8, robots: false },
  hostFailures: HOST_FAILURES,
  hotUrls: HOT_URLS,
};

type Row = Readonly<Record<string, string>>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { hosts: { type: 'string', default: '100000' }, phase: { type: 'string' }, directory: { type: 'string' } },
});
const hosts = Number(values.hosts);
let seed = 1;

function measure(size: string): Row {
  const directory = mkdtempSync(join(tmpdir(), 'pinspider-bench-'));
  try {
    return { ...child('crawl', directory, size), ...child('restart', directory) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function child(phase: string, directory: string, ...rest: string[]): Row {
  const script = process.argv[1] ?? '';
  const flags = ['--phase', phase, '--directory', directory, '--hosts', String(hosts), ...rest];
  const { stdout, status } = spawnSync(process.execPath, ['--expose-gc', ...process.execArgv, script, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the phase ${phase} failed`);
  return JSON.parse(stdout) as Row;
}

function print(row: Row): void {
  console.log(
    Object.entries(row)
      .map(([name, value]) => `${name} ${value}`)
      .join(' · '),
  );
}

async function crawl(size: number, directory: string): Promise<void> {
  const store = await openStore(directory, { durability: 'processes' });
  const frontier = await openFrontier(SETTINGS, store, NOW);
  const makingCost = costOfMaking();
  const base = memory();
  let longest = 0;
  const timed = <T>(run: () => T): T => {
    const start = performance.now();
    const result = run();
    longest = Math.max(longest, performance.now() - start);
    return result;
  };

  let offered = 0;
  const offering = await cpu(async () => {
    for (let known = 0; known < size;) {
      for (let page = 0; page < PAGES_A_COMMIT; page++) {
        const links = pageOf(known, size);
        offered += links.length;
        known += timed(() => frontier.add(links, NOW));
      }
      await commit(store);
    }
  });
  const waiting = memory();
  const longestOffer = longest;
  longest = 0;
  const settled = Math.min(size, SETTLED_MAX);
  const settling = await cpu(() => settleAll(frontier, store, settled, timed));
  const after = memory();
  const disk = await store.size();
  const page = await costOfPage(frontier, store, size);
  await store.close();
  console.log(
    JSON.stringify({
      'offered/s': rate(offered, offering - offered * makingCost),
      'new/s': rate(size, offering - offered * makingCost),
      'leased+settled/s': rate(settled, settling),
      'µs a page with 10 new links': page.toFixed(0),
      'RSS B/URL': per(Math.max(waiting.rss, after.rss) - base.rss, size),
      'anon B/URL': per(Math.max(waiting.anon, after.anon) - base.anon, size),
      'base MB': (base.rss / 1e6).toFixed(0),
      'disk B/URL': per(disk, size),
      'longest offer ms': longestOffer.toFixed(1),
      'longest lease or settle ms': longest.toFixed(1),
    }),
  );
}

async function settleAll(
  frontier: Frontier,
  store: Store,
  count: number,
  timed: <T>(run: () => T) => T,
): Promise<void> {
  for (let done = 0, now = NOW; done < count; now += 10) {
    await frontier.prepare('task', 0, LEASE, now);
    const lease = timed(() => frontier.lease('task', 0, LEASE, now));
    if (lease.urls.length === 0 && lease.done) throw new Error(`only ${done} URLs were leased`);
    await commit(store);
    const settlements = lease.urls.map(({ id }) => ({ id, outcome: 'fetched' as const, status: 200 }));
    const reports = lease.hosts.map(({ host }) => ({ host, notBefore: now }));
    timed(() => {
      frontier.settle('task', settlements, reports, now);
    });
    done += settlements.length;
  }
  await commit(store);
}

/** CPU µs of settling a page that brings ten URLs, leased and committed with 63 others, its links' making left out. */
async function costOfPage(frontier: Frontier, store: Store, size: number): Promise<number> {
  const pages = 200 * LEASE;
  let next = size;
  const links = Array.from({ length: pages }, () => {
    const found = Array.from({ length: 10 }, (_, i) => urlOf(next + i));
    next += 10;
    return found;
  });
  frontier.add(
    Array.from({ length: pages }, () => urlOf(next++)),
    NOW,
  );
  await commit(store);
  const spent = await cpu(async () => {
    for (let now = NOW + 1e9, done = 0; done < pages; now += 10) {
      await frontier.prepare('task', 0, LEASE, now);
      const { urls } = frontier.lease('task', 0, LEASE, now);
      const settlements = urls.map(({ id }, i) => ({
        id,
        outcome: 'fetched' as const,
        status: 200,
        links: links[done + i] ?? [],
      }));
      done += urls.length;
      frontier.settle('task', settlements, [], now);
      await commit(store);
    }
  });
  return spent / pages;
}

async function restart(directory: string): Promise<void> {
  globalThis.gc?.();
  const base = memory();
  const start = performance.now();
  const before = process.cpuUsage();
  const store = await openStore(directory, { durability: 'processes' });
  const frontier = await openFrontier(SETTINGS, store, NOW);
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const { discovered } = frontier.counts();
  const { rss } = memory();
  await store.close();
  console.log(
    JSON.stringify({
      'restart s': (elapsed / 1000).toFixed(2),
      'restart CPU s': ((user + system) / 1e6).toFixed(2),
      'RSS B/URL restarted': per(rss - base.rss, discovered),
    }),
  );
}

async function commit(store: Store): Promise<void> {
  await store.write(store.cut());
}

/** Five new URLs of one site among 95 that are known, from all that are. */
function pageOf(known: number, size: number): NewUrl[] {
  const fresh = Math.min(NEW_LINKS, size - known);
  const seen = known === 0 ? 0 : PAGE_LINKS - NEW_LINKS;
  return [
    ...Array.from({ length: fresh }, (_, i) => urlOf(known + i)),
    ...Array.from({ length: seen }, () => urlOf(Math.floor(random() * known))),
  ];
}

function urlOf(n: number): NewUrl {
  const host = Math.floor(n / NEW_LINKS) % hosts;
  // Through a buffer, so that the text is flat as one from the wire is.
  const url = Buffer.from(`https://site${host}.example.org/section/${n % 97}/article-${n}.html`).toString();
  return { url, lane: 0, depth: n % 5, seed: 'https://site0.example.org/', priority: 0, redirects: 0 };
}

/** The same for each run. */
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
}

/** CPU µs of making one URL. */
function costOfMaking(): number {
  const count = 300_000;
  for (let i = 0; i < count; i++) urlOf(i);
  const start = process.cpuUsage();
  for (let i = 0; i < count / PAGE_LINKS; i++) pageOf(1e6, 2e6);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

/** CPU µs of all threads. */
async function cpu(run: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** Resident bytes, all and those that are no mapped file. */
function memory(): { readonly rss: number; readonly anon: number } {
  globalThis.gc?.();
  const status = readFileSync('/proc/self/status', 'utf8');
  const of = (name: string): number => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  return { rss: of('VmRSS'), anon: of('RssAnon') };
}

function rate(count: number, microseconds: number): string {
  return Math.round((count / microseconds) * 1e6).toLocaleString('en');
}

function per(bytes: number, count: number): string {
  return (bytes / count).toFixed(0);
}

if (values.phase === 'crawl') await crawl(Number(positionals[0]), values.directory ?? '');
else if (values.phase === 'restart') await restart(values.directory ?? '');
else {
  const sizes = positionals.length > 0 ? positionals : ['10000', '100000', '1000000'];
  for (const size of sizes) print({ URLs: Number(size).toLocaleString('en'), ...measure(size) });
}
