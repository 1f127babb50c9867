/**
 * Which elements the selectors of a plan may end at. Each selector names the most telling part of its last compound
 * (id, else class, else attribute, else tag); while a page is parsed, elements are sorted into these slots, so that one
 * pass serves all selectors and a query looks at its candidates only. Style engines do the same with their rule hashes.
 */
import type { Element } from 'domhandler';

export type SlotKind = 'id' | 'class' | 'attribute' | 'any';

/** Elements of any name. */
export const ANY_TAG = '*';

type Slots = Record<SlotKind, Map<string, number>>;

export class Registry {
  readonly #byTag = new Map<string, Slots>();
  #size = 0;

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
    if (slot === undefined) slots[kind].set(name, (slot = this.#size++));
    return slot;
  }

  /** Freezes what was asked for into a sorter that puts elements, in document order, into their slots. */
  sorter(): Sorter {
    return new Sorter(this.#byTag, this.#size);
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

export class Sorter {
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #others: Group;
  readonly #size: number;

  constructor(byTag: ReadonlyMap<string, Slots>, size: number) {
    const everyone = byTag.get(ANY_TAG);
    this.#groups = new Map([...byTag].map(([tag, slots]) => [tag, groupOf(everyone, slots)]));
    this.#others = groupOf(everyone, undefined);
    this.#size = size;
  }

  /** Empty slots for one page. */
  slots(): Element[][] {
    return Array.from({ length: this.#size }, () => []);
  }

  /** @param looks false when it is known that no attribute of the element takes it anywhere */
  put(element: Element, into: Element[][], looks = true): void {
    const group = this.#groups.get(element.name) ?? this.#others;
    for (const slot of group.any) into[slot]?.push(element);
    if (!looks || !group.looks) return;
    const { attribs } = element;
    if (group.class.size > 0) {
      const names = attribs['class'];
      if (typeof names === 'string' && names !== '')
        for (const slot of classSlots(group, names)) into[slot]?.push(element);
    }
    if (group.id.size > 0) {
      const id = attribs['id'];
      if (typeof id === 'string') for (const slot of group.id.get(id) ?? NONE) into[slot]?.push(element);
    }
    for (const [name, slot] of group.attribute) if (Object.hasOwn(attribs, name)) into[slot]?.push(element);
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
