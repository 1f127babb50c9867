/** Where a reader of JSON gave up. */
export interface SyntaxFault {
  /** From 1. */
  readonly line: number;
  /** What follows on that line, without control characters. */
  readonly near: string;
}

/**
 * Where Mesos's reader of JSON (picojson) gives up on a text that is none; schedulers print its words to their users.
 *
 * @see 3rdparty/picojson of Mesos
 */
export function jsonSyntaxFault(text: string): SyntaxFault {
  const at = new Reader(text).fails();
  const rest = text.slice(at);
  const end = rest.indexOf('\n');
  // a line is left when the character after its end has been read
  const line = text.slice(0, at).split('\n').length;
  return { line, near: rest.slice(0, end < 0 ? undefined : end).replaceAll(/[\0-\x1f]/g, '') };
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Index of the first character that was not taken. */
  fails(): number {
    this.#value();
    return this.#at;
  }

  #value(): boolean {
    if (this.#expect('{')) return this.#list('}', () => this.#member());
    if (this.#expect('[')) return this.#list(']', () => this.#value());
    if (this.#expect('"')) return this.#string();
    return ['null', 'true', 'false'].some((word) => this.#word(word)) || this.#number();
  }

  #list(close: string, item: () => boolean): boolean {
    if (this.#expect(close)) return true;
    do if (!item()) return false;
    while (this.#expect(','));
    return this.#expect(close);
  }

  #member(): boolean {
    return this.#expect('"') && this.#string() && this.#expect(':') && this.#value();
  }

  #string(): boolean {
    for (; this.#at < this.#text.length; this.#at++) {
      const one = this.#text[this.#at] ?? '';
      if (one < ' ') return false;
      if (one === '\\') this.#at++;
      else if (one === '"') {
        this.#at++;
        return true;
      }
    }
    return false;
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #number(): boolean {
    const number = /^[-\d][-+.eE\d]*/.exec(this.#text.slice(this.#at, this.#at + 64))?.[0] ?? '';
    this.#at += number.length;
    return number !== '' && Number.isFinite(Number(number));
  }

  #expect(wanted: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== wanted) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
