import { ByteReader, ByteWriter } from '../store/bytes.ts';
import type { Store } from '../store/types.ts';
import { encodeHost } from './host-record.ts';
import type { Host, Session } from './host.ts';
import { bytesOf, COUNTS_KEY, word } from './keys.ts';
import type { Counters } from './state.ts';
import { PrintLog } from './print-log.ts';
import type { Strings } from './strings.ts';
import type { Tally } from './tally.ts';
import { type FrontierSettings, OUTCOMES, type UrlCounts } from './types.ts';
import type { UrlTable } from './url-table.ts';

interface Parts {
  readonly settings: FrontierSettings;
  readonly store: Store;
  readonly strings: Strings;
  readonly tally: Tally;
  readonly urls: UrlTable;
  readonly counters: Counters;
}

/** What changes with every page, gathered until the commit is cut and stored once for it. */
export class Journal {
  readonly #parts: Parts;
  readonly #writer = new ByteWriter();
  readonly #hosts = new Set<Host>();
  readonly #sessions = new Set<Session>();
  readonly #prints: PrintLog;
  #counts: Uint8Array = new Uint8Array();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#prints = new PrintLog(parts.store);
    parts.store.onCut(() => {
      this.#flush();
    });
  }

  host(host: Host): void {
    this.#hosts.add(host);
  }

  session(session: Session): void {
    this.#sessions.add(session);
  }

  /** A fingerprint that was not seen before. */
  print(high: number, low: number): void {
    this.#prints.add(high, low);
  }

  /** Goes on from the counts of an earlier process. */
  restore(counts: StoredCounts, bytes: Uint8Array): void {
    this.#prints.restore(counts.printRecords, counts.prints);
    this.#counts = bytes;
  }

  #flush(): void {
    const { store, strings, tally } = this.#parts;
    for (const [outcome, reason] of tally.takeChanged()) {
      const key = `c${word(strings.numberOf(reason))}${String.fromCharCode(OUTCOMES.indexOf(outcome))}`;
      store.put(key, this.#writer.number(tally.reasons(outcome).get(reason) ?? 0).take());
    }
    for (const host of this.#hosts) store.put(`n${host.key}`, encodeHost(host, strings, this.#writer));
    this.#hosts.clear();
    for (const session of this.#sessions) {
      const key = `t${bytesOf(session.task)}`;
      if (session.leased.size === 0) store.delete(key);
      else store.put(key, this.#encodeSession(session));
    }
    this.#sessions.clear();
    this.#prints.flush();
    const counts = this.#encodeCounts();
    if (Buffer.compare(counts, this.#counts) === 0) return;
    this.#counts = counts;
    store.put(COUNTS_KEY, counts);
  }

  #encodeSession({ lane, holdings, leased }: Session): Uint8Array {
    const { urls } = this.#parts;
    const writer = this.#writer.number(lane.number).number(holdings.size);
    for (const [host, { grant }] of holdings) writer.number(host.number).number(grant);
    for (const { row, spot } of leased.values()) {
      urls.writePlace(row, writer.number(spot.host.number));
    }
    return writer.take();
  }

  #encodeCounts(): Uint8Array {
    const { settings, tally, counters } = this.#parts;
    const { discovered, queued, leased, fetched, notModified, redirected, failed, excluded } = tally.counts();
    const writer = this.#writer.byte(ORDERS.indexOf(settings.order)).number(settings.lanes);
    writer.number(counters.url).number(counters.host).number(this.#prints.records).number(this.#prints.count);
    for (const count of [discovered, queued, leased, fetched, notModified, redirected, failed, excluded]) {
      writer.number(count);
    }
    return writer.take();
  }
}

const ORDERS = ['bfs', 'dfs', 'priority'] as const;

/** The record under COUNTS_KEY. */
export interface StoredCounts {
  readonly order: FrontierSettings['order'];
  readonly lanes: number;
  readonly url: number;
  readonly host: number;
  readonly printRecords: number;
  readonly prints: number;
  readonly urls: UrlCounts;
}

export function decodeCounts(bytes: Uint8Array): StoredCounts {
  const reader = new ByteReader(bytes);
  const order = ORDERS[reader.byte()] ?? 'bfs';
  const next = (): number => reader.number();
  return {
    order,
    lanes: next(),
    url: next(),
    host: next(),
    printRecords: next(),
    prints: next(),
    urls: {
      discovered: next(),
      queued: next(),
      leased: next(),
      fetched: next(),
      notModified: next(),
      redirected: next(),
      failed: next(),
      excluded: next(),
    },
  };
}

/** A record of a task's leases. */
export interface StoredSession {
  readonly lane: number;
  readonly grants: ReadonlyMap<number, number>;
  readonly urls: readonly {
    readonly host: number;
    readonly isRetry: boolean;
    readonly id: number;
    readonly priority: number;
    readonly depth: number;
  }[];
}

export function decodeSession(bytes: Uint8Array): StoredSession {
  const reader = new ByteReader(bytes);
  const lane = reader.number();
  const grants = new Map<number, number>();
  for (let left = reader.number(); left > 0; left--) grants.set(reader.number(), reader.number());
  const urls: StoredSession['urls'][number][] = [];
  while (!reader.done) {
    urls.push({
      host: reader.number(),
      isRetry: reader.byte() === 1,
      id: reader.number(),
      priority: reader.signed(),
      depth: reader.number(),
    });
  }
  return { lane, grants, urls };
}
