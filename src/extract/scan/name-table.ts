/** Names looked up where they stand in a source, without making strings of them. */
export class NameTable<T> {
  readonly #slots: (Entry<T> | undefined)[];
  readonly #mask: number;

  /** @param entries names in ASCII */
  constructor(entries: Iterable<readonly [name: string, value: T]>) {
    const all = [...new Map(entries)];
    // a power of two, far above the number of names, so that most are found at once
    const size = 1 << (32 - Math.clz32(all.length * 4));
    this.#mask = size - 1;
    this.#slots = new Array<Entry<T> | undefined>(size).fill(undefined);
    for (const [name, value] of all) {
      const key = Buffer.from(name).reduce(keyStep, 0);
      let slot = slotOf(key) & this.#mask;
      while (this.#slots[slot] !== undefined) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = { name, key, value };
    }
  }

  /**
   * What is known of the text from `start` to `end`; undefined too when it is there in other letter case.
   *
   * @param key of its characters, by `keyStep` from 0
   */
  at(source: string, start: number, end: number, key: number): T | undefined {
    let slot = slotOf(key) & this.#mask;
    for (let entry = this.#slots[slot]; entry !== undefined; entry = this.#slots[slot]) {
      if (
        entry.key === key &&
        entry.name.length === end - start &&
        // the key of a short name is the name itself
        (end - start <= KEY_CHARACTERS || source.startsWith(entry.name, start))
      ) {
        return entry.value;
      }
      slot = (slot + 1) & this.#mask;
    }
    return undefined;
  }
}

interface Entry<T> {
  readonly name: string;
  readonly key: number;
  readonly value: T;
}

const KEY_CHARACTERS = 4;

/** The key of a name one character longer: its last four. A name that is not ASCII has the key of none that is this short. */
export function keyStep(key: number, code: number): number {
  return code < 0x80 ? (key << 8) | code : -1;
}

function slotOf(key: number): number {
  return key ^ (key >>> 7) ^ (key >>> 13);
}
