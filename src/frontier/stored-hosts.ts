import type { Entry, Store } from '../store/types.ts';
import { lost } from './damage.ts';
import { decodeHost, type HostNumbers } from './host-record.ts';
import { numberAt, range } from './keys.ts';
import type { Strings } from './strings.ts';

export interface StoredHost {
  readonly number: number;
  readonly origin: string;
  readonly numbers: HostNumbers;
}

/**
 * All hosts that are stored, by number and in chunks. Origins and numbers are read side by side: a look-up for each of a hundred
 * thousand hosts would take seconds.
 */
export async function* storedHosts(
  store: Store,
  strings: Strings,
): AsyncGenerator<readonly StoredHost[], void, undefined> {
  const origins = store.scan(range('h'));
  try {
    let known: readonly Entry[] = [];
    let next = 0;
    for await (const chunk of store.scan(range('n'))) {
      const found: StoredHost[] = [];
      for (const [key, value] of chunk) {
        const number = numberAt(key, 1);
        for (; known[next] === undefined || numberAt(known[next]?.[0] ?? '', 1) < number; next++) {
          if (next < known.length) continue;
          const more = await origins.next();
          if (more.done === true) throw lost(`the origin of host ${number}`);
          known = more.value;
          next = -1;
        }
        const [place, origin] = known[next] ?? ['', new Uint8Array()];
        if (numberAt(place, 1) !== number) throw lost(`the origin of host ${number}`);
        found.push({ number, origin: Buffer.from(origin).toString(), numbers: decodeHost(value, strings) });
      }
      yield found;
    }
  } finally {
    await origins.return();
  }
}

/** Entries one by one. */
export async function* entriesOf(
  chunks: AsyncGenerator<readonly Entry[], void, undefined>,
): AsyncGenerator<Entry, void, undefined> {
  for await (const chunk of chunks) yield* chunk;
}
