import { isSpace } from './characters.ts';
import type { Wanted, WantedAttribute } from './wanted.ts';

/** Finds the end of start tags, and looks at their attributes on the way. */
export class StartTag {
  /** Of the last tag: its `>`; -1 when the page ends before. */
  end = -1;
  /** Of the last tag: it ended in `/>`. */
  selfClosing = false;
  /** Of the last tag: what its attributes make wanted. */
  wanted = 0;
  readonly #byFirst: (readonly WantedAttribute[] | undefined)[];
  readonly #any: boolean;

  constructor({ attributes }: Wanted) {
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
    let at = from;
    for (;;) {
      let code = html.charCodeAt(at);
      while (isSpace(code)) code = html.charCodeAt(++at);
      this.selfClosing = false;
      if (code === 0x2f) {
        this.selfClosing = true;
        do code = html.charCodeAt(++at);
        while (isSpace(code));
        if (code === 0x2f) continue;
      }
      if (code === 0x3e) {
        this.end = at;
        return;
      }
      const start = at++;
      code = html.charCodeAt(at);
      while (code !== 0x3d && code !== 0x3e && code !== 0x2f && !isSpace(code)) {
        if (Number.isNaN(code)) return;
        code = html.charCodeAt(++at);
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
            if (Number.isNaN(code)) return;
            code = html.charCodeAt(++at);
          }
          valueEnd = at;
        }
      }
      if (this.#any) this.#look(html, start, nameEnd, valueStart, valueEnd);
      if (at >= html.length) return;
    }
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
