import { expect, test } from 'vitest';
import { lettingGo } from '../../../src/store/let-go.ts';
import type { Entry } from '../../../src/store/types.ts';

test.each([0, 1])('a scan that is returned after %i steps lets go of what it reads', async (steps) => {
  const entries: Entry[] = [['a', new Uint8Array(1)]];
  let ended = 0;
  const scan = lettingGo(
    (async function* () {
      yield entries;
      yield await Promise.resolve(entries);
    })(),
    () => Promise.resolve(ended++),
  );
  for (let step = 0; step < steps; step++) expect(await scan.next()).toEqual({ done: false, value: entries });
  await scan.return();
  expect(ended).toBe(1);
  expect((await scan.next()).done).toBe(true);
});
