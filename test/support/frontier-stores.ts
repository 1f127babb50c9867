import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/level-store.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { SortedMap } from '../../src/store/sorted-map.ts';
import type { Store } from '../../src/store/types.ts';

/** A place where a store is kept; opening it again is what a new process does after the old one was killed. */
export interface StoreHome extends AsyncDisposable {
  open(): Promise<Store>;
}

export function memoryHome(): StoreHome {
  const entries = new SortedMap<Uint8Array>();
  return { open: () => Promise.resolve(memoryStore(entries)), [Symbol.asyncDispose]: () => Promise.resolve() };
}

export async function diskHome(): Promise<StoreHome & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'pinspider-store-'));
  let store: Store | undefined;
  return {
    directory,
    open: async () => {
      // Closing writes nothing: what was not written is lost, as with a kill.
      await store?.close();
      return (store = await openStore(directory, { durability: 'processes' }));
    },
    [Symbol.asyncDispose]: async () => {
      await store?.close();
      await rm(directory, { recursive: true });
    },
  };
}
