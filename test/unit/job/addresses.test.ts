import { describe, expect, test } from 'vitest';
import { readMaster, secretIn } from '../../../src/job/master.ts';
import { expandRanges } from '../../../src/job/seed-range.ts';

describe('masters', () => {
  test.each([
    { text: 'local', want: { kind: 'local' } },
    { text: 'local[4]', want: { kind: 'local', cpus: 4 } },
    { text: 'm1:5050', want: { kind: 'http', urls: ['http://m1:5050'] } },
    { text: 'm1.example', want: { kind: 'http', urls: ['http://m1.example:5050'] } },
    { text: 'http://m1:5050/', want: { kind: 'http', urls: ['http://m1:5050'] } },
    { text: 'https://m1', want: { kind: 'http', urls: ['https://m1'] } },
    { text: 'https://m1:7,m2', want: { kind: 'http', urls: ['https://m1:7', 'https://m2:7'] } },
    {
      text: '10.0.0.1:5050, 10.0.0.2:5050',
      want: { kind: 'http', urls: ['http://10.0.0.1:5050', 'http://10.0.0.2:5050'] },
    },
    {
      text: 'zk://z1,z2:2182/mesos',
      want: { kind: 'zk', servers: ['z1:2181', 'z2:2182'], path: '/mesos' },
    },
    {
      text: 'zk://me:s%40:cret@z1:2181/a/b',
      want: { kind: 'zk', servers: ['z1:2181'], path: '/a/b', credential: { user: 'me', password: 's@:cret' } },
    },
    { text: 'http://[::1]:5050', want: { kind: 'http', urls: ['http://[::1]:5050'] } },
  ])('$text', ({ text, want }) => {
    expect(readMaster(text)).toEqual({ ok: true, master: want });
  });

  test('a credential in the address is taken out of it', () => {
    expect(readMaster('http://me:s%40cret@h:5050')).toEqual({
      ok: true,
      master: { kind: 'http', urls: ['http://h:5050'] },
      principal: 'me',
      secret: 's@cret',
    });
    expect(secretIn('http://me:s%40cret@h:5050')).toBe('s@cret');
    expect(secretIn('zk://me:s%40cret@z:2181/mesos')).toBe('s@cret');
    expect(secretIn('http://h:5050')).toBeUndefined();
  });

  test('one without a scheme is asked by the one that is given', () => {
    expect(readMaster('m1,m2:7', 'https')).toEqual({
      ok: true,
      master: { kind: 'http', urls: ['https://m1:5050', 'https://m2:7'] },
    });
  });

  test.each([
    { text: 'locl', mend: 'did you mean "local"?' },
    { text: 'local[x]', mend: 'write e.g. local[4]' },
    { text: 'local[0]', mend: 'write e.g. local[4]' },
    {
      text: 'ftp://h:5050',
      mend: 'write local, local[N], host:5050, http(s)://host:5050[,host2:5050] or zk://host:2181[,host2:2181]/path',
    },
    {
      text: 'h:5050,',
      mend: 'write local, local[N], host:5050, http(s)://host:5050[,host2:5050] or zk://host:2181[,host2:2181]/path',
    },
    {
      text: 'h:99999',
      mend: 'write local, local[N], host:5050, http(s)://host:5050[,host2:5050] or zk://host:2181[,host2:2181]/path',
    },
    { text: 'zk://h:2181', mend: 'it is often /mesos' },
    { text: 'zk://h:2181/mesos/', mend: 'it is often /mesos' },
    { text: 'zk://me@h:2181/mesos', mend: 'write zk://user:password@…' },
    { text: 'zk://[::1]:2181/mesos', mend: expect.stringContaining('zk://host:2181') },
  ])('$text is refused', ({ text, mend }) => {
    expect(readMaster(text)).toMatchObject({ ok: false, mend });
  });
});

describe('ranges in seeds', () => {
  test.each([
    { url: 'https://a/?p=[1-3]', want: ['https://a/?p=1', 'https://a/?p=2', 'https://a/?p=3'] },
    { url: 'https://a/[008-010]', want: ['https://a/008', 'https://a/009', 'https://a/010'] },
    { url: 'https://a/[0-10:5]', want: ['https://a/0', 'https://a/5', 'https://a/10'] },
    { url: 'https://a/[1-2]/[8-9]', want: ['https://a/1/8', 'https://a/1/9', 'https://a/2/8', 'https://a/2/9'] },
    { url: 'http://[2001:db8::1]/', want: ['http://[2001:db8::1]/'] },
    { url: 'https://a/[x]', want: ['https://a/[x]'] },
  ])('$url', ({ url, want }) => {
    expect(expandRanges(url)).toEqual({ urls: want });
  });

  test.each([
    { url: 'https://a/[5-1]', what: 'the range [5-1] is empty' },
    { url: 'https://a/[1-5:0]', what: 'the range [1-5:0] has a step of 0' },
    { url: 'https://a/[1-9999999]', what: 'this stands for 9999999 seeds' },
    { url: 'https://a/[1-2000]/[1-2000]', what: 'this stands for 4000000 seeds' },
  ])('$url is refused', ({ url, what }) => {
    expect(expandRanges(url)).toMatchObject({ what });
  });
});
