/** Character references of texts and attribute values: the plain ones here, all others by htmlparser2 itself. */
import { isTag } from 'domhandler';
import { parseDocument, Parser } from 'htmlparser2';

/** Ended by a semicolon, these mean the same in texts and in attribute values. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['copy', '©'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
]);

/** Names that count without a semicolon (HTML, 13.5). What begins with none of them is no reference: `?a=1&page=2`. */
const UNENDED = (
  'AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT ' +
  'Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig ' +
  'agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 ' +
  'frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm ' +
  'oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml ' +
  'uuml yacute yen yuml'
).replaceAll(' ', '|');

const NO_REFERENCE = new RegExp(`&(?![a-z\\d#])|&(?!${UNENDED})[a-z][a-z\\d]*(?![a-z\\d;])`, 'iy');
const REFERENCE = /&(?:([a-z]{2,6})|#(\d{2,4})|#[xX]([\da-fA-F]{2,4}));/y;

/** The text with its references resolved; undefined when one of them needs the whole rules. */
export function decodePlain(text: string): string | undefined {
  let decoded = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    NO_REFERENCE.lastIndex = at;
    if (NO_REFERENCE.test(text)) continue;
    REFERENCE.lastIndex = at;
    const found = REFERENCE.exec(text);
    if (found === null) return undefined;
    const character = found[1] === undefined ? fromCode(found[2], found[3]) : PLAIN.get(found[1]);
    if (character === undefined) return undefined;
    decoded += text.slice(from, at) + character;
    from = REFERENCE.lastIndex;
  }
  return decoded + text.slice(from);
}

function fromCode(decimal: string | undefined, hex = ''): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
  // below are controls and Windows' own characters, above surrogates: all of them with rules of their own
  const simple = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800);
  return simple ? String.fromCharCode(code) : undefined;
}

/** Text without a tag, as htmlparser2 reads it. */
export function decodeText(text: string): string {
  if (!text.includes('&')) return text;
  const plain = decodePlain(text);
  if (plain !== undefined) return plain;
  let decoded = '';
  new Parser({ ontext: (data) => (decoded += data) }).end(text);
  return decoded;
}

/** References count in a title, but where its end tag seems to begin (`<&amp;`) the parser has its own mind. */
export function titleText(text: string): string {
  if (!text.includes('&')) return text;
  if (!/[<\x1c]/.test(text)) return decodeText(text);
  const [title] = parseDocument(`<title>${text}`).children;
  return title !== undefined && isTag(title)
    ? title.children.map((child) => ('data' in child ? child.data : '')).join('')
    : text;
}
