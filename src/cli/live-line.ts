import type { Snapshot } from '../framework/snapshot.ts';
import { grouped, painter, secondsText, type Terminal } from './terminal.ts';

const REDRAW_MS = 200;
const PLAIN_MS = 5_000;
/** Rates are over this window, so that they follow the crawl and do not jump. */
const WINDOW_MS = 5_000;
/** Waiting work that nothing is launched for is explained after this long. */
const EXPLAIN_AFTER_MS = 30_000;

interface Sample {
  readonly at: number;
  readonly pages: number;
  readonly discovered: number;
}

/**
 * Shows how a run stands: one redrawn line on a terminal, elsewhere a plain line every few seconds. `print` puts a line of
 * text above it.
 */
export class LiveLine {
  readonly #terminal: Terminal;
  readonly #snapshot: () => Snapshot;
  readonly #maxPages: number;
  readonly #samples: Sample[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #startedAt: number;
  readonly #explainAfterMs: number;
  #drawn = false;
  #idleSince: number;
  #explained = '';

  /** @param maxPages null = no limit; bounds what is left to do */
  constructor(
    terminal: Terminal,
    snapshot: () => Snapshot,
    maxPages: number | null,
    explainAfterMs = EXPLAIN_AFTER_MS,
  ) {
    this.#explainAfterMs = explainAfterMs;
    this.#terminal = terminal;
    this.#snapshot = snapshot;
    this.#maxPages = maxPages ?? Infinity;
    this.#startedAt = this.#idleSince = terminal.now();
    this.#timer = setInterval(() => this.#show(), terminal.stderr.isTTY ? REDRAW_MS : PLAIN_MS);
    this.#timer.unref();
  }

  print(line: string): void {
    this.#clear();
    this.#terminal.stderr.write(`${line}\n`);
    if (this.#terminal.stderr.isTTY) this.#show();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #show(): void {
    const { stderr, now } = this.#terminal;
    const snapshot = this.#snapshot();
    const line = liveText(snapshot, this.#measure(snapshot, now()), now() - this.#startedAt, this.#maxPages);
    this.#explain(snapshot, now());
    if (!stderr.isTTY) return void stderr.write(`${line}\n`);
    const width = Math.max(20, (stderr.columns || 80) - 1);
    stderr.write(`\r${painter(stderr, this.#terminal.env)('dim', line.slice(0, width))}\u001b[K`);
    this.#drawn = true;
  }

  #measure(snapshot: Snapshot, at: number): Pace {
    this.#samples.push({ at, pages: settled(snapshot), discovered: snapshot.urls.discovered });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (!first || at === first.at) return { perSecond: 0, growing: true };
    const perSecond = ((settled(snapshot) - first.pages) * 1000) / (at - first.at);
    return { perSecond, growing: snapshot.urls.discovered > first.discovered * 1.02 };
  }

  #explain(snapshot: Snapshot, at: number): void {
    if (snapshot.waiting.length === 0 || snapshot.tasks.running > 0) this.#idleSince = at;
    const why = snapshot.waiting.join('\n  ');
    if (at - this.#idleSince < this.#explainAfterMs || why === this.#explained) return;
    this.#explained = why;
    this.#clear();
    this.#terminal.stderr.write(`nothing is launched:\n  ${why}\n`);
  }

  #clear(): void {
    if (this.#drawn) this.#terminal.stderr.write('\r\u001b[K');
    this.#drawn = false;
  }
}

interface Pace {
  readonly perSecond: number;
  /** New URLs still come in: how much is left cannot be told. */
  readonly growing: boolean;
}

function settled({ urls }: Snapshot): number {
  return urls.fetched + urls.notModified + urls.redirected + urls.failed;
}

/** `1,204 pages · 310/s · queue 5,100 · 32 in flight · 1,180 records · 3 errors · 2 tasks · eta 17s` */
function liveText(snapshot: Snapshot, pace: Pace, elapsedMs: number, maxPages: number): string {
  const { urls, tasks, noMaster } = snapshot;
  if (noMaster !== undefined) return `waiting for a master: ${noMaster} · ${secondsText(elapsedMs / 1000)}`;
  const waiting = urls.queued + urls.leased;
  const left = Math.min(waiting, maxPages - urls.fetched);
  const known = !pace.growing || waiting > left;
  const eta = pace.perSecond > 0 && known && left > 0 ? secondsText(left / pace.perSecond) : undefined;
  return [
    `${grouped(urls.fetched)} pages`,
    `${grouped(pace.perSecond)}/s`,
    `queue ${grouped(waiting)}`,
    `${grouped(snapshot.inFlight)} in flight`,
    `${grouped(snapshot.records)} records`,
    `${grouped(urls.failed + snapshot.invalid)} errors`,
    `${tasks.running} ${tasks.running === 1 ? 'task' : 'tasks'}`,
    eta ? `eta ${eta}` : secondsText(elapsedMs / 1000),
  ].join(' · ');
}
