/** So far ahead of a place that is asked about, at least, it is noted that all is ASCII; in bytes. */
const LOOK_AHEAD = 1024;

/**
 * The text of a page, decoded only where somebody reads it: all that HTML consists of is ASCII, so that a page in UTF-8 can be
 * walked as its bytes, and most of it nobody wants to read.
 */
export class PageText {
  /** The bytes of UTF-8 that the characters stand for. */
  readonly #bytes: Buffer | undefined;
  #characters: string | undefined;
  /** No byte between these places is beyond ASCII. */
  #asciiFrom = 0;
  #asciiTo = 0;

  private constructor(characters: string | undefined, bytes: Buffer | undefined) {
    this.#characters = characters;
    this.#bytes = bytes;
  }

  /** A text that is decoded already. */
  static of(text: string): PageText {
    return new PageText(text, undefined);
  }

  /** A text in UTF-8, without byte order mark. Broken bytes read as U+FFFD. The bytes may not change any more. */
  static ofUtf8(bytes: Buffer): PageText {
    return new PageText(undefined, bytes);
  }

  /**
   * What the places of `slice` are counted in: the text, or its bytes, each as the character of its number. Whatever is ASCII
   * stands at the same place as itself in both, and as nothing else.
   */
  get characters(): string {
    return (this.#characters ??= this.#bytes?.toString('latin1') ?? '');
  }

  /** All of it. */
  get whole(): string {
    return this.#bytes?.toString() ?? this.characters;
  }

  /** The text between two places, neither of them within a character of several bytes. */
  slice(from: number, to: number): string {
    const bytes = this.#bytes;
    return bytes === undefined || this.#isAscii(bytes, from, to)
      ? this.characters.slice(from, to)
      : bytes.toString('utf8', from, to);
  }

  #isAscii(bytes: Buffer, from: number, to: number): boolean {
    if (from < this.#asciiFrom || to > this.#asciiTo) {
      this.#asciiFrom = from;
      this.#asciiTo = asciiEnd(bytes, from, Math.min(bytes.length, Math.max(to, from + LOOK_AHEAD)));
    }
    return to <= this.#asciiTo;
  }
}

function asciiEnd(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= 0x80) return at;
  return to;
}
