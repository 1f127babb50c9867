import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadJob } from '../../../src/job/load.ts';
import { jobValidator } from '../../../src/job/schema.ts';

let folder = '';
beforeAll(async () => {
  jobValidator(); // compiled once, outside the time of any test
  folder = await mkdtemp(join(tmpdir(), 'pinspider-traps-'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** First lines of what is told about a job that is whole but for `line`. */
async function told(line: string, under: 'fields' | 'top'): Promise<string[]> {
  const text = `name: x\nseeds: https://a.example/\nextractors:\n  q:\n    fields:\n      t: h1\n`;
  await writeFile(join(folder, 'job.yaml'), under === 'fields' ? `${text}      ${line}\n` : `${text}${line}\n`);
  const lines = await loadJob('job.yaml', { env: {}, cwd: folder }).then(
    ({ warnings }) => warnings.join('\n'),
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  return lines.split('\n').filter((l) => l.startsWith('job.yaml:'));
}

describe('a slip that YAML invites is told of in terms of jobs', () => {
  test.each([
    {
      line: 'a: { required: true, css: #main }',
      want: 'job.yaml:7:33: empty selector; quote selectors that start with #: a: { required: true, css: "#main" }',
    },
    {
      line: 'a: #main',
      want: 'job.yaml:7:10: empty selector: "a" has no value, since # begins a comment; quote selectors that start with #: a: "#main"',
    },
    {
      line: 'a: [id=x]',
      want: 'job.yaml:7:10: [id=x] reads as a list: all matches of the selector id=x; quote attribute selectors: a: "[id=x]"',
    },
    {
      line: 'a: [id=x]::attr(href)',
      want: 'job.yaml:7:10: text after the closing ]; quote selectors that start with a bracket: a: "[id=x]::attr(href)"',
    },
    { line: 'a: *x', want: 'job.yaml:7:10: *x reads as a YAML alias; quote globs that start with *: a: "*x"' },
    { line: 'a: @href', want: 'job.yaml:7:10: a value cannot start with @; quote it: a: "@href"' },
    { line: 'a: %p', want: 'job.yaml:7:10: a value cannot start with %; quote it: a: "%p"' },
    { line: 'a: > p', want: 'job.yaml:7:10: a value cannot start with >; quote it: a: "> p"' },
    { line: 'a: | x', want: 'job.yaml:7:10: a value cannot start with |; quote it: a: "| x"' },
    { line: 'a: & b', want: 'job.yaml:7:10: a value cannot start with &; quote it: a: "& b"' },
    {
      line: 'a: { regex: "\\d+" }',
      want: "job.yaml:7:20: \\d is no escape in double quotes; use single quotes for regexes: '\\d+'",
    },
    { line: 'a: .x: y', want: 'job.yaml:7:10: a value with ": " in it must be quoted; write: a: ".x: y"' },
    {
      line: 'a: { const: ${X:-1} }',
      want: 'job.yaml:7:19: a variable inside braces or brackets must be quoted; write a: { const: "${X:-1}" }',
    },
    { line: 'a: { css: h1, required: yes }', want: 'job.yaml:7:31: yes is text in YAML 1.2; use true' },
    {
      line: 'a: !x',
      want: 'job.yaml:7:10: !x reads as a tag, which leaves no value; quote a value that starts with !: a: "!x"',
    },
    { line: 'a: !x y', want: 'job.yaml:7:10: unknown tag !x is ignored; quote a value that starts with !: a: "!x" y' },
    { line: 't: h2', want: 'job.yaml:7:7: key "t" is given twice, first on line 6; keep one of the two' },
    { line: '\ta: h1', want: 'job.yaml:7:7: tabs cannot indent in YAML; use spaces' },
  ])('fields: $line', async ({ line, want }) => {
    expect(await told(line, 'fields')).toEqual([want]);
  });

  test.each([
    {
      line: 'scope: { deny: [**/p/**] }',
      want: 'job.yaml:7:17: **/p/** reads as a YAML alias; quote globs that start with *: scope: { deny: ["**/p/**"] }',
    },
    {
      line: 'scope: { max_pages: 20_000 }',
      want: 'job.yaml:7:21: 20_000 is text in YAML 1.2, not a number; write 20000',
    },
    { line: 'politeness: { auto_throttle: off }', want: 'job.yaml:7:30: off is text in YAML 1.2; use false' },
    { line: 'checkpoint: on', want: 'job.yaml:7:13: on is text in YAML 1.2; use true' },
  ])('$line', async ({ line, want }) => {
    expect(await told(line, 'top')).toEqual([want]);
  });

  test('aliases that multiply are refused before they are written out', async () => {
    const bomb = ['x-a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((p) => [p[0], p[1]])) {
      bomb.push(`x-${name ?? ''}: &${name ?? ''} [${Array.from({ length: 9 }, () => `*${of ?? ''}`).join(', ')}]`);
    }
    expect(await told(bomb.join('\n'), 'top')).toEqual([
      'job.yaml:1:1: aliases stand for more than 100 values; write them out',
    ]);
  });

  test('a comment after a space is a comment', async () => {
    expect(await told('a: h2   # main', 'fields')).toEqual([]);
  });
});
