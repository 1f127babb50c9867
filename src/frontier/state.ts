import type { Store } from '../store/types.ts';
import type { EntryCodec } from './entry.ts';
import type { HostTable } from './host-table.ts';
import type { Lane, Session } from './host.ts';
import type { Journal } from './journal.ts';
import type { QuotaPlaces } from './quotas.ts';
import type { FingerprintSet } from './seen.ts';
import type { Strings } from './strings.ts';
import type { Tally } from './tally.ts';
import type { FrontierSettings } from './types.ts';
import type { UrlTable } from './url-table.ts';

/** What the steps of a frontier work on. */
export interface FrontierState {
  readonly settings: FrontierSettings;
  readonly store: Store;
  readonly strings: Strings;
  readonly codec: EntryCodec;
  readonly journal: Journal;
  /** Fingerprints of URLs in their lanes, of URLs that a rule kept out, and of origins, told apart by their seeds. */
  readonly seen: FingerprintSet;
  readonly urls: UrlTable;
  readonly hosts: HostTable;
  readonly lanes: readonly Lane[];
  readonly sessions: Map<string, Session>;
  readonly tally: Tally;
  readonly quotas: QuotaPlaces;
  readonly counters: Counters;
}

export interface Counters {
  /** The next URL's id. */
  url: number;
  /** The next host's number. */
  host: number;
}

/** How many more pages `maxPages` lets out now. */
export function pagesLeft({ settings, tally }: FrontierState): number {
  return settings.maxPages - tally.fetched - tally.leased;
}
