import { fingerprint } from '../lib/fingerprint.ts';
import { ByteWriter } from '../store/bytes.ts';
import type { Adder } from './add.ts';
import { closeHost, countClosed } from './closing.ts';
import type { Entry, PageRef } from './entry.ts';
import { closeHolding, type Host, learn, type LeasedRow, type Session } from './host.ts';
import { noteOutcome } from './host-health.ts';
import { retryKey, urlKey } from './keys.ts';
import { placeHost } from './lanes.ts';
import { endTurn, turnIsOver } from './politeness.ts';
import { factsAfter } from './recrawl.ts';
import { beginRetry, beginSettled } from './record.ts';
import { forgetRow, rowKey } from './rows.ts';
import type { FrontierState } from './state.ts';
import type { HostReport, Settlement } from './types.ts';

type Settled = Exclude<Settlement, { outcome: 'returned' }>;

/** Ends leases: what a task settles, gives back, or leaves behind. */
export class Settler {
  readonly #state: FrontierState;
  readonly #adder: Adder;
  readonly #writer = new ByteWriter();
  readonly #words = new Uint32Array(2);

  constructor(state: FrontierState, adder: Adder) {
    this.#state = state;
    this.#adder = adder;
  }

  /** Ends leases of a task and takes in what it learnt. A refused call changes nothing. */
  settle(task: string, settlements: readonly Settlement[], reports: readonly HostReport[], now: number): void {
    const state = this.#state;
    const session = state.sessions.get(task);
    const leases = leasesOf(task, session, settlements);
    for (const { links = [] } of settlements) {
      for (const { lane } of links) if (state.lanes[lane] === undefined) throw new Error(`bug: no lane ${lane}`);
    }
    const hosts = new Set<Host>();
    const returned: LeasedRow[] = [];
    if (session !== undefined) {
      state.journal.session(session);
      for (const [i, settlement] of settlements.entries()) {
        const lease = leases[i];
        if (lease === undefined) continue;
        hosts.add(lease.spot.host);
        if (settlement.outcome === 'returned') returned.push(lease);
        else this.#settleOne(session, settlement, lease, now);
      }
      this.#giveBack(session, returned);
    }
    for (const report of reports) {
      const host = state.hosts.ofOrigin(report.host);
      learn(host, report, session);
      if (report.robots !== undefined) state.hosts.setRobots(host, report.robots);
      hosts.add(host);
    }
    for (const host of hosts) this.#afterWork(host, session, now);
  }

  /** Gives back all that a task holds. @returns how many URLs */
  release(session: Session, now: number): number {
    const leases = [...session.leased.values()];
    const hosts = [...session.holdings.keys()];
    // It may have fetched just now, and will not tell.
    for (const holding of session.holdings.values()) holding.untold = true;
    this.#giveBack(session, leases);
    this.#state.journal.session(session);
    for (const host of hosts) this.#afterWork(host, session, now);
    return leases.length;
  }

  #settleOne(session: Session, settlement: Settled, lease: LeasedRow, now: number): void {
    const { codec, urls } = this.#state;
    const { row, spot } = lease;
    const { host } = spot;
    const entry = (lease.entry ??= codec.read(urls.entry(row), host.origin));
    const page = this.#refOf(host, entry.url);
    this.#unlease(session, lease);
    const holding = session.holdings.get(host);
    if (holding !== undefined && settlement.outcome !== 'excluded') holding.untold = true;
    if (settlement.outcome === 'fetched') host.fetched++;
    const closed = noteOutcome(host, settlement, this.#state.settings.hostFailures, now);
    if (closed !== undefined) closeHost(this.#state, host, closed);
    if (settlement.outcome === 'retry') this.#retry(session, settlement, lease);
    else this.#end(session, settlement, lease, entry, page, now);
    this.#takeIn(session, settlement, entry, page, now);
  }

  /** Stores how a URL ended. */
  #end(
    session: Session,
    settlement: Exclude<Settled, { outcome: 'retry' }>,
    { row, spot }: LeasedRow,
    entry: Entry,
    { high, low }: PageRef,
    now: number,
  ): void {
    const { urls, tally, strings, store, quotas } = this.#state;
    const { outcome, reason = '', status = 0 } = settlement;
    const facts = factsAfter(entry.facts, settlement, now);
    const settled = {
      outcome,
      reason: reason === '' ? 0 : strings.numberOf(reason),
      task: strings.numberOf(session.task),
      status,
      attempt: urls.attempt(row),
      settledAt: now,
      facts,
    };
    const record = urls.writeEntry(row, beginSettled(settled, this.#writer)).take();
    store.put(urlKey(spot.host.key, high, low, spot.lane), record);
    tally.settle(outcome, settlement.reason);
    if (outcome !== 'fetched' && outcome !== 'not-modified') quotas.giveBack(spot.lane, entry.url);
    forgetRow(this.#state, row, spot);
  }

  /** Puts a URL aside until its time. */
  #retry(session: Session, { retryAt, reason }: Settled & { outcome: 'retry' }, { row, spot }: LeasedRow): void {
    const { urls, tally, store, strings } = this.#state;
    if (!urls.isRetry(row)) {
      store.delete(rowKey(this.#state, row, spot));
      spot.stored--;
      spot.retries++;
    }
    urls.setRetry(row, urls.attempt(row) + 1);
    const retry = { attempt: urls.attempt(row), retryAt, reason: strings.numberOf(reason) };
    const key = retryKey(spot.host.key, spot.lane, urls.id(row));
    store.put(key, urls.writeEntry(row, beginRetry(retry, this.#writer)).take());
    if (spot.host.closed !== undefined) {
      urls.remove(row);
      countClosed(tally, spot.host.closed, 1);
      return;
    }
    spot.queue.delay(row, retryAt);
    tally.queued++;
    session.lane.queued++;
  }

  /** What was found on a page. */
  #takeIn(session: Session, { links, excluded }: Settled, { depth, seed }: Entry, page: PageRef, now: number): void {
    if (links !== undefined) this.#adder.add(links, page, now);
    if (excluded === undefined || excluded.length === 0) return;
    const found = { depth: depth + 1, seed, on: page, task: this.#state.strings.numberOf(session.task) };
    for (const url of excluded) this.#adder.exclude(url, found, now);
  }

  /** Puts URLs back where they were. */
  #giveBack(session: Session, leases: readonly LeasedRow[]): void {
    const { urls, tally } = this.#state;
    for (const lease of leases) {
      const { row, spot } = lease;
      this.#unlease(session, lease);
      if (spot.host.closed !== undefined) {
        urls.remove(row);
        countClosed(tally, spot.host.closed, 1);
        continue;
      }
      if (!urls.isRetry(row) && spot.queue.isCold(urls.place(row))) {
        urls.remove(row);
        spot.queue.addCold(1);
      } else spot.queue.push(row);
      tally.queued++;
      session.lane.queued++;
    }
  }

  #unlease(session: Session, { row, spot }: LeasedRow): void {
    const { urls, tally } = this.#state;
    session.leased.delete(urls.id(row));
    tally.leased--;
    spot.host.leased--;
    const holding = session.holdings.get(spot.host);
    if (holding !== undefined) holding.leased--;
  }

  /** What follows for a host from settled URLs and news of it. */
  #afterWork(host: Host, session: Session | undefined, now: number): void {
    const { settings, lanes, journal } = this.#state;
    journal.host(host);
    const holding = session?.holdings.get(host);
    if (holding?.leased === 0) {
      closeHolding(holding, now);
      if (turnIsOver(host, holding.session.lane.number, lanes, now)) endTurn(host, now);
    }
    if (host.fetched >= settings.maxPagesPerHost) closeHost(this.#state, host, QUOTA);
    placeHost(host, settings, lanes, now);
  }

  #refOf(host: Host, url: string): PageRef {
    fingerprint(url, 0, this.#words, 0);
    return { host: host.number, high: this.#words[0] ?? 0, low: this.#words[1] ?? 0 };
  }
}

/** The host has had its pages: what still waits is kept out. */
const QUOTA = { state: 'excluded', reason: 'max_pages_per_host' } as const;

function leasesOf(task: string, session: Session | undefined, settlements: readonly Settlement[]): LeasedRow[] {
  const leases = settlements.map(({ id }) => {
    const lease = session?.leased.get(id);
    if (lease === undefined) throw new Error(`bug: URL ${id} is not leased to task ${task}`);
    return lease;
  });
  if (new Set(leases).size !== leases.length) throw new Error(`bug: task ${task} settles a URL twice`);
  return leases;
}
