/**
 * Which elements the selectors of a plan may end at. Each selector names the most telling part of its last compound
 * (id, else class, else attribute, else tag); while a page is parsed, elements are sorted into these slots, so that one
 * pass serves all selectors and a query looks at its candidates only. Style engines do the same with their rule hashes.
 */
import type { Element } from 'domhandler';

export type SlotKind = 'id' | 'class' | 'attribute' | 'tag' | 'any';

export class Registry {
  readonly #slots: Record<SlotKind, Map<string, number>> = {
    id: new Map(),
    class: new Map(),
    attribute: new Map(),
    tag: new Map(),
    any: new Map(),
  };
  #size = 0;

  /** The number of the slot for elements with this id, class, attribute or tag; same question, same answer. */
  slot(kind: SlotKind, name: string): number {
    const slots = this.#slots[kind];
    let slot = slots.get(name);
    if (slot === undefined) slots.set(name, (slot = this.#size++));
    return slot;
  }

  /** Freezes what was asked for into a sorter that puts elements, in document order, into their slots. */
  sorter(): Sorter {
    return new Sorter(this.#slots, this.#size);
  }
}

export class Sorter {
  readonly #slots: Readonly<Record<SlotKind, ReadonlyMap<string, number>>>;
  readonly #attributes: readonly (readonly [string, number])[];
  readonly #any: number | undefined;
  readonly #size: number;

  constructor(slots: Readonly<Record<SlotKind, ReadonlyMap<string, number>>>, size: number) {
    this.#slots = slots;
    this.#attributes = [...slots.attribute];
    this.#any = slots.any.get('*');
    this.#size = size;
  }

  /** Empty slots for one page. */
  slots(): Element[][] {
    return Array.from({ length: this.#size }, () => []);
  }

  put(element: Element, into: Element[][]): void {
    const { attribs } = element;
    const tag = this.#slots.tag.get(element.name);
    if (tag !== undefined) into[tag]?.push(element);
    if (this.#any !== undefined) into[this.#any]?.push(element);
    if (this.#slots.class.size > 0) {
      const names = attribs['class'];
      if (typeof names === 'string' && names !== '') this.#putClasses(element, names, into);
    }
    if (this.#slots.id.size > 0) {
      const id = attribs['id'];
      const slot = typeof id === 'string' ? this.#slots.id.get(id) : undefined;
      if (slot !== undefined) into[slot]?.push(element);
    }
    for (const [name, slot] of this.#attributes) if (Object.hasOwn(attribs, name)) into[slot]?.push(element);
  }

  #putClasses(element: Element, names: string, into: Element[][]): void {
    const slots = this.#slots.class;
    if (!WHITE_SPACE.test(names)) {
      const slot = slots.get(names);
      if (slot !== undefined) into[slot]?.push(element);
      return;
    }
    for (const name of names.split(WHITE_SPACE)) {
      const slot = slots.get(name);
      if (slot === undefined) continue;
      const there = into[slot];
      // class="a a" counts once
      if (there !== undefined && there.at(-1) !== element) there.push(element);
    }
  }
}

const WHITE_SPACE = /\s+/;
