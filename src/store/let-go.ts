import type { Entry } from './types.ts';

type Scan = AsyncGenerator<readonly Entry[], void, undefined>;

/** The scan, with `end` called when it is returned too: a generator that was never begun has no `finally` that would run. */
export function lettingGo(scan: Scan, end: () => Promise<unknown>): Scan {
  const returned = scan.return.bind(scan);
  scan.return = async (value) => {
    await end();
    return returned(value);
  };
  return scan;
}
