/** Where a page may be left: what is asked of it is found, and read to its end. */
import type { Element } from 'domhandler';
import { pageScope } from '../dom/scope.ts';
import type { Dom, Until } from '../dom/document.ts';
import type { Selector } from '../dom/selector.ts';
import type { OpenElements } from './open-elements.ts';

const BASE = /<base/gi;

export class Enough {
  readonly #until: Until;
  readonly #dom: Dom;
  readonly #open: OpenElements;
  readonly #found: Element[] = [];
  #missing: readonly Selector[];
  /** Elements made for selectors, and how many there will be at the next look: each look tries all of them. */
  #made = 0;
  #lookAt = 1;
  #never = false;

  constructor(until: Until, dom: Dom, open: OpenElements) {
    this.#until = until;
    this.#dom = dom;
    this.#open = open;
    this.#missing = until.firsts;
  }

  /** An element was made for a selector. */
  made(): void {
    if (++this.#made < this.#lookAt || this.#missing.length === 0) return;
    this.#lookAt = Math.ceil(this.#made * 1.25);
    const scope = pageScope(this.#dom);
    this.#missing = this.#missing.filter((selector) => {
      const first = selector.first(scope);
      if (first !== null) this.#found.push(first);
      return first === null;
    });
  }

  /** Whether nothing of the page is wanted from here on. */
  at(html: string, at: number): boolean {
    if (this.#missing.length > 0 || this.#never || this.#open.hasOneOf(this.#found)) return false;
    const { base } = this.#until;
    if (base === undefined || base.first(pageScope(this.#dom)) !== null) return true;
    BASE.lastIndex = at;
    this.#never = BASE.test(html);
    return !this.#never;
  }
}
