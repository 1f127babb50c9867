/** `docs/transforms.md`, made from the table: a test compares the two. */
import type { Json } from '../src/extract/types.ts';
import { TRANSFORMS } from '../src/extract/transforms/table.ts';
import type { Transform } from '../src/extract/transforms/transform.ts';

const HEAD = `# Transforms

A field is read by a selector, a reading and any number of transforms: \`CSS[::reading] | transform:arg,arg | …\`,
or in its long form \`{ css: …, transform: [trim, { replace: [a, b] }] }\`.

**Readings**: \`::text\` (default; white space collapsed and trimmed; block elements and \`<br>\` part words; scripts, styles and
templates do not count), \`::html\` (the markup inside), \`::attr(x)\`, \`::name\`, \`::count\` (how many matches).
Without a selector (\`::attr(alt)\`) the element of the surrounding \`each\` or \`css\` is read.

**Arguments** stand after \`:\` and are parted by \`,\`; white space around them does not count. An argument with \`,\`, \`|\` or
outer blanks goes into single or double quotes. A backslash stands before a quote or a backslash, and outside of quotes also before
\`,\` and \`|\`, to mean just that character; \`\\n\` and \`\\t\` are line feed and tab; any other backslash is kept, so that \`\\d\` is a
digit. In YAML, put a field that holds quotes or backslashes into single quotes.

**Values**: a transform that cannot read its input gives null, and null stays null. A list is transformed item by item, but for
the transforms that take it whole; items that become null are left out. Regular expressions are RE2: no look-around, no
back-references, linear time.

`;

const NUMBERS = `
## Numbers

The first number of the text counts. With both marks the last one parts the fraction: \`1.234,56\` and \`1,234.56\` are 1234.56. A mark that
occurs more than once groups. One mark, once: \`1,5\` is 1.5; \`1,234\` is 1234; \`1.234\` is 1.234 for \`number\` (and the types number and
integer), 1234 for \`price\` and \`count\`. Blanks, apostrophes and \`_\` group by threes. \`number:","\` and \`price:","\` say which mark
parts the fraction.

## Dates

Dots are day first (\`12.03.2024\`). \`03/04/2024\` says neither day nor month first and gives null: write \`date:DD/MM/YYYY\`.
Numbers of ten and thirteen digits are Unix time. Month names are English.
`;

export function transformsPage(): string {
  const rows = [...TRANSFORMS.values()].map(row);
  return `${HEAD}${rows.join('\n\n')}\n${NUMBERS}`;
}

function row(transform: Transform): string {
  const { name, takes, gives, doc, example, wholeLists } = transform;
  const whole = wholeLists === true ? ' Takes lists whole.' : '';
  return [
    `## ${name}`,
    '',
    `\`${signature(transform)}\` · ${takes} → ${gives}`,
    '',
    `${doc}${whole}`,
    '',
    '```',
    `${show(example.from)} | ${example.call}`,
    `→ ${show(example.to)}`,
    '```',
  ].join('\n');
}

function signature({ name, args, repeats }: Transform): string {
  const names = args.map((arg, i) => {
    const text = `${i === 0 ? ':' : ','}${arg.name}`;
    return arg.optional === true ? `[${text}]` : text;
  });
  return `${name}${names.join('')}${repeats === true ? ',…' : ''}`;
}

function show(value: Json): string {
  return JSON.stringify(value);
}
