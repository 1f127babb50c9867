import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider, start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { workspace } from '../support/workspace.ts';

const LONG = 60_000;

const job = (seed: string, more = '') => `
name: graph
seeds: ${seed}
follow: true
politeness: { delay: 0, per_host: 8, auto_throttle: false }
fetch: { retries: { times: 2, backoff: 50ms } }
extractors:
  page: { fields: { url: { from: url }, n: h1 | number, links: "a[href]::count" } }
output: out/{extractor}.jsonl
${more}
`;

const summaryOf = (stdout: string): Summary => JSON.parse(stdout) as Summary;
const numbers = (records: readonly Record<string, unknown>[]) =>
  records.map((r) => Number(r['n'])).sort((a, b) => a - b);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('run', { timeout: LONG }, () => {
  test('one and four executors give the same records, each executor a process with a sandbox of its own', async () => {
    await using site = await graphSite({ pages: 400, slowMs: 5 });
    const results = [];
    for (const cpus of [1, 4]) {
      await using space = await workspace(job(`${site.url}/0`));
      const { code, stdout, stderr } = await pinspider(
        ['run', space.job, '--master', `local[${cpus}]`, '--summary', '-'],
        space.directory,
      );
      expect(stderr).not.toContain('error of its own');
      expect(code).toBe(0);
      const summary = summaryOf(stdout);
      expect(summary).toMatchObject({ reason: 'finished', urls: { fetched: 400, failed: 0, queued: 0, leased: 0 } });
      const records = await space.records('out/page.jsonl');
      results.push(records.map((r) => JSON.stringify(r)).sort());
      expect(await space.sandboxes()).toHaveLength(summary.tasks.launched);
      if (cpus === 4) expect(summary.tasks.launched).toBeGreaterThan(1);
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toHaveLength(400);
  });

  test('killing an executor in the middle loses and repeats no record', async () => {
    await using site = await graphSite({ pages: 300, slowMs: 20 });
    await using space = await workspace(job(`${site.url}/0`));
    const { child, finished } = start(['run', space.job, '--master', 'local[2]', '--summary', '-'], space.directory);
    while ([...site.hits.values()].length < 60) await new Promise((r) => setTimeout(r, 10));
    const [victim] = await executorsOf(child.pid ?? -1);
    expect(victim).toBeGreaterThan(0);
    process.kill(victim ?? -1, 'SIGKILL');
    const { code, stdout } = await finished;
    const summary = summaryOf(stdout);
    expect(code).toBe(0);
    expect(summary.tasks.failed + summary.tasks.lost).toBe(1);
    expect(numbers(await space.records('out/page.jsonl'))).toEqual(upTo(300));
    expect(summary.urls).toMatchObject({ fetched: 300, failed: 0 });
  });

  test('total_tasks is never exceeded, and executors are used again', async () => {
    await using site = await graphSite({ pages: 100 });
    await using space = await workspace(job(`${site.url}/0`, 'urls_per_task: 10\ntotal_tasks: 4'));
    const { code, stdout } = await pinspider(
      ['run', space.job, '--master', 'local[1]', '--summary', '-'],
      space.directory,
    );
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({
      reason: 'total_tasks',
      tasks: { launched: 4, finished: 4 },
      urls: { fetched: 40, leased: 0 },
    });
    expect(await space.sandboxes()).toHaveLength(1);
  });

  test('max_pages is a hard limit', async () => {
    await using site = await graphSite({ pages: 200 });
    await using space = await workspace(job(`${site.url}/0`));
    const { code, stdout } = await pinspider(['run', space.job, '--limit', '30', '--summary', '-'], space.directory);
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({ reason: 'limit', urls: { fetched: 30, leased: 0 } });
    expect([...site.hits.keys()].filter((path) => path !== '/robots.txt')).toHaveLength(30);
  });

  test('a quota lets out so many pages of its kind, and says which it kept out', async () => {
    await using site = await graphSite({ pages: 60 });
    const quota = String.raw`frontier: { quota: { '/\/[0-9]$/': 4 } }`;
    await using space = await workspace(`${job(`${site.url}/0`)}\n${quota}\n`);
    const { code, stdout } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    expect(code).toBe(0);
    // Of 0 to 9 the first four are let out: 1, 2 and 3, which 0 links to. Pages that only the others link to are not met.
    const below = (n: number): number[] => [3 * n + 1, 3 * n + 2, 3 * n + 3].filter((to) => to < 60);
    const tens = [3]
      .flatMap(below)
      .flatMap((n) => [n, ...below(n)])
      .filter((n) => n > 9); // 10, 11, 12 and theirs
    expect(summaryOf(stdout)).toMatchObject({
      reason: 'finished',
      urls: { fetched: 4 + tens.length, excluded: 6 },
      exclusions: { [String.raw`quota /\/[0-9]$/`]: 6 },
    });
    expect((await space.records('out/page.jsonl')).map(({ n }) => Number(n)).sort((a, b) => a - b)).toEqual(
      [0, 1, 2, 3, ...tens].sort((a, b) => a - b),
    );
    const url = `${site.url}/7`;
    const { stdout: why } = await pinspider(['explain', space.job, url], space.directory);
    expect(why).toContain(String.raw`quota /\/[0-9]$/`);
  });

  test('requests to a host are never closer than its delay, whatever the executors', async () => {
    await using site = await graphSite({ pages: 8 });
    await using space = await workspace(
      job(`${site.url}/0`).replace('delay: 0, per_host: 8', 'delay: 500ms, per_host: 2'),
    );
    const { code } = await pinspider(['run', space.job, '--master', 'local[4]'], space.directory);
    expect(code).toBe(0);
    const gaps = site.times.slice(1).map((at, i) => at - (site.times[i] ?? 0));
    // The clock starts when a request is sent; on a busy machine it is late to be sent, or seen. Two workers would come together.
    expect(Math.min(...gaps)).toBeGreaterThan(250);
    expect(site.hits.get('/robots.txt')).toBe(1);
  });

  test('no more requests are under way at once than per_host, over all executors', async () => {
    await using site = await graphSite({ pages: 200, slowMs: 20 });
    await using space = await workspace(job(`${site.url}/0`).replace('per_host: 8', 'per_host: 4'));
    expect((await pinspider(['run', space.job, '--master', 'local[4]'], space.directory)).code).toBe(0);
    expect(site.peak()).toBeLessThanOrEqual(4);
  });

  test('robots.txt is obeyed, and what it forbids is never asked for', async () => {
    await using site = await graphSite({ pages: 40, robots: 'User-agent: *\nDisallow: /1\n' });
    await using space = await workspace(job(`${site.url}/0`));
    const { stdout } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    expect([...site.hits.keys()].filter((path) => path.startsWith('/1'))).toEqual([]);
    expect(summaryOf(stdout).exclusions).toEqual({ 'robots.txt: Disallow: /1': expect.any(Number) });
  });

  test('a page that fails is tried again, and in the end a failed URL with its reason, never a record', async () => {
    await using site = await graphSite({
      pages: 10,
      intercept: (path, nth, response) => {
        if (path === '/2' && nth === 1) return (response.writeHead(503, { 'retry-after': '0' }).end('busy'), true);
        if (path === '/3') return (response.destroy(), true);
        if (path === '/4') return (response.writeHead(404).end('<h1>4</h1>'), true);
        return false;
      },
    });
    await using space = await workspace(job(`${site.url}/0`));
    const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    expect(code).toBe(0);
    expect(summaryOf(stdout).urls).toMatchObject({ fetched: 8, failed: 2 });
    expect(numbers(await space.records('out/page.jsonl'))).toEqual([0, 1, 2, 5, 6, 7, 8, 9]);
    expect(site.hits.get('/2')).toBe(2);
    expect(site.hits.get('/3')).toBe(3);
    expect(stderr).toContain('http 404');
  });

  test('redirects are URLs of their own, kept in scope and counted', async () => {
    await using site = await graphSite({
      pages: 5,
      intercept: (path, _, response) => {
        if (path === '/1') return (response.writeHead(301, { location: '/4#part' }).end(), true);
        if (path === '/2') return (response.writeHead(302, { location: 'http://other.invalid/' }).end(), true);
        if (path.startsWith('/3'))
          return (response.writeHead(302, { location: `/3?again=${path.length}` }).end(), true);
        return false;
      },
    });
    await using space = await workspace(job(`${site.url}/0`));
    const { stdout } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    const { urls } = summaryOf(stdout);
    expect(numbers(await space.records('out/page.jsonl'))).toEqual([0, 4]);
    expect(urls).toMatchObject({ fetched: 2, leased: 0, queued: 0 });
    expect(urls.redirected).toBeGreaterThanOrEqual(3);
    expect(site.hits.get('/4')).toBe(1);
  });

  test('an interrupted run ends soon with 130, and what was settled is on disk', async () => {
    await using site = await graphSite({ pages: 5000, slowMs: 20 });
    await using space = await workspace(job(`${site.url}/0`));
    const { child, finished } = start(['run', space.job, '--summary', '-'], space.directory);
    while (site.hits.size < 50) await new Promise((r) => setTimeout(r, 10));
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    const summary = summaryOf(stdout);
    expect(summary.reason).toBe('interrupted');
    expect(await space.records('out/page.jsonl')).toHaveLength(summary.urls.fetched);
    expect(await executorsOf(child.pid ?? -1)).toEqual([]);
  });

  test('a worker of a small job stays below 128 MB', async () => {
    await using site = await graphSite({ pages: 300, slowMs: 2 });
    await using space = await workspace(job(`${site.url}/0`, 'executors: { crawler: { cpus: 1, mem: 128 } }'));
    const { child, finished } = start(['run', space.job, '--master', 'local[1]'], space.directory);
    let peakKb = 0;
    while (child.exitCode === null) {
      const [pid] = await executorsOf(child.pid ?? -1);
      const status = pid === undefined ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      await new Promise((r) => setTimeout(r, 50));
    }
    const { code } = await finished;
    expect(code).toBe(0);
    expect(peakKb).toBeGreaterThan(20_000);
    expect(peakKb / 1000).toBeLessThan(128);
  });
});

describe('what cannot work says so in one line', { timeout: LONG }, () => {
  const once_ =
    'name: x\nseeds: http://127.0.0.1:9/\nextractors: { page: { fields: { t: title } } }\nfetch: { retries: 0 }\n';

  test('an unreachable master', async () => {
    await using space = await workspace(`${once_}failover_timeout: 2s\n`);
    const { code, stderr } = await pinspider(
      ['run', space.job, '--master', 'http://127.0.0.1:9', '--set', 'advertise=127.0.0.1', '--quiet'],
      space.directory,
    );
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/127\.0\.0\.1:9/)]);
    expect(code).toBe(1);
  });

  test('a taken port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await using space = await workspace(once_);
    const { code, stderr } = await pinspider(
      ['run', space.job, '--master', 'http://127.0.0.1:9', '--set', `advertise=127.0.0.1:${port}`],
      space.directory,
    );
    taken.close();
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}.*advertise`)),
    ]);
    expect(code).toBe(1);
  });

  test('an output directory that cannot be written', async () => {
    await using space = await workspace(once_);
    const { code, stderr } = await pinspider(['run', space.job, '--out', '/proc/nowhere'], space.directory);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('/proc/nowhere')]);
    expect(code).toBe(1);
  });

  test('a seed host that does not exist', async () => {
    await using space = await workspace(once_.replace('http://127.0.0.1:9/', 'http://nowhere.invalid/'));
    const { code, stderr } = await pinspider(['run', space.job, '--quiet'], space.directory);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/no such host: nowhere\.invalid/)]);
    expect(code).toBe(1);
  });

  test('a job that runs already', async () => {
    await using site = await graphSite({ pages: 5000, slowMs: 50 });
    await using space = await workspace(job(`${site.url}/0`));
    const first = start(['run', space.job], space.directory);
    while (site.hits.size < 5) await new Promise((r) => setTimeout(r, 10));
    const { code, stderr } = await pinspider(['run', space.job], space.directory);
    first.child.kill('SIGINT');
    await first.finished;
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`process ${first.child.pid}`)]);
    expect(code).toBe(1);
  });
});

/** Pids of executor processes below a pinspider process. */
async function executorsOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent && command.includes('executor.cjs'))
      found.push(pid);
  }
  return found;
}

test(
  'workers that cannot start end the run with the reason, and the place of their output',
  { timeout: LONG },
  async () => {
    await using space = await workspace(
      'name: x\nseeds: http://127.0.0.1:9/\nextractors: { page: { fields: { t: title } } }\nexecutors: { crawler: { env: { NODE_OPTIONS: --no-such-flag } } }\n',
    );
    const { code, stderr } = await pinspider(['run', space.job, '--quiet'], space.directory);
    const [reason, place] = stderr.trim().split('\n');
    expect(reason).toMatch(/4 tasks in a row settled nothing; task crawler\.4 ended as TASK_FAILED/);
    expect(place).toBe('what the workers said: .pinspider/x/cluster/slaves/**/runs/latest/stderr');
    expect(code).toBe(1);
    const [file] = await space.sandboxes();
    expect(await readFile(join(space.directory, '.pinspider', file ?? ''), 'utf8')).toContain('--no-such-flag');
  },
);
