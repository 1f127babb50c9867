import { crawlPage, type CrawlRequest, type PageContext } from '../crawl/page.ts';
import { SentLinks } from '../crawl/sent-links.ts';
import { MAX_IN_FLIGHT, type Work } from '../crawl/work.ts';
import type { Sparse } from '../feed/messages.ts';
import { type Answer, type Page, PageOutcome, type Report, type Request } from '../feed/messages.generated.ts';
import { RateLimit } from '../lib/rate.ts';
import type { HostLines, Startable } from './host-lines.ts';
import { Outbox } from './outbox.ts';
import { Pace } from './pace.ts';
import { factsOf, pageMessage } from './page-message.ts';
import { requestsOf } from './requests.ts';

export interface SessionOptions {
  readonly taskId: string;
  readonly urlsPerTask: number;
  readonly work: Work;
  /** Sends a report; repeated inside until answered. `gone`: the scheduler gave the task up. */
  readonly exchange: (report: Sparse<Report>, signal: AbortSignal) => Promise<Answer | 'gone'>;
  readonly page: Omit<PageContext, 'task' | 'stored'>;
  readonly lines: HostLines;
  /** Outlives the session: what the executor's earlier tasks sent need not be sent again. */
  readonly sent: SentLinks;
}

export interface SessionResult {
  readonly pages: number;
  readonly records: number;
  /** Body bytes on the wire. */
  readonly bytes: number;
}

export interface SessionProgress extends SessionResult {
  readonly inFlight: number;
  readonly waiting: number;
}

/** More links than pages on their way bring. */
const OFFERED_BITS = 16;

/** The scheduler gave this task up: its work is with others, nothing is to be reported any more. */
export class TaskGoneError extends Error {
  override readonly name = 'TaskGoneError';
  constructor(task: string) {
    super(`the scheduler no longer knows task ${task}`);
  }
}

/**
 * One task, a lease session: crawls what it was given, draws more from the feed, reports what is settled. Ends when the
 * scheduler says so or `urls_per_task` are taken, and all that was held is reported.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #context: PageContext;
  readonly #outbox = new Outbox();
  /** Links of pages that are settled: with these they are stored, or lost with this session. Reports go out one by one, in order. */
  readonly #offered = new SentLinks(OFFERED_BITS);
  readonly #rate: RateLimit | undefined;
  readonly #pace: Pace;
  #seq = 0;
  #taken = 0;
  #inFlight = 0;
  #counts = { pages: 0, records: 0, bytes: 0 };
  /** No more requests will come. */
  #last = false;
  #draining = false;
  #paused = false;
  #reporting = false;
  #askAgainAt = 0;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;
  #alarm: NodeJS.Timeout | undefined;
  /** What it is set for; Infinity when it is not. */
  #alarmAt = Infinity;

  constructor(options: SessionOptions) {
    const { sent, taskId, page, work } = options;
    this.#options = options;
    this.#context = {
      ...page,
      task: taskId,
      stored: (high, low) => sent.has(high, low) || this.#offered.has(high, low),
    };
    this.#pace = new Pace(page.now());
    this.#rate = work.fetch.rate ? new RateLimit(work.fetch.rate.count, work.fetch.rate.perMs) : undefined;
  }

  get progress(): SessionProgress {
    return { ...this.#counts, inFlight: this.#inFlight, waiting: this.#options.lines.waiting };
  }

  /**
   * @throws the signal's reason when aborted; FEED_UNREACHABLE when reports cannot be delivered; TaskGoneError. What was not
   * reported by then, the scheduler gives to other tasks.
   */
  async run(first: Answer, signal: AbortSignal): Promise<SessionResult> {
    const { sent } = this.#options;
    const ended = new AbortController();
    const all = AbortSignal.any([signal, ended.signal]);
    all.addEventListener('abort', () => this.#wake(), { once: true });
    try {
      this.#take(first);
      for (;;) {
        signal.throwIfAborted();
        if (this.#failure) throw this.#failure;
        this.#start(all);
        if (this.#reportAt() <= this.#context.now()) void this.#report(all);
        if (this.#last && this.#held() === 0 && this.#outbox.size === 0 && !this.#reporting) break;
        await this.#rest();
      }
      return { ...this.#counts };
    } catch (error) {
      // Nobody knows whether the last report was stored.
      sent.forget();
      throw error;
    } finally {
      ended.abort();
      clearTimeout(this.#alarm);
    }
  }

  /** Begins no request while so. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#wake();
  }

  /** Takes no more requests, gives back those that have not begun, and ends when the others have and all is reported. */
  drain(): void {
    this.#last = this.#draining = true;
    this.#giveBack();
    this.#wake();
  }

  /** Requests held: waiting or under way. */
  #held(): number {
    return this.#options.lines.waiting + this.#inFlight;
  }

  #take(answer: Answer): void {
    const { lines, urlsPerTask } = this.#options;
    const now = this.#context.now();
    lines.grant(answer.hosts);
    for (const request of requestsOf(answer)) lines.enqueue(request);
    this.#taken += answer.requests.length;
    if (answer.done || this.#taken >= urlsPerTask) this.#last = true;
    // What comes after we were told to drain was on its way by then.
    if (answer.give_back || this.#draining) this.#giveBack();
    this.#askAgainAt = answer.requests.length === 0 ? now + answer.pause_ms : now;
  }

  #giveBack(): void {
    for (const { id } of this.#options.lines.takeWaiting()) this.#settle({ id, outcome: PageOutcome.RETURNED }, []);
  }

  #start(signal: AbortSignal): void {
    const { lines } = this.#options;
    if (this.#paused) return;
    while (this.#inFlight < MAX_IN_FLIGHT) {
      const now = this.#context.now();
      const wait = lines.ready(now) ? (this.#rate?.take(now) ?? 0) : 0;
      if (wait > 0) return lines.pauseUntil(now + wait);
      const next = lines.next(now);
      if (!next) return;
      this.#inFlight++;
      void this.#carryOut(next, signal);
    }
  }

  async #carryOut(next: Startable, signal: AbortSignal): Promise<void> {
    try {
      const { fetch, now } = this.#context;
      if (next.type === 'robots') await this.#options.lines.fetchRobots(next.line, fetch, now, signal);
      else await this.#crawl(next, signal);
    } catch (error) {
      // An abort ends the session anyway; anything else is a fault of ours, and fails the task with its text.
      if (!signal.aborted) this.#failure = asError(error);
    } finally {
      this.#inFlight--;
      this.#wake();
    }
  }

  async #crawl({ line, request }: Extract<Startable, { type: 'request' }>, signal: AbortSignal): Promise<void> {
    const { lines, work } = this.#options;
    const rule = lines.disallowedBy(line, request.url);
    if (rule !== undefined) {
      this.#settle({ id: request.id, outcome: PageOutcome.EXCLUDED, reason: rule }, []);
      return;
    }
    const page = await crawlPage(crawlRequest(request), this.#context, signal);
    lines.finished(line, page);
    const fetched = page.outcome === 'fetched' ? page : undefined;
    this.#counts.records += fetched?.extraction?.records.length ?? 0;
    this.#settle(pageMessage(request, page, work), fetched?.fingerprints ?? []);
  }

  #settle(page: Sparse<Page>, fingerprints: readonly number[]): void {
    this.#outbox.put(page, fingerprints, this.#context.now());
    this.#offered.confirm(fingerprints);
    if (page.outcome !== PageOutcome.RETURNED && page.outcome !== PageOutcome.RETRY) this.#counts.pages++;
    this.#counts.bytes += page.bytes ?? 0;
  }

  #want(): number {
    const { lines, urlsPerTask } = this.#options;
    if (this.#last || this.#paused) return 0;
    return Math.max(0, Math.min(lines.capacity() + this.#pace.ahead - this.#held(), urlsPerTask - this.#taken));
  }

  /** When the next report is due; Infinity while one is under way or nothing is to be said. */
  #reportAt(): number {
    if (this.#reporting) return Infinity;
    const due = this.#outbox.dueAt();
    const { lines } = this.#options;
    if (due === undefined) return !this.#last && !this.#paused && this.#held() === 0 ? this.#askAgainAt : Infinity;
    // Running dry: what is settled goes out at once, to get more.
    return lines.waiting === 0 && (!this.#last || this.#inFlight === 0) ? -Infinity : due;
  }

  async #report(signal: AbortSignal): Promise<void> {
    const { exchange, lines, sent, taskId } = this.#options;
    this.#reporting = true;
    try {
      const { pages, fingerprints } = this.#outbox.takeAll();
      this.#pace.settled(pages.length, this.#context.now());
      const report = { task_id: taskId, seq: ++this.#seq, pages, hosts: lines.takeNews(), want: this.#want() };
      const answer = await exchange(report, signal);
      if (answer === 'gone') throw new TaskGoneError(taskId);
      sent.confirm(fingerprints);
      this.#take(answer);
    } catch (error) {
      if (!signal.aborted) this.#failure = asError(error);
    } finally {
      this.#reporting = false;
      this.#wake();
    }
  }

  /** Waits for a page, an answer, an abort, or the next thing that is due. */
  #rest(): Promise<void> {
    const { lines } = this.#options;
    const startAt = this.#inFlight < MAX_IN_FLIGHT && !this.#paused ? (lines.nextStartAt() ?? Infinity) : Infinity;
    const at = Math.min(startAt, this.#reportAt());
    if (at < this.#alarmAt) this.#setAlarm(at);
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** One timer for many rests: each page ends one, and most are due no sooner than what it was set for. */
  #setAlarm(at: number): void {
    clearTimeout(this.#alarm);
    this.#alarmAt = at;
    const ring = (): void => {
      this.#alarmAt = Infinity;
      this.#wake();
    };
    this.#alarm = setTimeout(ring, Math.max(0, at - this.#context.now()));
  }
}

function crawlRequest(request: Request): CrawlRequest {
  const { url, seed, depth, attempt, redirects } = request;
  return {
    url,
    seed,
    depth,
    attempt,
    redirects,
    to: request.to || undefined,
    method: request.method || undefined,
    headers: Object.keys(request.headers).length > 0 ? request.headers : undefined,
    body: request.body || undefined,
    facts: request.facts ? factsOf(request.facts) : undefined,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
