import { PinspiderError } from '../lib/errors.ts';
import { ByteReader } from '../store/bytes.ts';
import { type Host, openHolding, type Session, type Spot } from './host.ts';
import { lost } from './damage.ts';
import { decodeCounts, decodeSession, type StoredCounts, type StoredSession } from './journal.ts';
import { COUNTS_KEY, numberAt, queueKey, range, readRetryKey, retryKey, textOf } from './keys.ts';
import { placeHost } from './lanes.ts';
import { decodeRetry } from './record.ts';
import type { FrontierState } from './state.ts';
import { storedHosts } from './stored-hosts.ts';
import { type Outcome, OUTCOMES } from './types.ts';

/** Brings a frontier to where the last commit left it. */
export async function restore(state: FrontierState, now: number): Promise<void> {
  const bytes = state.store.get(COUNTS_KEY);
  if (bytes === undefined) return;
  const counts = decodeCounts(bytes);
  refuseOthers(state, counts);
  state.journal.restore(counts, bytes);
  state.counters.url = counts.url;
  state.counters.host = counts.host;
  await state.strings.load();
  await restoreTally(state, counts);
  await state.quotas.restore();
  await restoreSeen(state, counts);
  await restoreHosts(state, now);
  await restoreSessions(state, now);
  await restoreRetries(state);
  checkCounts(state);
  // Those that tasks hold.
  for (const host of state.hosts.live()) placeHost(host, state.settings, state.lanes, now);
}

function refuseOthers({ settings }: FrontierState, stored: StoredCounts): void {
  const lanes = `${stored.lanes} executor kinds`;
  if (stored.lanes !== settings.lanes) throw otherJob(`${lanes}, not ${settings.lanes}`);
  if (stored.order !== settings.order) throw otherJob(`order ${stored.order}, not ${settings.order}`);
}

function otherJob(what: string): PinspiderError {
  return new PinspiderError({
    code: 'STATE_VERSION',
    what: `the stored crawl is of another version of the job: ${what}`,
    mend: 'put the job back as it was, or start anew with --fresh',
  });
}

async function restoreTally({ store, strings, tally }: FrontierState, counts: StoredCounts): Promise<void> {
  const reasons: (readonly [Outcome, string, number])[] = [];
  for await (const chunk of store.scan(range('c'))) {
    for (const [key, value] of chunk) {
      const outcome = OUTCOMES[key.charCodeAt(5)];
      if (outcome === undefined) throw lost(`the outcome of the reason ${strings.textOf(numberAt(key, 1))}`);
      reasons.push([outcome, strings.textOf(numberAt(key, 1)), decodeNumber(value)]);
    }
  }
  tally.restore(counts.urls, reasons);
}

async function restoreSeen({ store, seen }: FrontierState, { prints }: StoredCounts): Promise<void> {
  seen.reserve(prints);
  let words = new Uint32Array(128);
  for await (const chunk of store.scan(range('f'))) {
    for (const [, value] of chunk) {
      const record = Buffer.from(value.buffer, value.byteOffset, value.length);
      const count = Math.floor(record.length / 8);
      if (words.length < 2 * count) words = new Uint32Array(2 * count);
      for (let i = 0; i < 2 * count; i++) words[i] = record.readUInt32LE(4 * i);
      seen.addEach(words, count);
    }
  }
  if (seen.size !== prints) throw lost(`${prints - seen.size} fingerprints of ${prints}`);
}

/** Hosts that are in play come into memory; others stay on disk until a URL of theirs comes up. */
async function restoreHosts({ store, settings, strings, hosts, lanes }: FrontierState, now: number): Promise<void> {
  for await (const chunk of storedHosts(store, strings)) {
    for (const { number, origin, numbers } of chunk) {
      const waiting = numbers.lanes.reduce((sum, { stored, retries }) => sum + stored + retries, 0);
      if (waiting === 0) continue;
      const host = hosts.restore(origin, number, numbers);
      for (const spot of host.spots) {
        const lane = spot && lanes[spot.lane];
        if (spot !== undefined && lane !== undefined) lane.queued += spot.queue.size;
      }
      placeHost(host, settings, lanes, now);
      hosts.shrink();
    }
  }
}

/** Tasks hold what they held: their URLs are leased, not waiting. */
async function restoreSessions(state: FrontierState, now: number): Promise<void> {
  for await (const chunk of state.store.scan(range('t'))) {
    for (const [key, value] of chunk) restoreSession(state, textOf(key.slice(1)), decodeSession(value), now);
  }
}

function restoreSession(state: FrontierState, task: string, stored: StoredSession, now: number): void {
  const { lanes, sessions, hosts, urls } = state;
  const lane = lanes[stored.lane];
  if (lane === undefined) throw lost(`lane ${stored.lane} of task ${task}`);
  const session: Session = { task, lane, leased: new Map(), holdings: new Map(), hungry: 0 };
  sessions.set(task, session);
  lane.sessions++;
  for (const [number, grant] of stored.grants) {
    const host = hosts.ofOrigin(hosts.originOf(number));
    const holding = openHolding(session, host, now);
    holding.grant = grant;
    host.granted += grant;
    // What it fetched just before is not known.
    holding.untold = true;
  }
  for (const url of stored.urls) {
    const host = hosts.ofOrigin(hosts.originOf(url.host));
    const spot = hosts.spot(host, stored.lane);
    const { row, attempt } = readLeased(state, host, spot, url);
    if (url.isRetry) urls.setRetry(row, attempt);
    else if (host.closed === undefined) {
      spot.queue.addCold(-1);
      lane.queued--;
    }
    session.leased.set(url.id, { row, spot, entry: undefined });
    host.leased++;
    const holding = session.holdings.get(host);
    if (holding === undefined) throw lost(`the grant of task ${task} for ${host.origin}`);
    holding.leased++;
  }
}

function readLeased(
  { store, settings, urls }: FrontierState,
  { key }: Host,
  { lane, prefix }: Spot,
  url: StoredSession['urls'][number],
): { readonly row: number; readonly attempt: number } {
  const record = store.get(url.isRetry ? retryKey(key, lane, url.id) : queueKey(settings.order, prefix, url));
  if (record === undefined) throw lost(`URL ${url.id}, which is leased`);
  if (!url.isRetry) return { row: urls.insert(url, record), attempt: 0 };
  const { entry, attempt } = decodeRetry(record);
  return { row: urls.insert(url, entry), attempt };
}

/** URLs that wait to be tried again are all in memory. */
async function restoreRetries({ store, hosts, urls, sessions, lanes, codec }: FrontierState): Promise<void> {
  const leased = new Set([...sessions.values()].flatMap((session) => [...session.leased.keys()]));
  for await (const chunk of store.scan(range('d'))) {
    for (const [key, value] of chunk) {
      const { host: number, lane: laneNumber, id } = readRetryKey(key);
      const host = hosts.ofOrigin(hosts.originOf(number));
      const lane = lanes[laneNumber];
      if (leased.has(id) || host.closed !== undefined || lane === undefined) continue;
      const { entry, attempt, retryAt } = decodeRetry(value);
      const { priority, depth } = codec.decode(entry, host.origin);
      const row = urls.insert({ id, priority, depth }, entry);
      urls.setRetry(row, attempt);
      hosts.spot(host, laneNumber).queue.delay(row, retryAt);
      lane.queued++;
    }
  }
}

function checkCounts({ tally, lanes, sessions }: FrontierState): void {
  const waiting = lanes.reduce((sum, { queued }) => sum + queued, 0);
  const held = [...sessions.values()].reduce((sum, { leased }) => sum + leased.size, 0);
  if (waiting !== tally.queued || held !== tally.leased) {
    throw lost(`${tally.queued} URLs wait and ${tally.leased} are leased, but ${waiting} and ${held} are there`);
  }
}

function decodeNumber(value: Uint8Array): number {
  return new ByteReader(value).number();
}
