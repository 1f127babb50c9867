import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pinspider } from '../support/command.ts';
import { folder } from '../support/folder.ts';
import { site } from '../support/site.ts';

const job = (seeds: string, more = '') => `
name: two
master: local[2]
seeds: ${seeds}
${more}
executors:
  page: { cpus: 0.5, mem: 128, max_instances: 3 }
  links: { cpus: 1, mem: 256, env: { MODE: fast } }
extractors:
  page: { fields: { title: h1 } }
  links: { fields: { links: "a[href]::count" } }
`;

interface WireForms {
  readonly note: string;
  readonly job: { readonly name: string };
  readonly frameworkInfo: Readonly<Record<string, unknown>>;
  readonly executors: readonly {
    readonly name: string;
    readonly resources: { readonly cpus: number; readonly mem: number };
    readonly executorInfo: WireExecutor;
  }[];
  readonly tasks: readonly {
    readonly task_id: { readonly value: string };
    readonly resources: readonly WireResource[];
    readonly executor: WireExecutor;
    readonly data: {
      readonly work: { readonly lane: number; readonly job: string };
      readonly first: { readonly requests?: readonly { readonly url: string }[] };
    };
  }[];
  readonly seeds: readonly unknown[];
}

interface WireExecutor {
  readonly executor_id: { readonly value: string };
  readonly command: { readonly environment?: unknown };
  readonly resources: readonly WireResource[];
}

interface WireResource {
  readonly name: string;
  readonly scalar: { readonly value: number };
}

const amount = (resources: readonly WireResource[], name: string) =>
  resources.filter((one) => one.name === name).reduce((sum, one) => sum + one.scalar.value, 0);

describe('plan', () => {
  test('tells seeds, workers and manners, and the resolved job, as one YAML document', async () => {
    const seeds = '["https://a.example/p?n=[1-12]", "https://b.example/"]';
    await using dir = await folder({ 'two.yaml': job(seeds, 'politeness: { delay: 2s }') });
    const { code, stdout } = await pinspider(['plan', 'two.yaml'], dir.path);
    expect(code).toBe(0);
    const { plan, job: resolved } = parse(stdout) as { plan: Record<string, unknown>; job: Record<string, unknown> };
    expect(plan).toMatchObject({
      master: 'local[2]',
      more_seeds: 3,
      executors: {
        page: { extractors: ['page'], worker: '0.5 cpus, 128 MB', max_instances: 3 },
        links: { extractors: ['links'], worker: '1 cpu, 256 MB' },
      },
      politeness: {
        'https://a.example': {
          pace: '2.0s between requests, longer when the host is slow; 2 requests at once at most',
          robots: 'obeyed',
        },
      },
    });
    expect(plan['seeds']).toHaveLength(10);
    const { page, links } = plan['executors'] as Record<string, { fits: string }>;
    expect(page?.fits).toMatch(/^3 workers at once on this machine's agent \(2 cpus, [\d,]+ MB\)$/);
    expect(links?.fits).toMatch(/^2 workers at once/);
    expect(resolved).toMatchObject({ name: 'two', scope: { within: 'host' }, politeness: { delayMs: 2000 } });
  });

  test('no secret is shown, wherever it stands', async () => {
    const more = 'principal: crawler\nsecret: ${S}\nfetch: { headers: { Authorization: "Bearer ${TOKEN}" } }';
    await using dir = await folder({ 'two.yaml': job('https://a.example/?key=${TOKEN}', more) });
    for (const flags of [[], ['--json']]) {
      const env = { S: 'open-sesame', TOKEN: 't0k3n-value' };
      const { code, stdout, stderr } = await pinspider(['plan', 'two.yaml', ...flags], dir.path, env);
      expect(code).toBe(0);
      expect(stdout).toContain('Bearer ***');
      expect(stdout + stderr).not.toMatch(/open-sesame|t0k3n/);
    }
  });

  test('--json shows what Mesos gets: of each executor kind the first task, with all resources as declared', async () => {
    await using dir = await folder({ 'two.yaml': job('[https://a.example/1, https://b.example/2]') });
    const { code, stdout } = await pinspider(['plan', 'two.yaml', '--json'], dir.path);
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as WireForms;
    expect(told.job.name).toBe('two');
    expect(told.note).toContain('placeholder');
    expect(told.frameworkInfo).toMatchObject({ name: 'pinspider: two', failover_timeout: 120, roles: ['*'] });
    expect(told.seeds).toHaveLength(2);
    expect(told.executors.map((one) => one.name)).toEqual(['page', 'links']);
    expect(told.executors[1]?.executorInfo.command.environment).toEqual({
      variables: [{ name: 'MODE', value: 'fast', type: 'VALUE' }],
    });
    const ids = told.tasks.map((task) => task.executor.executor_id.value.split('-')[0]);
    expect(new Set(ids)).toEqual(new Set(['page', 'links']));
    for (const { task_id, executor, resources, data } of told.tasks) {
      const declared = told.executors[data.work.lane];
      expect(task_id.value).toMatch(new RegExp(`^${declared?.name ?? ''}\\.`));
      for (const name of ['cpus', 'mem'] as const) {
        const sum = amount(executor.resources, name) + amount(resources, name);
        expect(sum).toBeCloseTo(declared?.resources[name] ?? 0, 6);
      }
      expect(data.work.job).toBe('two');
    }
    const requested = told.tasks.flatMap((task) => task.data.first.requests ?? []).map((request) => request.url);
    expect(requested).toContain('https://a.example/1');
  });

  test('--master and --seed take the place of what the job says', async () => {
    await using dir = await folder({ 'two.yaml': job('https://a.example/') });
    const flags = ['--master', 'https://m.example:5050', '--seed', 'https://c.example/'];
    const { stdout } = await pinspider(['plan', 'two.yaml', ...flags], dir.path);
    const { plan } = parse(stdout) as { plan: { executors: { page: object } } };
    expect(plan).toMatchObject({ master: 'https://m.example:5050', seeds: ['https://c.example/'] });
    expect(plan.executors.page).not.toHaveProperty('fits');
    const remote = await pinspider(['plan', 'two.yaml', '--json', ...flags], dir.path);
    const told = JSON.parse(remote.stdout) as {
      executors: { executorInfo: { command: { uris: { value: string }[] } } }[];
    };
    expect(told.executors[0]?.executorInfo.command.uris[0]?.value).toMatch(
      /^http:\/\/FEED-HOST:PORT\/artifacts\/executor-\w+\.cjs$/,
    );
  });

  test('--robots asks each host once and tells the verdict for every seed; no page is fetched', async () => {
    const asked: string[] = [];
    await using web = await site({
      '/robots.txt': (request, response) => {
        asked.push(request.url ?? '');
        response.end('User-agent: *\nDisallow: /no\nCrawl-delay: 45\nSitemap: https://a.example/map.xml\n');
      },
      '/yes': (request, response) => {
        asked.push(request.url ?? '');
        response.end();
      },
    });
    await using dir = await folder({ 'two.yaml': job(`[${web.url}/yes, ${web.url}/no/1]`) });
    const { code, stdout } = await pinspider(['plan', 'two.yaml', '--robots'], dir.path);
    expect(code).toBe(0);
    expect(asked).toEqual(['/robots.txt']);
    const { plan } = parse(stdout) as { plan: { politeness: unknown } };
    expect(plan.politeness).toEqual({
      [web.url]: {
        pace: '30s between requests, longer when the host is slow; 2 requests at once at most',
        robots: 'obeyed',
        robots_txt: 'found',
        crawl_delay: '45s, more than max_crawl_delay, which holds',
        sitemaps: ['https://a.example/map.xml'],
        seeds: {
          [`${web.url}/yes`]: 'allowed',
          [`${web.url}/no/1`]: `forbidden: ${web.url}/robots.txt says Disallow: /no`,
        },
      },
    });
  });

  test('without --robots nothing is fetched at all', async () => {
    let hits = 0;
    const count = () => {
      hits++;
    };
    await using web = await site({ '/': count, '/robots.txt': count });
    await using dir = await folder({ 'two.yaml': job(`${web.url}/`) });
    expect((await pinspider(['plan', 'two.yaml', '--json'], dir.path)).code).toBe(0);
    expect(hits).toBe(0);
  });
});
