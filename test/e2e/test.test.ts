import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pinspider } from '../support/command.ts';
import { folder } from '../support/folder.ts';
import { site } from '../support/site.ts';

const page = (title: string) => `<h1>${title}</h1><ul><li>a</li><li>b</li></ul>`;

const JOB = `# Our shop
name: shop
seeds: [https://shop.example/]
extractors:
  page:
    fields:
      title: { css: h1, required: true }   # the heading
      tags: [li]
      now: { from: now }
`;

const TESTS = `
tests: # saved pages
  - fixture: ../pages/one.html
    url: https://shop.example/1
    records: { page: 1 }
    first: { page: { title: One, tags: [a, b] } }
`;

describe('test', () => {
  test('each test is one line; all hold', async () => {
    await using dir = await folder({ 'jobs/shop.yaml': JOB + TESTS, 'pages/one.html': page('One') });
    expect(await pinspider(['test', 'jobs/shop.yaml'], dir.path)).toEqual({
      code: 0,
      stdout: 'ok jobs/shop.yaml: pages/one.html as https://shop.example/1\n',
      stderr: '1 test passed, 0 failed\n',
    });
  });

  test('what differs is told value by value, and fails', async () => {
    const wrong = TESTS.replace('[a, b]', '[a, c, d]').replace('{ page: 1 }', '{ page: 2 }');
    await using dir = await folder({ 'jobs/shop.yaml': JOB + wrong, 'pages/one.html': page('One') });
    expect(await pinspider(['test', 'jobs/shop.yaml'], dir.path)).toEqual({
      code: 1,
      stdout: `not ok jobs/shop.yaml: pages/one.html as https://shop.example/1
    records.page: wanted 2, got 1
    first.page.tags[1]: wanted "c", got "b"
    first.page.tags[2]: wanted "d", got nothing
`,
      stderr: '0 tests passed, 1 failed\n',
    });
  });

  test('an invalid record says why it is missing', async () => {
    await using dir = await folder({ 'jobs/shop.yaml': JOB + TESTS, 'pages/one.html': '<p>' });
    const { code, stdout } = await pinspider(['test', 'jobs/shop.yaml'], dir.path);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '    records.page: wanted 1, got 0\n    first.page: wanted {"title":"One","tags":["a","b"]}, got nothing\n',
    );
    expect(stdout).toContain('    invalid: page.title: required, nothing matched "h1"\n');
  });

  test('a page that is not there fails its test alone', async () => {
    const two = `${TESTS}  - { fixture: gone.html, url: https://shop.example/2 }\n`;
    await using dir = await folder({ 'jobs/shop.yaml': JOB + two, 'pages/one.html': page('One') });
    const { code, stdout, stderr } = await pinspider(['test', 'jobs/shop.yaml'], dir.path);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok .*\nnot ok .*\n {4}the page cannot be read \(ENOENT.*\)\n$/);
    expect(stderr).toContain('1 test passed, 1 failed\n');
  });

  test('a job without tests is told, and one that is wrong stops all', async () => {
    await using dir = await folder({ 'a.yaml': JOB, 'b.yaml': JOB.replace('fields', 'feilds') });
    expect(await pinspider(['test', 'a.yaml'], dir.path)).toEqual({
      code: 0,
      stdout: '',
      stderr: 'a.yaml: no tests; pinspider test a.yaml --record URL makes one\n',
    });
    const { code, stderr } = await pinspider(['test', 'a.yaml', 'b.yaml'], dir.path);
    expect(code).toBe(2);
    expect(stderr).toContain('unknown key "feilds"');
  });
});

describe('test --record', () => {
  test('saves the page and adds a test that holds; comments and layout stay', async () => {
    await using web = await site({ '/1': page('One ${X}') });
    await using dir = await folder({ 'jobs/shop.yaml': JOB });
    const { code, stdout, stderr } = await pinspider(['test', 'jobs/shop.yaml', '--record', `${web.url}/1`], dir.path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'fixtures/shop-1.html\n' });
    expect(stderr).toContain('jobs/shop.yaml: test 1 added (page 1)');
    expect(stderr).toContain('first.page.now is left out');
    expect(await dir.read('fixtures/shop-1.html')).toBe(page('One ${X}'));
    expect(await dir.read('jobs/shop.yaml')).toBe(`${JOB}
tests:
  - fixture: ../fixtures/shop-1.html
    url: ${web.url}/1
    records:
      page: 1
    first:
      page:
        title: One $\${X}
        tags:
          - a
          - b
`);
    expect((await pinspider(['test', 'jobs/shop.yaml'], dir.path)).code).toBe(0);
  });

  test('a second one goes beside the first, under its own name', async () => {
    await using web = await site({ '/2': page('Two') });
    await using dir = await folder({
      'jobs/shop.yaml': JOB + TESTS,
      'pages/one.html': page('One'),
      'pages/shop-1.html': '',
    });
    const { code } = await pinspider(['test', 'jobs/shop.yaml', '--record', `${web.url}/2`], dir.path);
    expect(code).toBe(0);
    const text = await dir.read('jobs/shop.yaml');
    expect(text.startsWith(JOB + TESTS)).toBe(true);
    const { tests } = parse(text) as { tests: { fixture: string }[] };
    expect(tests.map((one) => one.fixture)).toEqual(['../pages/one.html', '../pages/shop-2.html']);
    expect((await pinspider(['test', 'jobs/shop.yaml'], dir.path)).stderr).toBe('2 tests passed, 0 failed\n');
  });

  test('a page whose encoding only the server tells reads the same when it is saved', async () => {
    const latin = Buffer.from(page('Café'), 'latin1');
    await using web = await site({
      '/': (_, response) => response.setHeader('content-type', 'text/html; charset=iso-8859-2').end(latin),
    });
    await using dir = await folder({ 'jobs/shop.yaml': JOB });
    expect((await pinspider(['test', 'jobs/shop.yaml', '--record', `${web.url}/`], dir.path)).code).toBe(0);
    expect(await dir.read('jobs/shop.yaml')).toContain('title: Café\n');
    expect((await pinspider(['test', 'jobs/shop.yaml'], dir.path)).code).toBe(0);
  });

  test('tests of a file that the job extends stay where they are', async () => {
    await using web = await site({ '/1': page('One') });
    await using dir = await folder({ 'jobs/base.yaml': JOB + TESTS, 'jobs/a.yaml': 'extends: base.yaml\nname: a\n' });
    const ran = await pinspider(['test', 'jobs/a.yaml', '--record', `${web.url}/1`], dir.path);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('jobs/a.yaml: its 1 test stand in a file that it extends; record there\n');
    expect(await dir.read('jobs/a.yaml')).toBe('extends: base.yaml\nname: a\n');
  });

  test('a page that is not there changes nothing', async () => {
    await using web = await site({});
    await using dir = await folder({ 'jobs/shop.yaml': JOB });
    const ran = await pinspider(['test', 'jobs/shop.yaml', '--record', `${web.url}/1`], dir.path);
    expect(ran).toEqual({ code: 1, stdout: '', stderr: `${web.url}/1: http 404\n` });
    expect(await dir.read('jobs/shop.yaml')).toBe(JOB);
  });
});
