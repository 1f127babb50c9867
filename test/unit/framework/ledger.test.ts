import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCodec, reportCodec, type Sparse } from '../../../src/feed/messages.ts';
import { type Answer, type Page, PageOutcome, type Report } from '../../../src/feed/messages.generated.ts';
import { Changes } from '../../../src/framework/changes.ts';
import { Committer, type CommitStep } from '../../../src/framework/commit.ts';
import { Ledger } from '../../../src/framework/ledger.ts';
import { RecordKeys } from '../../../src/framework/record-keys.ts';
import { Tally } from '../../../src/framework/tally.ts';
import { Waiting } from '../../../src/framework/waiting.ts';
import { openFrontier } from '../../../src/frontier/frontier.ts';
import { memoryStore } from '../../../src/store/memory-store.ts';
import type { Frontier } from '../../../src/frontier/types.ts';
import { openSinks } from '../../../src/sinks/open.ts';
import type { Sink, SinkPosition } from '../../../src/sinks/types.ts';
import { SortedMap } from '../../../src/store/sorted-map.ts';

const EXTRACTORS = [{ name: 'page', fields: ['n'], meta: false }];

const SETTINGS = {
  lanes: 2,
  order: 'bfs',
  maxPages: Infinity,
  maxPagesPerHost: Infinity,
  politeness: { delayMs: 0, perHost: 8, robots: false },
  hostFailures: { backOffAfter: Infinity, giveUpAfter: Infinity },
  hotUrls: 10,
} as const;

interface Process {
  readonly frontier: Frontier;
  readonly ledger: Ledger;
  readonly sink: Sink;
  readonly tally: Tally;
  readonly commit: () => Promise<void>;
  /** Where the sink stood at the last commit. */
  readonly positions: () => readonly SinkPosition[];
}

/** A process of the scheduler over what is on disk: the first one, or the next after it was killed. */
async function begin(
  directory: string,
  disk: SortedMap<Uint8Array>,
  now: () => number,
  resume?: readonly SinkPosition[],
  waiting?: Waiting,
): Promise<Process> {
  const store = memoryStore(disk);
  const frontier = await openFrontier(SETTINGS, store, now());
  const path = join(directory, '{extractor}.jsonl');
  const sink = await openSinks([{ type: 'jsonl', path }], { job: 'j', startedAt: 0, extractors: EXTRACTORS, resume });
  let positions = sink.positions();
  let cut = positions;
  store.onCut(() => (cut = sink.positions()));
  const step = (at: CommitStep): void => {
    if (at === 'written') positions = cut;
  };
  const committer = new Committer({ store, sink, failed: () => undefined, step });
  const tally = new Tally(EXTRACTORS);
  const keys = await RecordKeys.load(store, 1);
  const commit = (): Promise<void> => committer.commit();
  const changes = await Changes.open(store, []);
  const lanes = [[0], [0]];
  const parts = { frontier, store, sink, keys, changes, lanes, tally, extractors: ['page'] };
  const ledger = new Ledger({ ...parts, commit, now, waiting });
  return { frontier, ledger, sink, tally, commit, positions: () => positions };
}

async function ledgerOn(directory: string, seeds: number, lanes: readonly number[] = [0], waiting?: Waiting) {
  let now = 1_000_000;
  const clock = { now: () => now, pass: (ms: number) => (now += ms) };
  const disk = new SortedMap<Uint8Array>();
  let current = await begin(directory, disk, clock.now, undefined, waiting);
  const seed = 'http://h/';
  const urls = Array.from({ length: seeds }, (_, i) => `http://h${i % 3}/p${i}`);
  current.frontier.add(
    urls.flatMap((url) => lanes.map((lane) => ({ url, lane, depth: 0, seed, priority: 0, redirects: 0 }))),
    now,
  );
  await current.commit();
  const stored = async () => {
    await current.sink.flush();
    return (await readFile(join(directory, 'page.jsonl'), 'utf8')).split('\n').filter(Boolean);
  };
  return {
    clock,
    stored,
    commit: () => current.commit(),
    get frontier() {
      return current.frontier;
    },
    get ledger() {
      return current.ledger;
    },
    get tally() {
      return current.tally;
    },
    /** The scheduler is killed and starts again; `live` tasks go on. */
    async restart(live: readonly string[]) {
      const positions = current.positions();
      await current.sink.close(); // what it had buffered may reach the file, or not
      current = await begin(directory, disk, clock.now, positions);
      await current.ledger.restore(new Set(live));
    },
    [Symbol.asyncDispose]: () => current.sink.close(),
  };
}

/** What travels over the wire: answers and reports as the other side reads them. */
const wire = (answer: Sparse<Answer>): Answer => answerCodec.decode(answerCodec.encode(answer));

const fetched = (id: number, key?: readonly number[]): Sparse<Page> => ({
  id,
  outcome: PageOutcome.FETCHED,
  bytes: 10,
  records: [
    { extractor: 0, json: Buffer.from(JSON.stringify({ n: id })), filled: Uint8Array.of(1), ...(key && { key }) },
  ],
});

/** Links of a page to two others, one of which other pages link to as well, and one that a rule keeps out. */
const finds = (id: number): Sparse<Page> => ({
  links: [`http://h${id % 3}/from${id}`, `http://h1/shared${id % 7}`].map((url) => ({
    url,
    depth: 1,
    seed: 'http://h/',
  })),
  excluded: [{ url: `http://else/${id % 5}`, reason: 'within host' }],
});

const report = (
  task_id: string,
  seq: number,
  pages: readonly Sparse<Page>[],
  want = 10,
  hosts: Sparse<Report>['hosts'] = [],
) => reportCodec.decode(reportCodec.encode({ task_id, seq, pages, want, hosts }));

async function inTemp(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'pinspider-ledger-'));
  try {
    await run(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe('a task that asks in vain', () => {
  /** One task holds the only page; the other has heard that there is nothing, and asks again. */
  async function hungry(directory: string) {
    // Its clock stands still, so that no time passes for what waits.
    const opened = await ledgerOn(directory, 1, [0], new Waiting());
    const [first] = wire(opened.ledger.open('busy', 0, 1)).requests;
    opened.ledger.open('hungry', 0, 1);
    return { opened, id: first?.id ?? -1, asked: opened.ledger.exchange(report('hungry', 1, [], 1)) };
  }

  test('is answered when the report of another brings links', () =>
    inTemp(async (directory) => {
      const { opened, id, asked } = await hungry(directory);
      await using _opened = opened;
      await opened.ledger.exchange(report('busy', 1, [{ ...fetched(id), ...finds(id) }], 0));
      expect(answerCodec.decode(await asked)).toMatchObject({ requests: [{ url: expect.any(String) as string }] });
    }));

  test('hears of the end when the last page is settled', () =>
    inTemp(async (directory) => {
      const { opened, id, asked } = await hungry(directory);
      await using _opened = opened;
      await opened.ledger.exchange(report('busy', 1, [fetched(id)], 0));
      expect(answerCodec.decode(await asked)).toMatchObject({ requests: [], done: true });
    }));

  test('gets what a task held that ended', () =>
    inTemp(async (directory) => {
      const { opened, id, asked } = await hungry(directory);
      await using _opened = opened;
      opened.ledger.close('busy', undefined);
      expect(answerCodec.decode(await asked)).toMatchObject({ requests: [{ id }] });
    }));

  test('hears of the draining', () =>
    inTemp(async (directory) => {
      const { opened, asked } = await hungry(directory);
      await using _opened = opened;
      opened.ledger.drain();
      expect(answerCodec.decode(await asked)).toMatchObject({ give_back: true });
    }));

  test('is refused when it was ended meanwhile', () =>
    inTemp(async (directory) => {
      const { opened, asked } = await hungry(directory);
      await using _opened = opened;
      opened.ledger.close('hungry', undefined);
      await expect(asked).rejects.toThrow('is over');
    }));
});

describe('ledger', () => {
  test('a repeated report gets the same answer and changes nothing', () =>
    inTemp(async (directory) => {
      await using opened = await ledgerOn(directory, 5);
      const { ledger, stored, frontier } = opened;
      const [first] = wire(ledger.open('t', 0, 1)).requests;
      const once = await ledger.exchange(report('t', 1, [fetched(first?.id ?? -1)], 2));
      const twice = await ledger.exchange(report('t', 1, [fetched(first?.id ?? -1)], 2));
      expect(twice).toEqual(once);
      expect(await stored()).toHaveLength(1);
      expect(frontier.counts()).toMatchObject({ fetched: 1, leased: 2 });
    }));

  test('records with the same key are stored once', () =>
    inTemp(async (directory) => {
      await using opened = await ledgerOn(directory, 2);
      const { ledger, stored, tally } = opened;
      const ids = wire(ledger.open('t', 0, 2)).requests.map((r) => r.id);
      await ledger.exchange(
        report(
          't',
          1,
          ids.map((id) => fetched(id, [7, 9])),
        ),
      );
      expect(await stored()).toHaveLength(1);
      expect(tally.by((t) => t.duplicates)).toEqual({ page: 1 });
    }));

  test('a report of a task that is over is refused and stores nothing', () =>
    inTemp(async (directory) => {
      await using opened = await ledgerOn(directory, 1);
      const { ledger, stored, frontier } = opened;
      const [first] = wire(ledger.open('t', 0, 1)).requests;
      ledger.close('t', undefined);
      expect(() => ledger.exchange(report('t', 1, [fetched(first?.id ?? -1)]))).toThrow('task t is over');
      expect(await stored()).toEqual([]);
      expect(frontier.counts()).toMatchObject({ queued: 1, leased: 0 });
    }));

  test('a page that the task does not hold is refused before anything of it is stored', () =>
    inTemp(async (directory) => {
      await using opened = await ledgerOn(directory, 2);
      const { ledger, stored } = opened;
      ledger.open('t', 0, 1);
      await expect(ledger.exchange(report('t', 1, [fetched(99)]))).rejects.toThrow();
      expect(await stored()).toEqual([]);
    }));

  test('what is given up is settled as failed with the reason', () =>
    inTemp(async (directory) => {
      await using opened = await ledgerOn(directory, 3);
      const { ledger, frontier } = opened;
      ledger.open('t', 0, 2);
      ledger.close('t', 'its worker died three times');
      expect(frontier.counts()).toMatchObject({ failed: 2, queued: 1, leased: 0 });
    }));

  test('after drain every answer ends the task', () =>
    inTemp(async (directory) => {
      await using opened = await ledgerOn(directory, 9);
      const { ledger } = opened;
      const [first] = wire(ledger.open('t', 0, 1)).requests;
      ledger.drain();
      const answer = answerCodec.decode(await ledger.exchange(report('t', 1, [fetched(first?.id ?? -1)])));
      expect(answer).toMatchObject({ done: true, give_back: true, requests: [] });
    }));

  test(
    'over any tasks, repeats, deaths and restarts of the scheduler, every page is stored exactly once',
    { timeout: 60_000 },
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ task: fc.nat(3), kind: fc.nat(7), take: fc.nat(6) }), { maxLength: 60 }),
          (steps) =>
            inTemp(async (directory) => {
              await using opened = await ledgerOn(directory, 20, [0, 1]);
              const { clock, stored } = opened;
              const live = new Map<number, { id: string; seq: number; held: number[] }>();
              let generation = 0;
              const step = async (slot: number, kind: number, take: number): Promise<void> => {
                clock.pass(100);
                if (kind === 7) {
                  // With the machine: all tasks die, and of the last moments nothing is left.
                  await opened.restart([]);
                  live.clear();
                }
                const { ledger } = opened;
                const task = live.get(slot);
                if (!task) {
                  const id = `t${slot}.${generation++}`;
                  live.set(slot, { id, seq: 0, held: wire(ledger.open(id, slot % 2, take)).requests.map((r) => r.id) });
                  await opened.commit(); // before the ACCEPT
                } else if (kind === 0) {
                  ledger.close(task.id, undefined); // its worker died
                  live.delete(slot);
                } else {
                  const pages = task.held.splice(0, take).map((id, i): Sparse<Page> => {
                    if (kind === 1) return { id, outcome: PageOutcome.RETURNED };
                    const retry_at = opened.clock.now() + 250.37 * i;
                    if (kind === 3) return { id, outcome: PageOutcome.RETRY, reason: 'http 503', retry_at };
                    return kind === 4 ? { ...fetched(id), ...finds(id) } : fetched(id);
                  });
                  const rests = kind === 3 ? [{ host: 'http://h1', not_before: opened.clock.now() + 300 }] : [];
                  const message = report(task.id, ++task.seq, pages, take, rests);
                  const answer = answerCodec.decode(await opened.ledger.exchange(message));
                  if (kind === 6) await opened.restart([...live.values()].map(({ id }) => id));
                  // The answer was lost.
                  if (kind === 2 || kind === 6) {
                    expect(answerCodec.decode(await opened.ledger.exchange(message))).toEqual(answer);
                  }
                  task.held.push(...answer.requests.map((r) => r.id));
                }
                const { discovered, queued, leased, fetched: done, excluded } = opened.frontier.counts();
                expect(queued + leased + done + excluded).toBe(discovered);
                expect(leased).toBe([...live.values()].reduce((sum, t) => sum + t.held.length, 0));
              };
              for (const { task, kind, take } of steps) await step(task, kind, take);
              for (let i = 0; i < 1000 && !opened.frontier.idle(); i++) await step(i % 4, 5, 6);
              const { discovered, fetched: done, excluded } = opened.frontier.counts();
              expect(done).toBe(discovered - excluded);
              const ids = (await stored()).map((line) => (JSON.parse(line) as { n: number }).n);
              expect(new Set(ids).size).toBe(ids.length);
              expect(ids).toHaveLength(done);
            }),
        ),
        { numRuns: 60 },
      ),
  );
});
