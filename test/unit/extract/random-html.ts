import fc from 'fast-check';

const NAMES = ['a', 'p', 'div', 'span', 'ul', 'li', 'b', 'script', 'table', 'tr', 'td', 'br', 'x-y'];
const CLASSES = [
  '',
  ' class=k',
  ' class="k l"',
  ' class="l  k"',
  ' id=i',
  ' id=j class=l',
  ' href=/u',
  ' data-x=1 class=k',
];
const TEXTS = ['t', ' two words ', '\n', '\u00a0', '&amp;', '<!-- c -->', '<', '</p>', '</b>', '<li>', '<td class=k>'];

/** Markup as it comes: nested at random, closed or not, with stray end tags. */
export const randomHtml: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...CLASSES)).map(([name, rest]) => `<${name}${rest}>`),
      fc.constantFrom(...NAMES).map((name) => `</${name}>`),
      fc.constantFrom(...TEXTS),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

const compound = fc
  .tuple(
    fc.constantFrom('', '*', 'a', 'p', 'div', 'li', 'td', 'x-y'),
    fc.array(
      fc.constantFrom(
        '.k',
        '.l',
        '#i',
        '[href]',
        '[data-x="1"]',
        '[class~=l]',
        ':first-child',
        ':nth-of-type(2)',
        ':not(.k)',
      ),
      { maxLength: 2 },
    ),
  )
  .map(([name, rest]) => name + rest.join('') || '*');

const complex = fc
  .tuple(compound, fc.array(fc.tuple(fc.constantFrom(' ', ' > ', ' + ', ' ~ '), compound), { maxLength: 3 }))
  .map(([first, others]) => first + others.map(([combinator, next]) => combinator + next).join(''));

/** One or two complex selectors. */
export const randomSelector: fc.Arbitrary<string> = fc
  .array(complex, { minLength: 1, maxLength: 2 })
  .map((selectors) => selectors.join(', '));
