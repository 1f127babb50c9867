import { mkdir, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSink, openSinks } from '../../../src/sinks/open.ts';
import { unwritable } from '../../../src/sinks/unwritable.ts';
import { fillPath } from '../../../src/sinks/path-template.ts';
import type { SinkContext } from '../../../src/sinks/types.ts';
import { CONTEXT, record, sinkContract } from '../../support/sink-contract.ts';
import { tempDir } from './temp-dir.ts';

sinkContract('jsonl', async () => {
  const dir = await tempDir();
  const sink = await openSink({ type: 'jsonl', path: join(dir.path, '{extractor}.jsonl') }, CONTEXT);
  return {
    sink,
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
    stored: async (extractor) => numbers(await readFile(join(dir.path, `${extractor}.jsonl`), 'utf8')),
  };
});

function numbers(lines: string): number[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(/"n":(\d+)/.exec(line)?.[1]));
}

test('bytes go in, bytes come out', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.jsonl');
  const sink = await openSink({ type: 'jsonl', path }, CONTEXT);
  sink.write({ extractor: 'page', json: Buffer.from('{ "odd" :  1.0, "é": "\\u00e9" }') });
  await sink.close();
  expect(await readFile(path, 'utf8')).toBe('{ "odd" :  1.0, "é": "\\u00e9" }\n');
});

test('each extractor has its file from the start, records or not, in directories that are made', async () => {
  await using dir = await tempDir();
  const sink = await openSink({ type: 'jsonl', path: join(dir.path, 'x/{job}/{date}/{extractor}.jsonl') }, CONTEXT);
  const made = join(dir.path, 'x/shop/2024-02-29');
  expect((await readdir(made)).sort()).toEqual(['board.jsonl', 'page.jsonl']);
  expect(sink.files()).toEqual([join(made, 'page.jsonl'), join(made, 'board.jsonl')]);
  expect(sink.name).toContain('{extractor}');
  await sink.close();
});

test.each([
  ['../../etc', '/o/%2E.%2F..%2Fetc'],
  ['.hidden', '/o/%2Ehidden'],
  ['a/b', '/o/a%2Fb'],
  ['a_b', '/o/a_b'],
  ['Größe 1', '/o/Größe%201'],
  ['$&', '/o/%24%26'],
])('a name of %s cannot leave its place in a path', (extractor, want) => {
  expect(fillPath('/o/{extractor}', { job: 'j', extractor, startedAt: 0 })).toBe(want);
});

test('braces that name nothing stay', () => {
  expect(fillPath('/{x}/{date}/{constructor}', { job: 'j', extractor: 'e', startedAt: 0 })).toBe(
    '/{x}/1970-01-01/{constructor}',
  );
});

test('a new run starts the file anew', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.jsonl');
  await writeFile(path, '{"n":1}\n');
  await (await openSink({ type: 'jsonl', path }, CONTEXT)).close();
  expect(await readFile(path, 'utf8')).toBe('');
});

describe('an unfinished run', () => {
  /** One record is committed, a second one was only written. */
  async function interrupted(path: string): Promise<SinkContext> {
    const sink = await openSink({ type: 'jsonl', path }, CONTEXT);
    sink.write(record('page', { n: 1 }));
    const resume = sink.positions();
    sink.write(record('page', { n: 2 }));
    await sink.close();
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\n{"n":2}\n');
    return { ...CONTEXT, resume };
  }

  test('goes on where its last commit stood: what came after is cut off', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'out.jsonl');
    const again = await openSink({ type: 'jsonl', path }, await interrupted(path));
    again.write(record('page', { n: 3 }));
    const resume = again.positions();
    await again.close();
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\n{"n":3}\n');
    const third = await openSink({ type: 'jsonl', path }, { ...CONTEXT, resume });
    await third.close();
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\n{"n":3}\n');
  });

  test('may force each flush to disk', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'new/out.jsonl');
    const sink = await openSink({ type: 'jsonl', path }, { ...CONTEXT, forced: true });
    sink.write(record('page', { n: 1 }));
    await sink.flush();
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\n');
    await sink.close();
    const again = await openSink({ type: 'jsonl', path }, { ...CONTEXT, forced: true, resume: sink.positions() });
    again.write(record('page', { n: 2 }));
    await again.close();
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  });

  test('of which nothing was committed starts its files anew', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'out.jsonl');
    await writeFile(path, 'left over');
    const resume = [{ path, bytes: 0, crc32: 0 }];
    await (await openSink({ type: 'jsonl', path }, { ...CONTEXT, resume })).close();
    expect(await readFile(path, 'utf8')).toBe('');
  });

  test.each([
    ['is gone', 'the file is gone', (path: string) => rm(path)],
    ['was cut', 'the file has 3 bytes of the 8 that were written', (path: string) => truncate(path, 3)],
    ['was changed', 'the file was changed', (path: string) => writeFile(path, '{"n":9}\n{"n":2}\n')],
  ])('refuses to go on when its file %s, and leaves it alone', async (_, what, spoil) => {
    await using dir = await tempDir();
    const path = join(dir.path, 'out.jsonl');
    const context = await interrupted(path);
    await spoil(path);
    const spoilt = await readFile(path, 'utf8').catch(() => undefined);
    await expect(openSink({ type: 'jsonl', path }, context)).rejects.toMatchObject({
      code: 'SINK_CHANGED',
      message: `${path}: ${what} since the crawl was interrupted; put it back as it was, or start the crawl over with --fresh`,
    });
    expect(await readFile(path, 'utf8').catch(() => undefined)).toBe(spoilt);
  });
});

test('whoever reads after a flush sees whole lines only', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.jsonl');
  const sink = await openSink({ type: 'jsonl', path }, CONTEXT);
  for (let n = 0; n < 10; n++) {
    for (let i = 0; i < 200; i++) sink.write(record('page', { n, text: 'x'.repeat((n * 37 + i * 11) % 900) }));
    await sink.flush();
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength((n + 1) * 200);
    expect(lines.every((line) => line.endsWith('"}'))).toBe(true);
  }
  await sink.close();
});

test('a record larger than every buffer is stored', async () => {
  await using dir = await tempDir();
  const path = join(dir.path, 'out.jsonl');
  const sink = await openSink({ type: 'jsonl', path }, CONTEXT);
  const text = 'y'.repeat(9_000_000);
  sink.write(record('page', { text }));
  sink.write(record('page', { n: 2 }));
  await sink.close();
  expect((await readFile(path)).length).toBe(Buffer.byteLength(JSON.stringify({ text })) + 1 + '{"n":2}\n'.length);
});

test('a path under a file is refused at once, with the path and a remedy', async () => {
  await using dir = await tempDir();
  await writeFile(join(dir.path, 'file'), '');
  await expect(openSink({ type: 'jsonl', path: join(dir.path, 'file/out.jsonl') }, CONTEXT)).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    message: `${join(dir.path, 'file/out.jsonl')}: a part of the path is a file, not a directory (ENOTDIR); remove that file, or choose another path`,
  });
});

test('a path deeper under a file is refused at once', async () => {
  await using dir = await tempDir();
  await writeFile(join(dir.path, 'file'), '');
  await expect(openSink({ type: 'jsonl', path: join(dir.path, 'file/sub/out.jsonl') }, CONTEXT)).rejects.toMatchObject({
    message: expect.stringContaining('(ENOTDIR)'),
  });
});

test('a directory in the place of the file is refused at once', async () => {
  await using dir = await tempDir();
  await mkdir(join(dir.path, 'out.jsonl'));
  await expect(openSink({ type: 'jsonl', path: join(dir.path, 'out.jsonl') }, CONTEXT)).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    message: expect.stringContaining('this is a directory (EISDIR); name a file in it'),
  });
});

test.each([
  [
    'EACCES',
    'out.csv: no permission to write (EACCES); make it writable for this user, or choose another place with --out',
  ],
  ['EROFS', 'out.csv: the file system is read-only (EROFS); choose another place with --out'],
  ['EDQUOT', 'out.csv: the disk quota is used up (EDQUOT); free some space, then run the same command again'],
  ['EWHATEVER', 'out.csv: as the system says'],
])('%s is told in plain words', (code, message) => {
  const cause = Object.assign(new Error('as the system says'), { code });
  expect(unwritable('out.csv', cause)).toMatchObject({ code: 'SINK_UNWRITABLE', message, cause });
});

// A file that not even root may write; a directory without permission would not stop root.
test.runIf(process.platform === 'linux')('a place without permission is refused at once', async () => {
  const path = '/proc/sys/kernel/osrelease';
  await expect(openSink({ type: 'jsonl', path }, CONTEXT)).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    message: expect.stringContaining('no permission to write (EACCES)'),
  });
});

test.skipIf(process.platform !== 'linux')('a full device rejects the flush, and every one after it', async () => {
  const sink = await openSink({ type: 'jsonl', path: '/dev/full' }, CONTEXT);
  sink.write(record('page', { n: 1 }));
  const full = {
    code: 'SINK_UNWRITABLE',
    message: expect.stringContaining('/dev/full: no space left on the device (ENOSPC)'),
  };
  await expect(sink.flush()).rejects.toMatchObject(full);
  sink.write(record('page', { n: 2 }));
  await expect(sink.flush()).rejects.toMatchObject(full);
  await expect(sink.close()).rejects.toMatchObject(full);
});

test('all outputs get every record', async () => {
  await using dir = await tempDir();
  const paths = ['a.jsonl', 'b.csv'].map((name) => join(dir.path, name));
  const [jsonl = '', csv = ''] = paths;
  const sink = await openSinks(
    [
      { type: 'jsonl', path: jsonl },
      { type: 'csv', path: csv },
    ],
    CONTEXT,
  );
  sink.write(record('page', { title: 't', n: 7 }));
  await sink.close();
  expect(sink.files()).toEqual(paths);
  expect([await readFile(jsonl, 'utf8'), await readFile(csv, 'utf8')]).toEqual([
    '{"title":"t","n":7}\n',
    'title,n\r\nt,7\r\n',
  ]);
});

test('two outputs in one place are refused', async () => {
  await using dir = await tempDir();
  const same = [join(dir.path, 'page.jsonl'), join(dir.path, '{extractor}.jsonl')];
  await expect(
    openSinks(
      same.map((path) => ({ type: 'jsonl', path })),
      CONTEXT,
    ),
  ).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('two outputs write to the same place'),
  });
});

test.skipIf(process.platform !== 'linux')('when one output cannot be opened, the others are closed again', async () => {
  await using dir = await tempDir();
  const before = (await readdir('/proc/self/fd')).length;
  const good = { type: 'jsonl', path: join(dir.path, '{extractor}.jsonl') } as const;
  await expect(openSinks([good, { type: 'csv', path: dir.path }], CONTEXT)).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
  });
  const left = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) =>
      open(`/proc/self/fd/${fd}`).then(
        (f) => f.close(),
        () => undefined,
      ),
    ),
  );
  expect(left.length).toBeLessThanOrEqual(before);
});
