import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../../src/extract/plan.ts';
import { errorsOf, extract, optionsOf, page, valueOf } from './support.ts';

const HTML = `<html lang=de><head><title>T | Site</title>
<meta property="og:title" content=" Open Graph "><meta name=Author content=A><meta name=author content=B><meta name=empty content="">
</head><body><h1> Big  <b>title</b></h1><p class="k x">one</p><p class=k>two</p><p class=k></p>
<ul><li><a href="/1" title=first>1,200 pins</a><li><a href="b.html">2.5k</a><li><a>none</a></ul>
<div class=ad>buy <i>now</i></div><div class=box>text <span class=ad>ad</span> end</div>
<time datetime="2024-03-12T10:00:00+01:00">x</time><span class=price>1.299,00 €</span></body></html>`;

describe('sources', () => {
  test.each<[unknown, unknown]>([
    ['h1', 'Big title'],
    ['h2', null],
    ['p.k', 'one'],
    [['p.k'], ['one', 'two', '']],
    [['h2'], []],
    ['li a::attr(href)', '/1'],
    [['li a::attr(href) | url'], ['https://example.org/1', 'https://example.org/a/b.html']],
    ['li::count', 3],
    ['h2::count', 0],
    ['h1::html', ' Big  <b>title</b>'],
    ['h1 > *::name', 'b'],
    ['a::attr(constructor)', null],
    ['h1 | upper | slice:0,3', 'BIG'],
    [['li a | count'], [1200, 2500]],
    [['p.k | join:"+"'], 'one+two+'],
    [{ css: 'p', transform: [{ map: { one: 1 } }] }, 1],
    [{ css: 'h1', regex: '(\\w+) t' }, 'Big'],
    [[{ css: 'p', regex: '[aeiou]' }], ['o', 'e', 'o']],
    [{ regex: '\\d+,\\d+ pins' }, '1,200 pins'],
    [{ meta: 'og:title' }, 'Open Graph'],
    [{ meta: 'AUTHOR' }, 'A'],
    [[{ meta: 'author' }], ['A', 'B']],
    [{ meta: 'none' }, null],
    [{ const: { a: [1, null] } }, { a: [1, null] }],
    [{ from: 'url' }, 'https://example.org/a/page.html'],
    [{ from: 'url', regex: '/a/(\\w+)' }, 'page'],
    [{ from: 'seed' }, 'https://example.org/'],
    [{ from: 'depth' }, 1],
    [{ from: 'status' }, 200],
    [{ from: 'headers' }, { 'content-type': 'text/html', etag: '"x1"' }],
    [{ from: 'headers', header: 'ETag' }, '"x1"'],
    [{ from: 'headers', header: 'age' }, null],
    [{ from: 'now' }, '2024-03-12T08:00:00Z'],
    [{ from: 'html' }, HTML],
    [{ from: 'job' }, 'job'],
    [{ from: 'task' }, 'task-1'],
    [{ first_of: ['h2', '.k:empty', 'h1'] }, 'Big title'],
    [{ first_of: ['h2', { css: 'h1', type: 'integer' }, { const: 'x' }] }, 'x'],
    [[{ first_of: ['h2', 'p.x, p.none', 'p'] }], ['one']],
    [{ first_of: ['h2', 'h3'] }, null],
    [{ case: { '.none': 1, '.ad': 'ads', h1: 2 } }, 'ads'],
    [{ case: { '.none': 1, else: 'no' } }, 'no'],
    [{ case: { '.none': 1 } }, null],
    [{ case: { h1: { css: 'h1', transform: 'lower' } } }, 'big title'],
    [{ css: '.x', case: { one: 1, else: 'keep' } }, 1],
    [{ css: 'h1', case: { one: 1 } }, 'Big title'],
    [{ css: 'h1', case: { one: 1, else: null } }, null],
    [{ css: 'h2', case: { '': 'nothing' } }, 'nothing'],
    [
      { css: 'ul', fields: { first: 'a', title: 'a::attr(title)' } },
      { first: '1,200 pins', title: 'first' },
    ],
    [{ css: 'ol', fields: { first: 'a' } }, null],
    [
      { each: 'li', fields: { n: 'a | count', x: { css: 'a', fields: { h: '::attr(href)' } } } },
      [
        { n: 1200, x: { h: '/1' } },
        { n: 2500, x: { h: 'b.html' } },
        { n: null, x: { h: null } },
      ],
    ],
    [{ css: '.box', remove: '.ad' }, 'text end'],
    [{ css: '.box::html', remove: ['.ad'] }, 'text  end'],
    [{ css: '.ad', remove: 'i' }, 'buy'],
    [[{ css: '.ad', remove: '.box .ad' }], ['buy now']],
    [{ css: '.box', remove: '.box' }, null],
    [{ css: '.box | markdown', remove: '.ad' }, 'text end'],
    [{ css: 'h1', when: 'h2' }, null],
    [{ css: 'h1', when: 'h2', required: true, default: 'd' }, 'd'],
    [[{ css: 'p', when: 'h2' }], []],
    [{ css: 'h1', when: { status: [200, 203], not: 'h2' } }, 'Big title'],
    [{ css: 'h1', when: [{ status: 404 }, 'h2'] }, null],
    [{ css: 'h1', when: { status: 404, css: 'h1' } }, null],
  ])('%j gives %j', async (field, want) => {
    expect(await valueOf(field, HTML)).toEqual(want);
  });

  test('the text of the page leaves out what no reader sees', async () => {
    expect(await valueOf({ from: 'text' }, '<p>a<script>1</script></p><p>b')).toBe('a b');
  });

  test('markup is read first by transforms of markup, unless a reading says otherwise', async () => {
    expect(await valueOf('h1 | strip_tags', HTML)).toBe('Big title');
    expect(await valueOf('h1 | markdown', HTML)).toBe('Big **title**');
    expect(await valueOf('h1::text | markdown', HTML)).toBe('Big title');
  });

  test('what one field removes, others still see', async () => {
    const fields = {
      a: { css: '.box', remove: '.ad' },
      b: '.box',
      c: { css: 'body', fields: { d: '.box' }, remove: '.ad' },
    };
    const { records } = await extract({ fields }, HTML);
    expect(records[0]?.value).toEqual({ a: 'text end', b: 'text ad end', c: { d: 'text end' } });
  });
});

describe('types', () => {
  test.each<[string, unknown, unknown]>([
    ['12', 'string', '12'],
    ['1,234', 'integer', 1234],
    ['1.5', 'number', 1.5],
    ['', 'integer', null],
    ['', 'string', ''],
    ['yes', 'boolean', true],
    ['12 March 2024', 'date', '2024-03-12'],
    ['2024-03-12T10:00:00+01:00', 'datetime', '2024-03-12T09:00:00Z'],
    ['2024-03-12 10:00', 'datetime', '2024-03-12T10:00:00'],
    ['../x', 'url', 'https://example.org/x'],
    ['1.299,00 €', 'price', 1299],
    ['1.2M', 'count', 1_200_000],
    ['a', '[string]', ['a']],
    ['3', '[integer]', [3]],
  ])('%j as %s is %j', async (text, type, want) => {
    expect(await valueOf({ css: 'p', type }, `<p>${text}</p>`)).toEqual(want);
  });

  test('a type holds for each item of a list that a transform made', async () => {
    expect(await valueOf({ css: 'p | split:","', type: 'integer' }, '<p>1, 2,3</p>')).toEqual([1, 2, 3]);
  });
});

describe('errors of a record', () => {
  const long = 'x'.repeat(80);
  test.each<[unknown, string, readonly string[]]>([
    [{ css: '.a .b', required: true }, '', ['required, nothing matched ".a .b"']],
    [{ css: 'p', required: true }, '<p> </p>', ['required, "p" is empty']],
    [{ css: 'p::attr(x)', required: true }, '<p>', ['required, "p" has no attribute "x"']],
    [{ css: 'p | number', required: true }, '<p>ask us</p>', ['required, nothing is left of "ask us"']],
    [{ first_of: ['h1', 'h2'], required: true }, '', ['required, nothing matched "h1", "h2"']],
    [{ first_of: ['h1', { meta: 'x' }], required: true }, '', ['required, nothing matched "h1", there is no meta "x"']],
    [{ case: { h1: 1 }, required: true }, '', ['required, nothing matched "h1"']],
    [{ each: 'li', fields: { a: 'b' }, required: true }, '', ['required, nothing matched "li"']],
    [{ from: 'headers', header: 'x', required: true }, '', ['required, there is no header "x"']],
    [{ css: 'h1', required: true, default: 'd' }, '', []],
    [{ css: 'p', type: 'price' }, '<p>ask us</p>', ['"ask us" is not a price']],
    [{ css: 'p', type: 'integer' }, '<p>12 km</p>', ['"12 km" is not an integer']],
    [{ css: 'p', type: 'integer' }, '<p>1.5</p>', ['"1.5" is not an integer']],
    [{ css: 'p', type: 'date' }, `<p>${long}</p>`, [`"${'x'.repeat(60)}…" is not a date`]],
    [{ css: 'p', type: 'number', minimum: 5, default: 9 }, '<p>4</p>', ['4 is below the minimum 5']],
    [{ css: 'p', type: 'count', maximum: 5 }, '<p>1k</p>', ['1000 is above the maximum 5']],
    [{ css: 'p', minimum: 5 }, '<p>many</p>', ['"many" is not a number']],
    [{ css: 'p', minimum: 5 }, '<p>7</p>', []],
    [{ css: 'p', minimum: 5 }, '', []],
    [{ css: 'p', pattern: '^[A-Z]{3}$' }, '<p>eur</p>', ['"eur" does not match ^[A-Z]{3}$']],
    [{ css: 'p', pattern: '^[A-Z]{3}$' }, '<p>EUR</p>', []],
    [{ css: 'p', enum: ['a', 1] }, '<p>b</p>', ['"b" is none of "a", 1']],
    [{ css: 'p', type: 'integer', enum: ['a', 1] }, '<p>1</p>', []],
  ])('%j on %j', async (field, html, want) => {
    expect(await errorsOf(field, html)).toEqual(want.map((what) => `x.f: ${what}`));
  });

  test('items are named by their index', async () => {
    expect(await errorsOf([{ css: 'p', type: 'integer' }], '<p>1<p>b<p>c')).toEqual([
      'x.f[1]: "b" is not an integer',
      'x.f[2]: "c" is not an integer',
    ]);
    expect(await errorsOf({ css: 'p', type: '[integer]', maximum: 1, min_items: 3 }, '<p>1<p>2')).toEqual([
      'x.f: 2 items, at least 3 needed',
      'x.f[1]: 2 is above the maximum 1',
    ]);
  });

  test('the place is told down to the field', async () => {
    const inner = { css: 'i', required: true };
    const { invalid } = await extract(
      { each: 'section', fields: { list: { each: 'p', fields: { o: { css: 'b', fields: { inner } } } } } },
      '<section></section><section><p></p><p><b></b></p></section>',
    );
    expect(invalid).toEqual([{ extractor: 'x', errors: ['x[1].list[1].o.inner: required, nothing matched "i"'] }]);
  });
});

describe('records', () => {
  const fields = { n: { css: 'b', type: 'integer', required: true }, l: ['i'], e: 'u' };
  const html = '<p><b>1</b><i>x</i><u></u></p><p><b>no</b></p>';

  test('invalid ones are dropped, and told', async () => {
    const { records, invalid, failure } = await extract({ each: 'p', fields }, html);
    expect(records).toEqual([{ extractor: 'x', value: { n: 1, l: ['x'], e: '' }, filled: [true, true, true] }]);
    expect(invalid).toEqual([{ extractor: 'x', errors: ['x[1].n: "no" is not an integer'] }]);
    expect(failure).toBeUndefined();
  });

  test('or kept with their errors', async () => {
    const { records } = await extract({ each: 'p', fields, invalid: 'keep', key: 'n' }, html);
    expect(records[0]?.key).toBe('1');
    expect(records[1]).toEqual({
      extractor: 'x',
      value: { n: null, l: [], e: null, _errors: ['x[1].n: "no" is not an integer'] },
      filled: [false, false, false],
    });
  });

  test('or fail the page', async () => {
    const { failure } = await extract({ each: 'p', fields, invalid: 'fail' }, html);
    expect(failure).toBe('invalid record: x[1].n: "no" is not an integer');
  });

  test('bear ambient fields last when asked to; the hash is of their content alone', async () => {
    const written = { fields: { z: 'b' }, meta: true };
    const { records } = await extract(written, html);
    expect(Object.entries(records[0]?.value ?? {})).toEqual([
      ['z', '1'],
      ['_url', 'https://example.org/a/page.html'],
      ['_seed', 'https://example.org/'],
      ['_depth', 1],
      ['_fetched_at', '2024-03-12T08:00:00Z'],
      ['_status', 200],
      ['_extractor', 'x'],
      ['_job', 'job'],
      ['_task', 'task-1'],
      ['_hash', expect.stringMatching(/^[0-9a-f]{16}$/)],
    ]);
    const other = await extract(written, html, { url: 'https://example.org/b', fetchedAt: 0, task: 'task-2' });
    expect(other.records[0]?.value['_hash']).toBe(records[0]?.value['_hash']);
    const changed = await extract(written, '<b>2');
    expect(changed.records[0]?.value['_hash']).not.toBe(records[0]?.value['_hash']);
  });

  test('a page whose condition does not hold makes none, and is skipped', async () => {
    const { records, skipped } = await extract({ when: '.header', fields: { t: 'b' } }, html);
    expect([records, skipped]).toEqual([[], ['x']]);
    expect((await extract({ when: { status: 200 }, fields: { t: 'b' } }, html)).records).toHaveLength(1);
  });

  test('an extractor without fields makes none', async () => {
    expect((await extract({ follow: true }, html)).records).toEqual([]);
  });

  test('broken markup is read as far as it goes', async () => {
    const broken = '<<p <b>1<b class="x>2</b></p><b>3<!-- <p';
    expect((await extract({ fields: { n: 'b' } }, broken)).records).toHaveLength(1);
    expect((await extract({ fields: { n: 'b' } }, '')).records[0]?.value).toEqual({ n: null });
    expect((await extract({ fields: { n: 'b' } }, '\u0000<b>\u001f')).records[0]?.value).toEqual({ n: '\u001f' });
  });
});

describe('a plan', () => {
  const options = optionsOf({
    list: { match: ['/c/**', '/^https:..example.org.list/'], fields: { a: 'a', b: 'b' } },
    item: { match: '/p/*', fields: { c: 'c' } },
  });

  test('knows its extractors and which URLs they take', async () => {
    const plan = await compilePlan(options);
    expect(plan.extractors).toEqual([
      { name: 'list', fields: ['a', 'b'] },
      { name: 'item', fields: ['c'] },
    ]);
    expect(
      ['/c/x/y', '/list?x', '/p/1', '/p/1/2', '/'].map((path) => plan.matches(`https://example.org${path}`)),
    ).toEqual([true, true, true, false, false]);
  });

  test('runs the extractors that match, or only the one that a rule chose', async () => {
    const plan = await compilePlan(options);
    const names = (url: string, to?: string): string[] =>
      plan.extract(page('', { url, to })).records.map(({ extractor }) => extractor);
    expect(names('https://example.org/c/1')).toEqual(['list']);
    expect(names('https://example.org/x')).toEqual([]);
    expect(names('https://example.org/c/1', 'item')).toEqual(['item']);
    expect(names('https://example.org/c/1', 'other')).toEqual([]);
  });

  test('reads with the HTML5 tree when asked to', async () => {
    const written = { x: { fields: { rows: 'tbody > tr::count', stray: 'table div::count' } } };
    const html = '<table><tr><td>1</td></tr><div>stray</div></table>';
    const [fast, html5] = await Promise.all([
      compilePlan(optionsOf(written)),
      compilePlan(optionsOf(written, undefined, 'html5')),
    ]);
    expect(fast.extract(page(html)).records[0]?.value).toEqual({ rows: 0, stray: 1 });
    expect(html5.extract(page(html)).records[0]?.value).toEqual({ rows: 1, stray: 0 });
  });

  test('keeps nothing from one page to the next', async () => {
    const plan = await compilePlan(optionsOf({ x: { fields: { t: { css: 'p:not(.a *)', required: true } } } }, true));
    const good = plan.extract(page('<p>1</p><a href=/x>y</a>'));
    plan.extract(page('<div class=a><p>2'));
    expect(plan.extract(page('<p>1</p><a href=/x>y</a>'))).toEqual(good);
  });
});
