/** The text of a page, as bytes of UTF-8 and as a string: each is made of the other when it is first asked for. */
export class PageText {
  #bytes: Buffer | undefined;
  #whole: string | undefined;
  /** Which spares decoding all that the bytes are known not to have. */
  readonly #encoding: 'utf8' | 'latin1';

  private constructor(whole: string | undefined, bytes: Buffer | undefined, encoding: 'utf8' | 'latin1') {
    this.#whole = whole;
    this.#bytes = bytes;
    this.#encoding = encoding;
  }

  /** A text that is decoded already. */
  static of(text: string): PageText {
    return new PageText(text, undefined, 'utf8');
  }

  /** A text in UTF-8, without byte order mark. Broken bytes read as U+FFFD. The bytes may not change any more. */
  static ofUtf8(bytes: Buffer): PageText {
    return new PageText(undefined, bytes, 'utf8');
  }

  /** The same, where all bytes are known to be ASCII. */
  static ofAscii(bytes: Buffer): PageText {
    return new PageText(undefined, bytes, 'latin1');
  }

  /** In UTF-8; a surrogate without its other half is U+FFFD. */
  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(this.#whole ?? ''));
  }

  get whole(): string {
    return (this.#whole ??= this.bytes.toString(this.#encoding));
  }

  /** The text between two places among the bytes, neither of them within a character of several bytes. */
  slice(from: number, to: number): string {
    return this.bytes.toString(this.#encoding, from, to);
  }
}
