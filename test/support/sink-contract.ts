import { describe, expect, test } from 'vitest';
import type { Sink, SinkContext, SinkRecord } from '../../src/sinks/types.ts';

export const CONTEXT: SinkContext = {
  job: 'shop',
  startedAt: Date.UTC(2024, 1, 29, 23, 59),
  extractors: [
    { name: 'page', fields: ['title', 'n'], meta: false },
    { name: 'board', fields: ['title', 'n'], meta: false },
  ],
};

export function record(extractor: string, value: unknown): SinkRecord {
  return { extractor, json: Buffer.from(JSON.stringify(value)) };
}

/** A sink under test and a way to what it has stored. */
export interface OpenedSink extends AsyncDisposable {
  readonly sink: Sink;
  /** The values of `n` of all stored records of an extractor, in order. */
  readonly stored: (extractor: string) => Promise<number[]>;
}

/** What every sink must do, whatever it writes to. */
export function sinkContract(name: string, open: () => Promise<OpenedSink>): void {
  const page = (n: number): SinkRecord => record('page', { title: 'a, "b"', n });

  describe(`${name}: as any sink`, () => {
    test('what was written before a flush is stored after it', async () => {
      await using opened = await open();
      const { sink, stored } = opened;
      sink.write(page(1));
      sink.write(page(2));
      await sink.flush();
      expect(await stored('page')).toEqual([1, 2]);
      sink.write(page(3));
      await sink.close();
      expect(await stored('page')).toEqual([1, 2, 3]);
    });

    test('flushes may overlap, and each covers what was written before it', async () => {
      await using opened = await open();
      const { sink, stored } = opened;
      const checks: Promise<void>[] = [];
      for (let n = 0; n < 50; n++) {
        sink.write(page(n));
        checks.push(sink.flush().then(async () => expect((await stored('page')).length).toBeGreaterThan(n)));
        if (n % 7 === 0) await sink.flush();
      }
      await Promise.all(checks);
      await sink.close();
      expect(await stored('page')).toEqual(Array.from({ length: 50 }, (_, n) => n));
    });

    test('a record is copied: its bytes may change after the write', async () => {
      await using opened = await open();
      const { sink, stored } = opened;
      const written = page(4);
      sink.write(written);
      written.json.fill(0x20);
      await sink.close();
      expect(await stored('page')).toEqual([4]);
    });

    test('100,000 records arrive whole and in order', { timeout: 30_000 }, async () => {
      await using opened = await open();
      const { sink, stored } = opened;
      for (let n = 0; n < 100_000; n++) {
        sink.write(page(n));
        if (n % 20_000 === 0) await sink.flush();
      }
      await sink.close();
      const numbers = await stored('page');
      expect(numbers).toHaveLength(100_000);
      expect(numbers.every((n, i) => n === i)).toBe(true);
    });

    test('closing twice, or with nothing written, is no error', async () => {
      await using opened = await open();
      const { sink, stored } = opened;
      await sink.flush();
      await sink.close();
      await sink.close();
      expect(await stored('page')).toEqual([]);
    });
  });
}
