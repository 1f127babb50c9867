import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { authority } from '../support/authority.ts';
import { pinspider, start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { isAlive, SECRET, testCluster, until } from '../support/test-cluster.ts';
import { tlsFront } from '../support/tls-front.ts';
import { workspace } from '../support/workspace.ts';

const PATH = { executorEnvironment: { PATH: process.env['PATH'] ?? '' } };

const job = (seed: string, more = '') => `
name: graph
seeds: ${seed}
follow: true
principal: crawler
secret: \${SECRET}
politeness: { delay: 0, per_host: 8, auto_throttle: false }
extractors: { page: { fields: { n: h1 | number } } }
output: out/{extractor}.jsonl
${more}
`;

const summaryOf = (stdout: string): Summary => JSON.parse(stdout) as Summary;

describe('a run on a cluster of its own', { timeout: 60_000 }, () => {
  test('fetches its executor, and gives the records; the secret is in no output', async () => {
    await using site = await graphSite({ pages: 50 });
    await using it = await testCluster([PATH]);
    await using space = await workspace(job(`${site.url}/0`));
    const { code, stdout, stderr } = await pinspider(
      ['run', space.job, '--master', it.cluster.url, '--summary', '-', '--log-level', 'debug'],
      space.directory,
      { SECRET },
    );
    expect(stderr).not.toContain(SECRET);
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({ reason: 'finished', master: it.cluster.url, urls: { fetched: 50 } });
    expect(await space.records('out/page.jsonl')).toHaveLength(50);
  });

  test('a wrong secret ends it at once, with what to check', async () => {
    await using it = await testCluster([PATH]);
    await using space = await workspace(job('http://127.0.0.1:9/'));
    const { code, stderr } = await pinspider(
      ['run', space.job, '--master', it.cluster.url, '--quiet'],
      space.directory,
      {
        SECRET: 'not-that-one',
      },
    );
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/HTTP 401.*principal and its secret/)]);
    expect(code).toBe(1);
  });

  test('through TLS with certificates on both sides', async () => {
    await using site = await graphSite({ pages: 20 });
    await using it = await testCluster([PATH]);
    await using ca = await authority();
    const [server, own] = [await ca.issue('master'), await ca.issue('scheduler')];
    const wants = { cert: server.cert, key: server.key, ca: ca.ca, requestCert: true, rejectUnauthorized: true };
    await using front = await tlsFront(it.cluster.url, wants);
    const tls = `tls: { ca: ${ca.caFile}, cert: ${own.certFile}, key: ${own.keyFile} }`;
    await using space = await workspace(job(`${site.url}/0`, tls));
    const { code, stdout } = await pinspider(
      ['run', space.job, '--master', front.url, '--summary', '-'],
      space.directory,
      { SECRET },
    );
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toMatchObject({ reason: 'finished', urls: { fetched: 20 } });
  });

  test('a scheduler that is killed: its executors crawl on, and are gone when failover_timeout is over', async () => {
    await using site = await graphSite({ pages: 5000, slowMs: 100 });
    await using it = await testCluster([PATH]);
    await using space = await workspace(job(`${site.url}/0`, 'failover_timeout: 3s'));
    const { child, finished } = start(['run', space.job, '--master', it.cluster.url], space.directory, { SECRET });
    await until(() => site.hits.size > 150); // it holds as many again, ahead
    const executors = it.cluster.agents[0]?.executors() ?? [];
    child.kill('SIGKILL');
    await finished;
    const before = site.hits.size;
    await until(() => site.hits.size > before + 8);
    for (const { pid } of executors) expect(isAlive(pid ?? -1)).toBe(true);
    await until(() => executors.every(({ pid }) => !isAlive(pid ?? -1)));
    expect(executors.length).toBeGreaterThan(0);
  });
});
