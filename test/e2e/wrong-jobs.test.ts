import { expect, test } from 'vitest';
import { pinspider } from '../support/command.ts';
import { folder } from '../support/folder.ts';

interface WrongJob {
  readonly name: string;
  /** From line 3 on. */
  readonly rest: string;
  /** All that stderr says, but for the file's name. */
  readonly want: string;
}

const HEAD = 'name: shop\nseeds: [https://shop.example/]\n';

const WRONG: readonly WrongJob[] = [
  {
    name: 'a key that does not exist',
    rest: `
politeness: { dealy: 2s }
extractors: { page: { fields: { title: h1 } } }`,
    want: `
:3:15: unknown key "dealy"; did you mean "delay"?
  3 | politeness: { dealy: 2s }
    |               ^^^^^
`,
  },
  {
    name: 'a number that YAML 1.2 takes for a text',
    rest: `
scope: { max_pages: 20_000 }
extractors: { page: { fields: { title: h1 } } }`,
    want: `
:3:21: 20_000 is text in YAML 1.2, not a number; write 20000
  3 | scope: { max_pages: 20_000 }
    |                     ^^^^^^
`,
  },
  {
    name: 'a selector that YAML takes for a comment',
    rest: `
extractors:
  page:
    fields:
      title: #main`,
    want: `
:6:14: empty selector: "title" has no value, since # begins a comment; quote selectors that start with #: title: "#main"
  6 |       title: #main
    |              ^^^^^
`,
  },
  {
    name: 'a selector that is none',
    rest: `
extractors:
  page:
    fields:
      title: "h1["`,
    want: `
:6:15: bad selector "h1[": Expected name, found the end
  6 |       title: "h1["
    |               ^^^
`,
  },
  {
    name: 'a transform that does not exist',
    rest: `
extractors:
  page:
    fields:
      title: h1 | uper`,
    want: `
:6:19: unknown transform "uper"; did you mean "upper"?
  6 |       title: h1 | uper
    |                   ^^^^
`,
  },
  {
    name: 'a backslash in double quotes',
    rest: `
extractors:
  page:
    fields:
      id: { css: h1, regex: "\\d+" }`,
    want: `
:6:30: \\d is no escape in double quotes; use single quotes for regexes: '\\d+'
  6 |       id: { css: h1, regex: "\\d+" }
    |                              ^^
`,
  },
  {
    name: 'a glob that YAML takes for an alias',
    rest: `
scope:
  deny: [**/print/**]
extractors: { page: { fields: { title: h1 } } }`,
    want: `
:4:10: **/print/** reads as a YAML alias; quote globs that start with *: deny: ["**/print/**"]
  4 |   deny: [**/print/**]
    |          ^^^^^^^^^^^
`,
  },
  {
    name: 'a variable that is not set',
    rest: `
fetch: { headers: { Authorization: "Bearer \${SHOP_TOKEN}" } }
extractors: { page: { fields: { title: h1 } } }`,
    want: `
:3:44: variable SHOP_TOKEN is not set; set it, or give a default: \${SHOP_TOKEN:-...}
  3 | fetch: { headers: { Authorization: "Bearer \${SHOP_TOKEN}" } }
    |                                            ^^^^^^^^^^^^^
`,
  },
  {
    name: 'two faults at once, in the order of the file',
    rest: `
executors: { pages: { extractors: [pgae] } }
extractors: { page: { fields: { title: h1 } } }`,
    want: `
:3:36: there is no extractor "pgae"; did you mean "page"?
  3 | executors: { pages: { extractors: [pgae] } }
    |                                    ^^^^
:4:15: no executor runs the extractor "page"; add executors.page, or name it in an executor's "extractors"
  4 | extractors: { page: { fields: { title: h1 } } }
    |               ^^^^
`,
  },
  {
    name: 'an output that this version lacks',
    rest: `
output: { sqlite: out/shop.db }
extractors: { page: { fields: { title: h1 } } }`,
    want: `
:3:11: output: "sqlite" is not supported by this version yet; use jsonl, csv or stdout
  3 | output: { sqlite: out/shop.db }
    |           ^^^^^^
`,
  },
  {
    name: 'a rule that leads to no extractor',
    rest: `
follow: { css: .next a, to: prodcut }
extractors: { product: { fields: { title: h1 } } }`,
    want: `
:3:29: there is no extractor "prodcut"; did you mean "product"?
  3 | follow: { css: .next a, to: prodcut }
    |                             ^^^^^^^
`,
  },
];

test.each(WRONG)('$name is told with its place, and the exit code is 2', async ({ rest, want }) => {
  await using dir = await folder({ 'jobs/shop.yaml': `${HEAD}${rest.trimStart()}\n` });
  const told = want.trimStart().replaceAll(/^:/gm, 'jobs/shop.yaml:');
  expect(await pinspider(['validate', 'jobs/shop.yaml'], dir.path)).toEqual({ code: 2, stdout: '', stderr: told });
});

test('a run, too, ends before it begins', async () => {
  await using dir = await folder({ 'shop.yaml': `${HEAD}extractors: { page: { feilds: { title: h1 } } }\n` });
  const { code, stdout, stderr } = await pinspider(['run', 'shop.yaml'], dir.path);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^shop\.yaml:3:23: unknown key "feilds"; did you mean "fields"\?\n/);
});
