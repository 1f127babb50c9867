/**
 * Which elements the selectors of a plan may end at. Each selector names the most telling part of its last compound
 * (id, else class, else attribute, else tag); while a page is parsed, elements are sorted into these slots, so that one
 * pass serves all selectors and a query looks at its candidates only. Style engines do the same with their rule hashes.
 */
import type { Element } from 'domhandler';

export type SlotKind = 'id' | 'class' | 'attribute' | 'any';

/** What the elements of a slot have in common. */
export interface SlotTest {
  readonly kind: SlotKind;
  /** The id, class or attribute; empty for `any`. */
  readonly name: string;
  /** Their own name, or `ANY_TAG`. */
  readonly tag: string;
}

/** Elements of a page in document order. Those of some are made when they are asked for. */
export interface Slot {
  readonly length: number;
  /** Undefined past the last one. */
  at(index: number): Element | undefined;
  /** The number of an element in its page. */
  orderAt(index: number): number;
}

/** Elements of any name. */
export const ANY_TAG = '*';

type Slots = Record<SlotKind, Map<string, number>>;

export class Registry {
  readonly #byTag = new Map<string, Slots>();
  readonly #tests: SlotTest[] = [];

  /**
   * The number of the slot for elements with this id, class or attribute, or any (then `name` is empty); same question, same
   * answer.
   *
   * @param tag of this name alone, in lower case
   */
  slot(kind: SlotKind, name: string, tag = ANY_TAG): number {
    let slots = this.#byTag.get(tag);
    if (slots === undefined) {
      slots = { id: new Map(), class: new Map(), attribute: new Map(), any: new Map() };
      this.#byTag.set(tag, slots);
    }
    let slot = slots[kind].get(name);
    if (slot === undefined) {
      slot = this.#tests.push({ kind, name, tag }) - 1;
      slots[kind].set(name, slot);
    }
    return slot;
  }

  /** Freezes what was asked for into a sorter that puts elements, in document order, into their slots. */
  sorter(): Sorter {
    return new Sorter(this.#byTag, [...this.#tests]);
  }
}

/** What is asked about elements of one name. */
interface Group {
  readonly any: readonly number[];
  readonly id: ReadonlyMap<string, readonly number[]>;
  readonly class: ReadonlyMap<string, readonly number[]>;
  readonly attribute: readonly (readonly [name: string, slot: number])[];
  /** Slots of `class` attributes that were there before. */
  readonly remembered: Map<string, readonly number[]>;
  /** Attributes decide. */
  readonly looks: boolean;
}

export function elementsOf(slot: Slot | undefined): Element[] {
  const elements: Element[] = [];
  for (let i = 0; i < (slot?.length ?? 0); i++) {
    const element = slot?.at(i);
    if (element !== undefined) elements.push(element);
  }
  return elements;
}

/** A slot of elements that are there. */
export class Sorted implements Slot {
  readonly elements: Element[] = [];

  static of(element: Element): Sorted {
    const sorted = new Sorted();
    sorted.elements.push(element);
    return sorted;
  }

  get length(): number {
    return this.elements.length;
  }

  at(index: number): Element | undefined {
    return this.elements[index];
  }

  orderAt(index: number): number {
    return this.elements[index]?.startIndex ?? 0;
  }
}

export class Sorter {
  /** What is asked about elements, by slot. */
  readonly tests: readonly SlotTest[];
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #others: Group;

  constructor(byTag: ReadonlyMap<string, Slots>, tests: readonly SlotTest[]) {
    this.tests = tests;
    const everyone = byTag.get(ANY_TAG);
    this.#groups = new Map([...byTag].map(([tag, slots]) => [tag, groupOf(everyone, slots)]));
    this.#others = groupOf(everyone, undefined);
  }

  /** Empty slots for one page. */
  slots(): Sorted[] {
    return this.tests.map(() => new Sorted());
  }

  put(element: Element, into: readonly Sorted[]): void {
    const group = this.#groups.get(element.name) ?? this.#others;
    for (const slot of group.any) into[slot]?.elements.push(element);
    if (!group.looks) return;
    const { attribs } = element;
    if (group.class.size > 0) {
      const names = attribs['class'];
      if (typeof names === 'string' && names !== '')
        for (const slot of classSlots(group, names)) into[slot]?.elements.push(element);
    }
    if (group.id.size > 0) {
      const id = attribs['id'];
      if (typeof id === 'string') for (const slot of group.id.get(id) ?? NONE) into[slot]?.elements.push(element);
    }
    for (const [name, slot] of group.attribute) if (Object.hasOwn(attribs, name)) into[slot]?.elements.push(element);
  }
}

function groupOf(...all: readonly (Slots | undefined)[]): Group {
  const own = new Set(all.filter((slots) => slots !== undefined));
  const entries = (kind: SlotKind): [string, number][] => [...own].flatMap((slots) => [...slots[kind]]);
  const byName = (kind: SlotKind): Map<string, number[]> => {
    const slots = new Map<string, number[]>();
    for (const [name, slot] of entries(kind)) slots.set(name, [...(slots.get(name) ?? []), slot]);
    return slots;
  };
  const group = {
    any: entries('any').map(([, slot]) => slot),
    id: byName('id'),
    class: byName('class'),
    attribute: entries('attribute'),
  };
  return { ...group, remembered: new Map(), looks: group.id.size + group.class.size + group.attribute.length > 0 };
}

/** Slots of a `class` attribute, each once. */
function classSlots({ class: classes, remembered }: Group, names: string): readonly number[] {
  if (!WHITE_SPACE.test(names)) return classes.get(names) ?? NONE;
  const known = remembered.get(names);
  if (known !== undefined) return known;
  const slots = [...new Set(names.split(WHITE_SPACE).flatMap((name) => classes.get(name) ?? NONE))];
  // a copy, since a part of a page keeps the whole page
  if (remembered.size < REMEMBERED_MAX) remembered.set(Buffer.from(names, 'utf16le').toString('utf16le'), slots);
  return slots;
}

const NONE: readonly number[] = [];

const WHITE_SPACE = /\s+/;

/** Sites write the same few hundred; more are not worth their memory. */
const REMEMBERED_MAX = 1000;
