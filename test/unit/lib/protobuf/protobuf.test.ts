import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/lib/protobuf/decode.ts';
import { encodeMessage } from '../../../../src/lib/protobuf/encode.ts';
import { type Descriptor, Schema } from '../../../../src/lib/protobuf/schema.ts';

const DEFINITIONS: Descriptor = {
  'p.Colour': { RED: 0, GREEN: 5, BLUE: -1 },
  'p.Part': [
    ['name', 1, 'string', 'required'],
    ['inner', 2, 'p.Part'],
    ['note', 3, 'string'],
  ],
  'p.All': [
    ['text', 1, 'string'],
    ['data', 2, 'bytes'],
    ['flag', 3, 'bool'],
    ['real', 4, 'double'],
    ['small_real', 5, 'float'],
    ['whole', 6, 'int32'],
    ['count', 7, 'uint32'],
    ['zigzag', 8, 'sint32'],
    ['large', 9, 'int64'],
    ['huge', 10, 'uint64'],
    ['word', 11, 'fixed32'],
    ['colour', 12, 'p.Colour'],
    ['part', 13, 'p.Part'],
    ['texts', 14, 'string', 'repeated'],
    ['words', 15, 'fixed32', 'packed'],
    ['counts', 16, 'uint32', 'repeated'],
    ['parts', 17, 'p.Part', 'repeated'],
    ['texts_by_name', 18, 'string', 'map'],
    ['parts_by_name', 19, 'p.Part', 'map'],
  ],
};
const PROTO = `syntax = "proto2"; package p;
enum Colour { RED = 0; GREEN = 5; BLUE = -1; }
message Part { required string name = 1; optional Part inner = 2; optional string note = 3; }
message All {
  optional string text = 1; optional bytes data = 2; optional bool flag = 3; optional double real = 4;
  optional float small_real = 5; optional int32 whole = 6; optional uint32 count = 7; optional sint32 zigzag = 8;
  optional int64 large = 9; optional uint64 huge = 10; optional fixed32 word = 11; optional Colour colour = 12;
  optional Part part = 13; repeated string texts = 14; repeated fixed32 words = 15 [packed = true];
  repeated uint32 counts = 16; repeated Part parts = 17; map<string, string> texts_by_name = 18;
  map<string, Part> parts_by_name = 19;
}`;
const ours = new Schema(JSON.stringify(DEFINITIONS)).message('p.All');
const theirs = protobuf.parse(PROTO, { keepCase: true }).root.lookupType('p.All');
const OBJECT = { enums: String, longs: Number } as const;

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 60 }));
const name = text.filter((key) => key !== '__proto__'); // which the reference drops
const part = fc.letrec<{ part: object }>((tie) => ({
  part: fc.record(
    { name: text, inner: fc.option(tie('part'), { nil: undefined, maxDepth: 3 }), note: text },
    { requiredKeys: ['name'] },
  ),
})).part;
const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const all = fc.record(
  {
    text,
    data: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    flag: fc.boolean(),
    real: fc.double(),
    small_real: fc.float(),
    whole: fc.integer(),
    count: word,
    zigzag: fc.integer(),
    large: fc.maxSafeInteger(),
    huge: fc.maxSafeNat(),
    word,
    colour: fc.constantFrom('RED', 'GREEN', 'BLUE'),
    part,
    texts: fc.array(text, { minLength: 1, maxLength: 4 }),
    words: fc.array(word, { minLength: 1, maxLength: 40 }),
    counts: fc.array(word, { minLength: 1, maxLength: 4 }),
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
    texts_by_name: fc.dictionary(name, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    parts_by_name: fc.dictionary(name, part, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  },
  { requiredKeys: [] },
);

/** Without undefined members, which only one side leaves out. */
const tidy = (value: object): unknown =>
  JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'number' ? String(one) : one)));

describe('against protobufjs, whatever the message', () => {
  test('it reads what we write', () => {
    fc.assert(
      fc.property(all, (value) => {
        expect(tidy(theirs.toObject(theirs.decode(encodeMessage(ours, value, 'plain')), OBJECT))).toEqual(tidy(value));
      }),
    );
  });

  test('we read what it writes', () => {
    fc.assert(
      fc.property(all, (value) => {
        const bytes = theirs.encode(theirs.fromObject(value)).finish();
        expect(tidy(decodeMessage(ours, bytes, 'plain'))).toEqual(tidy(value));
      }),
    );
  });
});

test('the same bytes, where fields stand in the order of their numbers', () => {
  const value = {
    text: 'a',
    data: Buffer.from([1]),
    large: -5,
    colour: 'BLUE',
    words: [1, 2],
    part: { name: 'x'.repeat(200) },
  };
  expect(Buffer.from(encodeMessage(ours, value, 'plain')).toString('hex')).toBe(
    Buffer.from(theirs.encode(theirs.fromObject(value)).finish()).toString('hex'),
  );
});

test('cut anywhere, a message is refused or shorter, never read past its end', () => {
  fc.assert(
    fc.property(all, fc.double({ min: 0, max: 1, noNaN: true }), (value, where) => {
      const bytes = encodeMessage(ours, value, 'plain');
      const cut = bytes.subarray(0, Math.floor(bytes.length * where));
      try {
        expect(encodeMessage(ours, decodeMessage(ours, cut, 'plain'), 'plain').length).toBeLessThanOrEqual(cut.length);
      } catch (error) {
        expect(String(error)).toMatch(/cut short|index out of range|is missing/);
      }
    }),
  );
});

test('any bytes are a message or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        decodeMessage(ours, bytes, 'plain');
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect(String(error)).not.toMatch(/TypeError|bug/);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('the full form', () => {
  test('every field reads, absent ones by their default', () => {
    expect(decodeMessage(ours, Buffer.alloc(0), 'full')).toMatchObject({
      ...{ text: '', flag: false, real: 0, colour: 0, texts: [], words: [], texts_by_name: {} },
      part: undefined,
    });
  });

  test('defaults are not written, enums are numbers', () => {
    expect(Buffer.from(encodeMessage(ours, { text: '', count: 0, colour: 5, flag: false }, 'full'))).toEqual(
      Buffer.from([12 << 3, 5]),
    );
  });
});

test.each([
  { name: 'a field that nobody knows is passed over', bytes: [0xa0, 0x06, 1, 10, 1, 97], want: { text: 'a' } },
  { name: 'of a field that stands twice the last holds', bytes: [10, 1, 97, 10, 1, 98], want: { text: 'b' } },
  {
    name: 'a message that stands twice is merged',
    bytes: [13 * 8 + 2, 3, 10, 1, 97, 13 * 8 + 2, 6, 26, 1, 98, 10, 1, 99],
    want: { part: { name: 'c', note: 'b' } },
    fault: undefined,
  },
  { name: 'packed values where none are expected', bytes: [0x82, 1, 2, 1, 2], want: { counts: [1, 2] } },
  { name: 'single values where packed ones are expected', bytes: [0x7d, 1, 0, 0, 0], want: { words: [1] } },
  { name: 'an enum number that nobody knows', bytes: [12 << 3, 7], want: {} },
])('$name', ({ bytes, want }) => {
  expect(decodeMessage(ours, Buffer.from(bytes), 'plain')).toEqual(want);
});

test('a map may have any key', () => {
  const value = { texts_by_name: JSON.parse('{"__proto__":"a","constructor":"b"}') as object };
  const read = decodeMessage(ours, encodeMessage(ours, value, 'plain'), 'plain');
  expect(JSON.stringify(read)).toBe(JSON.stringify(value));
});

test('messages in messages without end are refused', () => {
  let bytes = Buffer.from([]);
  for (let i = 0; i < 200; i++) {
    const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
    bytes = Buffer.concat([Buffer.from([i === 199 ? 13 * 8 + 2 : 18, ...length]), bytes]);
  }
  expect(() => decodeMessage(ours, bytes, 'full')).toThrow('deeper than');
});

test.each([
  { name: 'a number for a text', value: { text: 5 }, fault: 'text: string expected' },
  {
    name: 'a text for a number',
    value: { parts: [{ name: 'a', inner: { name: 7 } }] },
    fault: 'parts.inner.name: string expected',
  },
  { name: 'a word that the enum lacks', value: { colour: 'PINK' }, fault: 'colour: enum expected' },
  {
    name: 'a required field that is missing',
    value: { parts_by_name: { x: {} } },
    fault: 'parts_by_name.name: required',
  },
  { name: 'no list', value: { texts: 'a' }, fault: 'texts: array expected' },
])('$name cannot be written', ({ value, fault }) => {
  expect(() => encodeMessage(ours, value, 'plain')).toThrow(fault);
});
