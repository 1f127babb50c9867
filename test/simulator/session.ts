import { type Answer, type Page, PageOutcome, type Report, type Request } from '../../src/feed/messages.generated.ts';
import type { Sparse } from '../../src/feed/messages.ts';
import type { SitePage } from './site.ts';
import type { World } from './world.ts';

export type SessionEnd = 'TASK_FINISHED' | 'TASK_FAILED' | 'TASK_KILLED';

/** Requests to hold, and settled pages that make a report. */
const AHEAD = 4;
const REPORT_PAGES = 2;
const FEED_RETRY_MS = 700;
const FEED_TIMEOUT_MS = 5_000;
const FEED_PATIENCE_MS = 16_000;

/** A task at work in an executor: fetches what it holds, reports, draws more. */
export class Session {
  readonly taskId: string;
  readonly #world: World;
  readonly #ended: (end: SessionEnd) => void;
  readonly #held: Request[] = [];
  readonly #hosts = new Map<string, { delayMs: number; notBefore: number }>();
  #pages: Sparse<Page>[] = [];
  #visited = new Set<string>();
  #seq = 0;
  #answered = 0;
  #taken = 0;
  #fetching = false;
  #reporting = false;
  #last = false;
  #askAt = 0;
  #over = false;

  constructor(world: World, taskId: string, first: Answer, ended: (end: SessionEnd) => void) {
    this.#world = world;
    this.taskId = taskId;
    this.#ended = ended;
    world.timeline.after(0, () => {
      if (!this.#over) this.#take(first);
    });
  }

  /** Nothing of it goes on. */
  stop(): void {
    this.#over = true;
  }

  #end(end: SessionEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#ended(end);
  }

  #take(answer: Answer): void {
    const { plan, timeline } = this.#world;
    for (const { host, delay_ms: delayMs, not_before: notBefore } of answer.hosts) {
      this.#hosts.set(host, { delayMs, notBefore: Math.max(notBefore, this.#hosts.get(host)?.notBefore ?? 0) });
    }
    this.#held.push(...answer.requests);
    this.#taken += answer.requests.length;
    if (answer.done || answer.give_back || this.#taken >= plan.urlsPerTask) this.#last = true;
    if (answer.give_back)
      for (const { id } of this.#held.splice(0)) this.#pages.push({ id, outcome: PageOutcome.RETURNED });
    this.#askAt = timeline.now + answer.pause_ms;
    this.#go();
  }

  #go(): void {
    if (this.#over) return;
    const request = this.#held[0];
    if (request && !this.#fetching) this.#fetch(request);
    if (this.#reporting) return;
    const idle = this.#held.length === 0 && !this.#fetching;
    if (this.#last && idle && this.#pages.length === 0) return this.#end('TASK_FINISHED');
    if (this.#pages.length >= REPORT_PAGES || (idle && (this.#pages.length > 0 || !this.#last))) this.#reportSoon();
  }

  #fetch(request: Request): void {
    const { timeline, site } = this.#world;
    const page = site.at(request.url);
    const host = this.#hosts.get(page.host) ?? { delayMs: 0, notBefore: 0 };
    this.#fetching = true;
    timeline.after(Math.max(0, host.notBefore - timeline.now), () => {
      if (this.#over) return;
      this.#world.fetchStarts(page.host, this.taskId);
      host.notBefore = timeline.now + host.delayMs;
      this.#hosts.set(page.host, host);
      timeline.after(page.ms, () => {
        if (this.#over) return;
        this.#fetching = false;
        const at = this.#held.indexOf(request);
        if (at >= 0) {
          this.#held.splice(at, 1);
          this.#visited.add(page.host);
          this.#pages.push(this.#outcome(request, page));
        }
        this.#go();
      });
    });
  }

  #outcome({ id, attempt }: Request, page: SitePage): Sparse<Page> {
    const { timeline, site } = this.#world;
    if (attempt < page.troubles) {
      return { id, outcome: PageOutcome.RETRY, reason: 'http 503', retry_at: timeline.now + 500 };
    }
    if (page.outcome === 'failed') return { id, outcome: PageOutcome.FAILED, reason: 'http 404' };
    const links = page.links.flatMap((n) => site.pages[n] ?? []).map(({ url, lane }) => ({ url, lane, depth: 1 }));
    const records = [{ extractor: 0, json: Buffer.from(`{"n":${page.number}}`), filled: Uint8Array.of(1) }];
    return { id, outcome: PageOutcome.FETCHED, bytes: 1, records, links };
  }

  #reportSoon(): void {
    const { timeline, plan } = this.#world;
    this.#reporting = true;
    const wait = this.#pages.length > 0 ? 0 : Math.max(0, this.#askAt - timeline.now);
    timeline.after(wait, () => {
      if (this.#over) return;
      const pages = this.#pages;
      this.#pages = [];
      const hosts = [...this.#visited].map((host) => ({ host, not_before: this.#hosts.get(host)?.notBefore ?? 0 }));
      this.#visited = new Set();
      const want = this.#last ? 0 : Math.max(0, Math.min(AHEAD - this.#held.length, plan.urlsPerTask - this.#taken));
      this.#deliver({ task_id: this.taskId, seq: ++this.#seq, pages, hosts, want }, timeline.now);
    });
  }

  /** Until it is answered; the same report, whatever became of the one before. Answers to it after the first change nothing. */
  #deliver(report: Sparse<Report>, since: number): void {
    const { timeline } = this.#world;
    let waiting = true;
    const failed = (): void => {
      if (!waiting || this.#over || this.#answered >= (report.seq ?? 0)) return;
      waiting = false;
      if (timeline.now - since > FEED_PATIENCE_MS) return this.#end('TASK_FAILED');
      timeline.after(FEED_RETRY_MS, () => {
        if (!this.#over && this.#answered < (report.seq ?? 0)) this.#deliver(report, since);
      });
    };
    timeline.after(FEED_TIMEOUT_MS, failed);
    this.#world.exchange(report, (answer) => {
      if (answer === 'lost') return failed();
      if (this.#over || this.#answered >= (report.seq ?? 0)) return;
      if (answer === 'gone') return this.#end('TASK_KILLED');
      this.#answered = report.seq ?? 0;
      this.#reporting = false;
      this.#take(answer);
    });
  }
}
