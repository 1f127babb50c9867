import { isAscii, isUtf8 } from 'node:buffer';
import { PageText } from '../lib/page-text.ts';
import { charsetParameter, declaredCharsets } from './meta-charset.ts';

const PRESCAN_BYTES = 1024;

/** Names of encodings that are no superset of ASCII: their bytes below 128 may be no ASCII text. */
const NOT_ASCII: readonly string[] = ['utf-16le', 'utf-16be', 'iso-2022-jp'];

/**
 * The text of a body and the encoding that was used (its WHATWG name). First of: byte order mark, `override`, the header's charset, what
 * the page declares in its first 1024 bytes, UTF-8 if it is valid, windows-1252. Labels that nobody knows are passed over.
 * Never throws: broken bytes become U+FFFD.
 *
 * @param contentType value of the header
 * @param override label that the job gives (`fetch.charset`)
 */
export function decodeText(body: Buffer, contentType?: string, override?: string): { text: PageText; charset: string } {
  const charset = markOf(body) ?? charsetOf(body, contentType, override);
  return { text: textIn(body, charset), charset };
}

/** The WHATWG name of an encoding label; undefined when it names none that can be decoded. */
export function charsetNamed(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined; // the answer, not a fault
  }
}

function charsetOf(body: Buffer, contentType: string | undefined, override: string | undefined): string {
  const told = known(override) ?? known(contentType === undefined ? undefined : charsetParameter(contentType));
  if (told !== undefined) return told;
  for (const label of declaredCharsets(body.toString('latin1', 0, PRESCAN_BYTES))) {
    const declared = known(label);
    if (declared !== undefined) return declared;
  }
  return isUtf8(body) ? 'utf-8' : 'windows-1252';
}

function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  // Spares making a decoder for nine pages of ten.
  return /^utf-?8$/i.test(label) ? 'utf-8' : charsetNamed(label);
}

/** By byte order mark. */
function markOf(body: Buffer): string | undefined {
  const first = body[0];
  const second = body[1];
  if (first === 0xef && second === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return undefined;
}

function textIn(body: Buffer, charset: string): PageText {
  if (!NOT_ASCII.includes(charset) && isAscii(body)) return PageText.ofAscii(body);
  if (charset !== 'utf-8') return PageText.of(decode(body, charset));
  const isMarked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return PageText.ofUtf8(isMarked ? body.subarray(3) : body);
}

function decode(body: Buffer, charset: string): string {
  return charset === 'windows-1252' ? decodeWindows1252(body) : new TextDecoder(charset).decode(body);
}

// 0x80 to 0x9F of windows-1252, https://encoding.spec.whatwg.org/index-windows-1252.txt
const WINDOWS_1252_HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By hand, since Node 20's TextDecoder takes windows-1252 for ISO-8859-1 and leaves quotes and dashes as control characters. */
function decodeWindows1252(body: Buffer): string {
  return body.toString('latin1').replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252_HIGH.charAt(c.charCodeAt(0) - 0x80));
}
