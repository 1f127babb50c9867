import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or stops waiting when the signal aborts: either way it resolves. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // an abort is all that it can reject with
}
