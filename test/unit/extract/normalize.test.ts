import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeExtractors, normalizeFollow } from '../../../src/extract/normalize.ts';
import { faultsOf, optionsOf, type Fault } from './support.ts';

const field = (written: unknown): Fault[] => faultsOf({ fields: { f: written } });

describe('faults of a field, with their place', () => {
  test.each<[unknown, (string | number)[], string, ([number, number] | undefined)?, string?]>([
    ['h1 | trimm', [], 'unknown transform "trimm"', [5, 5], 'did you mean "trim"?'],
    ['h1 | slice', [], '"slice" takes 1 or 2 arguments (start, [end]), not 0', [5, 5]],
    ['h1 | slice:a', [], 'argument 1 of "slice": must be a whole number', [11, 1]],
    ['h1 | lower:x', [], '"lower" takes no arguments, not 1', [5, 5]],
    ['h1 | map', [], '"map" takes 1 or more arguments, not 0', [5, 3]],
    ['h1 | map:x', [], '"map": "x" has no "="', [5, 3]],
    ['h1 | date:YYYY', [], '"date": a date format needs year, month and day', [5, 4]],
    ['h1 | number:x', [], '"number": the decimal mark is "." or ","', [5, 6]],
    ['h1 | regex:"(a",2', [], 'argument 1 of "regex": error parsing regexp: missing closing ): `(a`', [11, 2]],
    ['h1 | regex:a,1', [], '"regex": the expression has no group 1', [5, 5]],
    ['h1::txt', [], 'unknown reading "::txt"', [2, 5]],
    ['', [], 'empty selector'],
    ['div:first', [], 'bad selector "div:first": Unknown pseudo-class :first', [0, 9]],
    [' .a > ', [], 'bad selector ".a >": a combinator needs something at its right', [1, 4]],
    ['//h1', [], 'bad selector "//h1": Empty sub-selector', [0, 4], 'this looks like XPath; write a CSS selector'],
    [['h1', 'h2'], [], 'a list field is a list of one field, not of 2'],
    [['h1 | x'], [0], 'unknown transform "x"', [5, 1]],
    [{ css: 'h1', from: 'url' }, ['from'], 'a field has one source, this has css and from'],
    [{ type: 'string' }, [], 'a field needs a source'],
    [{ css: 'h1', type: 'strng' }, ['type'], 'unknown type "strng"'],
    [{ css: 'h1', type: 'integer', default: 'x' }, ['default'], '"x" is not an integer'],
    [{ css: 'h1', minimum: 2, maximum: 1 }, ['minimum'], 'minimum 2 is above maximum 1'],
    [
      { css: 'h1', pattern: '(?=a)' },
      ['pattern'],
      'error parsing regexp: invalid or unsupported Perl syntax: `(?=` (RE2 has no look-ahead and no look-behind)',
    ],
    [
      { regex: '(a)\\1' },
      ['regex'],
      'error parsing regexp: invalid escape sequence: `\\1` (RE2 has no back-references)',
    ],
    [{ css: 'h1', remove: ['b', '.a..b'] }, ['remove', 1], 'bad selector ".a..b": expected a name after "."', [0, 5]],
    [{ css: 'h1', when: '.a::text' }, ['when'], '".a::text" reads a value; here only a selector can stand'],
    [
      { css: 'h1', transform: ['trim', { replace: ['a'] }] },
      ['transform', 1, 'replace'],
      '"replace" takes 2 arguments (from, to), not 1',
    ],
    [
      { css: 'h1', transform: 'trim | uper' },
      ['transform'],
      'unknown transform "uper"',
      [7, 4],
      'did you mean "upper"?',
    ],
    [{ each: 'li' }, ['each'], '"each" needs fields'],
    [{ each: 'li::text', fields: { a: 'b' } }, ['each'], '"li::text" reads a value; here only a selector can stand'],
    [
      { css: 'li', fields: { a: { css: 'x', fields: { b: 'c | y' } } } },
      ['fields', 'a', 'fields', 'b'],
      'unknown transform "y"',
      [4, 1],
    ],
    [{ first_of: ['h1', 'h2::x'] }, ['first_of', 1], 'unknown reading "::x"', [2, 3]],
    [{ case: { '.a': 1, else: 'keep' } }, ['case', 'else'], 'there is no value to keep'],
    [{ case: { '.a::text': 1 } }, ['case', '.a::text'], '".a::text" reads a value; here only a selector can stand'],
    [{ case: { '.a': { css: 'b | z' } } }, ['case', '.a', 'css'], 'unknown transform "z"', [4, 1]],
    [[{ const: 1 }], [], 'const gives one value, not a list'],
  ])('%j', (written, path, what, span, mend) => {
    const faults = field(written);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ path: ['extractors', 'x', 'fields', 'f', ...path], what });
    expect(faults[0]?.span).toEqual(span);
    if (mend !== undefined) expect(faults[0]?.mend).toBe(mend);
  });

  test('an input selector that was meant as a reading is a warning', () => {
    expect(field('.title:text')).toMatchObject([{ severity: 'warning', span: [6, 5] }]);
  });

  test('all faults are told at once', () => {
    expect(field({ css: 'h1 | a | b', regex: '(', type: 'x' }).map(({ what }) => what)).toHaveLength(4);
  });

  test.each(['xpath', 'json', 'jsonld', 'microdata', 'table', 'follow'])('%s is told of elsewhere', (key) => {
    expect(field({ [key]: 'x' })).toEqual([]);
  });
});

describe('change', () => {
  const fields = { id: { css: 'i', required: true }, at: 'b' };
  test.each([
    [{ change: true }, { ignore: [], members: ['_url', '_index', '_change'] }],
    [
      { change: {}, meta: true },
      { ignore: [], members: ['_index', '_change'] },
    ],
    [
      { change: { ignore: 'at' }, key: 'id' },
      { ignore: ['at'], members: ['_change'] },
    ],
    [
      { change: { ignore: ['at', 'id'] }, key: 'id', meta: true },
      { ignore: ['at', 'id'], members: ['_change'] },
    ],
    [{ change: false }, undefined],
    [{}, undefined],
  ])('%j', (written, want) => {
    const [spec] = normalizeExtractors({ x: { fields, ...written } }, ({ what }) => expect.fail(what));
    expect(spec?.change).toEqual(want);
  });
});

describe('faults of an extractor', () => {
  test.each<[unknown, (string | number)[], string]>([
    [{ fields: { title: 'h1' }, key: 'titel' }, ['key'], 'key "titel" is no field of x'],
    [
      { change: { ignore: ['a', 'tme'] }, fields: { a: 'b', time: 'c' } },
      ['change', 'ignore', 1],
      'x has no field "tme"',
    ],
    [{ change: { ignore: 'b' }, fields: { a: 'b' } }, ['change', 'ignore'], 'x has no field "b"'],
    [
      { change: true, key: 'a', fields: { a: 'b' } },
      ['key'],
      'records of x without "a" cannot be told apart: each counts as new whenever its page is read',
    ],
    [{ each: 'li >', fields: { a: 'b' } }, ['each'], 'bad selector "li >": a combinator needs something at its right'],
    [{ when: { css: 'a[' }, fields: { a: 'b' } }, ['when', 'css'], 'bad selector "a[": Expected name, found the end'],
    [{ match: 'x' }, [], 'extractor "x" has neither fields nor follow'],
    [{ follow: { css: 'a::x' } }, ['follow', 'css'], 'unknown reading "::x"'],
    [
      { follow: ['a', { css: 'b >' }] },
      ['follow', 1, 'css'],
      'bad selector "b >": a combinator needs something at its right',
    ],
  ])('%j', (written, path, what) => {
    const faults = faultsOf(written);
    expect(faults).toMatchObject([{ path: ['extractors', 'x', ...path], what }]);
  });

  test.each<[unknown, (string | number)[]]>([
    [{ match: ['/ok/**', '/(/'], fields: { a: 'b' } }, ['match', 1]],
    [{ follow: { deny: '/[/' } }, ['follow', 'deny']],
  ])('a bad pattern in %j', (written, path) => {
    expect(faultsOf(written)).toMatchObject([{ path: ['extractors', 'x', ...path] }]);
  });
});

describe('the long form', () => {
  test('of a field keeps the order of names, whatever they look like', () => {
    const { extractors } = optionsOf({ x: { fields: { b: 'b', a: 'a | trim' } } });
    expect(extractors[0]).toEqual({
      name: 'x',
      match: [],
      follow: [],
      remove: [],
      meta: false,
      invalid: 'drop',
      fields: [
        {
          name: 'b',
          field: {
            source: { kind: 'css', css: 'b', read: { kind: 'text' } },
            transforms: [],
            remove: [],
            list: false,
            required: false,
          },
        },
        {
          name: 'a',
          field: {
            source: { kind: 'css', css: 'a', read: { kind: 'text' } },
            transforms: [{ name: 'trim', args: [] }],
            remove: [],
            list: false,
            required: false,
          },
        },
      ],
    });
  });

  test.each<[unknown, unknown]>([
    ['main | markdown', { css: 'main', transform: 'markdown' }],
    ['a::attr(href) | split:"," | lower', { css: 'a::attr(href)', transform: [{ split: ',' }, 'lower'] }],
    [['li'], { css: 'li', type: '[string]' }],
    [[{ css: 'li', type: 'price' }], { css: 'li', type: '[price]' }],
    ['h1', { css: 'h1' }],
  ])('%j and %j read the same', (short, long) => {
    const [a, b] = optionsOf({ x: { fields: { short, long } } }).extractors[0]?.fields ?? [];
    const untyped = (one: typeof a): unknown => ({ ...one?.field, type: undefined });
    expect(untyped(a)).toEqual(untyped(b));
  });
});

describe('follow', () => {
  test.each<[unknown, unknown]>([
    [false, []],
    [undefined, []],
    [true, [{ css: 'a[href]::attr(href)', allow: [], deny: [], priority: 0 }]],
    ['nav', [{ css: 'nav', allow: [], deny: [], priority: 0 }]],
    [
      [
        { css: '.card a', to: 'product', priority: 10 },
        { allow: '/a/**', deny: ['*.pdf'] },
      ],
      [
        { css: '.card a', allow: [], deny: [], to: 'product', priority: 10 },
        { css: 'a[href]::attr(href)', allow: ['/a/**'], deny: ['*.pdf'], priority: 0 },
      ],
    ],
  ])('%j', (written, rules) => {
    const faults: Fault[] = [];
    expect(normalizeFollow(written, ['follow'], (fault) => faults.push(fault))).toEqual(rules);
    expect(faults).toEqual([]);
    expect(normalizeFollow(rules, ['follow'], (fault) => faults.push(fault))).toEqual(rules);
  });
});

test('whatever is written gives specs or faults, never an exception', () => {
  const key = fc.constantFrom(
    'css',
    'each',
    'fields',
    'first_of',
    'case',
    'type',
    'transform',
    'when',
    'remove',
    'from',
    'match',
    'follow',
    'key',
    'regex',
    'x',
  );
  const written = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('h1', 'a::attr(x) | url', '[', '(', 'trim', 'url', '', '[string]', 5, true, null),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(written, (value) => {
      const specs = normalizeExtractors({ x: value, y: { fields: { f: value } } }, () => undefined);
      expect(JSON.parse(JSON.stringify(specs))).toEqual(specs);
    }),
    { numRuns: 500 },
  );
});
