/** Names looked up where they stand in a source, without making strings of them. */
export class NameTable<T> {
  readonly #slots: ({ readonly name: string; readonly value: T } | undefined)[];
  readonly #mask: number;

  constructor(entries: Iterable<readonly [name: string, value: T]>) {
    const all = [...new Map(entries)];
    // a power of two, far above the number of names, so that most are found at once
    const size = 1 << (32 - Math.clz32(all.length * 4));
    this.#mask = size - 1;
    this.#slots = new Array<{ readonly name: string; readonly value: T } | undefined>(size).fill(undefined);
    for (const [name, value] of all) {
      let slot = hashOf(name) & this.#mask;
      while (this.#slots[slot] !== undefined) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = { name, value };
    }
  }

  /**
   * What is known of the text from `start` to `end`; undefined too when it is there in other letter case.
   *
   * @param hash of its characters, by `hashStep` from 0
   */
  at(source: string, start: number, end: number, hash: number): T | undefined {
    let slot = hash & this.#mask;
    for (let entry = this.#slots[slot]; entry !== undefined; entry = this.#slots[slot]) {
      if (entry.name.length === end - start && source.startsWith(entry.name, start)) return entry.value;
      slot = (slot + 1) & this.#mask;
    }
    return undefined;
  }
}

/** The hash of a text one character longer. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = hashStep(hash, name.charCodeAt(i));
  return hash;
}
