import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { site } from '../support/site.ts';
import { testCluster } from '../support/test-cluster.ts';
import { subscribe, task, tinyExecutor } from '../support/tiny-scheduler.ts';

test('after a terminal update nothing more of a task is told, until its id is used again', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  const agentId = offer.agent_id.value;
  await scheduler.launch(offer, [
    task('t1', agentId, [
      ['TASK_RUNNING', { minimal: true }],
      ['TASK_FINISHED', { data: 'first' }],
      ['TASK_RUNNING', { message: 'after terminal' }],
      ['TASK_FAILED', { message: 'second terminal' }],
      ['message', 'done'],
    ]),
  ]);
  await scheduler.next('MESSAGE');
  const minimal = await scheduler.update();
  expect(minimal).toMatchObject({ state: 'TASK_RUNNING', agent_id: { value: agentId }, timestamp: expect.any(Number) });
  expect(minimal).not.toHaveProperty('executor_id'); // it did not say
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_FINISHED', data: bytes('first') });
  await scheduler.call({ type: 'REVIVE' });
  const next = await scheduler.offer();
  await scheduler.launch(next, [task('t1', agentId, [['TASK_FINISHED', { data: 'reused' }]])]);
  expect(await scheduler.update()).toMatchObject({ state: 'TASK_FINISHED', data: bytes('reused') });
  expect(scheduler.events.filter(({ update }) => /terminal/.test(update?.status.message ?? ''))).toEqual([]);
});

test('an executor id is free again once all its updates are acknowledged, and not before', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  const agentId = offer.agent_id.value;
  await scheduler.launch(offer, [task('t1', agentId, [['exit', 1]])]);
  await scheduler.next('FAILURE');
  const failed = (await scheduler.next('UPDATE')).update?.status;
  await scheduler.call({ type: 'REVIVE' });
  await scheduler.launch(await scheduler.offer(), [task('t2', agentId, [])]);
  expect(await scheduler.update()).toMatchObject({
    state: 'TASK_LOST',
    source: 'SOURCE_AGENT',
    reason: 'REASON_EXECUTOR_TERMINATED',
    message: 'Master wants to launch executor, but one already exists',
  });
  if (failed) await scheduler.acknowledge(failed);
  await scheduler.call({ type: 'REVIVE' });
  await scheduler.launch(await scheduler.offer(), [task('t3', agentId, [['TASK_FINISHED']])]);
  expect((await scheduler.update()).state).toBe('TASK_FINISHED');
});

test('resources that a task frees are offered at once, though the rest was refused for an hour', async () => {
  await using it = await testCluster();
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, [['TASK_FINISHED']])], 3600);
  await scheduler.update('TASK_FINISHED');
  const freed = await scheduler.offer();
  expect(freed.resources?.find(({ name }) => name === 'cpus')?.scalar?.value).toBe(3.9);
});

test('with the interval of a real master they are offered when it has passed, or on REVIVE', async () => {
  await using it = await testCluster([{}], { allocationIntervalMs: 60_000 });
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer(); // a new framework does not wait
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, [['TASK_FINISHED']])]);
  await scheduler.update('TASK_FINISHED');
  const count = scheduler.events.filter(({ type }) => type === 'OFFERS').length;
  await scheduler.call({ type: 'REVIVE' });
  await scheduler.offer();
  expect(count).toBe(1);
});

/** As the decoder gives them. */
function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

test('files are brought into the sandbox, unpacked and made executable as told', async () => {
  await using it = await testCluster();
  const from = join(it.workDir, 'from');
  mkdirSync(join(from, 'pkg'), { recursive: true });
  writeFileSync(join(from, 'pkg/a.txt'), 'A');
  writeFileSync(join(from, 'script.sh'), '#!/bin/sh\n');
  execFileSync('tar', ['-C', from, '-czf', join(from, 'bundle.tar.gz'), 'pkg']);
  await using web = await site({
    '/keep.tar.gz': (_, response) => response.end(readFileSync(join(from, 'bundle.tar.gz'))),
    '/text.gz': (_, response) => response.end(gzipSync('inflated')),
    '/script.sh?x=1&y=2': '#!/bin/sh\n',
  });
  await using scheduler = await subscribe(it.connection);
  const offer = await scheduler.offer();
  const executor = tinyExecutor('e1');
  const uris = [
    { value: `file://${join(from, 'bundle.tar.gz')}` },
    { value: join(from, 'script.sh'), executable: true },
    { value: `${web.url}/keep.tar.gz`, extract: false, output_file: 'sub/dir/k.tar.gz' },
    { value: `${web.url}/text.gz` },
    { value: `${web.url}/script.sh?x=1&y=2` },
  ];
  const command = { ...executor.command, uris };
  await scheduler.launch(offer, [task('t1', offer.agent_id.value, [['TASK_FINISHED']], { ...executor, command })]);
  await scheduler.update('TASK_FINISHED');
  const sandbox = join(
    it.cluster.agents[0]?.sandboxes ?? '',
    'frameworks',
    scheduler.frameworkId,
    'executors/e1/runs/latest',
  );
  const read = (name: string): string => readFileSync(join(sandbox, name), 'utf8');
  expect(read('pkg/a.txt')).toBe('A');
  expect(read('text')).toBe('inflated');
  expect(statSync(join(sandbox, 'script.sh')).mode & 0o777).toBe(0o755);
  expect(statSync(join(sandbox, 'bundle.tar.gz')).size).toBe(statSync(join(sandbox, 'sub/dir/k.tar.gz')).size);
  expect(read('script.sh?x=1&y=2')).toBe('#!/bin/sh\n');
  expect(read('stderr')).toContain(`Fetching '${web.url}/text.gz'`);
});

test.each(['/no/such/file', 'ftp://127.0.0.1/x', 'escape'])(
  'a file that cannot be had (%s) fails the task',
  async (value) => {
    await using it = await testCluster();
    await using scheduler = await subscribe(it.connection);
    const offer = await scheduler.offer();
    const executor = tinyExecutor('e1');
    const uri = value === 'escape' ? { value: '/etc/hostname', output_file: '../../escaped' } : { value };
    const command = { ...executor.command, uris: [uri] };
    await scheduler.launch(offer, [task('t1', offer.agent_id.value, [], { ...executor, command })]);
    expect((await scheduler.next('FAILURE')).failure?.status).toBe(256);
    const failed = await scheduler.update();
    expect(failed).toMatchObject({ state: 'TASK_FAILED', reason: 'REASON_CONTAINER_LAUNCH_FAILED' });
    expect(failed.message).toMatch(
      /^Failed to launch container: Failed to fetch all URIs for container '[0-9a-f-]{36}': exited with status 1$/,
    );
  },
);
