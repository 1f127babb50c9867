import { COMMON, ENDS, FOREIGN, RAW, VOID } from './tag-rules.ts';

/** A tag name as the scan knows it: everything that its rules say, looked up once. */
export interface TagName {
  readonly name: string;
  readonly isVoid: boolean;
  readonly isRaw: boolean;
  readonly foreign: boolean | undefined;
  /** Open elements that its start tag ends. */
  readonly ends: ReadonlySet<string> | undefined;
  /** What the plan wants of such elements; see `Wanted`. */
  readonly wanted: number;
}

const SIZE = 1024; // a power of two, far above the number of names, so that most are found at once

/** The names of tags: from a place in the source to its name, for the usual ones without making a string. */
export class TagNames {
  readonly #table: (TagName | undefined)[] = new Array<TagName | undefined>(SIZE).fill(undefined);
  readonly #known = new Map<string, TagName>();
  readonly #wanted: (name: string) => number;

  /** @param names those that the plan asks for */
  constructor(names: Iterable<string>, wanted: (name: string) => number) {
    this.#wanted = wanted;
    for (const name of [...COMMON, ...VOID, ...RAW, ...FOREIGN.keys(), ...ENDS.keys(), ...names]) {
      if (this.#known.has(name)) continue;
      const tag = this.#make(name);
      this.#known.set(name, tag);
      let slot = hashOf(name) & (SIZE - 1);
      while (this.#table[slot] !== undefined) slot = (slot + 1) & (SIZE - 1);
      this.#table[slot] = tag;
    }
  }

  /** @param hash of the characters from `start` to `end`, see `hashStep` */
  at(html: string, start: number, end: number, hash: number): TagName {
    let slot = hash & (SIZE - 1);
    for (let tag = this.#table[slot]; tag !== undefined; tag = this.#table[slot]) {
      if (tag.name.length === end - start && html.startsWith(tag.name, start)) return tag;
      slot = (slot + 1) & (SIZE - 1);
    }
    // in capitals, or a name that nobody thought of: equal names need not be the same object
    const name = html.slice(start, end).toLowerCase();
    return this.#known.get(name) ?? this.#make(name);
  }

  named(name: string): TagName {
    return this.#known.get(name) ?? this.#make(name);
  }

  #make(name: string): TagName {
    const ends = ENDS.get(name);
    return {
      name,
      isVoid: VOID.has(name),
      isRaw: RAW.has(name),
      foreign: FOREIGN.get(name),
      ends: ends && new Set(ends),
      wanted: this.#wanted(name),
    };
  }
}

/** The hash of a text one character longer. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = hashStep(hash, name.charCodeAt(i));
  return hash;
}
