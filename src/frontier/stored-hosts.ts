import type { Entry, Store } from '../store/types.ts';
import { decodeHost, type HostNumbers } from './host-record.ts';
import { numberAt, range } from './keys.ts';
import type { Strings } from './strings.ts';

export interface StoredHost {
  readonly number: number;
  readonly origin: string;
  readonly numbers: HostNumbers;
}

/** All hosts that are stored, by number. Origins and numbers are read side by side: a look-up for each host would take longer. */
export async function* storedHosts(store: Store, strings: Strings): AsyncGenerator<StoredHost, void, undefined> {
  const origins = entriesOf(store.scan(range('h')));
  try {
    for await (const [key, value] of entriesOf(store.scan(range('n')))) {
      const number = numberAt(key, 1);
      let origin = await origins.next();
      while (origin.done !== true && numberAt(origin.value[0], 1) < number) origin = await origins.next();
      if (origin.done === true || numberAt(origin.value[0], 1) !== number) {
        throw new Error(`bug: host ${number} has no origin`);
      }
      yield { number, origin: Buffer.from(origin.value[1]).toString(), numbers: decodeHost(value, strings) };
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
