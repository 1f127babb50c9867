import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportCodec, type Sparse } from '../../../src/feed/messages.ts';
import { type Page, PageOutcome, type Row } from '../../../src/feed/messages.generated.ts';
import { Changes, type Compared, type ComparedExtractor } from '../../../src/framework/changes.ts';
import { fingerprint } from '../../../src/lib/fingerprint.ts';
import type { Store } from '../../../src/store/types.ts';
import { diskHome, memoryHome, type StoreHome } from '../../support/frontier-stores.ts';

const BY_KEY: ComparedExtractor = { name: 'item', key: 'id', invalid: 'drop', change: { members: ['_change'] } };
const BY_PLACE: ComparedExtractor = {
  name: 'line',
  invalid: 'drop',
  change: { members: ['_url', '_index', '_change'] },
};
const UNTRACKED: ComparedExtractor = { name: 'free', key: 'id', invalid: 'drop' };
const EXTRACTORS = [BY_KEY, BY_PLACE, UNTRACKED];
const [ITEM, LINE, FREE] = [0, 1, 2];
const ALL = [ITEM, LINE, FREE];

const words = (text: string): number[] => {
  const out = new Uint32Array(2);
  fingerprint(text, 0, out, 0);
  return [...out];
};

const item = (id: string | null, value: string): Sparse<Row> => ({
  extractor: ITEM,
  json: Buffer.from(JSON.stringify({ id, value })),
  ...(id !== null && { key: words(id) }),
  content: words(value),
  filled: Uint8Array.of(3),
});
const line = (value: string): Sparse<Row> => ({
  extractor: LINE,
  json: Buffer.from(JSON.stringify({ value })),
  content: words(value),
  filled: Uint8Array.of(1),
});

/** A page as the scheduler reads it. */
function page(records: readonly Sparse<Row>[], rest: Sparse<Page> = {}): Page {
  const report = { pages: [{ outcome: PageOutcome.FETCHED, status: 200, records, ...rest }] };
  const [read] = reportCodec.decode(reportCodec.encode(report)).pages;
  if (!read) throw new Error('no page');
  return read;
}

/** What is given out, as its readers see it; what is not, in a word. */
const told = (compared: readonly Compared[]): unknown[] =>
  compared.map((one) => ('json' in one ? (JSON.parse(Buffer.from(one.json).toString()) as unknown) : one.change));

async function opened(extractors = EXTRACTORS): Promise<{ store: Store; changes: Changes }> {
  const store = await memoryHome().open();
  return { store, changes: await Changes.open(store, extractors) };
}

const A = 'https://e.org/a';
const B = 'https://e.org/b';

describe('records that are known by their key', () => {
  test('are new, then the same, changed, gone, and new again', async () => {
    const { changes } = await opened();
    const visit = (...rows: readonly Sparse<Row>[]): unknown[] => told(changes.visit(A, ALL, page(rows)));
    expect(visit(item('1', 'x'), item('2', 'x'))).toEqual([
      { id: '1', value: 'x', _change: 'new' },
      { id: '2', value: 'x', _change: 'new' },
    ]);
    expect(visit(item('2', 'x'), item('1', 'x'))).toEqual(['same', 'same']);
    expect(visit(item('2', 'y'), item('1', 'x'))).toEqual([{ id: '2', value: 'y', _change: 'changed' }, 'same']);
    expect(visit(item('1', 'x'))).toEqual(['same', { id: '2', _change: 'gone' }]);
    expect(visit(item('1', 'x'))).toEqual(['same']);
    expect(visit(item('1', 'x'), item('2', 'y'))).toEqual(['same', { id: '2', value: 'y', _change: 'new' }]);
  });

  test('count once on a page', async () => {
    const { changes } = await opened();
    expect(told(changes.visit(A, ALL, page([item('1', 'x'), item('1', 'y')])))).toEqual([
      { id: '1', value: 'x', _change: 'new' },
      'duplicate',
    ]);
  });

  test('belong to the page that gave them first, and go over to another when that gives them no more', async () => {
    const { changes } = await opened();
    const visit = (url: string, ...rows: readonly Sparse<Row>[]): unknown[] =>
      told(changes.visit(url, ALL, page(rows)));
    visit(A, item('1', 'x'));
    expect(visit(B, item('1', 'other'))).toEqual(['duplicate']);
    expect(visit(B, item('1', 'another'))).toEqual(['duplicate']);
    expect(visit(A, item('1', 'x'))).toEqual(['same']);
    expect(visit(A)).toEqual([]);
    expect(visit(B, item('1', 'another'))).toEqual([{ id: '1', value: 'another', _change: 'changed' }]);
    expect(visit(A, item('1', 'x'))).toEqual(['duplicate']);
    expect(visit(B)).toEqual([]);
    expect(visit(A)).toEqual([{ id: '1', _change: 'gone' }]);
  });

  test('without a value for it are new at each visit', async () => {
    const { changes, store } = await opened();
    for (let i = 0; i < 2; i++) {
      expect(told(changes.visit(A, ALL, page([item(null, 'x')])))).toEqual([{ id: null, value: 'x', _change: 'new' }]);
    }
    expect([...store.cut()].filter(([, value]) => value !== undefined)).toEqual([]);
  });

  test('keep what is counted of them', async () => {
    const { changes } = await opened();
    expect(changes.visit(A, ALL, page([item('1', 'x')]))).toMatchObject([{ filled: Buffer.of(3) }]);
  });
});

describe('records that are known by their place', () => {
  test('carry their page and number', async () => {
    const { changes } = await opened();
    const visit = (...rows: readonly Sparse<Row>[]): unknown[] => told(changes.visit(A, ALL, page(rows)));
    expect(visit(line('x'), line('y'))).toEqual([
      { value: 'x', _url: A, _index: 0, _change: 'new' },
      { value: 'y', _url: A, _index: 1, _change: 'new' },
    ]);
    expect(visit(line('x'), line('z'), line('y'))).toEqual([
      'same',
      { value: 'z', _url: A, _index: 1, _change: 'changed' },
      { value: 'y', _url: A, _index: 2, _change: 'new' },
    ]);
    expect(visit(line('x'))).toEqual([
      'same',
      { _url: A, _index: 1, _change: 'gone' },
      { _url: A, _index: 2, _change: 'gone' },
    ]);
  });

  test('of two pages have nothing to do with each other', async () => {
    const { changes } = await opened();
    changes.visit(A, ALL, page([line('x')]));
    expect(told(changes.visit(B, ALL, page([line('x')])))).toEqual([
      { value: 'x', _url: B, _index: 0, _change: 'new' },
    ]);
  });

  test('may have no member of their own', async () => {
    const { changes } = await opened([{ ...BY_PLACE, change: { members: ['_index', '_change'] } }]);
    const row = { extractor: 0, json: Buffer.from('{}'), content: [1, 2] };
    expect(told(changes.visit(A, [0], page([row])))).toEqual([{ _index: 0, _change: 'new' }]);
  });
});

describe('a visit', () => {
  const GONE = [
    { id: '1', _change: 'gone' },
    { _url: A, _index: 0, _change: 'gone' },
  ];
  test.each<[Sparse<Page>, unknown[]]>([
    [{ outcome: PageOutcome.FAILED, status: 404 }, GONE],
    [{ outcome: PageOutcome.FAILED, status: 410 }, GONE],
    [{ outcome: PageOutcome.REDIRECTED, status: 301 }, GONE],
    [{ outcome: PageOutcome.REDIRECTED, status: 308 }, GONE],
    [{ outcome: PageOutcome.REDIRECTED, status: 302 }, []],
    [{ outcome: PageOutcome.FAILED, status: 500 }, []],
    [{ outcome: PageOutcome.FAILED, status: 0 }, []],
    [{ outcome: PageOutcome.FAILED, status: 200, reason: 'invalid record' }, []],
    [{ outcome: PageOutcome.NOT_MODIFIED, status: 304 }, []],
    [{ outcome: PageOutcome.NOT_MODIFIED, status: 200 }, []],
    [{ outcome: PageOutcome.RETRY, status: 404 }, []],
    [{ outcome: PageOutcome.EXCLUDED }, []],
    [{ outcome: PageOutcome.RETURNED }, []],
  ])('that ended as %j', async (end, want) => {
    const { changes } = await opened();
    changes.visit(A, ALL, page([item('1', 'x'), line('x')]));
    expect(told(changes.visit(A, ALL, page([], end)))).toEqual(want);
    expect(told(changes.visit(A, ALL, page([item('1', 'x')])))).toEqual(
      want.length > 0 ? [{ id: '1', value: 'x', _change: 'new' }] : ['same', GONE[1]],
    );
  });

  test('with records that were dropped as invalid calls none gone', async () => {
    const { changes } = await opened();
    changes.visit(A, ALL, page([item('1', 'x'), item('2', 'x'), line('x')]));
    const broken = { invalid: [{ extractor: ITEM, errors: ['value: required'] }] };
    expect(told(changes.visit(A, ALL, page([item('1', 'y'), line('x')], broken)))).toEqual([
      { id: '1', value: 'y', _change: 'changed' },
      'same',
    ]);
    expect(told(changes.visit(A, ALL, page([item('1', 'y'), line('x')])))).toEqual([
      'same',
      { id: '2', _change: 'gone' },
      'same',
    ]);
  });

  test('with records that are kept although invalid tells of all', async () => {
    const { changes } = await opened([{ ...BY_KEY, invalid: 'keep' }]);
    changes.visit(A, [0], page([item('1', 'x'), item('2', 'x')]));
    const broken = { invalid: [{ extractor: 0, errors: ['value: required'] }] };
    expect(told(changes.visit(A, [0], page([item('1', 'x')], broken)))).toEqual(['same', { id: '2', _change: 'gone' }]);
  });

  test('by another lane says nothing of what its extractors do not read', async () => {
    const { changes } = await opened();
    changes.visit(A, [ITEM], page([item('1', 'x')]));
    expect(told(changes.visit(A, [LINE], page([line('x')])))).toEqual([
      { value: 'x', _url: A, _index: 0, _change: 'new' },
    ]);
    expect(told(changes.visit(A, [ITEM], page([item('1', 'x')])))).toEqual(['same']);
  });

  test('that brings nothing new writes nothing', async () => {
    const { changes, store } = await opened();
    const same = page([item('1', 'x'), line('x')]);
    changes.visit(A, ALL, same);
    expect(store.cut().size).toBe(3);
    changes.visit(A, ALL, same);
    expect(store.cut().size).toBe(0);
  });

  test('leaves extractors alone whose records are not compared', async () => {
    const { changes } = await opened();
    expect(ALL.map((number) => changes.tracks(number))).toEqual([true, true, false]);
    expect(changes.visit(A, ALL, page([{ ...item('1', 'x'), extractor: FREE }]))).toEqual([]);
  });
});

test('a job that gives its extractor a key begins anew with it: what was known by its place is gone', async () => {
  const { changes, store } = await opened([{ ...BY_PLACE, name: 'item' }]);
  changes.visit(A, [0], page([item('1', 'x')]));
  const keyed = await Changes.open(store, [BY_KEY]);
  expect(told(keyed.visit(A, [0], page([item('1', 'x')])))).toEqual([
    { id: '1', value: 'x', _change: 'new' },
    { _url: A, _index: 0, _change: 'gone' },
  ]);
  const placed = await Changes.open(store, [{ ...BY_PLACE, name: 'item' }]);
  expect(told(placed.visit(A, [0], page([item('1', 'x')])))).toEqual([
    { id: '1', value: 'x', _url: A, _index: 0, _change: 'new' },
    { id: '1', _change: 'gone' },
  ]);
});

test('a job whose extractors stand in another order knows their records', async () => {
  const { changes, store } = await opened([BY_KEY, BY_PLACE]);
  changes.visit(A, [0, 1], page([item('1', 'x')]));
  const turned = await Changes.open(store, [BY_PLACE, BY_KEY]);
  expect(told(turned.visit(A, [0, 1], page([{ ...item('1', 'x'), extractor: 1 }])))).toEqual(['same']);
});

type Step =
  | { readonly type: 'visit'; readonly url: string; readonly ids: readonly string[]; readonly lines: readonly string[] }
  | { readonly type: 'kill' };

const urls = fc.constantFrom(A, B, 'https://e.org/c');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('visit' as const),
      url: urls,
      ids: fc.uniqueArray(fc.constantFrom('1x', '1y', '2x', '2y', '3x', '3y'), { selector: (text) => text[0] }),
      lines: fc.array(fc.constantFrom('p', 'q'), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'kill' as const }) },
);

/** What a reader of the output holds: records by what they are known by. Refuses a stream that makes no sense. */
class Reader {
  readonly records = new Map<string, string>();

  read(record: Readonly<Record<string, unknown>>): void {
    const { id, value, _url, _index, _change } = record;
    const known = typeof id === 'string' ? id : JSON.stringify([_url, _index]);
    expect(this.records.has(known)).toBe(_change !== 'new');
    if (_change === 'changed') expect(this.records.get(known)).not.toBe(value);
    if (_change === 'gone') this.records.delete(known);
    else this.records.set(known, String(value));
  }
}

async function replayed(home: StoreHome, steps: readonly Step[]): Promise<void> {
  let store = await home.open();
  let changes = await Changes.open(store, EXTRACTORS);
  const reader = new Reader();
  const site = new Map<string, Extract<Step, { type: 'visit' }>>();
  const visit = async (visited: Extract<Step, { type: 'visit' }>): Promise<number> => {
    const rows = [...visited.ids.map((id) => item(id.slice(0, 1), id.slice(1))), ...visited.lines.map(line)];
    const given = told(changes.visit(visited.url, ALL, page(rows))).filter((one) => typeof one === 'object');
    await store.write(store.cut());
    for (const record of given) reader.read(record as Readonly<Record<string, unknown>>);
    return given.length;
  };
  const expected = (of: (page: Extract<Step, { type: 'visit' }>) => readonly string[]): Set<string> =>
    new Set([...site.values()].flatMap(of));

  for (const one of steps) {
    if (one.type === 'kill') {
      // What was not committed was not given out either.
      changes.visit(A, ALL, page([item('1', 'lost'), item('4', 'lost')]));
      store = await home.open();
      changes = await Changes.open(store, EXTRACTORS);
      continue;
    }
    site.set(one.url, one);
    await visit(one);
    const places = expected(({ url, lines }) => lines.map((value, i) => `${JSON.stringify([url, i])}=${value}`));
    const held = [...reader.records].filter(([known]) => known.startsWith('[')).map((pair) => pair.join('='));
    expect(new Set(held)).toEqual(places);
    const keys = [...reader.records.keys()].filter((known) => !known.startsWith('['));
    expect(new Set(keys)).toEqual(expected(({ ids }) => ids.map((id) => id.slice(0, 1))));
  }
  // A record that several pages give in several versions is one of them once all were visited again, and stays that.
  for (const one of site.values()) await visit(one);
  const versions = expected(({ ids }) => ids);
  for (const [known, value] of reader.records) if (!known.startsWith('[')) expect(versions).toContain(known + value);
  for (const one of site.values()) expect(await visit(one)).toBe(0);
}

describe.each([
  ['in memory', () => Promise.resolve(memoryHome()), 100],
  ['on disk', diskHome, 5],
] as const)('with a store %s', (_, home, numRuns) => {
  test('what is given out replays to the records that the pages have, whatever the visits and kills', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        await using place = await home();
        await replayed(place, steps);
      }),
      { numRuns },
    );
  }, 30_000);
});
