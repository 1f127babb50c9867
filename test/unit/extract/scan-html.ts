import fc from 'fast-check';

const NAMES = (
  'a p div span ul li b script style title textarea xmp table thead tbody tr td th br img input select option optgroup button ' +
  'h1 pre code dl dt dd svg math desc mi head body link rt rp x-y INPUT Li'
).split(' ');
const ATTRIBUTES = [
  ' class=k',
  ' class=language-ts',
  ' class="k l"',
  " class='l\u00a0k'",
  ' CLASS="l"',
  ' id=i',
  ' id=j id=i',
  ' href=/u',
  ' href="/a?x=1&amp;y=2&page=3&copy=4&not"',
  ' href="&notin &#38; &#x80; &am"',
  ' data-x=1 ',
  ' data-x = "a>b" ',
  ' checked',
  ' / ',
  '/',
  ' =k class=k',
  ' "class=k"',
  ' class="unclosed',
  ' class=k&amp;l',
  ' \u212aind=1',
  ' \u00e9=1',
  ' title="é&eacute;"',
  ' title=日本&amp;',
  ' \u0130d=1',
  '\n\tlang\n=\nEN\n',
];
const TEXTS = [
  't',
  ' two words ',
  '\n',
  '\u00a0',
  'é 日本 😀 \ufeff',
  '&amp;',
  '&am',
  '&copy',
  '&#x41;&nbsp;&notit;',
  '<',
  '>',
  '<<',
  '<&lt;',
  '<!-- c -->',
  '<!-->',
  '<!--->',
  '<!--a--!>--',
  '<!-x>y>',
  '<!>z>',
  '<!doctype html>',
  '<![CDATA[ <b>x</b> ]]>',
  '<![CDAx]>',
  '<?php a > b ?>',
  '</>',
  '</ p>',
  '</\u00a0>',
  '</1 b>',
  '<!é>',
  '</é>',
  '<é>',
  '</p x="y>z">',
  '</p/>',
  '</br>',
  '</scrip',
  '</title',
  '\u001c/title>',
  '<\u000fscript >',
  '</TITLE\n>',
  '"',
];

const tag = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.array(fc.constantFrom(...ATTRIBUTES), { maxLength: 2 }),
    fc.constantFrom('>', '>', '>', '>', '/>', ' / >', ''),
  )
  .map(([name, attributes, end]) => `<${name}${attributes.join('')}${end}`);
const endTag = fc.constantFrom(...NAMES).map((name) => `</${name}>`);
const text = fc.constantFrom(...TEXTS);

const broken = fc.array(fc.oneof(tag, tag, endTag, text), { maxLength: 40 }).map((parts) => parts.join(''));

const { balanced } = fc.letrec<{ balanced: string; node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('t', ' words and more ', '&amp;'),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.constantFrom('', ...ATTRIBUTES.slice(0, 10)), tie('balanced'))
      .map(([name, attribute, inside]) => `<${name}${attribute}>${inside}</${name}>`),
  ),
  balanced: fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
}));

/** Markup well and badly made, with what the tokenizer has rules of its own for. */
export const oddHtml: fc.Arbitrary<string> = fc.oneof(broken, broken, balanced);

const compound = fc
  .tuple(
    fc.constantFrom('', '', '*', ...NAMES),
    fc.array(
      fc.constantFrom(
        '.k',
        '.l',
        '#i',
        '[href]',
        '[data-x="1"]',
        '[class~=l]',
        '[href^="/"]',
        '[href*="y=2"]',
        '[lang|=en]',
        '[class$=l i]',
        '[kind]',
        '[\u00e9]',
        '[i\u0307d]',
        '[class="k l"]',
        '[data-x][class]',
        ':not(.k)',
        ':is(a, .l)',
        ':not([class], #i)',
        '[id!=i]',
        ':first-child',
        ':last-child',
        ':only-child',
        ':first-of-type',
        ':last-of-type',
        ':only-of-type',
        ':nth-child(2)',
        ':nth-child(2n+1)',
        ':nth-child(n)',
        ':nth-last-child(-n+2)',
        ':nth-of-type(even)',
        ':nth-last-of-type(1)',
        ':not(:first-child)',
        ':is(:root, .k:last-child)',
        ':root',
        ':has(a)',
        ':has(> b, > .k)',
        ':has(.k li)',
        ':has(+ p)',
        ':has(~ .k b)',
        ':has(:scope > p)',
        ':has(p:has(b))',
        ':has(:empty)',
        ':not(:has(b))',
        ':not(:has(*), .k)',
        ':is(:has(td), [class])',
        ':not(:has(b), ul li)',
        ':not(div *)',
        ':is(ul > li, p + b)',
        ':contains(t)',
        ':contains("two words")',
        ':contains("\n")',
        ':icontains("TT")',
        ':not(:contains(é))',
        ':empty',
        ':not(:empty)',
        ':parent',
        ':not(div :has(:empty))',
        ':is(ul :has(> :not(:parent)), .l)',
        ':not(ul :has(~ .k b))',
        ':enabled',
        ':selected',
      ),
      { maxLength: 2 },
    ),
  )
  .map(([name, rest]) => name + rest.join('') || '*');

const complex = fc
  .tuple(
    fc.constantFrom('', '', '', '> ', ':scope > ', '+ ', ':scope ~ '),
    compound,
    fc.array(fc.tuple(fc.constantFrom(' ', ' > ', ' + ', ' ~ '), compound), { maxLength: 2 }),
  )
  .map(([lead, first, others]) => lead + first + others.map(([combinator, next]) => combinator + next).join(''));

/** One or two selectors. */
export const oddSelector: fc.Arbitrary<string> = fc
  .array(complex, { minLength: 1, maxLength: 2 })
  .map((selectors) => selectors.join(', '));
