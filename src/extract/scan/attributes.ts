/** Attributes of a start tag, read from the source when somebody asks for them. */
import { Parser } from 'htmlparser2';
import { decodePlain } from './entities.ts';
import { isSpace } from './characters.ts';

/**
 * @param from behind the name of the tag
 * @param end behind the `>` of the tag
 */
export function attributesOf(html: string, from: number, end: number): Record<string, string> {
  const attributes: Record<string, string> = {};
  let at = from;
  for (;;) {
    let code = html.charCodeAt(at);
    while (isSpace(code) || code === 0x2f) code = html.charCodeAt(++at);
    if (at >= end - 1) return attributes;
    const start = at++; // any character begins a name, even "="
    code = html.charCodeAt(at);
    while (code !== 0x3d && code !== 0x2f && code !== 0x3e && !isSpace(code)) code = html.charCodeAt(++at);
    const name = html.slice(start, at).toLowerCase();
    while (isSpace(code)) code = html.charCodeAt(++at);
    let value = '';
    if (code === 0x3d) {
      code = html.charCodeAt(++at);
      while (isSpace(code)) code = html.charCodeAt(++at);
      const valueStart = code === 0x22 || code === 0x27 ? at + 1 : at;
      if (valueStart > at) {
        at = html.indexOf(code === 0x22 ? '"' : "'", valueStart);
        value = html.slice(valueStart, at++);
      } else {
        while (code !== 0x3e && !isSpace(code)) code = html.charCodeAt(++at);
        value = html.slice(valueStart, at);
      }
    }
    if (value.includes('&')) {
      const decoded = decodePlain(value);
      if (decoded === undefined) return attributesByParser(html.slice(from, end));
      value = decoded;
    }
    if (!Object.hasOwn(attributes, name)) attributes[name] = value;
  }
}

/** References without semicolon depend on what follows, so the parser gets the tag as it stands. */
function attributesByParser(rest: string): Record<string, string> {
  let attributes: Record<string, string> = {};
  new Parser({ onopentag: (_, attribs) => (attributes = attribs) }).end(`<a${rest}`);
  return attributes;
}
