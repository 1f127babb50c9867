import fc from 'fast-check';

// Pieces of which a URL parser's hard cases are made; joined at random they meet every branch.
const piece = fc.constantFrom(
  ...[
    'http://',
    'https://',
    'HTTP:',
    'http:',
    'mailto:',
    '//',
    '/',
    '\\',
    '.',
    '..',
    './',
    '../',
    '%2e',
    '%2E%2e/',
    '?',
    '#',
    '&',
    '=',
  ],
  ...[
    '@',
    ':',
    ':80',
    ':443',
    ':08',
    ':65536',
    ' ',
    '\t',
    '\n',
    'a',
    'B',
    'x.html',
    'example.org',
    '127.0.0.1',
    '1.2',
    '0x7f',
    '[::1]',
  ],
  ...[
    'xn--',
    'ü',
    '%',
    '%41',
    '%c3%bc',
    '%zz',
    "'",
    '"',
    '|',
    '[',
    ']',
    '{',
    '^',
    '~',
    '!$&()*+,;=',
    'a=2',
    'a=1',
    'b=',
    '\u0000',
    '😀',
    '\ud800',
  ],
);
/** An address as a page may have it. */
export const randomHref: fc.Arbitrary<string> = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((p) => p.join('')),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);

/** A URL against which it is read; mostly a sound one. */
export const randomBase: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'https://example.org/a/b/c.html?q=1#f',
    'http://127.0.0.1:8080/',
    'http://e.org',
    'http://e.org/a//b/?x',
    'http://e.org/a/./b/../c',
  ),
  randomHref,
);
