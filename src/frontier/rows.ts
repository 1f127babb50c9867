import type { Spot } from './host.ts';
import { queueKey, retryKey } from './keys.ts';
import type { FrontierState } from './state.ts';

/** The key under which the URL of a row is stored while it waits or is leased. */
export function rowKey({ urls, settings }: FrontierState, row: number, { host, lane, prefix }: Spot): string {
  if (urls.isRetry(row)) return retryKey(host.key, lane, urls.id(row));
  return queueKey(settings.order, prefix, urls.place(row));
}

/** The URL of a row is neither waiting nor leased any more: its record goes, and the row. */
export function forgetRow(state: FrontierState, row: number, spot: Spot): void {
  state.store.delete(rowKey(state, row, spot));
  if (state.urls.isRetry(row)) spot.retries--;
  else spot.stored--;
  state.urls.remove(row);
}
