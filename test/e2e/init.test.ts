import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pinspider } from '../support/command.ts';
import { folder } from '../support/folder.ts';

const SCHEMA = join(import.meta.dirname, '../../schemas/job.schema.json');

describe('init', () => {
  test.each(['site', 'shop', 'pinterest'])('%s is a job that validates without a warning', async (template) => {
    await using dir = await folder();
    const file = `${template}.yaml`;
    const written = await pinspider(['init', template], dir.path);
    expect(written).toEqual({
      code: 0,
      stdout: `${file}\n`,
      stderr: `next: pinspider try ${file} URL, then pinspider run ${file}\n`,
    });
    const checked = await pinspider(['validate', file], dir.path);
    expect({ code: checked.code, stderr: checked.stderr }).toEqual({ code: 0, stderr: '' });
    const text = await dir.read(file);
    expect(text).toMatch(/ # \w/); // it is commented
    expect(text).not.toContain('../fixtures');
  });

  test('the first line leads editors to the schema', async () => {
    await using dir = await folder();
    await pinspider(['init'], dir.path);
    const [first = ''] = (await dir.read('site.yaml')).split('\n');
    const path = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? '';
    expect(resolve(dir.path, path)).toBe(SCHEMA);
    expect(JSON.parse(await readFile(resolve(dir.path, path), 'utf8'))).toHaveProperty('definitions');
  });

  test('--out names the file and with it the job', async () => {
    await using dir = await folder();
    const { stdout } = await pinspider(['init', 'shop', '--out', 'jobs/kettles.yaml'], dir.path);
    expect(stdout).toBe('jobs/kettles.yaml\n');
    expect(await dir.read('jobs/kettles.yaml')).toContain('\nname: kettles\n');
  });

  test('a file that is there stays, unless --force', async () => {
    await using dir = await folder({ 'site.yaml': 'mine\n' });
    const { code, stderr } = await pinspider(['init', 'site'], dir.path);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'site.yaml: the file exists; --force replaces it, --out FILE writes another\n',
    });
    expect(await dir.read('site.yaml')).toBe('mine\n');
    expect((await pinspider(['init', 'site', '--force'], dir.path)).code).toBe(0);
    expect(await dir.read('site.yaml')).toContain('name: site\n');
  });

  test.each([
    { template: 'api', want: 'template api needs JSON sources, which this version does not have yet; ' },
    { template: 'sitemap', want: 'template sitemap needs sitemap seeds, which this version does not have yet; ' },
    { template: 'shpo', want: 'there is no template "shpo"; did you mean "shop"?' },
  ])('$template is refused with what there is', async ({ template, want }) => {
    await using dir = await folder();
    const { code, stdout, stderr } = await pinspider(['init', template], dir.path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(want)).toBe(true);
  });
});
