/** Attributes that make an element wanted, as a start tag meets them. */
import type { WantedAttribute } from './wanted.ts';

interface Look {
  /** Lower case. */
  readonly name: string;
  /** Wanted whatever the value is. */
  readonly anyway: number;
  /** Wanted for a word of its value. */
  readonly words: readonly { readonly word: string; readonly wanted: number }[];
  /** A bit for the length of each word. */
  readonly lengths: number;
}

/** What to look for in the start tags of one name. */
export class Looks {
  readonly #byFirst: (readonly Look[] | undefined)[];
  readonly #all: Look[] = [];

  constructor(attributes: readonly WantedAttribute[]) {
    this.#byFirst = new Array<readonly Look[] | undefined>(128).fill(undefined);
    for (const name of new Set(attributes.map((one) => one.name))) {
      const own = attributes.filter((one) => one.name === name);
      const look: Look = {
        name,
        anyway: own.reduce((bits, { word, wanted }) => (word === undefined ? bits | wanted : bits), 0),
        words: own.flatMap(({ word, wanted }) => (word === undefined ? [] : [{ word, wanted }])),
        lengths: own.reduce((bits, { word }) => (word === undefined ? bits : bits | lengthBit(word.length)), 0),
      };
      this.#all.push(look);
      const code = name.charCodeAt(0);
      this.#byFirst[code] = [...(this.#byFirst[code] ?? []), look];
    }
  }

  /** What the attribute between these places wants: bits of `wanted.ts`. Its name is ASCII. */
  at(html: string, start: number, end: number, valueStart: number, valueEnd: number): number {
    const code = html.charCodeAt(start);
    const looks = this.#byFirst[code >= 0x41 && code <= 0x5a ? code | 0x20 : code];
    if (looks === undefined) return 0;
    let wanted = 0;
    for (const look of looks) {
      const { name } = look;
      if (name.length !== end - start) continue;
      if (!html.startsWith(name, start) && html.slice(start, end).toLowerCase() !== name) continue;
      wanted |= look.anyway;
      if (look.words.length > 0) wanted |= wantedFor(look, html, valueStart, valueEnd);
    }
    return wanted;
  }

  /** The same for any other name: the Kelvin sign is a capital k. */
  beyondAscii(written: string, html: string, valueStart: number, valueEnd: number): number {
    const name = written.toLowerCase();
    let wanted = 0;
    for (const look of this.#all) {
      if (look.name === name) wanted |= look.anyway | wantedFor(look, html, valueStart, valueEnd);
    }
    return wanted;
  }
}

function wantedFor({ words, lengths }: Look, html: string, from: number, to: number): number {
  let wanted = 0;
  let start = from;
  for (let at = from; at <= to; at++) {
    const code = at === to ? 0x20 : html.charCodeAt(at);
    // a reference may stand for anything, and other alphabets have white space too
    if (code === 0x26 || code > 0x7f) return words.reduce((bits, one) => bits | one.wanted, 0);
    if (code > 0x20) continue;
    if ((lengths & lengthBit(at - start)) !== 0) {
      for (const one of words) {
        if (one.word.length === at - start && html.startsWith(one.word, start)) wanted |= one.wanted;
      }
    }
    start = at + 1;
  }
  return wanted;
}

function lengthBit(length: number): number {
  return 1 << (length & 31);
}
