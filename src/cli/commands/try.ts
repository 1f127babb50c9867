import { resolve } from 'node:path';
import { explainPage } from '../../extract/explain.ts';
import type { Json, Page } from '../../extract/types.ts';
import { shownPath } from '../../job/extends.ts';
import { loadJob } from '../../job/load.ts';
import { maskOf } from '../../job/mask.ts';
import type { ResolvedJob } from '../../job/resolved.ts';
import { messageOf, PinspiderError } from '../../lib/errors.ts';
import { compilePattern } from '../../lib/pattern.ts';
import { backEndText, explainText } from '../explain-text.ts';
import { getPage } from '../get-page.ts';
import { fixturePage } from '../job-tests.ts';
import { pick } from '../pick.ts';
import { planOf } from '../plan-of.ts';
import { readPage } from '../read-page.ts';
import { painter, type Terminal } from '../terminal.ts';
import { checkAsked } from '../try-asked.ts';
import { watchFiles } from '../watch-files.ts';

export interface TryFlags {
  readonly extractor?: string | undefined;
  readonly field?: string | undefined;
  readonly json?: boolean | undefined;
  readonly explain?: boolean | undefined;
  readonly url?: string | undefined;
  readonly watch?: boolean | undefined;
  readonly set?: readonly string[] | undefined;
}

/** `pinspider try JOB URL|FILE`: one page, its records, and what gave each value. Resolves with the exit code. */
export async function tryPage(file: string, target: string, flags: TryFlags, terminal: Terminal): Promise<number> {
  const pages = new PageCache(target, flags, terminal);
  const once = (): Promise<number> => tryOnce(file, pages, flags, terminal);
  if (!flags.watch) return once();
  const watched = [resolve(terminal.cwd, file), ...(isUrl(target) ? [] : [resolve(terminal.cwd, target)])];
  const changes = watchFiles(watched, terminal.interrupted);
  await told(once, terminal);
  for await (const changed of changes) {
    terminal.stderr.write(`--- ${shownPath(changed, terminal.cwd)} changed\n`);
    await told(once, terminal);
  }
  return 130;
}

/** Whoever watches is about to mend what is wrong: faults are told and waited out. */
async function told(once: () => Promise<number>, { stderr }: Terminal): Promise<void> {
  try {
    await once();
  } catch (error) {
    if (!(error instanceof PinspiderError)) throw error;
    stderr.write(`${error.message}\n`);
  }
}

async function tryOnce(file: string, pages: PageCache, flags: TryFlags, terminal: Terminal): Promise<number> {
  const { env, cwd, stdout, stderr } = terminal;
  const { job, warnings } = await loadJob(file, { env, cwd, set: flags.set });
  for (const warning of warnings) stderr.write(`warning: ${warning}\n`);
  checkAsked(job, flags);
  const page = await pages.page(job);
  if (page === undefined) return 1;
  const plan = await planOf(job);
  const { extraction, links, stored, repeated } = await readPage(page, job, plan);
  const explained = await explainPage({ extractors: job.extractors, follow: job.follow, parser: job.parser }, page);
  const asked = explained.filter(({ name }) => flags.extractor === undefined || name === flags.extractor);
  const records = asked
    .filter(({ matches }) => matches)
    .map(({ name }) => [name, (stored.get(name) ?? []).map((value) => pickField(value, flags.field))] as const);
  stdout.write(`${JSON.stringify(Object.fromEntries(records), undefined, 2)}\n`);
  if (flags.json) return 0;
  const paint = painter(stderr, env);
  const lines = [
    `${page.url}: ${links}\n`,
    ...forced(job, page).map(
      (name) => `${name}: its "match" does not take this URL; a run reads it so only behind a "to: ${name}"\n`,
    ),
    ...(flags.explain ? [`${backEndText(plan.backEnd)}\n`] : []),
    explainText(asked, extraction, { whole: flags.explain === true, field: flags.field, paint }),
    ...repeated.map(([name, n]) => `${name}: ${n} more with a key that was there before; stored once\n`),
  ];
  stderr.write(maskOf(job.secrets)(lines.join('')));
  return 0;
}

/** The extractor that was asked for although its patterns do not take the URL. */
function forced({ extractors }: ResolvedJob, { to, url }: Page): string[] {
  const spec = extractors.find(({ name }) => name === to);
  const takes = !spec || spec.match.length === 0 || spec.match.some((pattern) => compilePattern(pattern)(url));
  return takes ? [] : [spec.name];
}

function pickField(value: Json, field: string | undefined): Json {
  return field === undefined ? value : pick(value, field.split('.'));
}

const isUrl = (target: string): boolean => /^https?:\/\//i.test(target);

/** The page under trial. One from the web is fetched again only when the job asks for it in another way than before. */
class PageCache {
  readonly #target: string;
  readonly #flags: TryFlags;
  readonly #terminal: Terminal;
  #fetched: { readonly way: string; readonly page: Page } | undefined;

  constructor(target: string, flags: TryFlags, terminal: Terminal) {
    this.#target = target;
    this.#flags = flags;
    this.#terminal = terminal;
  }

  /** undefined when there is none; why is told. */
  page(job: ResolvedJob): Promise<Page | undefined> {
    return isUrl(this.#target) ? this.#fromWeb(job) : this.#fromFile(job);
  }

  async #fromWeb(job: ResolvedJob): Promise<Page | undefined> {
    const way = JSON.stringify([job.fetch, job.politeness, job.seeds, job.scope, job.frontier]);
    if (this.#fetched?.way === way) return this.#fetched.page;
    const got = await getPage(this.#target, job, await planOf(job), this.#terminal, this.#flags.extractor);
    if (got.outcome === 'none') {
      this.#terminal.stderr.write(`${maskOf(job.secrets)(got.reason)}\n`);
      return undefined;
    }
    this.#fetched = { way, page: got.page };
    return got.page;
  }

  async #fromFile(job: ResolvedJob): Promise<Page | undefined> {
    const { cwd, now } = this.#terminal;
    const file = resolve(cwd, this.#target);
    const url = this.#flags.url ?? job.tests.find((test) => test.fixture === file)?.url ?? job.seeds[0]?.url ?? '';
    try {
      return { ...(await fixturePage(file, url, job, now())), to: this.#flags.extractor };
    } catch (error) {
      throw new PinspiderError({
        code: 'USAGE',
        where: this.#target,
        what: `the page cannot be read (${messageOf(error)})`,
        mend: 'give a URL with http:// or https://, or the path of a saved page',
        cause: error,
      });
    }
  }
}
