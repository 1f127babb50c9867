/**
 * Measures the frontier in memory: `npx tsx bench/frontier.ts [URLs]`. Prints new and seen URLs offered, leases and settlements a
 * CPU second (so that what else the machine does matters little), bytes a waiting URL, and the longest single call by the clock.
 * Each measurement is a process of its own, with an empty heap.
 */
import { spawnSync } from 'node:child_process';
import { openFrontier } from '../src/frontier/frontier.ts';
import { memoryStore } from '../src/store/memory-store.ts';
import type { NewUrl } from '../src/frontier/types.ts';

const [size, hosts] = process.argv.slice(2).map(Number);
if (size !== undefined && hosts !== undefined) await bench(size, hosts);
else {
  for (const urls of size === undefined ? [100_000, 1_000_000] : [size]) {
    for (const count of [1, 1000]) {
      const script = process.argv[1] ?? '';
      spawnSync(process.execPath, ['--expose-gc', ...process.execArgv, script, `${urls}`, `${count}`], {
        stdio: 'inherit',
      });
    }
  }
}

async function bench(size: number, hosts: number): Promise<void> {
  const frontier = await openFrontier(
    {
      lanes: 1,
      order: 'bfs',
      maxPages: Infinity,
      maxPagesPerHost: Infinity,
      politeness: { delayMs: 0, perHost: 8, robots: false },
      hotUrls: size,
    },
    memoryStore(),
    0,
  );
  const before = memory();
  let longest = 0;
  const timed = <T>(run: () => T): T => {
    const start = performance.now();
    const result = run();
    longest = Math.max(longest, performance.now() - start);
    return result;
  };

  const fresh = rate(size, () => {
    for (let i = 0; i < size; i += 100) {
      const page = links(i, Math.min(100, size - i), hosts);
      timed(() => frontier.add(page, 0));
    }
  });
  const bytes = (memory() - before) / size;
  const offers = Array.from({ length: 200 }, (_, page) =>
    // 95 of 100 links of a page are known.
    [...links((page * 97) % size, 95, hosts), ...links(size + page * 5, 5, hosts)],
  );
  const offered = rate(20_000, () => {
    for (const page of offers) timed(() => frontier.add(page, 0));
  });
  const settled = rate(size, () => {
    for (let now = 0; ; now += 10) {
      const lease = timed(() => frontier.lease('task', 0, 64, now));
      if (lease.done) break;
      const done = lease.urls.map(({ id }) => ({ id, outcome: 'fetched' as const }));
      timed(() => frontier.settle('task', done, [], now));
    }
  });
  const shown = [`${size} URLs`, `${hosts} hosts`, `new ${fresh}/cpu-s`, `offered ${offered}/cpu-s (95 % seen)`];
  console.log(
    [
      ...shown,
      `lease+settle ${settled}/cpu-s`,
      `${bytes.toFixed(0)} B/URL`,
      `longest call ${longest.toFixed(1)} ms`,
    ].join(' · '),
  );
}

function links(from: number, count: number, hosts: number): NewUrl[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    // Through a buffer, so that the text is flat as one from the wire is.
    const url = Buffer.from(`https://site${n % hosts}.example.org/section/${n % 97}/article-${n}.html`).toString();
    return { url, lane: 0, depth: n % 5, seed: 'https://site0.example.org/', priority: 0, redirects: 0 };
  });
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Things a CPU second, all threads of the process together. */
function rate(count: number, run: () => void): string {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return Math.round((count / (user + system)) * 1e6).toLocaleString('en');
}
