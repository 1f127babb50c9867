/** Attributes that make an element wanted, as a start tag meets them. */
import type { WantedAttribute } from './wanted.ts';

/** Attributes of so many different classes and ids are remembered; what pages write repeats. */
const REMEMBERED_MAX = 2000;

interface Look {
  /** Lower case. */
  readonly name: string;
  /** Wanted whatever the value is. */
  readonly anyway: number;
  readonly parts: readonly { readonly part: string; readonly wanted: number }[];
  readonly remembered: Map<string, number>;
}

/** What to look for in the start tags of one name. */
export class Looks {
  readonly #byFirst: (readonly Look[] | undefined)[];

  constructor(attributes: readonly WantedAttribute[]) {
    this.#byFirst = new Array<readonly Look[] | undefined>(128).fill(undefined);
    for (const name of new Set(attributes.map((one) => one.name))) {
      const own = attributes.filter((one) => one.name === name);
      const look: Look = {
        name,
        anyway: own.reduce((bits, { part, wanted }) => (part === undefined ? bits | wanted : bits), 0),
        parts: own.flatMap(({ part, wanted }) => (part === undefined ? [] : [{ part, wanted }])),
        remembered: new Map(),
      };
      const code = name.charCodeAt(0);
      this.#byFirst[code] = [...(this.#byFirst[code] ?? []), look];
    }
  }

  /** What the attribute between these places wants: bits of `wanted.ts`. */
  at(html: string, start: number, end: number, valueStart: number, valueEnd: number): number {
    const code = html.charCodeAt(start);
    // the Kelvin sign is a capital k
    const lower = code === 0x212a ? 0x6b : code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    const looks = this.#byFirst[lower];
    if (looks === undefined) return 0;
    let wanted = 0;
    for (const look of looks) {
      const { name } = look;
      if (name.length !== end - start) continue;
      if (!html.startsWith(name, start) && html.slice(start, end).toLowerCase() !== name) continue;
      wanted |= look.anyway;
      if (look.parts.length > 0) wanted |= wantedOf(look, html.slice(valueStart, valueEnd));
    }
    return wanted;
  }
}

function wantedOf({ parts, remembered }: Look, value: string): number {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  let wanted = 0;
  for (const one of parts) if (value.includes(one.part) || value.includes('&')) wanted |= one.wanted;
  // a copy, since a slice would keep its whole page
  if (value.length < 100 && remembered.size < REMEMBERED_MAX) remembered.set(Buffer.from(value).toString(), wanted);
  return wanted;
}
