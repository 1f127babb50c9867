import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, Range, Store } from '../../../src/store/types.ts';
import { diskHome, memoryHome, type StoreHome } from '../../support/frontier-stores.ts';

const HOMES = [
  { name: 'in memory', home: (): Promise<StoreHome> => Promise.resolve(memoryHome()), runs: 200 },
  { name: 'on disk', home: diskHome, runs: 40 },
];

const bytes = (text: string): Uint8Array => Buffer.from(text);

async function all(store: Store, range: Range): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const chunk of store.scan(range)) entries.push(...chunk);
  return entries;
}

const shown = (entries: readonly Entry[]): [string, string][] =>
  entries.map(([key, value]) => [key, Buffer.from(value).toString()]);

type Step =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'delete'; readonly key: string }
  | { readonly type: 'cut' | 'write' | 'kill' }
  | { readonly type: 'read'; readonly range: Range };

// First and last byte, and keys that are the start of others.
const key = fc.stringMatching(/^[\u0001ab\u00ff]{1,4}$/);
const range = fc.record({
  gte: key,
  lt: fc.oneof(key, fc.constant('\xff\xff\xff\xff\xff')),
  reverse: fc.boolean(),
  limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('put' as const), key, value: fc.string({ maxLength: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), key }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('cut' as const, 'write' as const, 'kill' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('read' as const), range }) },
);

/** What a scan of these entries gives. */
function scanned(entries: ReadonlyMap<string, string>, { gte, lt, reverse, limit }: Range): [string, string][] {
  const found = [...entries].filter(([key]) => key >= gte && key < lt).sort(([a], [b]) => (a < b ? -1 : 1));
  return (reverse === true ? found.reverse() : found).slice(0, limit);
}

describe.each(HOMES)('$name', { timeout: 60_000 }, ({ home, runs }) => {
  test('reads show all changes, written or not; a kill leaves what was written', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        await using place = await home();
        let store = await place.open();
        let model = new Map<string, string>();
        let written = new Map<string, string>();
        const cuts: { readonly batch: ReturnType<Store['cut']>; readonly model: Map<string, string> }[] = [];
        for (const step of steps) {
          switch (step.type) {
            case 'put':
              store.put(step.key, bytes(step.value));
              model.set(step.key, step.value);
              break;
            case 'delete':
              store.delete(step.key);
              model.delete(step.key);
              break;
            case 'cut':
              cuts.push({ batch: store.cut(), model: new Map(model) });
              break;
            case 'write': {
              const cut = cuts.shift();
              if (cut === undefined) break;
              await store.write(cut.batch);
              written = cut.model;
              break;
            }
            case 'kill':
              cuts.length = 0;
              store = await place.open();
              model = new Map(written);
              break;
            case 'read':
              expect(shown(await all(store, step.range))).toEqual(scanned(model, step.range));
              for (const name of [step.range.gte, step.range.lt]) {
                const value = store.get(name);
                expect(value && Buffer.from(value).toString()).toBe(model.get(name));
              }
              break;
          }
        }
      }),
      { numRuns: runs },
    ));

  test('a scan sees what was there when it was begun, whatever is changed and written while it is read', async () => {
    await using place = await home();
    const store = await place.open();
    for (let i = 0; i < 2500; i++) store.put(`k${String(i).padStart(4, '0')}`, bytes(String(i)));
    await store.write(store.cut());
    store.put('k0000x', bytes('unwritten'));
    const scan = store.scan({ gte: 'k', lt: 'l' });
    const first = await scan.next();
    store.delete('k2499');
    store.put('k2498x', bytes('late'));
    await store.write(store.cut());
    const entries = [...(first.value ?? [])];
    for await (const chunk of scan) entries.push(...chunk);
    expect(entries).toHaveLength(2501);
    expect(shown(entries).slice(0, 2)).toEqual([
      ['k0000', '0'],
      ['k0000x', 'unwritten'],
    ]);
    expect(entries.at(-1)?.[0]).toBe('k2499');
  });

  test('what changes often is put once a cut', async () => {
    await using place = await home();
    const store = await place.open();
    let count = 0;
    store.onCut(() => {
      store.put('count', bytes(String(count)));
    });
    count = 7;
    const batch = store.cut();
    count = 8;
    await store.write(batch);
    expect(shown(await all(store, { gte: 'c', lt: 'd' }))).toEqual([['count', '7']]);
  });

  test('batches are written in the order of their cuts, each once', async () => {
    await using place = await home();
    const store = await place.open();
    store.put('a', bytes('1'));
    const first = store.cut();
    store.put('a', bytes('2'));
    const second = store.cut();
    await Promise.all([store.write(first), store.write(second)]);
    expect(Buffer.from(store.get('a') ?? []).toString()).toBe('2');
    expect(() => store.write(first)).toThrow('bug');
    store.put('a', bytes('3'));
    store.cut();
    const fourth = store.cut();
    await expect(store.write(fourth)).rejects.toThrow('bug');
  });
});
