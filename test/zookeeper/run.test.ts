import { expect, test } from 'vitest';
import { pinspider } from '../support/command.ts';
import { graphSite } from '../support/graph-site.ts';
import { SECRET, testCluster } from '../support/test-cluster.ts';
import { workspace } from '../support/workspace.ts';
import { session, zooKeeper } from './zookeeper.ts';

test('a run finds its master by zk://, and no output shows the password', async () => {
  await using zk = await zooKeeper();
  await using site = await graphSite({ pages: 20 });
  await using it = await testCluster([{ executorEnvironment: { PATH: process.env['PATH'] ?? '' } }]);
  await using masters = await session(zk.server);
  await masters.elect('/mesos', it.cluster.url);
  await using space = await workspace(
    `name: graph\nseeds: ${site.url}/0\nfollow: true\nprincipal: crawler\nsecret: ${SECRET}\n` +
      'politeness: { delay: 0 }\nextractors: { page: { fields: { n: h1 | number } } }\noutput: out/{extractor}.jsonl\n',
  );
  const { code, stdout, stderr } = await pinspider(
    ['run', space.job, '--master', `zk://me:hidden-word@${zk.server}/mesos`, '--summary', '-', '--log-level', 'debug'],
    space.directory,
  );
  expect(code).toBe(0);
  expect(stdout + stderr).not.toContain('hidden-word');
  expect(JSON.parse(stdout)).toMatchObject({ reason: 'finished', master: `zk://${zk.server}/mesos` });
  expect(await space.records('out/page.jsonl')).toHaveLength(20);
});

test('a ZooKeeper that is not there: one line that names it', async () => {
  await using space = await workspace(
    'name: x\nseeds: http://127.0.0.1:9/\nextractors: { page: { fields: { t: title } } }\n',
  );
  const { code, stderr } = await pinspider(
    ['run', space.job, '--master', 'zk://127.0.0.1:1/mesos', '--quiet'],
    space.directory,
  );
  expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/zk:\/\/127\.0\.0\.1:1\/mesos.*no subscription/)]);
  expect(code).toBe(1);
});
