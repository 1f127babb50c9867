import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { pinspider, start } from '../support/command.ts';
import { folder } from '../support/folder.ts';
import { site } from '../support/site.ts';

const PAGE = `<html><head><title>Shop</title></head><body>
  <h1>Kettles</h1><div class=grid>
  <p class=item data-sku=k1><b>One</b> <i>12,50 €</i></p>
  <p class=item data-sku=k1><b>One again</b></p>
  <p class=item data-sku=k2><b>Two</b> <i>8 €</i></p></div>
  <a href=/next>next</a> <a href=https://elsewhere.example/>else</a></body></html>`;

const job = (seed: string) => `
name: shop
seeds: ["${seed}"]
follow: true
extractors:
  page:
    fields:
      title: { first_of: [.none, h1, title] }
      missing: .grid .offer > em
  item:
    each: .item
    key: sku
    fields:
      sku: "::attr(data-sku)"
      name: { css: b, required: true }
      price: { css: i, type: price }
  other:
    match: /other/**
    fields: { title: h1 }
`;

describe('try', () => {
  test('shows what a run would store of a page, and field by field where it came from', async () => {
    await using web = await site({ '/': PAGE });
    await using dir = await folder({ 'shop.yaml': job(`${web.url}/`) });
    const { code, stdout, stderr } = await pinspider(['try', 'shop.yaml', `${web.url}/`], dir.path);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      page: [{ title: 'Kettles', missing: null }],
      item: [
        { sku: 'k1', name: 'One', price: 12.5 },
        { sku: 'k2', name: 'Two', price: 8 },
      ],
    });
    expect(stderr).toBe(`${web.url}/: 1 link to follow, 1 left out (scope, repeats, traps, or no extractor wants them)
page: 1 record
    title    css h1::text: 1 node
             source 2 of 3
    missing  css .grid .offer > em::text: no node
item: 3 records
    each .item: 3 nodes
    sku    css ::attr(data-sku)
    name   css b::text: 1 node
    price  css i::text: 1 node
other: its "match" does not take this URL
item: 1 more with a key that was there before; stored once
`);
  });

  test('--explain tells every source, how far a selector got, and what reads the page', async () => {
    await using dir = await folder({ 'shop.yaml': job('https://shop.example/'), 'page.html': PAGE });
    const { stderr } = await pinspider(['try', 'shop.yaml', 'page.html', '--explain', '--extractor', 'page'], dir.path);
    expect(stderr)
      .toBe(`https://shop.example/: 1 link to follow, 1 left out (scope, repeats, traps, or no extractor wants them)
read by a scan
page: 1 record
    title    css .none::text: no node
             css h1::text: 1 node
             css title::text: 1 node
    missing  css .grid .offer > em::text: no node
               nearest: .grid: 1 node
`);
  });

  test('--json with --extractor and --field leaves nothing but that', async () => {
    await using dir = await folder({ 'shop.yaml': job('https://shop.example/'), 'page.html': PAGE });
    const flags = ['--json', '--extractor', 'item', '--field', 'name'];
    const { code, stdout, stderr } = await pinspider(['try', 'shop.yaml', 'page.html', ...flags], dir.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ item: [{ name: 'One' }, { name: 'Two' }] });
  });

  test.each([
    {
      name: 'an extractor',
      flags: ['--extractor', 'itme'],
      want: 'there is no extractor "itme"; did you mean "item"?\n',
    },
    { name: 'a field', flags: ['--field', 'nmae'], want: 'there is no field "nmae"; did you mean "name"?\n' },
    {
      name: 'a URL',
      flags: ['--url', 'shop.example'],
      want: '--url shop.example is no whole URL; e.g. https://example.org/\n',
    },
  ])('asks for $name that is there', async ({ flags, want }) => {
    await using dir = await folder({ 'shop.yaml': job('https://shop.example/'), 'page.html': PAGE });
    const ran = await pinspider(['try', 'shop.yaml', 'page.html', ...flags], dir.path);
    expect(ran).toEqual({ code: 2, stdout: '', stderr: want });
  });

  test('a file stands for the URL of its test, for --url, else for the first seed', async () => {
    const tests = 'tests: [{ fixture: page.html, url: https://shop.example/saved }]\n';
    const urlJob =
      'name: a\nseeds: [https://shop.example/]\nextractors: { page: { fields: { url: { from: url } } } }\n';
    await using dir = await folder({ 'a.yaml': urlJob, 'b.yaml': `${urlJob}${tests}`, 'page.html': PAGE });
    const url = async (...args: string[]) => (await pinspider(['try', ...args, '--json'], dir.path)).stdout;
    expect(JSON.parse(await url('a.yaml', 'page.html'))).toEqual({ page: [{ url: 'https://shop.example/' }] });
    expect(JSON.parse(await url('b.yaml', 'page.html'))).toEqual({ page: [{ url: 'https://shop.example/saved' }] });
    expect(JSON.parse(await url('b.yaml', 'page.html', '--url', 'http://x.example/y'))).toEqual({
      page: [{ url: 'http://x.example/y' }],
    });
  });

  test('robots.txt is obeyed: a page that it forbids is not fetched, unless the job ignores it', async () => {
    let hits = 0;
    await using web = await site({
      '/robots.txt': 'User-agent: *\nDisallow: /private\n',
      '/private': (_, response) => {
        hits++;
        response.setHeader('content-type', 'text/html').end(PAGE);
      },
    });
    await using dir = await folder({ 'shop.yaml': job(`${web.url}/`) });
    const args = ['try', 'shop.yaml', `${web.url}/private`, '--json'];
    const { code, stdout, stderr } = await pinspider(args, dir.path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `${web.url}/private is not fetched: ${web.url}/robots.txt says Disallow: /private; --set politeness.robots=ignore fetches it all the same\n`,
    );
    expect(hits).toBe(0);
    expect((await pinspider([...args, '--set', 'politeness.robots=ignore'], dir.path)).code).toBe(0);
    expect(hits).toBe(1);
  });

  test.each([
    { path: '/gone', want: 'http 404' },
    { path: '/busy', want: 'http 503; a run would try again later' },
    { path: '/image', want: 'image/png is not HTML: a run extracts nothing from it' },
  ])('$path has no records, and says why', async ({ path, want }) => {
    await using web = await site({
      '/busy': (_, response) => response.writeHead(503).end(),
      '/image': (_, response) => response.setHeader('content-type', 'image/png').end('x'),
    });
    await using dir = await folder({ 'shop.yaml': job(`${web.url}/`) });
    const ran = await pinspider(['try', 'shop.yaml', `${web.url}${path}`], dir.path);
    expect(ran).toEqual({ code: 1, stdout: '', stderr: `${web.url}${path}: ${want}\n` });
  });

  test('redirects are followed, and told', async () => {
    await using web = await site({
      '/old': (_, response) => response.writeHead(301, { location: '/new' }).end(),
      '/new': PAGE,
    });
    await using dir = await folder({ 'shop.yaml': job(`${web.url}/`) });
    const { code, stdout, stderr } = await pinspider(
      ['try', 'shop.yaml', `${web.url}/old`, '--field', 'title'],
      dir.path,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ page: [{ title: 'Kettles' }] });
    expect(stderr).toContain(`${web.url}/old: 301 to ${web.url}/new\n`);
  });

  test('a host that does not answer is one clear line', async () => {
    await using dir = await folder({ 'shop.yaml': job('http://127.0.0.1:1/') });
    const { code, stderr } = await pinspider(['try', 'shop.yaml', 'http://127.0.0.1:1/'], dir.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^http:\/\/127\.0\.0\.1:1\/ is not fetched: .*could not be fetched \(.*ECONNREFUSED.*\).*\n$/,
    );
  });

  test('an interrupt ends a fetch that takes long', async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    await using web = await site({ '/robots.txt': () => arrived() });
    await using dir = await folder({ 'shop.yaml': job(`${web.url}/`) });
    const { child, finished } = start(['try', 'shop.yaml', `${web.url}/`], dir.path);
    await asked;
    child.kill('SIGINT');
    expect(await finished).toEqual({ code: 130, stdout: '', stderr: '' });
  });

  test('--watch tries again when the job or the page changes, and outlives faults', async () => {
    await using dir = await folder({ 'shop.yaml': job('https://shop.example/'), 'page.html': PAGE });
    const { child, finished } = start(['try', 'shop.yaml', 'page.html', '--watch', '--extractor', 'page'], dir.path);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const until = async (text: string) => {
      while (!said.includes(text)) await Promise.race([once(child.stderr ?? child, 'data'), once(child, 'close')]);
      said = '';
    };
    await until('source 2 of 3');
    await dir.write('page.html', PAGE.replace('Kettles</h1>', '</h1>'));
    await until('source 3 of 3');
    await dir.write('shop.yaml', job('https://shop.example/').replace('first_of', 'frist_of'));
    await until('did you mean "first_of"?');
    await dir.write('shop.yaml', job('https://shop.example/').replace('.none, ', '.item, '));
    await until('source 1 of 3');
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    const titles = [...stdout.matchAll(/"title": (.*),/g)].map((match) => match[1]);
    expect(titles).toEqual(['"Kettles"', '"Shop"', '"One 12,50 €"']);
  });
});
