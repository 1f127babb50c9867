import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame, records, RecordSplitter } from '../../../src/mesos/recordio.ts';
import { collect } from '../../support/collect.ts';

function stream(text: string, cut = text.length): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  return (async function* () {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
  })();
}

async function texts(text: string, cut?: number, maxBytes?: number): Promise<string[]> {
  return (await collect(records(stream(text, cut), maxBytes))).map((r) => Buffer.from(r).toString());
}

test('a record is framed by its length in bytes, not characters', () => {
  expect(frame(Buffer.from('é')).toString()).toBe('2\né');
});

test.each([
  { name: 'an empty stream has no records', text: '', want: [] },
  { name: 'records may hold newlines and digits', text: '3\na\nb2\n12', want: ['a\nb', '12'] },
  { name: 'an empty record is a record', text: '0\n1\nx0\n', want: ['', 'x', ''] },
  { name: 'a length may have leading zeros', text: '00000000000000000001\nx', want: ['x'] },
])('$name', async ({ text, want }) => {
  for (const cut of [1, 2, 3, 1000]) expect(await texts(text, cut)).toEqual(want);
});

test.each([
  { name: 'a length that is no number', text: 'abc\n', message: /"a(bc)?" is not a decimal number/ },
  { name: 'an empty length', text: '1\nx\n', message: /"" is not a decimal number/ },
  { name: 'a carriage return', text: '1\r\nx', message: /is not a decimal number/ },
  { name: 'a negative length', text: '-1\nx', message: /is not a decimal number/ },
  { name: 'a length without end', text: '1'.repeat(21), message: /is not a decimal number/ },
  { name: 'a web page', text: '<html>'.repeat(50), message: /is not a decimal number/ },
  { name: 'a record over the limit', text: '11\n', message: /11 bytes is over the limit of 10/ },
  { name: 'the longest length there is', text: '18446744073709551615\n', message: /over the limit/ },
  { name: 'an end inside a length', text: '1\nx1', message: /ended inside a record's length/ },
  { name: 'an end inside a record', text: '3\nab', message: /ended after 2 of a record's 3 bytes/ },
])('$name is refused, whatever the cut', async ({ text, message }) => {
  for (const cut of [1, 4, 1000])
    await expect(texts(text, cut, 10)).rejects.toMatchObject({
      code: 'MESOS_FRAME',
      message: expect.stringMatching(message),
    });
});

test('records before a fault are delivered', () => {
  const seen: string[] = [];
  expect(() => {
    for (const r of new RecordSplitter().push(Buffer.from('2\nokx\n'))) seen.push(Buffer.from(r).toString());
  }).toThrow(/is not a decimal/);
  expect(seen).toEqual(['ok']);
});

test('any records survive any cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }),
      fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 40 }),
      (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(frame));
        const splitter = new RecordSplitter();
        const got: Uint8Array[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          // a zero cut stands for an empty chunk; every round of cuts moves on by one byte at least
          const size = i % cuts.length === 0 ? Math.max(1, cuts[0] ?? 1) : (cuts[i % cuts.length] ?? 1);
          got.push(...splitter.push(bytes.subarray(at, at + size)));
          at += size;
        }
        splitter.end();
        expect(got.map((r) => Buffer.from(r))).toEqual(sent.map((r) => Buffer.from(r)));
      },
    ),
  );
});

test('a large record that comes in small pieces is copied a bounded number of times', () => {
  const size = 8 * 1024 * 1024;
  const splitter = new RecordSplitter();
  const got = [...splitter.push(Buffer.from(`${size}\n`))];
  const piece = Buffer.alloc(512, 7);
  // 16,384 pieces: joining the held bytes anew at each would copy 64 GiB
  for (let at = 0; at < size; at += piece.length) got.push(...splitter.push(piece));
  splitter.end();
  expect(got.map((r) => r.length)).toEqual([size]);
  expect(got[0]?.every((byte) => byte === 7)).toBe(true);
});
