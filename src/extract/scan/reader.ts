import type { PageText } from '../../lib/page-text.ts';
import {
  ATTRIBUTE_WORDS,
  DONE,
  ELEMENT,
  ELEMENT_WORDS,
  FINDING,
  FULL,
  PAUSED,
  startKernel,
  type Kernel,
} from './kernel.ts';
import { tablesFor, type Tables } from './tables.ts';
import type { SlotTest } from '../dom/registry.ts';

/** Where the plan's tables begin; what is below belongs to the kernel. */
const TABLES_AT = 1024;

/** Deeper pages are left to the tree, which has its own bounds for them. */
const OPEN_MAX = 500;
const FOREIGN_MAX = 4096;

/** The end of an element that is open. */
const OPEN = -1;

const WORD = 4;
const PAIR = 8;
const WASM_PAGE = 65_536;
/** Behind a page stand zeros. */
const PADDING = 16;

/** Room at first: enough for nearly all pages of 100 kB. */
const FIRST_ROOM = 131_072;
/** A page that takes more than this in all is left to the tree. */
const ROOM_MAX = 1 << 29;
/** After a page that took more, its memory is given back. */
const ROOM_KEPT = 1 << 26;

const LISTS = ['marks', 'elements', 'attributes', 'hits'] as const;
type List = (typeof LISTS)[number];

const NOTHING = Buffer.alloc(0);

/** Reads pages by a plan, one at a time: what is known of a page is gone once the next one is read. */
export class Reader {
  readonly tables: Tables;
  /** Of the memory; another one when that has grown. */
  words = new Int32Array();
  /** The same memory. */
  bytes: Buffer = NOTHING;
  #kernel: Kernel | undefined;
  #text: PageText | undefined;
  /** Where the page stands, and where it ends. */
  #page = 0;
  #pageEnd = 0;
  /** Indexes among `words` of the first of each. */
  #first: Record<List, number> = { marks: 0, elements: 0, attributes: 0, hits: 0 };
  readonly #firstRoom: number;
  #room: Record<List, number>;
  /** Names of tags that no table has. */
  readonly #otherTags = new Map<string, number>();
  readonly #otherNames: string[] = [];

  /** @param firstRoom bytes, by which the lists' room begins; a multiple of 8 */
  constructor(tests: readonly SlotTest[], firstRoom = FIRST_ROOM) {
    this.#firstRoom = firstRoom;
    this.#room = roomOf(firstRoom);
    this.tables = tablesFor(tests, TABLES_AT);
  }

  /** Begins a page. */
  open(text: PageText): void {
    if (this.words.byteLength > ROOM_KEPT) this.#forget();
    this.#text = text;
    this.#begin(text.bytes);
  }

  /**
   * Reads on, as far as that.
   *
   * @param hits a pause when there are so many; -1 for none
   * @param element a pause behind the end of the one with this number; -1 for none
   * @returns undefined when the page is left to the tree: too deep, or too large
   */
  read(hits: number, element: number): 'done' | 'paused' | undefined {
    for (;;) {
      const kernel = this.#running();
      const found = kernel.run(hits < 0 ? -1 : this.#first.hits * WORD + hits * PAIR, element);
      if (found === DONE) return 'done';
      if (found === PAUSED) return 'paused';
      if (found !== FULL || !this.#grow(kernel)) return undefined;
      this.#begin(this.#source().bytes);
    }
  }

  /** The page ends where the reading stands. */
  stop(): void {
    this.#running().stop();
  }

  /** The element's end was not read yet. */
  isOpen(number: number): boolean {
    return this.words[this.elementAt(number) + ELEMENT.end] === OPEN;
  }

  /** How far the reading came. */
  get place(): number {
    return this.words[FINDING.place] ?? 0;
  }

  /** The page that is being read, or was read last. */
  get text(): PageText | undefined {
    return this.#text;
  }

  /** The place behind the last mark. */
  get markCount(): number {
    return (this.words[FINDING.nextMark] ?? 0) / WORD - this.#first.marks;
  }

  get hitCount(): number {
    return ((this.words[FINDING.nextHit] ?? 0) - this.#first.hits * WORD) / PAIR;
  }

  /** Numbers of the last element that is in no other; -1 for none. */
  get lastOfAll(): number {
    return this.words[FINDING.lastOfAll] ?? -1;
  }

  /** Index among `words` of an element's numbers. */
  elementAt(number: number): number {
    return this.#first.elements + number * ELEMENT_WORDS;
  }

  /** Likewise of an attribute's, */
  attributeAt(number: number): number {
    return this.#first.attributes + number * ATTRIBUTE_WORDS;
  }

  /** of a mark's, by its place, */
  markAt(place: number): number {
    return this.#first.marks + place;
  }

  /** and of a hit's. */
  hitAt(number: number): number {
    return this.#first.hits + number * 2;
  }

  /** The attributes of a start tag, from one number to another; undefined when there is no room to note them. */
  attributesBehind(nameEnd: number): { readonly from: number; readonly to: number } | undefined {
    const count = this.#running().attributesAt(nameEnd);
    const from = ((this.words[FINDING.nextAttribute] ?? 0) / WORD - this.#first.attributes) / ATTRIBUTE_WORDS;
    return count < 0 ? undefined : { from, to: from + count };
  }

  /** Behind the tag of which attributes were read last. */
  get tagEnd(): number {
    return this.#running().tagEnd.value - this.#page + 1;
  }

  nameOf(tag: number): string {
    return this.tables.tags[tag] ?? this.#otherNames[tag - this.tables.tags.length] ?? '';
  }

  /** Memory behind the page, until the next one is read. @returns its address */
  reserve(bytes: number): number {
    const kernel = this.#running();
    const at = Math.ceil((this.#pageEnd + PADDING) / PADDING) * PADDING;
    this.#need(kernel, at + bytes);
    return at;
  }

  get kernel(): Kernel {
    return this.#running();
  }

  #running(): Kernel {
    if (this.#kernel === undefined) throw new Error('bug: no page was opened');
    return this.#kernel;
  }

  #source(): PageText {
    if (this.#text === undefined) throw new Error('bug: no page was opened');
    return this.#text;
  }

  #begin(page: Buffer): void {
    const kernel = this.#kernel ?? this.#start();
    const end = (this.#pageEnd = this.#page + page.length);
    this.#need(kernel, end + PADDING);
    this.bytes.set(page, this.#page);
    this.bytes.fill(0, end, end + PADDING);
    this.#otherTags.clear();
    this.#otherNames.length = 0;
    kernel.begin(end);
  }

  #start(): Kernel {
    const kernel = (this.#kernel = startKernel({
      tagNamed: (from, to) => this.#tagNamed(this.#nameAt(from, to)),
      attributeNamed: (from, to) => this.tables.attributeNumbers.get(this.#nameAt(from, to)) ?? -1,
    }));
    const { bytes, places } = this.tables;
    this.#need(kernel, TABLES_AT + bytes.length);
    this.bytes.set(bytes, TABLES_AT);
    for (const name of Object.keys(places) as (keyof typeof places)[]) kernel[name].value = places[name];
    this.#layOut(kernel);
    return kernel;
  }

  #layOut(kernel: Kernel): void {
    let at = TABLES_AT + this.tables.bytes.length;
    kernel.open.value = at;
    kernel.openMax.value = OPEN_MAX;
    at += (OPEN_MAX + 2) * WORD;
    kernel.foreign.value = at;
    kernel.foreignMax.value = FOREIGN_MAX;
    at += FOREIGN_MAX;
    for (const list of LISTS) {
      kernel[list].value = at;
      this.#first[list] = at / WORD;
      at += this.#room[list];
      kernel[`${list}End`].value = at;
    }
    kernel.page.value = this.#page = at;
  }

  /** More room for the lists that may be what was full. @returns false when that would be too much */
  #grow(kernel: Kernel): boolean {
    const used: Record<List, number> = {
      marks: (this.words[FINDING.nextMark] ?? 0) - this.#first.marks * WORD,
      elements: (this.words[FINDING.count] ?? 0) * ELEMENT_WORDS * WORD,
      attributes: (this.words[FINDING.nextAttribute] ?? 0) - this.#first.attributes * WORD,
      hits: (this.words[FINDING.nextHit] ?? 0) - this.#first.hits * WORD,
    };
    const scarce = LISTS.filter((list) => used[list] > this.#room[list] / 2);
    for (const list of scarce.length > 0 ? scarce : LISTS) this.#room[list] *= 2;
    const all = LISTS.reduce((sum, list) => sum + this.#room[list], this.#pageEnd - this.#page);
    if (all > ROOM_MAX) {
      this.#forget();
      return false;
    }
    this.#layOut(kernel);
    return true;
  }

  #need(kernel: Kernel, bytes: number): void {
    const { memory } = kernel;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / WASM_PAGE));
    if (this.words.buffer === memory.buffer) return;
    this.words = new Int32Array(memory.buffer);
    this.bytes = Buffer.from(memory.buffer);
  }

  #forget(): void {
    this.#kernel = undefined;
    this.#room = roomOf(this.#firstRoom);
    this.words = new Int32Array();
    this.bytes = NOTHING;
  }

  #nameAt(from: number, to: number): string {
    return this.#source()
      .slice(from - this.#page, to - this.#page)
      .toLowerCase();
  }

  #tagNamed(name: string): number {
    const known = this.tables.tagNumbers.get(name) ?? this.#otherTags.get(name);
    if (known !== undefined) return known;
    const number = this.tables.tags.length + this.#otherNames.push(name) - 1;
    this.#otherTags.set(name, number);
    return number;
  }
}

function roomOf(bytes: number): Record<List, number> {
  return { marks: bytes, elements: bytes * 2, attributes: bytes, hits: bytes / 2 };
}
