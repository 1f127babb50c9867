import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GrammarError, parseField } from '../../../src/extract/grammar.ts';

/** The parse as one line: `css :: reading | name(arg)(arg)`. */
function parsed(text: string): string {
  const { css, read, pipes } = parseField(text);
  const reading = read === undefined ? '-' : read.kind === 'attr' ? `attr ${read.name}` : read.kind;
  const calls = pipes.map(({ name, args }) => ` | ${name.text}${args.map((arg) => `(${arg.text})`).join('')}`);
  return `${css.text} :: ${reading}${calls.join('')}`;
}

describe('fields', () => {
  test.each([
    ['h1', 'h1 :: -'],
    [' .a > .b ', '.a > .b :: -'],
    ['a::attr(href) | url', 'a :: attr href | url'],
    ["a::attr('data-x')", 'a :: attr data-x'],
    ['a::attr( HREF )', 'a :: attr href'],
    ['::attr(alt)', ' :: attr alt'],
    ['::text', ' :: text'],
    ['| upper', ' :: - | upper'],
    ['li::count', 'li :: count'],
    ['main h2, main h3', 'main h2, main h3 :: -'],
    ['a[x|=y]|trim', 'a[x|=y] :: - | trim'],
    ['a[title="x | y"]::html', 'a[title="x | y"] :: html'],
    ["a:contains('a | b') | trim", "a:contains('a | b') :: - | trim"],
    ['a:not([b="]"], [c="::text"])', 'a:not([b="]"], [c="::text"]) :: -'],
    ['.a\\|b', '.a\\|b :: -'],
    ['.sm\\:\\:x::name', '.sm\\:\\:x :: name'],
    ['a | slice:1,-2', 'a :: - | slice(1)(-2)'],
    ['a | slice: 1 , 2 ', 'a :: - | slice(1)(2)'],
    ['a | split:","', 'a :: - | split(,)'],
    ["a | split:','", 'a :: - | split(,)'],
    ['a | split:\\,', 'a :: - | split(,)'],
    ['a | split:"|" | join:" | "', 'a :: - | split(|) | join( | )'],
    ['a | replace:\\|,', 'a :: - | replace(|)()'],
    ['a | re_replace:\\d+\\.\\d,x', 'a :: - | re_replace(\\d+\\.\\d)(x)'],
    ['a | regex:"a|(b\\|c)"', 'a :: - | regex(a|(b\\|c))'],
    ['a | append:"say \\"hi\\""', 'a :: - | append(say "hi")'],
    ["a | append:it\\'s", "a :: - | append(it's)"],
    ['a | join:\\n', 'a :: - | join(\n)'],
    ['a | append: \\\\ ', 'a :: - | append(\\)'],
    ['a | date:HH:mm', 'a :: - | date(HH:mm)'],
  ])('%s', (text, want) => {
    expect(parsed(text)).toBe(want);
  });
});

describe('faults and their places', () => {
  test.each<[string, string, readonly [number, number]]>([
    ['h1::txt', 'unknown reading "::txt"', [2, 5]],
    ['h1::attr()', '"::attr()" names no attribute', [2, 8]],
    ['h1::text, h2::text', 'a reading stands once, at the end of the selector', [2, 16]],
    ['h1 |', 'a transform is missing after "|"', [3, 1]],
    ['h1 | | trim', 'a transform is missing after "|"', [3, 1]],
    ['h1 | append:"x', 'the " is not closed', [12, 2]],
    ['h1 | append:"x" y', 'after a quoted argument there can only be "," or "|"', [16, 1]],
  ])('%s', (text, message, span) => {
    const fault = (): unknown => {
      try {
        return parseField(text);
      } catch (error) {
        return error;
      }
    };
    expect(fault()).toMatchObject({ name: 'GrammarError', message, span });
  });
});

test('any argument can be written in quotes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }), (args) => {
      const quoted = args.map((arg) => `"${arg.replace(/[\\"]/g, '\\$&')}"`);
      const { pipes } = parseField(`h1 | x:${quoted.join(',')} | y`);
      expect(pipes.map(({ name, args: read }) => [name.text, read.map(({ text }) => text)])).toEqual([
        ['x', args],
        ['y', []],
      ]);
    }),
  );
});

test('every text is a field or a fault with a place inside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab:.|,"\'\\[]() nt')) }), (text) => {
      try {
        parseField(text);
      } catch (error) {
        if (!(error instanceof GrammarError)) throw error;
        expect(error.span[0]).toBeGreaterThanOrEqual(0);
        expect(error.span[0] + error.span[1]).toBeLessThanOrEqual(text.length + 1);
      }
    }),
  );
});
