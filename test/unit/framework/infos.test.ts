import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Delivery, executorInfo, frameworkInfo, laneConfig, taskInfo } from '../../../src/framework/infos.ts';
import { loadJob } from '../../../src/job/load.ts';
import type { ResolvedJob } from '../../../src/job/resolved.ts';
import { schedulerCall } from '../../../src/mesos/codec.ts';
import type { ExecutorInfo } from '../../../src/mesos/messages.generated.ts';

const PATH = { type: 'path', node: '/usr/bin/node', file: '/opt/pinspider/executor.cjs' } as const;
const URI = { type: 'uri', uri: 'http://crawler.example:8081/artifacts/executor-0123.mjs' } as const;

async function jobOf(more: string, env: Readonly<Record<string, string>> = {}): Promise<ResolvedJob> {
  const cwd = mkdtempSync(join(tmpdir(), 'infos-'));
  const file = join(cwd, 'job.yaml');
  writeFileSync(
    file,
    `name: j\nseeds: https://a.example/\nextractors: { page: { fields: { title: title } } }\n${more}\n`,
  );
  return (await loadJob(file, { env: { USER: 'crawler', ...env }, cwd })).job;
}

const infoOf = (job: ResolvedJob, delivery: Delivery = URI): ExecutorInfo => executorInfo(job, 0, 0, [], delivery);
/** As it goes out. */
const bytesOf = (executor: ExecutorInfo): string =>
  Buffer.from(
    schedulerCall.encode({
      type: 'ACCEPT',
      accept: {
        offer_ids: [],
        operations: [
          {
            type: 'LAUNCH',
            launch: {
              task_infos: [{ name: 't', task_id: { value: 't' }, agent_id: { value: 'a' }, executor }],
            },
          },
        ],
      },
    }),
  ).toString('latin1');

describe('an ExecutorInfo', () => {
  const cluster = (secret: string): string =>
    `master: http://${secret}-user:${secret}@m:5050\nfetch: { headers: { Cookie: ${secret} } }\nvars: { SECRET: ${secret} }`;

  test.each([PATH, URI])('is equal to the byte whatever master, secrets and seeds ($type)', async (delivery) => {
    const [a, b] = [await jobOf(cluster('first-secret')), await jobOf(cluster('other-secret'))];
    expect(bytesOf(infoOf(a, delivery))).toBe(bytesOf(infoOf(b, delivery)));
  });

  test('holds no secret of the job', async () => {
    const job = await jobOf(cluster('hidden-word'));
    expect(JSON.stringify(job)).toContain('hidden-word');
    expect(bytesOf(infoOf(job))).not.toContain('hidden-word');
  });

  test('has another id when anything else in it differs, so that it never meets one of the same id', async () => {
    const jobs = [
      await jobOf(''),
      await jobOf('executors: { crawler: { mem: 300 } }'),
      await jobOf('executors: { crawler: { env: { A: 1 } } }'),
      await jobOf('executors: { crawler: { container: node:20 } }'),
    ];
    const ids = jobs.map((job) => infoOf(job).executor_id.value);
    ids.push(infoOf(jobs[0] ?? expect.fail(), { type: 'uri', uri: `${URI.uri}2` }).executor_id.value);
    expect(new Set(ids).size).toBe(5);
  });

  test('keeps V8 below the memory that is declared', async () => {
    const { command } = infoOf(await jobOf('executors: { crawler: { mem: 256 } }'));
    expect(command?.value).toMatch(/^exec node --max-old-space-size=168 /);
  });

  test('carries env, and the user is that of the framework', async () => {
    const job = await jobOf('user: nobody\nexecutors: { crawler: { env: { A: 1, B: two } } }');
    expect(infoOf(job).command?.environment?.variables).toEqual([
      { name: 'A', value: '1', type: 'VALUE' },
      { name: 'B', value: 'two', type: 'VALUE' },
    ]);
    expect(frameworkInfo(job, undefined).user).toBe('nobody');
  });
});

describe('a container', () => {
  test.each([
    [
      'node:20-slim',
      {
        type: 'MESOS',
        mesos: { image: { type: 'DOCKER', docker: { name: 'node:20-slim' }, cached: true } },
        volumes: [],
      },
    ],
    [
      '{ image: i, network: weave, force_pull: true, volumes: ["/a:/b:ro", "c:/d"] }',
      {
        type: 'MESOS',
        mesos: { image: { type: 'DOCKER', docker: { name: 'i' }, cached: false } },
        volumes: [
          { host_path: '/a', container_path: '/b', mode: 'RO' },
          { host_path: 'c', container_path: '/d', mode: 'RW' },
        ],
        network_infos: [{ name: 'weave' }],
      },
    ],
    [
      '{ image: i, type: docker, parameters: { shm-size: 64m } }',
      {
        type: 'DOCKER',
        docker: {
          image: 'i',
          network: 'HOST',
          force_pull_image: false,
          parameters: [{ key: 'shm-size', value: '64m' }],
        },
        volumes: [],
      },
    ],
    [
      '{ image: i, type: docker, network: bridge }',
      {
        type: 'DOCKER',
        docker: { image: 'i', network: 'BRIDGE', force_pull_image: false, parameters: [] },
        volumes: [],
      },
    ],
    [
      '{ image: i, type: docker, network: own }',
      {
        type: 'DOCKER',
        docker: { image: 'i', network: 'USER', force_pull_image: false, parameters: [] },
        volumes: [],
        network_infos: [{ name: 'own' }],
      },
    ],
  ])('%s', async (written, container) => {
    const info = infoOf(await jobOf(`master: m:5050\nexecutors: { crawler: { container: ${written} } }`));
    expect(info.container).toEqual(container);
    expect(bytesOf(info)).toContain('executor-0123.mjs');
  });

  test('is left out where the program lies on this machine, which is the embedded cluster', async () => {
    expect(infoOf(await jobOf('executors: { crawler: { container: node:20 } }'), PATH).container).toBeUndefined();
  });
});

test('a task says in its name and labels what it is about', async () => {
  const job = await jobOf('executors: { pages: {} }');
  const launch = {
    taskId: 'pages.1',
    lane: 0,
    instance: 0,
    executor: infoOf(job),
    resources: [],
    ...laneConfig(job.executors[0] ?? expect.fail()),
  };
  const task = taskInfo(job, launch, 'S1', new Uint8Array(), 'https://a.example:8443/x?y');
  expect(task.name).toBe('j/pages: a.example:8443');
  expect(task.labels?.labels).toEqual([
    { key: 'job', value: 'j' },
    { key: 'executor', value: 'pages' },
    { key: 'host', value: 'a.example:8443' },
  ]);
  expect(taskInfo(job, launch, 'S1', new Uint8Array(), undefined).name).toBe('j/pages');
});
