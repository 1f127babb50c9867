import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { pinspider, start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { workspace, type Workspace } from '../support/workspace.ts';

const LONG = 60_000;
const PAGES = 160;

const job = (seed: string, more = ''): string => `
name: graph
master: local[1]
seeds: ${seed}
follow: true
politeness: { delay: 0, per_host: 2, auto_throttle: false }
fetch: { retries: { times: 1, backoff: 50ms } }
extractors:
  page: { fields: { url: { from: url }, n: h1 | number } }
output: out/{extractor}.jsonl
${more}
`;

const summaryOf = (stdout: string): Summary => JSON.parse(stdout) as Summary;
const rows = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A run that the user interrupts after some pages. */
async function interrupted(space: Workspace): Promise<string> {
  const { child, finished } = start(['run', space.job], space.directory);
  while ((await records(space)).length < 20) await sleep(20);
  child.kill('SIGINT');
  const { code, stderr } = await finished;
  expect(code).toBe(130);
  expect(stderr).toContain('the state is kept: the same command goes on, --fresh starts over');
  expect((await records(space)).length).toBeLessThan(PAGES);
  return stderr;
}

const records = (space: Workspace): Promise<Record<string, unknown>[]> =>
  space.records('out/page.jsonl').catch(() => []);
const numbers = (all: readonly Record<string, unknown>[]): number[] =>
  all.map((r) => Number(r['n'])).sort((a, b) => a - b);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('an interrupted crawl', { timeout: LONG }, () => {
  test('goes on with the same command: nothing is lost, twice, or fetched again', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 10 });
    await using space = await workspace(job(`${site.url}/0`));
    await interrupted(space);
    const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    expect(stderr).toMatch(
      /^going on with the crawl of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: \d+ of \d+ URLs are settled/,
    );
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({
      reason: 'finished',
      urls: { fetched: PAGES, queued: 0 },
      records: { page: PAGES },
    });
    expect(numbers(await records(space))).toEqual(upTo(PAGES));
    // An interrupt lets pages under way come to their end.
    expect([...site.hits].filter(([path, n]) => path !== '/robots.txt' && n > 1)).toEqual([]);
  });

  test('goes on though nobody has collected the process that ran it', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 5 });
    await using space = await workspace(job(`${site.url}/0`));
    await interrupted(space);
    // The shell's child ends, and the program that takes the shell's place never asks after it.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [ended] = (await once(parent.stdout, 'data')) as [Buffer];
      await writeFile(join(space.directory, '.pinspider/graph/lock'), ended);
      await sleep(200);
      expect(await pinspider(['run', space.job, '--quiet'], space.directory)).toMatchObject({ code: 0, stderr: '' });
    } finally {
      parent.kill();
    }
  });

  test('starts over with --fresh, and a crawl that has ended begins anew', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 5 });
    await using space = await workspace(job(`${site.url}/0`));
    await interrupted(space);
    for (const flags of [['--fresh'], []]) {
      const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-', ...flags], space.directory);
      expect(stderr).not.toContain('going on');
      expect({ code, summary: summaryOf(stdout) }).toMatchObject({ code: 0, summary: { records: { page: PAGES } } });
      expect(numbers(await records(space))).toEqual(upTo(PAGES));
    }
    expect(site.hits.get('/0')).toBe(3);
  });

  test.each([
    ['removed', 'the file is gone', (path: string) => rm(path)],
    ['shortened', 'that were written since the crawl', (path: string) => truncate(path, 10)],
    ['changed', 'the file was changed', (path: string) => writeFile(path, `{}${' '.repeat(100_000)}`)],
  ])('whose output was %s meanwhile is refused, and --fresh helps', async (_, what, spoil) => {
    await using site = await graphSite({ pages: PAGES, slowMs: 5 });
    await using space = await workspace(job(`${site.url}/0`));
    await interrupted(space);
    const path = join(space.directory, 'out/page.jsonl');
    await spoil(path);
    const spoilt = await readFile(path, 'utf8').catch(() => 'none');
    const { code, stderr } = await pinspider(['run', space.job], space.directory);
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toContain(what);
    expect(stderr).toContain('--fresh');
    expect(await readFile(path, 'utf8').catch(() => 'none')).toBe(spoilt);
    expect(await pinspider(['run', space.job, '--fresh', '--quiet'], space.directory)).toMatchObject({ code: 0 });
    expect(numbers(await records(space))).toEqual(upTo(PAGES));
  });

  test.each([
    ['extractors', 'n: h1 | number', 'n: h1 | number, t: title', 'its extractors'],
    ['outputs', 'out/{extractor}.jsonl', 'out/{extractor}.csv', 'its outputs'],
    ['order', 'follow: true', 'follow: true\nfrontier: { order: dfs }', 'frontier.order or frontier.drop_params'],
  ])('whose %s have changed is refused, and goes on when that is undone', async (_, before, after, what) => {
    await using site = await graphSite({ pages: PAGES, slowMs: 5 });
    await using space = await workspace(job(`${site.url}/0`));
    await interrupted(space);
    const text = await readFile(space.job, 'utf8');
    await writeFile(space.job, text.replace(before, after));
    const { code, stderr } = await pinspider(['run', space.job], space.directory);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `the job has changed since its crawl was interrupted: ${what}; start the crawl over with --fresh, or undo the change and go on\n`,
    });
    await writeFile(space.job, text);
    expect(await pinspider(['run', space.job, '--quiet'], space.directory)).toMatchObject({ code: 0, stderr: '' });
    expect(numbers(await records(space))).toEqual(upTo(PAGES));
  });

  test('takes a new scope: waiting URLs leave, excluded ones come in, and it is told', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 10 });
    await using space = await workspace(job(`${site.url}/0`, 'scope: { deny: [/2] }'));
    await interrupted(space);
    const text = await readFile(space.job, 'utf8');
    await writeFile(space.job, text.replace('deny: [/2]', String.raw`deny: ['/\/1\d\d$/']`));
    const before = [...site.hits.keys()].filter((path) => /^\/1\d\d$/.test(path));
    const { code, stdout, stderr } = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    expect(stderr).toContain(
      'seeds, scope or follow have changed: 0 new seeds, 1 URL let in; waiting URLs are checked',
    );
    expect(code).toBe(0);
    expect(summaryOf(stdout).urls).toMatchObject({ queued: 0, leased: 0, failed: 0 });
    expect(site.hits.get('/2')).toBe(1);
    expect([...site.hits.keys()].filter((path) => /^\/1\d\d$/.test(path))).toEqual(before);
    const { stdout: excluded } = await pinspider(['urls', space.job, '--state', 'excluded'], space.directory);
    expect(rows(excluded).length).toBeGreaterThan(30);
    expect(rows(excluded).every(({ reason }) => String(reason).startsWith('deny '))).toBe(true);
  });
});

describe('looking into a crawl', { timeout: LONG }, () => {
  test('that has ended: counts, URLs by state, why a URL was or was not fetched, and retry', async () => {
    let broken = true;
    await using site = await graphSite({
      pages: 40,
      robots: 'User-agent: *\nDisallow: /9',
      intercept: (path, _nth, response) => path === '/7' && broken && Boolean(response.writeHead(500).end()),
    });
    await using space = await workspace(job(`${site.url}/0`, 'scope: { deny: ["/8"] }'));
    expect(await pinspider(['run', space.job, '--quiet'], space.directory)).toMatchObject({ code: 0 });

    // Tokens and headers of seeds are in it.
    expect((await stat(join(space.directory, '.pinspider/graph/store'))).mode & 0o077).toBe(0);
    const { stdout: report } = await pinspider(['state', space.job, '--json'], space.directory);
    expect(JSON.parse(report)).toMatchObject({
      job: 'graph',
      status: 'finished',
      urls: { failed: 1, queued: 0, leased: 0 },
      hosts: [{ host: site.url, queued: 0, delay_ms: 0 }],
    });
    const { stdout: text } = await pinspider(['state', space.job], space.directory);
    expect(text).toContain('graph: finished crawl of');
    expect(text).toContain('1 × http 500');

    const { stdout: failed } = await pinspider(['urls', space.job, '--state', 'failed'], space.directory);
    expect(rows(failed)).toMatchObject([
      {
        url: `${site.url}/7`,
        state: 'failed',
        reason: 'http 500',
        http_status: 500,
        depth: 2,
        attempts: 1,
        found_on: `${site.url}/2`,
      },
    ]);
    const { stdout: excluded } = await pinspider(['urls', space.job, '--state', 'excluded'], space.directory);
    expect(
      rows(excluded)
        .map(({ url }) => url)
        .sort(),
    ).toEqual([`${site.url}/8`, `${site.url}/9`]);
    const { stdout: all } = await pinspider(['urls', space.job, '--host', '127.0.0.1'], space.directory);
    const { stdout: none } = await pinspider(['urls', space.job, '--host', 'example.org'], space.directory);
    expect([rows(all).length, none]).toEqual([
      rows(report)[0]?.['urls'] && (rows(report)[0]?.['urls'] as { discovered: number }).discovered,
      '',
    ]);

    const why = async (path: string): Promise<string> =>
      (await pinspider(['explain', space.job, `${site.url}${path}`], space.directory)).stdout;
    expect(await why('/5')).toMatch(/state +fetched\n[^]*http status +200\n[^]*found on +http.*\/1\n/);
    expect(await why('/8')).toMatch(/state +excluded\n +reason +deny \/8\n/);
    expect(await why('/9')).toMatch(/state +excluded\n +reason +robots/);
    expect(await why('/nowhere')).toMatch(/state +unknown\n +reason +no page linked to it; it would go to crawler/);

    broken = false;
    const { code, stderr } = await pinspider(['retry', space.job], space.directory);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `1 URL queued again; run ${space.job} to fetch them\n` });
    const again = await pinspider(['run', space.job, '--summary', '-'], space.directory);
    expect(again.stderr).toContain('going on with the crawl');
    expect(summaryOf(again.stdout).urls).toMatchObject({ failed: 0, queued: 0 });
    expect((await records(space)).filter(({ n }) => n === 7)).toHaveLength(1);
    expect(site.hits.get('/5')).toBe(1);
  });

  test('that is under way: the same commands ask the run', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 40 });
    await using space = await workspace(job(`${site.url}/0`));
    const { finished } = start(['run', space.job, '--quiet'], space.directory);
    while (site.hits.size < 20) await sleep(20);
    const { code, stdout } = await pinspider(['state', space.job, '--json'], space.directory);
    expect({ code, report: JSON.parse(stdout) as object }).toMatchObject({ code: 0, report: { status: 'running' } });
    const { stdout: fetched } = await pinspider(['urls', space.job, '--state', 'fetched'], space.directory);
    expect(rows(fetched).length).toBeGreaterThan(0);
    const { stdout: why } = await pinspider(['explain', space.job, `${site.url}/0`, '--json'], space.directory);
    expect(rows(why)).toMatchObject([{ state: 'fetched', executor: 'crawler', http_status: 200 }]);
    const { code: second, stderr } = await pinspider(['run', space.job], space.directory);
    expect({ second, told: stderr.includes('this job is being run by process') }).toEqual({ second: 1, told: true });
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
    expect(numbers(await records(space))).toEqual(upTo(PAGES));
  });

  test('whose run does not answer says so in one line', async () => {
    await using site = await graphSite({ pages: PAGES, slowMs: 5 });
    await using space = await workspace(job(`${site.url}/0`));
    await interrupted(space);
    const state = join(space.directory, '.pinspider/graph');
    // Of a run that is there and ends just now: its lock, and the address of a port where nobody listens any more.
    await writeFile(join(state, 'lock'), `${process.pid}\n`);
    await writeFile(join(state, 'control.json'), JSON.stringify({ port: 1, token: 'x' }));
    const { code, stderr } = await pinspider(['state', space.job], space.directory);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^the run under way does not answer .*\n$/),
    });
  });

  test('that never was says so', async () => {
    await using space = await workspace(job('http://127.0.0.1:9/'));
    for (const args of [['state'], ['urls'], ['retry'], ['explain']]) {
      const url = args[0] === 'explain' ? ['http://127.0.0.1:9/'] : [];
      const { code, stdout, stderr } = await pinspider([...args, space.job, ...url], space.directory);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /no crawl of this job is known; run it first, or name the directory of its state with --dir DIR\n$/,
      );
    }
  });
});
