import { PinspiderError } from '../lib/errors.ts';
import { schedulerUrl } from './leader.ts';

/** Tells which master to turn to. */
export interface Masters {
  /** The scheduler endpoint of the master to try now, or why none is known. */
  current(): { readonly url: URL } | { readonly none: string };
  /** The master that `current` told did not take us, or there was none. */
  failed(): void;
  close(): void;
}

/** The masters that a user names, in turn: each redirects to the leader, but a dead one does not. */
export function listedMasters(bases: readonly string[]): Masters {
  const urls = bases.map(schedulerUrl);
  let at = 0;
  return {
    current: () => {
      const url = urls[at % urls.length];
      if (!url) throw new PinspiderError({ code: 'CONFIG_INVALID', what: 'no master is named' });
      return { url };
    },
    failed: () => {
      at++;
    },
    close: () => undefined,
  };
}
