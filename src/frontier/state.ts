import type { HostTable } from './host-table.ts';
import type { Lane, Session } from './host.ts';
import type { Tally } from './tally.ts';
import type { FrontierSettings } from './types.ts';
import type { UrlTable } from './url-table.ts';

/** What the steps of a frontier work on. */
export interface FrontierState {
  readonly settings: FrontierSettings;
  readonly urls: UrlTable;
  readonly hosts: HostTable;
  readonly lanes: readonly Lane[];
  readonly sessions: Map<string, Session>;
  readonly tally: Tally;
}

/** How many more pages `maxPages` lets out now. */
export function pagesLeft({ settings, tally }: FrontierState): number {
  return settings.maxPages - tally.fetched - tally.leased;
}
