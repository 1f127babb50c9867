import type { SettledState, UrlState } from '../frontier/types.ts';

export const URL_STATES: readonly UrlState[] = [
  'queued',
  'leased',
  'fetched',
  'not_modified',
  'redirected',
  'failed',
  'excluded',
];

export function isUrlState(text: string | null | undefined): text is UrlState {
  return URL_STATES.some((state) => state === text);
}

/** States of which `retry` makes waiting again. */
export const SETTLED_STATES: readonly SettledState[] = ['fetched', 'not_modified', 'redirected', 'failed', 'excluded'];

export function isSettledState(text: string | null | undefined): text is SettledState {
  return SETTLED_STATES.some((state) => state === text);
}
