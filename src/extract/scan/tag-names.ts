import type { PageText } from '../../lib/page-text.ts';
import { PARTS_WORDS, UNSEEN } from '../dom/text.ts';
import { Looks } from './looks.ts';
import { NameTable } from './name-table.ts';
import { COMMON, ENDS, FOREIGN, RAW, VOID } from './tag-rules.ts';
import type { Wanted } from './wanted.ts';

/** A tag name as the scan knows it: everything that its rules say, looked up once. */
export interface TagName {
  readonly name: string;
  readonly isVoid: boolean;
  readonly isRaw: boolean;
  readonly foreign: boolean | undefined;
  /** Its own bit, when start tags of others may end it. */
  readonly bit: number;
  /** Bits of the open elements that its start tag ends. */
  readonly ends: number;
  /** Tags of this name are always this object. */
  readonly isKnown: boolean;
  /** In a text, it stands for white space. */
  readonly partsWords: boolean;
  /** Its content is none of a text. */
  readonly isUnseen: boolean;
  /** What the plan wants of such elements: bits of `wanted.ts`. */
  readonly wanted: number;
  /** Attributes that make it wanted. */
  readonly looks: Looks | undefined;
}

/** The names of tags: from a place in the source to what is known of the name there. */
export class TagNames {
  readonly #known: ReadonlyMap<string, TagName>;
  readonly #table: NameTable<TagName>;
  readonly #wanted: Wanted;
  /** Of names that no selector spells. */
  readonly #looks: Looks | undefined;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    this.#looks = looksFor('', wanted);
    const all = [...COMMON, ...VOID, ...RAW, ...FOREIGN.keys(), ...ENDS.keys(), ...wanted.names.keys()];
    this.#known = new Map(all.map((name) => [name, this.#make(name, true)]));
    this.#table = new NameTable([...this.#known].filter(([name]) => /^[\x21-\x7e]+$/.test(name)));
  }

  /** Of the name from `start` to `end`. @param key see `keyStep` */
  at(text: PageText, start: number, end: number, key: number): TagName {
    const tag = this.#table.at(text.characters, start, end, key);
    if (tag !== undefined) return tag;
    // in capitals, or a name that nobody thought of
    const name = text.slice(start, end).toLowerCase();
    return this.#known.get(name) ?? this.#make(name, false);
  }

  #make(name: string, isKnown: boolean): TagName {
    return {
      name,
      isVoid: VOID.has(name),
      isRaw: RAW.has(name),
      foreign: FOREIGN.get(name),
      bit: bitOf(name),
      ends: (ENDS.get(name) ?? []).reduce((bits, ended) => bits | bitOf(ended), 0),
      isKnown,
      partsWords: PARTS_WORDS.has(name),
      isUnseen: UNSEEN.has(name),
      wanted: (this.#wanted.names.get(name) ?? 0) | this.#wanted.all,
      looks: this.#wanted.names.has(name) ? looksFor(name, this.#wanted) : this.#looks,
    };
  }
}

function looksFor(name: string, { attributes }: Wanted): Looks | undefined {
  const own = attributes.filter(({ tag }) => tag === undefined || tag === name);
  return own.length === 0 ? undefined : new Looks(own);
}

const ENDED = [...new Set([...ENDS.values()].flat())];

function bitOf(name: string): number {
  const index = ENDED.indexOf(name);
  return index < 0 ? 0 : 1 << index;
}
