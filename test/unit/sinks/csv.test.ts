import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvRow } from '../../../src/sinks/csv-cell.ts';
import { openSink } from '../../../src/sinks/open.ts';
import { CONTEXT, record, sinkContract } from '../../support/sink-contract.ts';
import { readCsv } from './csv-reader.ts';
import { tempDir } from './temp-dir.ts';

sinkContract('csv', async () => {
  const dir = await tempDir();
  const sink = await openSink({ type: 'csv', path: join(dir.path, '{extractor}.csv') }, CONTEXT);
  return {
    sink,
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
    stored: async (extractor) => {
      const [, ...rows] = readCsv(await readFile(join(dir.path, `${extractor}.csv`), 'utf8'));
      return rows.map((row) => Number(row[1]?.text));
    },
  };
});

test.each([
  ['plain', 'plain'],
  ['', '""'],
  [null, ''],
  [undefined, ''],
  [-1.5, '-1.5'],
  [1e21, '1e+21'],
  [false, 'false'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  [['a', 'b'], '"[""a"",""b""]"'],
  [[], '[]'],
  [{ a: null }, '"{""a"":null}"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['@SUM(1)', "'@SUM(1)"],
  ['+49 30 1234', "'+49 30 1234"],
  ['-cmd', "'-cmd"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['-12.5', '-12.5'],
  ['+1,234.5', '"+1,234.5"'],
  ['-1e5', '-1e5'],
  ['-1+1', "'-1+1"],
])('a cell of %j is %s', (value, want) => {
  expect(csvCell(value)).toBe(want);
});

test('any rows come back from a reader of RFC 4180 as they were', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string(),
    fc.constantFrom(null, true, '', '"', '\r\n', ',', "'="),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.jsonValue().filter((v) => typeof v === 'object'),
  );
  fc.assert(
    fc.property(fc.array(fc.array(value, { minLength: 1, maxLength: 6 }), { maxLength: 10 }), (rows) => {
      const read = readCsv(rows.map((row) => csvRow(row as never[])).join(''));
      expect(read).toHaveLength(rows.length);
      for (const [i, row] of rows.entries()) {
        expect(read[i]).toHaveLength(row.length);
        for (const [j, want] of row.entries()) {
          const { text = '', quoted = false } = read[i]?.[j] ?? {};
          if (want === null) expect([text, quoted]).toEqual(['', false]);
          else if (want === '') expect([text, quoted]).toEqual(['', true]);
          else if (typeof want === 'string') expect([want, `'${want}`]).toContain(text);
          else expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(want));
          // Nothing that a spreadsheet would run.
          expect(text).not.toMatch(/^[=@\t\r]|^[+-](?!\d[\d.,]*([eE][+-]?\d+)?$)/);
        }
      }
    }),
  );
});

test('columns are the declared fields, then what every record carries; not what the first record has', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.csv');
  const extractors = [{ name: 'page', fields: ['b', 'a'], meta: true, keepsInvalid: true }];
  const sink = await openSink({ type: 'csv', path }, { ...CONTEXT, extractors });
  sink.write(record('page', { a: 1, _errors: ['b: required'], _url: 'http://a/', _depth: 2 }));
  await sink.close();
  expect(await readFile(path, 'utf8')).toBe(
    'b,a,_errors,_url,_seed,_depth,_fetched_at,_status,_extractor,_job,_task,_hash\r\n' +
      ',1,"[""b: required""]",http://a/,,2,,,,,,\r\n',
  );
});

test('members that tell of changes come last', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.csv');
  const extractors = [{ name: 'page', fields: ['a'], meta: false, changeMembers: ['_url', '_index', '_change'] }];
  const sink = await openSink({ type: 'csv', path }, { ...CONTEXT, extractors });
  sink.write(record('page', { a: 1, _url: 'http://a/', _index: 0, _change: 'new' }));
  sink.write(record('page', { _url: 'http://a/', _index: 1, _change: 'gone' }));
  await sink.close();
  expect(await readFile(path, 'utf8')).toBe('a,_url,_index,_change\r\n1,http://a/,0,new\r\n,http://a/,1,gone\r\n');
});

test('extractors of one shape may share a file, with one header', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.csv');
  const sink = await openSink({ type: 'csv', path }, CONTEXT);
  sink.write(record('page', { title: 'p', n: 1 }));
  sink.write(record('board', { title: 'b', n: 2 }));
  await sink.close();
  expect(await readFile(path, 'utf8')).toBe('title,n\r\np,1\r\nb,2\r\n');
  expect(sink.files()).toEqual([path]);
});

test('extractors of different shapes may not', async () => {
  await using dir = await tempDir();
  const extractors = [...CONTEXT.extractors, { name: 'other', fields: ['x'], meta: false }];
  await expect(
    openSink({ type: 'csv', path: join(dir.path, 'o.csv') }, { ...CONTEXT, extractors }),
  ).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('extractors page and other have different fields'),
  });
});

test('an unfinished run goes on under the same header', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.csv');
  const sink = await openSink({ type: 'csv', path }, CONTEXT);
  sink.write(record('page', { title: 't', n: 1 }));
  await sink.close();
  const more = await openSink({ type: 'csv', path }, { ...CONTEXT, resume: sink.positions() });
  more.write(record('page', { title: 't', n: 2 }));
  await more.close();
  expect(await readFile(path, 'utf8')).toBe('title,n\r\nt,1\r\nt,2\r\n');
});

test('an unfinished run with other columns is refused', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.csv');
  const extractors = [{ name: 'page', fields: ['title', 'price'], meta: false }];
  const sink = await openSink({ type: 'csv', path }, { ...CONTEXT, extractors });
  await sink.close();
  await expect(openSink({ type: 'csv', path }, { ...CONTEXT, resume: sink.positions() })).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    message: expect.stringContaining('other columns'),
  });
  expect(await readFile(path, 'utf8')).toBe('title,price\r\n');
});
