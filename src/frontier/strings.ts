import type { Store } from '../store/types.ts';
import { lost } from './damage.ts';
import { numberAt, range, word } from './keys.ts';

/** Texts that many records share (seeds, reasons, tasks, extractors), by number from 1; 0 stands for none. */
export class Strings {
  readonly #store: Store;
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [''];

  constructor(store: Store) {
    this.#store = store;
  }

  async load(): Promise<void> {
    for await (const chunk of this.#store.scan(range('s'))) {
      for (const [key, value] of chunk) {
        const text = Buffer.from(value).toString();
        this.#texts[numberAt(key, 1)] = text;
        this.#numbers.set(text, numberAt(key, 1));
      }
    }
  }

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    // A copy: the part of a longer string would keep all of it alive.
    const kept = Buffer.from(text);
    const number = this.#texts.push(kept.toString()) - 1;
    this.#numbers.set(this.#texts[number] ?? text, number);
    this.#store.put(`s${word(number)}`, kept);
    return number;
  }

  textOf(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw lost(`the text of number ${number}`);
    return text;
  }
}
