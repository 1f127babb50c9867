import { Parser } from 'htmlparser2';
import { decodePlain } from './entities.ts';

/** The value of an attribute as it is written, its references resolved; undefined when one of them needs the whole rules. */
export function valueOf(written: string): string | undefined {
  return written.includes('&') ? decodePlain(written) : written;
}

/**
 * All attributes of a start tag. References without semicolon depend on what follows, so the parser gets the tag as it stands.
 *
 * @param rest of the tag, from behind its name on
 */
export function attributesByParser(rest: string): Record<string, string> {
  let attributes: Record<string, string> = {};
  new Parser({ onopentag: (_, attribs) => (attributes = attribs) }).end(`<a${rest}`);
  return attributes;
}
