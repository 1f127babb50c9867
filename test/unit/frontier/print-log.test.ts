import fc from 'fast-check';
import { expect, test } from 'vitest';
import { range } from '../../../src/frontier/keys.ts';
import { PrintLog } from '../../../src/frontier/print-log.ts';
import { memoryHome } from '../../support/frontier-stores.ts';

test('what is stored is what was added up to the last cut, each once, over restarts; in few records', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 6000 }), fc.boolean()), { maxLength: 12 }), async (commits) => {
      const home = memoryHome();
      let store = await home.open();
      let log = new PrintLog(store);
      let total = 0;
      for (const [count, isRestart] of commits) {
        for (let i = 0; i < count; i++) log.add(total + i, ~(total + i));
        log.flush();
        await store.write(store.cut());
        total += count;
        expect(log.count).toBe(total);
        if (!isRestart) continue;
        const { records: given } = log;
        store = await home.open();
        log = new PrintLog(store);
        log.restore(given, total);
      }
      const records: Uint8Array[] = [];
      for await (const chunk of store.scan(range('f'))) records.push(...chunk.map(([, value]) => value));
      const want = Buffer.alloc(8 * total);
      for (let i = 0; i < total; i++) want.writeUInt32LE(~i >>> 0, 8 * i + 4);
      for (let i = 0; i < total; i++) want.writeUInt32LE(i, 8 * i);
      expect(Buffer.concat(records).equals(want)).toBe(true);
      expect(records.length).toBeLessThanOrEqual(commits.length);
    }),
    { numRuns: 50 },
  ));

test('many small commits make few records', async () => {
  const store = await memoryHome().open();
  const log = new PrintLog(store);
  for (let commit = 0; commit < 1000; commit++) {
    for (let i = 0; i < 50; i++) log.add(commit, i);
    log.flush();
    await store.write(store.cut());
  }
  let stored = 0;
  for await (const chunk of store.scan(range('f'))) stored += chunk.length;
  expect(stored).toBeLessThan(100);
});
