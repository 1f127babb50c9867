/** What a plan asks of its pages, as the kernel reads it: tables of names, and of what hits a slot. */
import { plainParts } from '../../lib/url-plain.ts';
import { ANY_TAG, type SlotTest } from '../dom/registry.ts';
import { PARTS_WORDS, UNSEEN } from '../dom/text.ts';
import { COMMON, COMMON_ATTRIBUTES, ENDS, FOREIGN, RAW, VOID } from './tag-rules.ts';

export interface Tables {
  readonly bytes: Buffer;
  /** Addresses and sizes, by the names of the kernel's variables. */
  readonly places: Readonly<Record<TablePlace, number>>;
  /** Names by their numbers; the first number that none of them has stands for all others. */
  readonly tags: readonly string[];
  readonly tagNumbers: ReadonlyMap<string, number>;
  readonly attributes: readonly string[];
  readonly attributeNumbers: ReadonlyMap<string, number>;
}

export type TablePlace =
  'tags' | 'tagNames' | 'tagMask' | 'attributeNames' | 'attributeMask' | 'tagCount' | 'hitsOfTag' | 'characters';

/** Flags of a tag. */
const FLAGS = { void: 1, raw: 2, unseen: 4, partsWords: 8, foreign: 16, native: 32, title: 64, madeUp: 128 } as const;

/** Kinds of tests of an attribute's value. */
const TEST_KINDS = { attribute: 0, class: 1, id: 2 } as const;

const WORD = 4;

/** @param address where the bytes will stand */
export function tablesFor(tests: readonly SlotTest[], address: number): Tables {
  const tags = [
    ...new Set([...COMMON, ...VOID, ...RAW, ...FOREIGN.keys(), ...ENDS.keys(), ...tests.map(({ tag }) => tag)]),
  ].filter((tag) => tag !== ANY_TAG);
  const attributes = [...new Set([...COMMON_ATTRIBUTES, ...tests.flatMap((test) => attributeOf(test) ?? [])])];
  const attributeNumbers = numbersOf(attributes);
  const heap = new Heap(address);
  const entries = [...tags, undefined].map((tag) => {
    const own = tests.flatMap((test, slot) => (test.tag === ANY_TAG || test.tag === tag ? [{ ...test, slot }] : []));
    const any = own.filter(({ kind }) => kind === 'any');
    const slots = any.length === 0 ? 0 : heap.put([any.length, ...any.map(({ slot }) => slot)]);
    const names = [...new Set(own.flatMap((test) => attributeOf(test) ?? []))];
    const looks = names.flatMap((name) => {
      const asked = own.filter((test) => attributeOf(test) === name);
      const words = asked.flatMap(({ kind, name: word, slot }) => {
        if (kind === 'any' || kind === 'attribute') return [TEST_KINDS.attribute, slot, 0, 0];
        return [TEST_KINDS[kind], slot, heap.text(word), Buffer.byteLength(word)];
      });
      return [attributeNumbers.get(name) ?? 0, heap.put([asked.length, ...words])];
    });
    const looksAt = looks.length === 0 ? 0 : heap.put([names.length, ...looks]);
    const name = tag ?? '';
    const ends = (ENDS.get(name) ?? []).reduce((bits, ended) => bits | bitOf(ended), 0);
    return [flagsOf(name), bitOf(name), ends, slots, looksAt, heap.text(name), Buffer.byteLength(name)];
  });
  const tagNames = hashTable(heap, tags);
  const attributeNames = hashTable(heap, attributes);
  const places = {
    tags: heap.put(entries.flat()),
    tagNames: tagNames.address,
    tagMask: tagNames.mask,
    attributeNames: attributeNames.address,
    attributeMask: attributeNames.mask,
    tagCount: entries.length,
    hitsOfTag: tests.length,
    characters: heap.raw(plainCharacters()),
  };
  return { bytes: heap.bytes(), places, tags, tagNumbers: numbersOf(tags), attributes, attributeNumbers };
}

/** What is plain in a URL as it is written in a page, where `&` may begin a reference. */
function plainCharacters(): Uint8Array {
  const parts = plainParts();
  parts['&'.charCodeAt(0)] = 0;
  return parts;
}

/** The attribute whose value decides; undefined when none does. */
function attributeOf({ kind, name }: SlotTest): string | undefined {
  if (kind === 'any') return undefined;
  return kind === 'attribute' ? name : kind;
}

function flagsOf(name: string): number {
  const foreign = FOREIGN.get(name);
  return (
    (VOID.has(name) ? FLAGS.void : 0) |
    (RAW.has(name) ? FLAGS.raw : 0) |
    (UNSEEN.has(name) ? FLAGS.unseen : 0) |
    (PARTS_WORDS.has(name) ? FLAGS.partsWords : 0) |
    (foreign === true ? FLAGS.foreign : 0) |
    (foreign === false ? FLAGS.native : 0) |
    (name === 'title' ? FLAGS.title : 0) |
    (name === 'p' || name === 'br' ? FLAGS.madeUp : 0)
  );
}

const ENDED = [...new Set([...ENDS.values()].flat())];

/** A bit for each name that start tags of others end. */
function bitOf(name: string): number {
  const index = ENDED.indexOf(name);
  return index < 0 ? 0 : 1 << index;
}

function numbersOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, number) => [name, number]));
}

/** Names in ASCII; the kernel asks the program for others. A slot is number + 1, address and length of a name. */
function hashTable(heap: Heap, names: readonly string[]): { readonly address: number; readonly mask: number } {
  // a power of two, far above the number of names, so that most are found at once
  const size = 1 << (32 - Math.clz32(names.length * 4));
  const slots = new Int32Array(size * 3);
  names.forEach((name, number) => {
    if (!/^[\x21-\x7e]+$/.test(name)) return;
    const key = Buffer.from(name).reduce((sum, code) => (Math.imul(sum, 31) + code) | 0, 0);
    let slot = (key ^ (key >>> 9)) & (size - 1);
    while (slots[slot * 3] !== 0) slot = (slot + 1) & (size - 1);
    slots.set([number + 1, heap.text(name), name.length], slot * 3);
  });
  return { address: heap.put([...slots]), mask: size - 1 };
}

/** Words and texts, one behind the other. */
class Heap {
  readonly #address: number;
  readonly #words: number[] = [];
  readonly #texts = new Map<string, number>();

  constructor(address: number) {
    this.#address = address;
  }

  /** @returns their address */
  put(words: readonly number[]): number {
    const at = this.#address + this.#words.length * WORD;
    for (const word of words) this.#words.push(word);
    return at;
  }

  text(text: string): number {
    let at = this.#texts.get(text);
    if (at === undefined) this.#texts.set(text, (at = this.raw(Buffer.from(text))));
    return at;
  }

  raw(bytes: Uint8Array): number {
    const padded = Buffer.alloc(Math.ceil(bytes.length / WORD) * WORD);
    padded.set(bytes);
    return this.put(Array.from({ length: padded.length / WORD }, (_, i) => padded.readInt32LE(i * WORD)));
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(this.#words.length * WORD);
    this.#words.forEach((word, i) => bytes.writeInt32LE(word | 0, i * WORD));
    return bytes;
  }
}
