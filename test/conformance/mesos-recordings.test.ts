import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Codec,
  executorCall,
  executorEvent,
  type MediaType,
  schedulerCall,
  schedulerEvent,
} from '../../src/mesos/codec.ts';
import { RecordSplitter } from '../../src/mesos/recordio.ts';

/** What fixtures/recordings/README.md describes. */
interface Side {
  readonly side: string;
  readonly streams: readonly string[];
  readonly events: readonly object[];
  readonly bodies: readonly string[];
  readonly calls: readonly object[];
}

const recordings = join(import.meta.dirname, '../fixtures/recordings');
const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';

const sides = (folder: string): (Side & { name: string; media: MediaType })[] =>
  readdirSync(join(recordings, folder)).flatMap((file) =>
    (JSON.parse(readFileSync(join(recordings, folder, file), 'utf8')) as Side[]).map((side) => ({
      ...side,
      name: `${file.replace('.json', '')} ${side.side}`,
      media: folder === 'json' ? JSON_TYPE : PROTOBUF,
    })),
  );

const all = [...sides('protobuf'), ...sides('json')];
const withStream = all.filter(({ streams }) => streams.length > 0);
const withCalls = all.filter(({ bodies }) => bodies.length > 0);
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

const isExecutor = (side: string): boolean => side.startsWith('executor:');
const events = (side: string): Codec<object> => (isExecutor(side) ? executorEvent : schedulerEvent);
const calls = (side: string): Codec<object> => (isExecutor(side) ? executorCall : schedulerCall);

/** Records of one stream that comes in pieces of these sizes, in turn. */
function split(stream: Uint8Array, cuts: readonly number[]): Buffer[] {
  const splitter = new RecordSplitter();
  const got: Buffer[] = [];
  for (let at = 0, i = 0; at < stream.length; i++) {
    const size = cuts[i % cuts.length] ?? stream.length;
    for (const record of splitter.push(stream.subarray(at, at + size))) got.push(Buffer.from(record));
    at += size;
  }
  splitter.end();
  return got;
}

/** A decoded message with its bytes in base64, as the transcripts have them. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one)]));
}

/** Two executors with one id on two agents were recorded as one side: the order between them is not that of the files. */
const inAnyOrder = (list: readonly unknown[]): unknown[] =>
  list
    .map((one) => [stable(one), one] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);

function stable(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, one]) => `${key}:${stable(one)}`);
  return `{${entries.sort().join()}}`;
}

test('there is something to decode', () => {
  expect(withStream.length).toBeGreaterThan(150);
  expect(withStream.flatMap(({ events: e }) => e).length).toBeGreaterThan(1200);
  expect(withCalls.flatMap(({ calls: c }) => c).length).toBeGreaterThan(1000);
});

describe('every recorded stream decodes to what its transcript says', () => {
  test.each(withStream)('$media $name', ({ name, side, streams, events: transcript, media }) => {
    const codec = events(side);
    const decoded = streams.flatMap((stream) =>
      split(bytes(stream), [Infinity]).map((one) => codec.decode(one, media)),
    );
    const read = decoded.map(readable);
    expect(read.length).toBe(transcript.length);
    if (name.startsWith('17-two-agents executor')) expect(inAnyOrder(read)).toEqual(inAnyOrder(transcript));
    else expect(read).toEqual(transcript);
  });
});

describe('however the bytes are cut, the records are the same', () => {
  // as text: comparing thousands of buffers byte by byte through an assertion takes minutes
  const texts = (records: readonly Buffer[]): string[] => records.map((record) => record.toString('latin1'));
  const streams = withStream
    .flatMap(({ streams: s }) => s)
    .map((stream) => {
      const whole = bytes(stream);
      return { whole, wanted: texts(split(whole, [Infinity])) };
    });

  test.each([1, 2, 7, 63])('%i bytes at a time', (size) => {
    for (const { whole, wanted } of streams) expect(texts(split(whole, [size]))).toEqual(wanted);
  });

  test('at random', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: streams.length - 1 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 30 }),
        (nth, cuts) => {
          const stream = streams[nth] ?? expect.fail();
          expect(texts(split(stream.whole, cuts))).toEqual(stream.wanted);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('every recorded call decodes to what its sender meant, and survives both encodings', () => {
  test.each(withCalls)('$media $name', ({ name, side, bodies, calls: meant, media }) => {
    const codec = calls(side);
    const decoded = bodies.map((body) => codec.decode(bytes(body), media));
    const wanted = meant.map((call) => codec.decode(Buffer.from(JSON.stringify(call)), JSON_TYPE));
    if (name.startsWith('17-two-agents executor'))
      expect(inAnyOrder(decoded.map(readable))).toEqual(inAnyOrder(wanted.map(readable)));
    else expect(decoded.map(readable)).toEqual(wanted.map(readable));
    for (const call of decoded)
      for (const to of [PROTOBUF, JSON_TYPE] as const)
        expect(readable(codec.decode(codec.encode(call, to), to))).toEqual(readable(call));
  });
});

test('our protobuf of a call is what another encoder made, byte for byte', () => {
  const same = withCalls
    .filter(({ media }) => media === PROTOBUF)
    .flatMap(({ side, bodies }) => bodies.map((body) => [calls(side), bytes(body)] as const))
    .map(([codec, body]) => Buffer.compare(codec.encode(codec.decode(body)), body) === 0);
  expect(same.length).toBeGreaterThan(400);
  expect(same).not.toContain(false);
});
