import { expect, test } from 'vitest';
import { pinspider } from '../support/command.ts';
import { folder } from '../support/folder.ts';

const GOOD =
  'name: a\nseeds: [https://a.example/, https://b.example/]\nextractors: { page: { fields: { title: h1 } } }\n';

test('each sound file is one line on stdout', async () => {
  await using dir = await folder({ 'a.yaml': GOOD, 'jobs/b.yaml': GOOD });
  const ran = await pinspider(['validate', 'a.yaml', 'jobs/b.yaml'], dir.path);
  expect(ran).toEqual({
    code: 0,
    stdout: 'a.yaml: ok (1 extractor, 1 executor, 2 seeds)\njobs/b.yaml: ok (1 extractor, 1 executor, 2 seeds)\n',
    stderr: '',
  });
});

test('the faults of all files are told, the sound ones all the same', async () => {
  await using dir = await folder({ 'a.yaml': GOOD.replace('h1', '"h1["'), 'b.yaml': GOOD, 'c.yaml': 'name: c\n' });
  const { code, stdout, stderr } = await pinspider(['validate', 'a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'], dir.path);
  expect(code).toBe(2);
  expect(stdout).toBe('b.yaml: ok (1 extractor, 1 executor, 2 seeds)\n');
  expect(stderr).toMatch(/^a\.yaml:3:\d+: bad selector/m);
  expect(stderr).toMatch(/^c\.yaml:1:1: .*seeds/m);
  expect(stderr).toContain('d.yaml: no such file\n');
});

test('a warning is no fault', async () => {
  await using dir = await folder({ 'a.yaml': GOOD.replace('https://b.example/', 'http://intranet/') });
  const { code, stderr } = await pinspider(['validate', 'a.yaml'], dir.path);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: a\.yaml:2:29: the host "intranet" has no dot/);
});

test('--set is checked like the file', async () => {
  await using dir = await folder({ 'a.yaml': GOOD });
  const { code, stderr } = await pinspider(['validate', 'a.yaml', '--set', 'scope.max_pages=many'], dir.path);
  expect(code).toBe(2);
  expect(stderr).toContain('--set scope.max_pages=many: ');
});
