import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { transformsPage } from '../../../scripts/transforms-page.ts';
import { parsePipes } from '../../../src/extract/grammar.ts';
import { applyTo, TRANSFORMS } from '../../../src/extract/transforms/table.ts';
import type { TransformContext } from '../../../src/extract/transforms/transform.ts';
import type { Json } from '../../../src/extract/types.ts';

const CONTEXT: TransformContext = { base: 'https://example.org/dir/page', now: Date.UTC(2024, 2, 12, 8) };

function pipe(value: Json, calls: string): Json {
  return parsePipes(calls).reduce<Json>((at, { name, args }) => {
    const transform = TRANSFORMS.get(name.text);
    if (transform === undefined) throw new Error(`no transform ${name.text}`);
    return applyTo(
      transform,
      args.map((arg) => arg.text),
    )(at, CONTEXT);
  }, value);
}

test('the documentation is the table', () => {
  expect(readFileSync('docs/transforms.md', 'utf8')).toBe(transformsPage());
});

test.each([...TRANSFORMS.values()].map((transform) => [transform.name, transform] as const))(
  'the example of %s holds',
  (_, { example }) => {
    expect(pipe(example.from, example.call)).toEqual(example.to);
  },
);

test('every transform of the job language is there', () => {
  const named =
    'replace re_replace append prepend date regex query url split join trim collapse lower upper slice number count price ' +
    'boolean map unique html_decode url_decode strip_tags markdown ago hash';
  expect([...TRANSFORMS.keys()]).toEqual(expect.arrayContaining(named.split(' ')));
});

const anyJson = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+eE €$%&<>/"\'ap:TZ#;[](){}|*_`\\\n')) }),
  fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json),
);

test.each([...TRANSFORMS.values()].map((transform) => [transform.name, transform] as const))(
  '%s never throws and always gives JSON',
  (_, transform) => {
    const [call] = parsePipes(transform.example.call);
    const apply = applyTo(transform, call?.args.map((arg) => arg.text) ?? []);
    fc.assert(
      fc.property(anyJson, (value) => {
        const once = apply(value, CONTEXT);
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
        expect(apply(value, CONTEXT)).toEqual(once);
      }),
    );
  },
);

test.each([...TRANSFORMS.values()].map((transform) => [transform.name, transform] as const))(
  '%s keeps null',
  (_, transform) => {
    expect(pipe(null, transform.example.call)).toBeNull();
  },
);

test.each([...TRANSFORMS.values()].map((transform) => [transform.name, transform] as const))(
  '%s tells whether it resolves URLs',
  (_, transform) => {
    const [call] = parsePipes(transform.example.call);
    const apply = applyTo(transform, call?.args.map((arg) => arg.text) ?? []);
    let asked = false;
    const context = {
      ...CONTEXT,
      get base() {
        asked = true;
        return CONTEXT.base;
      },
    };
    apply(transform.example.from, context);
    expect(asked).toBe(transform.usesBase === true);
  },
);

test('a small negative number counts as 0, not as the -0 that JSON does not know', () => {
  expect(pipe(-0.000001, 'count')).toBe(0);
  expect(pipe('-0.1', 'count')).toBe(0);
});

describe('text', () => {
  test.each<[Json, string, Json]>([
    ['a.b.c', 'replace:".",""', 'abc'],
    ['cost: $&', 'replace:cost,$&', '$&: $&'], // no patterns in the replacement
    ['a1b22', 're_replace:\\d+,#', 'a#b#'],
    ['2024-03', 're_replace:"(\\d+)-(\\d+)","$2/$1"', '03/2024'],
    ['x|y', 're_replace:"x\\|","" ', 'y'],
    [['a', 'b'], 'append:!', ['a!', 'b!']],
    [12, 'append:" km"', '12 km'],
    ['id=7', 'regex:id=\\d', 'id=7'],
    ['id=7;n=8', 'regex:"(\\w)=(\\d)",2', '7'],
    ['none', 'regex:\\d', null],
    [['a1', 'b', 'c3'], 'regex:\\d', ['1', '3']],
    ['xxaxx', 'trim:x', 'a'],
    [' \u00a0a ', 'trim', 'a'],
    ['İ', 'upper', 'İ'],
    ['hello', 'slice:-3', 'llo'],
    ['hello', 'slice:1,-1', 'ell'],
    ['😀😁', 'slice:1', '😁'],
    [['a', 'b', 'c'], 'slice:0,2', ['a', 'b']],
    [['a', 'b'], 'length', 2],
    ['😀', 'length', 1],
    [{ a: 1 }, 'upper', null],
    ['', 'upper', ''],
  ])('%j | %s gives %j', (from, call, to) => {
    expect(pipe(from, call)).toEqual(to);
  });
});

describe('lists', () => {
  test.each<[Json, string, Json]>([
    [['a, b', 'c'], 'split:","', ['a', 'b', 'c']],
    ['', 'split:","', []],
    ['a|b', 'split:"|"', ['a', 'b']],
    ['a,b', 'split:\\,', ['a', 'b']],
    [[1, null, true], 'join:-', '1-true'],
    ['alone', 'join:-', 'alone'],
    [[], 'join:-', ''],
    [[{ a: 1 }, { a: 1 }, 'x'], 'unique', [{ a: 1 }, 'x']],
    ['b a b', 'split:" " | unique | join:","', 'b,a'],
  ])('%j | %s gives %j', (from, call, to) => {
    expect(pipe(from, call)).toEqual(to);
  });
});

describe('URLs', () => {
  test.each<[Json, string, Json]>([
    ['b.html', 'url', 'https://example.org/dir/b.html'],
    [' //cdn.example.org/x ', 'url', 'https://cdn.example.org/x'],
    ['http://[', 'url', null],
    ['', 'url', null],
    ['https://x.org/?a=1&b=%C3%A9+z', 'query:b', 'é z'],
    ['/p?a=1#?b=2', 'query:b', null],
    ['/p#x?b=2', 'query:b', null],
    ['/p', 'query:b', null],
    ['%E4%BD%A0 %zz %ff', 'url_decode', '你 %zz %ff'],
  ])('%j | %s gives %j', (from, call, to) => {
    expect(pipe(from, call)).toEqual(to);
  });
});

describe('markup', () => {
  test.each<[Json, string, Json]>([
    ['&eacute;&#x41;&nosuch; &', 'html_decode', 'éA&nosuch; &'],
    ['&amp;lt;', 'html_decode', '&lt;'],
    ['a<br>b<script>x</script><i>c</i>', 'strip_tags', 'a bc'],
    ['<b>unclosed <i>markup', 'strip_tags', 'unclosed markup'],
  ])('%j | %s gives %j', (from, call, to) => {
    expect(pipe(from, call)).toEqual(to);
  });
});

describe('values', () => {
  test.each<[Json, string, Json]>([
    ['on', 'boolean', true],
    ['0', 'boolean', false],
    ['perhaps', 'boolean', null],
    ['a', 'map:a=1,b=2', '1'],
    ['c', 'map:a=1,b=2', 'c'],
    ['c', 'map:a=1,else=0', '0'],
    ['12', 'number', 12],
    ['1.234', 'number:","', 1234],
    ['1,234', 'number:","', 1.234],
    ['1.234,5', 'price:.', null],
    ['03/04/2024', 'date', null],
    ['4. Mrz 24', 'date:D. MMM YY', null],
    ['12 Mar 99', 'date:D MMM YY', '1999-03-12'],
    ['on 2024', 'date:DD.MM.YYYY', null],
  ])('%j | %s gives %j', (from, call, to) => {
    expect(pipe(from, call)).toEqual(to);
  });

  test('a map may hold any value in its long form', () => {
    const map = TRANSFORMS.get('map');
    expect(map && applyTo(map, [{ yes: true, no: null, else: 0 }])(['yes', 'no', 'x'], CONTEXT)).toEqual([true, 0]);
  });
});
