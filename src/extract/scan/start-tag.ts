import { Parser } from 'htmlparser2';
import { endsAttribute, isSpace } from './characters.ts';
import { decodePlain } from './entities.ts';
import { hashStep, NameTable } from './name-table.ts';
import type { Wanted, WantedAttribute } from './wanted.ts';

/** Numbers kept of each attribute: start and end of its name, its hash, start and end of its value. */
const KEPT = 5;

/** Names that most attributes have, so that they need not be spelled out. */
const COMMON =
  'accept-charset accesskey action align alt aria-hidden aria-label border cellpadding cellspacing charset class color colspan content ' +
  'data-id data-src data-toggle datetime dir href hreflang height http-equiv id itemprop itemscope itemtype lang media method ' +
  'name onclick placeholder property rel role rowspan sizes src srcset style summary tabindex target title type valign value ' +
  'width xmlns';

/** Reads start tags, one at a time: where they end, what their attributes make wanted, and the attributes themselves. */
export class StartTag {
  /** Its `>`; -1 when the page ends before. */
  end = -1;
  /** It ended in `/>`. */
  selfClosing = false;
  /** Bits of `wanted.ts`, by its attributes. */
  wanted = 0;
  readonly #names = new NameTable(COMMON.split(' ').map((name) => [name, name]));
  readonly #byFirst: (readonly WantedAttribute[] | undefined)[];
  readonly #any: boolean;
  /** Of all attributes, one behind the other. */
  readonly #kept: number[] = [];
  #length = 0;
  #from = 0;

  constructor(attributes: Wanted['attributes']) {
    this.#byFirst = new Array<readonly WantedAttribute[] | undefined>(128).fill(undefined);
    for (const attribute of attributes) {
      const code = attribute.name.charCodeAt(0);
      this.#byFirst[code] = [...(this.#byFirst[code] ?? []), attribute];
    }
    this.#any = attributes.length > 0;
  }

  /** @param from behind the name of the tag */
  read(html: string, from: number): void {
    this.end = -1;
    this.wanted = 0;
    this.#from = from;
    this.#length = 0;
    let at = from;
    for (;;) {
      let code = html.charCodeAt(at);
      while (isSpace(code)) code = html.charCodeAt(++at);
      let slash = false;
      if (code === 0x2f) {
        slash = true;
        do code = html.charCodeAt(++at);
        while (isSpace(code));
        if (code === 0x2f) continue;
      }
      if (code === 0x3e) {
        this.end = at;
        this.selfClosing = slash;
        return;
      }
      const start = at++; // any character begins a name, even "="
      if (at >= html.length) return;
      let hash = hashStep(0, code);
      code = html.charCodeAt(at);
      while (!endsAttribute(code)) {
        hash = hashStep(hash, code);
        if (++at >= html.length) return;
        code = html.charCodeAt(at);
      }
      const nameEnd = at;
      while (isSpace(code)) code = html.charCodeAt(++at);
      let valueStart = nameEnd;
      let valueEnd = nameEnd;
      if (code === 0x3d) {
        code = html.charCodeAt(++at);
        while (isSpace(code)) code = html.charCodeAt(++at);
        if (code === 0x22 || code === 0x27) {
          valueStart = at + 1;
          valueEnd = html.indexOf(code === 0x22 ? '"' : "'", valueStart);
          if (valueEnd < 0) return;
          at = valueEnd + 1;
        } else {
          valueStart = at;
          while (code !== 0x3e && !isSpace(code)) {
            if (++at >= html.length) return;
            code = html.charCodeAt(at);
          }
          valueEnd = at;
        }
      }
      this.#keep(start, nameEnd, hash, valueStart, valueEnd);
      if (this.#any) this.#look(html, start, nameEnd, valueStart, valueEnd);
      if (at >= html.length) return;
    }
  }

  /** The attributes of the tag that was read last. */
  attributes(html: string): Record<string, string> {
    const attributes: Record<string, string> = {};
    const kept = this.#kept;
    for (let i = 0; i < this.#length; i += KEPT) {
      const [start = 0, end = 0, hash = 0] = [kept[i], kept[i + 1], kept[i + 2]];
      const name = this.#names.at(html, start, end, hash) ?? html.slice(start, end).toLowerCase();
      let value = html.slice(kept[i + 3], kept[i + 4]);
      if (value.includes('&')) {
        const decoded = decodePlain(value);
        if (decoded === undefined) return attributesByParser(html.slice(this.#from, this.end + 1));
        value = decoded;
      }
      if (!Object.hasOwn(attributes, name)) attributes[name] = value;
    }
    return attributes;
  }

  #keep(start: number, end: number, hash: number, valueStart: number, valueEnd: number): void {
    const at = this.#length;
    const kept = this.#kept;
    kept[at] = start;
    kept[at + 1] = end;
    kept[at + 2] = hash;
    kept[at + 3] = valueStart;
    kept[at + 4] = valueEnd;
    this.#length = at + KEPT;
  }

  #look(html: string, start: number, end: number, valueStart: number, valueEnd: number): void {
    const code = html.charCodeAt(start);
    // the Kelvin sign is a capital k
    const lower = code === 0x212a ? 0x6b : code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    const candidates = this.#byFirst[lower];
    if (candidates === undefined) return;
    for (const { name, part, wanted } of candidates) {
      if (name.length !== end - start) continue;
      if (!html.startsWith(name, start) && html.slice(start, end).toLowerCase() !== name) continue;
      if (part !== undefined) {
        const value = html.slice(valueStart, valueEnd);
        if (!value.includes(part) && !value.includes('&')) continue;
      }
      this.wanted |= wanted;
    }
  }
}

/** References without semicolon depend on what follows, so the parser gets the tag as it stands. */
function attributesByParser(rest: string): Record<string, string> {
  let attributes: Record<string, string> = {};
  new Parser({ onopentag: (_, attribs) => (attributes = attribs) }).end(`<a${rest}`);
  return attributes;
}
