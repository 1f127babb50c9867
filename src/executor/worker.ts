import { fetchSettings } from '../crawl/fetch-settings.ts';
import { createLinkRouter, type LinkRouter } from '../crawl/links.ts';
import { SentLinks } from '../crawl/sent-links.ts';
import type { Work } from '../crawl/work.ts';
import { compilePlan } from '../extract/plan.ts';
import { FeedClient } from '../feed/client.ts';
import type { Assignment } from '../feed/messages.generated.ts';
import { createFetcher } from '../fetch/client.ts';
import type { Fetcher } from '../fetch/types.ts';
import { HostLines } from './host-lines.ts';
import { Session, type SessionProgress, type SessionResult } from './session.ts';

export interface Clock {
  readonly now: () => number;
  readonly random: () => number;
}

/** A task at work. */
export interface RunningTask {
  readonly result: Promise<SessionResult>;
  progress(): SessionProgress;
  /** As Session's. */
  pause(paused: boolean): void;
  drain(): void;
}

type Compiled = Awaited<ReturnType<typeof compile>>;

/**
 * What an executor keeps between its tasks: the compiled job, connections to sites, and the memory of links already sent.
 * All tasks of an executor kind bear the same work, so that all this is made once. It lasts as long as the process.
 */
export class Worker {
  readonly #clock: Clock;
  readonly #beforeCompiling: () => void;
  readonly #sent = new SentLinks();
  #bytes: Uint8Array | undefined;
  #compiled: Promise<Compiled> | undefined;
  #feed: { readonly url: string; readonly token: string; readonly client: FeedClient } | undefined;
  #patienceMs = 0;

  /** @param beforeCompiling called before a job is compiled, when requests were made by this process */
  constructor(clock: Clock, beforeCompiling: () => void = () => undefined) {
    this.#clock = clock;
    this.#beforeCompiling = beforeCompiling;
  }

  /** Begins a task, paused or not; `signal` ends it early. Faults of the job or the feed reject the result. */
  async begin(assignment: Assignment, signal: AbortSignal, paused: boolean): Promise<RunningTask> {
    const { work, fetcher, plan, router } = await this.#compile(assignment.work);
    const feed = this.#client(assignment.feed_url, assignment.token);
    const { now, random } = this.#clock;
    const session = new Session({
      taskId: assignment.task_id,
      urlsPerTask: assignment.urls_per_task,
      work,
      exchange: (report, stop) => feed.exchange(report, stop),
      page: { work, fetch: fetcher.fetch, plan, router, now, random },
      lines: new HostLines(work.politeness),
      sent: this.#sent,
    });
    session.pause(paused);
    const first = assignment.first;
    if (!first) throw new Error('bug: a task without first requests');
    return {
      result: session.run(first, signal),
      progress: () => session.progress,
      pause: (paused) => session.pause(paused),
      drain: () => session.drain(),
    };
  }

  /** How long a scheduler that was there may be away. */
  waitFor(schedulerMs: number): void {
    this.#patienceMs = schedulerMs;
  }

  /** The scheduler of this run began anew, at another address: what is not reported yet is reported there. */
  moveFeed(url: string, token: string): void {
    if (!this.#feed) return;
    const to = token || this.#feed.token;
    this.#feed.client.moveTo(url, to);
    this.#feed = { ...this.#feed, url, token: to };
  }

  async #compile(bytes: Uint8Array): Promise<Compiled> {
    if (!this.#compiled || !this.#bytes || Buffer.compare(bytes, this.#bytes) !== 0) {
      const old = this.#compiled;
      this.#bytes = Uint8Array.from(bytes);
      this.#beforeCompiling();
      this.#compiled = compile(bytes, this.#clock.now());
      this.#sent.forget();
      await (await old)?.fetcher[Symbol.asyncDispose]();
    }
    return this.#compiled;
  }

  /** Another feed is another run: what the last one stored says nothing about it. */
  #client(url: string, token: string): FeedClient {
    if (this.#feed?.url === url && this.#feed.token === token) return this.#feed.client;
    if (this.#feed) void this.#feed.client.close();
    this.#sent.forget();
    const { now, random } = this.#clock;
    const client = new FeedClient({ url, token, now, random, patienceMs: () => this.#patienceMs });
    this.#feed = { url, token, client };
    return client;
  }
}

async function compile(
  bytes: Uint8Array,
  now: number,
): Promise<{
  readonly work: Work;
  readonly fetcher: Fetcher;
  readonly plan: Awaited<ReturnType<typeof compilePlan>>;
  readonly router: LinkRouter;
}> {
  const work = JSON.parse(Buffer.from(bytes).toString('utf8')) as Work;
  const own = work.lanes[work.lane]?.extractors ?? [];
  const fetcher = createFetcher(fetchSettings(work));
  const plan = await compilePlan({
    extractors: work.extractors.filter((extractor) => own.includes(extractor.name)),
    follow: work.follow,
    parser: work.parser,
    relNofollow: work.politeness.relNofollow === 'obey',
  });
  return { work, fetcher, plan, router: await createLinkRouter(work, now) };
}
