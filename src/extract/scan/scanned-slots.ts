import type { Element } from 'domhandler';
import type { Slot, SlotTest } from '../dom/registry.ts';
import { attributeOf } from '../dom/self-reading.ts';
import type { Reader } from './reader.ts';
import type { Source } from './source.ts';

/** The elements of a slot by their numbers, made when somebody asks. */
class ScannedSlot implements Slot {
  readonly numbers: number[] = [];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  get length(): number {
    return this.numbers.length;
  }

  at(index: number): Element | undefined {
    const number = this.numbers[index];
    return number === undefined ? undefined : this.#source.element(number);
  }

  orderAt(index: number): number {
    return this.numbers[index] ?? 0;
  }
}

/** The slots of a page while it is scanned: what the kernel hit, sorted. */
export class ScannedSlots {
  readonly slots: readonly ScannedSlot[];
  readonly #reader: Reader;
  readonly #source: Source;
  readonly #tests: readonly SlotTest[];
  #sorted = 0;

  constructor(reader: Reader, source: Source, tests: readonly SlotTest[]) {
    this.slots = tests.map(() => new ScannedSlot(source));
    this.#reader = reader;
    this.#source = source;
    this.#tests = tests;
  }

  /** Takes what was hit since the last time. */
  sort(): void {
    const { words, hitCount } = this.#reader;
    const first = this.#reader.hitAt(0);
    for (let i = this.#sorted; i < hitCount; i++) {
      const slot = words[first + i * 2] ?? 0;
      const number = words[first + i * 2 + 1] ?? 0;
      if (slot >= 0) this.slots[slot]?.numbers.push(number);
      else this.#doubt(~slot, number);
    }
    this.#sorted = hitCount;
  }

  /** The kernel leaves it to us whether the value of an attribute counts. */
  #doubt(slot: number, number: number): void {
    const test = this.#tests[slot];
    if (test === undefined) return;
    const value = attributeOf(this.#source.element(number), test.kind) ?? '';
    if (test.kind === 'id' ? value === test.name : value.split(/\s+/).includes(test.name))
      this.slots[slot]?.numbers.push(number);
  }
}
