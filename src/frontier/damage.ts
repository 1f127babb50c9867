import { PinspiderError } from '../lib/errors.ts';

/** Records that belong together do not: some were lost, or are of another time. */
export function lost(what: string): PinspiderError {
  return new PinspiderError({
    code: 'STATE_DAMAGED',
    what: `the stored state of the crawl does not add up: ${what}`,
    mend: 'put it back from a copy, or start the crawl anew with --fresh',
  });
}
