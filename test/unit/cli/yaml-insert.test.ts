import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { withEntry } from '../../../src/cli/yaml-insert.ts';

const ENTRY = { fixture: 'a.html', first: { page: { title: "it's #1", tags: ['x'] } } };
const lines = (indent: string) =>
  [`- fixture: a.html`, `  first:`, `    page:`, `      title: "it's #1"`, `      tags:`, `        - x`]
    .map((line) => `${indent}${line}\n`)
    .join('');

describe('an entry more under a key', () => {
  test.each([
    { name: 'the key is made at the end', text: 'name: a # why\n', want: `name: a # why\n\ntests:\n${lines('  ')}` },
    { name: 'a last line without its end gets one', text: 'name: a', want: `name: a\n\ntests:\n${lines('  ')}` },
    {
      name: 'comments, blank lines and quotes stay, and so does what comes behind',
      text: `# head\ntests: # kept\n    - { fixture: 'b.html' }   # also kept\n\nname:   "a"\n`,
      want: `# head\ntests: # kept\n    - { fixture: 'b.html' }   # also kept\n${lines('    ')}\nname:   "a"\n`,
    },
    {
      name: 'a list that is not indented stays so',
      text: 'tests:\n- fixture: b.html\n  url: x\n',
      want: `tests:\n- fixture: b.html\n  url: x\n${lines('')}`,
    },
    {
      name: 'an entry ends in a block of text',
      text: 'tests:\n  - fixture: |\n      b\n\nname: a\n',
      want: `tests:\n  - fixture: |\n      b\n${lines('  ')}\nname: a\n`,
    },
    {
      name: 'empty brackets give way',
      text: 'tests: [] # kept\nname: a\n',
      want: `tests: # kept\n${lines('  ')}name: a\n`,
    },
    {
      name: 'a key without value gets one',
      text: 'tests: # kept\nname: a\n',
      want: `tests: # kept\n${lines('  ')}name: a\n`,
    },
    { name: 'a key without value at the very end', text: 'name: a\ntests:', want: `name: a\ntests:\n${lines('  ')}` },
  ])('$name', ({ text, want }) => {
    expect(withEntry(text, 'tests', ENTRY)).toBe(want);
  });

  test.each([
    { name: 'in brackets', text: '# head\ntests: [{ fixture: b.html }] # kept\nname: a\n' },
    { name: 'the whole file in braces', text: '# head # kept\n{ name: a }\n' },
    { name: 'a document end', text: '# head # kept\nname: a\n...\n' },
  ])('a list written in another way ($name) is taken up with its comments', ({ text }) => {
    const before = parse(text) as { tests?: unknown[] | null };
    const after = withEntry(text, 'tests', ENTRY);
    expect(parse(after)).toEqual({ ...before, tests: [...(before.tests ?? []), ENTRY] });
    expect(after).toContain('# head');
    expect(after).toContain('# kept');
  });

  test('whatever the values, the entry reads back as it was', () => {
    const values = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,5}$/),
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string()),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
        fc.constant(null),
      ),
    );
    fc.assert(
      fc.property(values, (first) => {
        const text = 'name: a\ntests:\n  - fixture: b.html # kept\n\nexpect: {}\n';
        const after = withEntry(text, 'tests', { first });
        expect(parse(after)).toEqual({ name: 'a', tests: [{ fixture: 'b.html' }, { first }], expect: {} });
        expect(after.startsWith('name: a\ntests:\n  - fixture: b.html # kept\n')).toBe(true);
      }),
    );
  });
});
