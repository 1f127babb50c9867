import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { charsetNamed, decodeText } from '../../../src/fetch/charset.ts';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : Buffer.from(p))));
const UMLAUT_LATIN1 = [0xe4];
const KOI8_YA = [0xd1]; // я

describe('which encoding', () => {
  test.each<
    [
      name: string,
      body: Buffer,
      contentType: string | undefined,
      override: string | undefined,
      charset: string,
      text: string,
    ]
  >([
    [
      'a byte order mark wins over all',
      bytes([0xef, 0xbb, 0xbf], 'ä'),
      'text/html; charset=koi8-r',
      'koi8-r',
      'utf-8',
      'ä',
    ],
    ['UTF-16 by its mark', bytes([0xff, 0xfe, 0xe4, 0x00]), undefined, undefined, 'utf-16le', 'ä'],
    ['UTF-16 the other way round', bytes([0xfe, 0xff, 0x00, 0xe4]), undefined, undefined, 'utf-16be', 'ä'],
    ['the job wins over the header', bytes(KOI8_YA), 'text/html; charset=utf-8', 'koi8-r', 'koi8-r', 'я'],
    ['the header', bytes(KOI8_YA), 'text/html; charset=KOI8-R', undefined, 'koi8-r', 'я'],
    ['the header in quotes', bytes(KOI8_YA), 'text/html;charset="koi8-r";x', undefined, 'koi8-r', 'я'],
    [
      'an unknown label is passed over',
      bytes('<meta charset=koi8-r>', KOI8_YA),
      'text/html; charset=bogus',
      'none',
      'koi8-r',
      '<meta charset=koi8-r>я',
    ],
    [
      'the header wins over the page',
      bytes('<meta charset=koi8-r>ä'),
      'text/html; charset=utf-8',
      undefined,
      'utf-8',
      '<meta charset=koi8-r>ä',
    ],
    ['valid UTF-8 without a word', bytes('ä€😀'), 'text/html', undefined, 'utf-8', 'ä€😀'],
    ['nothing said and no UTF-8', bytes('a', UMLAUT_LATIN1), undefined, undefined, 'windows-1252', 'aä'],
    [
      'ISO-8859-1 is windows-1252',
      bytes([0x93, 0x80, 0x94]),
      'text/html; charset=iso-8859-1',
      undefined,
      'windows-1252',
      '“€”',
    ],
    ['Shift_JIS', bytes([0x93, 0xfa, 0x96, 0x7b]), 'text/html; charset=x-sjis', undefined, 'shift_jis', '日本'],
    [
      'ISO-2022-JP, all bytes ASCII',
      bytes([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42]),
      'text/html; charset=iso-2022-jp',
      undefined,
      'iso-2022-jp',
      '日',
    ],
    ['broken UTF-8', bytes('a', [0xff], 'b'), 'text/html; charset=utf8', undefined, 'utf-8', 'a\ufffdb'],
    ['nothing', bytes(), undefined, undefined, 'utf-8', ''],
  ])('%s', (_, body, contentType, override, charset, text) => {
    const read = decodeText(body, contentType, override);
    expect({ charset: read.charset, text: read.text.whole }).toEqual({ charset, text });
  });

  test.each<[html: string, charset: string]>([
    ['<meta charset="koi8-r">', 'koi8-r'],
    ["<META CHARSET = 'koi8-r' >", 'koi8-r'],
    ['<meta/charset=koi8-r/>', 'windows-1252'], // the value is "koi8-r/"
    ['<meta name=x content="text/html; charset=koi8-r">', 'windows-1252'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', 'koi8-r'],
    ['<meta content="text/html;charset = \'koi8-r\'" http-equiv=content-type>', 'koi8-r'],
    ['<meta http-equiv=refresh content="charset=koi8-r">', 'windows-1252'],
    ['<!-- <meta charset=utf-8> --><meta charset=koi8-r>', 'koi8-r'],
    ['<!--><meta charset=koi8-r>', 'koi8-r'],
    ['<p title="<meta charset=utf-8>"><meta charset=koi8-r>', 'koi8-r'],
    ['<metadata charset=utf-8><meta charset=koi8-r>', 'koi8-r'],
    ['<? <meta charset=utf-8><meta charset=koi8-r>', 'koi8-r'],
    ['a < b <3 <meta charset=koi8-r>', 'koi8-r'],
    ['<meta charset=bogus><meta charset=koi8-r>', 'koi8-r'],
    ['<meta charset=koi8-r charset=utf-8>', 'koi8-r'],
    ['<meta charset=utf-16le>', 'utf-8'],
    ['<?xml version="1.0" encoding="koi8-r"?><html>', 'koi8-r'],
    ['<?xml version="1.0" encoding="utf-8"?><meta charset=koi8-r>', 'koi8-r'],
    [`${' '.repeat(1000)}<meta charset=koi8-r>`, 'koi8-r'],
    [`${' '.repeat(1010)}<meta charset=koi8-r>`, 'windows-1252'],
    ['<meta charset="koi8-r', 'windows-1252'],
    ['<meta', 'windows-1252'],
    ['charset <', 'windows-1252'],
  ])('%s declares %s', (html, charset) => {
    expect(decodeText(bytes(html, KOI8_YA), 'text/html').charset).toBe(charset);
  });
});

test('decoding agrees with the platform, whatever the bytes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom('utf-8', 'koi8-r', 'gbk', 'utf-16le', 'iso-2022-jp'),
      (array, charset) => {
        const body = Buffer.from(array);
        const marked = /^(?:efbbbf|feff|fffe)/.test(body.toString('hex'));
        fc.pre(!marked);
        expect(decodeText(body, `text/html; charset=${charset}`).text.whole).toBe(
          new TextDecoder(charset).decode(body),
        );
      },
    ),
  );
});

test('a text in UTF-8 comes back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'ä', '€', '日', '😀', '\ufeff', '\u0000')).map((c) => c.join('')),
      (text) => {
        expect(decodeText(Buffer.from(text), 'text/html; charset=utf-8').text.whole).toBe(text.replace(/^\ufeff/, ''));
      },
    ),
  );
});

test('windows-1252 has 27 characters of its own between 0x80 and 0x9F', () => {
  const { text } = decodeText(Buffer.from(Array.from({ length: 32 }, (_, i) => 0x80 + i)), undefined, 'cp1252');
  expect(text.whole).toBe('€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ');
  expect(text.whole).toHaveLength(32);
});

test.each([
  ['latin1', 'windows-1252'],
  [' UTF-8 ', 'utf-8'],
  ['bogus', undefined],
])('the label %j names %s', (label, want) => {
  expect(charsetNamed(label)).toBe(want);
});
