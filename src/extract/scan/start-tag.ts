import { Parser } from 'htmlparser2';
import type { PageText } from '../../lib/page-text.ts';
import { endsAttribute, isSpace } from './characters.ts';
import { decodePlain } from './entities.ts';
import type { Looks } from './looks.ts';
import { keyStep, NameTable } from './name-table.ts';

/** Numbers kept of each attribute: start and end of its name, its key, start and end of its value. */
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
  /** Of all attributes, one behind the other. */
  readonly #kept: number[] = [];
  #length = 0;
  #from = 0;

  /** Finds the end of a tag nobody asks about. @param from behind its name */
  skip(text: PageText, from: number): void {
    const html = text.characters;
    this.selfClosing = false;
    let at = from;
    let before = 0x20;
    for (let code = html.charCodeAt(at); code !== 0x3e; code = html.charCodeAt(++at)) {
      // a NaN at the end of the page comes here as well
      if (code !== 0x3d) {
        if (code > 0x2f || code === 0x22 || code === 0x2d || code === 0x20 || code === 0x0a) {
          before = code;
          continue;
        }
        if (code === 0x2f && html.charCodeAt(at + 1) === 0x3e) {
          this.end = at + 1;
          this.selfClosing = true;
          return;
        }
        this.read(text, from, undefined);
        return;
      }
      const quote = html.charCodeAt(at + 1);
      // `=` behind white space or a slash is a name, or follows one: rare enough to be read in full
      if (before <= 0x2f || before === 0x3d) {
        this.read(text, from, undefined);
        return;
      }
      if (quote === 0x22 || quote === 0x27) {
        at = html.indexOf(quote === 0x22 ? '"' : "'", at + 2);
        if (at < 0) {
          this.end = -1;
          return;
        }
        before = 0x20;
      } else if (isSpace(quote) || quote === 0x3e) {
        this.read(text, from, undefined);
        return;
      } else {
        at = unquotedEnd(html, at + 1) - 1;
        before = 0x20;
      }
    }
    this.end = at;
  }

  /** @param from behind the name of the tag */
  read(text: PageText, from: number, looks: Looks | undefined): void {
    const html = text.characters;
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
      let key = keyStep(0, code);
      let codes = code;
      if (at >= html.length) return;
      code = html.charCodeAt(at);
      while (!endsAttribute(code)) {
        key = keyStep(key, code);
        codes |= code;
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
          valueEnd = at = unquotedEnd(html, at);
        }
      }
      this.#keep(start, nameEnd, key, valueStart, valueEnd);
      if (looks !== undefined) {
        this.wanted |=
          codes < 0x80
            ? looks.at(html, start, nameEnd, valueStart, valueEnd)
            : looks.beyondAscii(text.slice(start, nameEnd), html, valueStart, valueEnd);
      }
      if (at >= html.length) return;
    }
  }

  /** The attributes of the tag that was read last. */
  attributes(text: PageText): Record<string, string> {
    const attributes: Record<string, string> = {};
    const html = text.characters;
    const kept = this.#kept;
    for (let i = 0; i < this.#length; i += KEPT) {
      const start = kept[i] ?? 0;
      const end = kept[i + 1] ?? 0;
      const name = this.#names.at(html, start, end, kept[i + 2] ?? 0) ?? text.slice(start, end).toLowerCase();
      let value = text.slice(kept[i + 3] ?? 0, kept[i + 4] ?? 0);
      if (value.includes('&')) {
        const decoded = decodePlain(value);
        if (decoded === undefined) return attributesByParser(text.slice(this.#from, this.end + 1));
        value = decoded;
      }
      if (!Object.hasOwn(attributes, name)) attributes[name] = value;
    }
    return attributes;
  }

  #keep(start: number, end: number, key: number, valueStart: number, valueEnd: number): void {
    const at = this.#length;
    const kept = this.#kept;
    kept[at] = start;
    kept[at + 1] = end;
    kept[at + 2] = key;
    kept[at + 3] = valueStart;
    kept[at + 4] = valueEnd;
    this.#length = at + KEPT;
  }
}

/** The `>` or white space behind a value without quotes, or the end of the page. */
function unquotedEnd(html: string, from: number): number {
  let at = from;
  for (let code = html.charCodeAt(at); code !== 0x3e && !isSpace(code); code = html.charCodeAt(at)) {
    if (++at >= html.length) return at;
  }
  return at;
}

/** References without semicolon depend on what follows, so the parser gets the tag as it stands. */
function attributesByParser(rest: string): Record<string, string> {
  let attributes: Record<string, string> = {};
  new Parser({ onopentag: (_, attribs) => (attributes = attribs) }).end(`<a${rest}`);
  return attributes;
}
