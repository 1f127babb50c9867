import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { start } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { SECRET, testCluster, until } from '../support/test-cluster.ts';
import { type Answer, basic, post, subscribe, task } from '../support/tiny-scheduler.ts';
import { workspace } from '../support/workspace.ts';

const executorEnvironment = { PATH: process.env['PATH'] ?? '' };
const HOUR_NS = 3600 * 1e9;

const window = (hostname: string): object => ({
  machine_ids: [{ hostname }],
  unavailability: { start: { nanoseconds: Date.now() * 1e6 }, duration: { nanoseconds: HOUR_NS } },
});

const operator = { Authorization: basic(SECRET, 'operator') };
const schedule = (url: string, body: unknown): Promise<Answer> =>
  post(`${url}/maintenance/schedule`, typeof body === 'string' ? body : JSON.stringify(body), operator);

async function statusOf(url: string): Promise<unknown> {
  return JSON.parse((await post(`${url}/maintenance/status`, '', operator, 'GET')).body);
}

test('a framework is asked to leave machines that are scheduled, and asked again when it declined', async () => {
  await using it = await testCluster([{ hostname: 'm1' }, { hostname: 'm2' }]);
  const { url } = it.cluster;
  await using scheduler = await subscribe(it.connection);
  const offers = await scheduler.offers();
  const [m1, m2] = ['m1', 'm2'].map((name) => offers.find(({ hostname }) => hostname === name));
  if (!m1 || !m2) throw new Error('an offer of each agent is wanted');
  await scheduler.launch(m1, [task('t1', m1.agent_id.value, [['TASK_RUNNING']])], 3600);
  await scheduler.update('TASK_RUNNING');
  const window1 = window('M1'); // hostnames are compared as DNS does
  expect(await schedule(url, { windows: [window1] })).toMatchObject({ status: 200, body: '' });

  const { inverse_offers: asked } = await scheduler.next('INVERSE_OFFERS');
  const [first] = asked?.inverse_offers ?? [];
  expect(asked?.inverse_offers).toHaveLength(1);
  expect(first).toEqual({
    id: { value: expect.any(String) },
    framework_id: { value: scheduler.frameworkId },
    agent_id: m1.agent_id,
    unavailability: { start: expect.anything(), duration: { nanoseconds: HOUR_NS } },
  });
  const id = first?.id ?? { value: '' };
  const filters = { refuse_seconds: 1 };
  await scheduler.call({
    type: 'DECLINE_INVERSE_OFFERS',
    decline_inverse_offers: { inverse_offer_ids: [id], filters },
  });
  const draining = (status: string): object => ({
    draining_machines: [
      {
        id: { hostname: 'm1', ip: '127.0.0.1' },
        statuses: [{ status, framework_id: { value: scheduler.frameworkId }, timestamp: expect.anything() }],
      },
    ],
    down_machines: [],
  });
  expect(await statusOf(url)).toEqual(draining('DECLINE'));
  const again = (await scheduler.next('INVERSE_OFFERS')).inverse_offers?.inverse_offers?.[0]?.id ?? id;
  expect(again).not.toEqual(id);
  await scheduler.call({ type: 'ACCEPT_INVERSE_OFFERS', accept_inverse_offers: { inverse_offer_ids: [again, id] } });
  expect(await statusOf(url)).toEqual(draining('ACCEPT'));

  await scheduler.call({ type: 'REVIVE' });
  const of1 = await scheduler.next(
    'OFFERS',
    ({ offers: o }) => o?.offers?.some((one) => one.hostname === 'm1') ?? false,
  );
  expect(of1.offers?.offers?.find(({ hostname }) => hostname === 'm1')?.unavailability).toEqual(first?.unavailability);
  expect(offers.every(({ unavailability }) => unavailability === undefined)).toBe(true);
});

test('a machine that stays after all: the inverse offer is rescinded, and offers say nothing any more', async () => {
  await using it = await testCluster([{ hostname: 'm1' }]);
  const { url } = it.cluster;
  await using scheduler = await subscribe(it.connection);
  const before = await scheduler.offer();
  const windows = [window('m1')];
  await schedule(url, { windows });
  expect((await scheduler.next('RESCIND')).rescind).toEqual({ offer_id: before.id });
  expect((await scheduler.offer()).unavailability).toBeDefined();
  const asked = (await scheduler.next('INVERSE_OFFERS')).inverse_offers?.inverse_offers?.[0];
  expect(JSON.parse((await post(`${url}/maintenance/schedule`, '', operator, 'GET')).body)).toEqual({ windows });
  await schedule(url, { windows: [] });
  const rescinded = await scheduler.next('RESCIND_INVERSE_OFFER');
  expect(rescinded.rescind_inverse_offer).toEqual({ inverse_offer_id: asked?.id });
  expect((await scheduler.offer()).unavailability).toBeUndefined();
});

test.each([
  ['{', 400, 'Failed to parse the maintenance schedule: not JSON'],
  [{ windows: {} }, 400, "Expecting 'windows' to be a list"],
  [{ windows: [{}] }, 400, 'A window names at least one machine in machine_ids'],
  [{ windows: [{ machine_ids: [{}] }] }, 400, "A machine has 'hostname', 'ip' or both"],
  [{ windows: [{ machine_ids: [{ ip: '::1' }] }] }, 400, "Expecting 'unavailability.start.nanoseconds' to be a number"],
  [{ windows: [window('a'), window('A')] }, 400, 'A machine is scheduled twice'],
  [
    { windows: [{ ...window('a'), unavailability: { start: { nanoseconds: 1 }, duration: { nanoseconds: -1 } } }] },
    400,
    'A duration is never negative',
  ],
])('the schedule %j is refused', async (body, status, text) => {
  await using it = await testCluster();
  expect(await schedule(it.cluster.url, body)).toMatchObject({ status, body: text });
});

test('only who knows the secret plans maintenance', async () => {
  await using it = await testCluster();
  const { status } = await post(`${it.cluster.url}/maintenance/schedule`, '{}', { Authorization: basic('guessed') });
  expect(status).toBe(401);
});

const PAGES = 400;
const job = (seed: string): string => `
name: drained
seeds: ${seed}
follow: true
principal: crawler
secret: ${SECRET}
urls_per_task: 25
politeness: { delay: 0, per_host: 4, auto_throttle: false }
executors: { worker: { cpus: 0.5, mem: 128 } }
extractors: { page: { fields: { n: h1 | number } } }
output: out/{extractor}.jsonl
`;

test('a crawl leaves a machine that is scheduled, and loses nothing', { timeout: 90_000 }, async () => {
  await using it = await testCluster([
    { hostname: 'm1', executorEnvironment, cpusMilli: 500 },
    { hostname: 'm2', executorEnvironment, cpusMilli: 500 },
  ]);
  const { url, agents } = it.cluster;
  await using site = await graphSite({ pages: PAGES, slowMs: 40 });
  await using space = await workspace(job(`${site.url}/0`));
  const run = start(['run', space.job, '--master', url, '--summary', '-', '--quiet'], space.directory);
  await until(() => site.hits.size > 40);
  const busy = agents.findIndex((agent) => agent.executors().length > 0);
  const { status } = await schedule(url, { windows: [window(`m${busy + 1}`)] });
  expect(status).toBe(200);
  await until(() => agents[busy]?.executors().length === 0);
  expect(site.hits.size).toBeLessThan(PAGES); // the crawl is not over: it goes on elsewhere
  expect(await statusOf(url)).toMatchObject({ draining_machines: [{ statuses: [{ status: 'ACCEPT' }] }] });
  const left = site.hits.size;
  await until(() => site.hits.size > left);
  await sleep(200);
  expect(agents[busy]?.executors()).toEqual([]);
  const { code, stdout } = await run.finished;
  expect(code).toBe(0);
  expect(JSON.parse(stdout) as Summary).toMatchObject({ reason: 'finished', tasks: { failed: 0, killed: 0, lost: 0 } });
  const numbers = (await space.records('out/page.jsonl')).map(({ n }) => Number(n)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: PAGES }, (_, n) => n));
  expect([...site.hits].filter(([path, n]) => path !== '/robots.txt' && n > 1)).toEqual([]);
});
