/** Where a page may be left: what is asked of it is found, and read to its end. */
import type { Element } from 'domhandler';
import { pageScope } from '../dom/scope.ts';
import type { Dom, Until } from '../dom/document.ts';
import type { Selector } from '../dom/selector.ts';
import type { Reader } from './reader.ts';

const BASE = '<base';

export class Enough {
  /** When to look next: at so many hits, */
  hits = 1;
  /** or behind the element of that number. -1: at none. */
  element = -1;
  readonly #until: Until;
  readonly #dom: Dom;
  readonly #reader: Reader;
  readonly #found: Element[] = [];
  #missing: readonly Selector[];

  constructor(until: Until, dom: Dom, reader: Reader) {
    this.#until = until;
    this.#dom = dom;
    this.#reader = reader;
    this.#missing = until.firsts;
    if (this.#missing.length === 0) this.hits = 0;
  }

  /** Whether nothing of the page is wanted from here on; to be asked at each pause. */
  reached(): boolean {
    if (this.#missing.length > 0) {
      this.#look();
      if (this.#missing.length > 0) {
        // each look tries all of them
        this.hits = Math.ceil(this.#reader.hitCount * 1.25);
        return false;
      }
    }
    this.hits = -1;
    this.element = this.#found.find((one) => this.#reader.isOpen(one.startIndex ?? 0))?.startIndex ?? -1;
    if (this.element >= 0) return false;
    const { base } = this.#until;
    return base === undefined || base.first(pageScope(this.#dom)) !== null || !this.#mayHaveBase();
  }

  #look(): void {
    const scope = pageScope(this.#dom);
    this.#missing = this.#missing.filter((selector) => {
      const first = selector.first(scope);
      if (first !== null) this.#found.push(first);
      return first === null;
    });
  }

  #mayHaveBase(): boolean {
    const { text, place } = this.#reader;
    return text?.bytes.toString('latin1', place).toLowerCase().includes(BASE) === true;
  }
}
